//! Every operator, with missing keys, several values, and variables.

use std::net::IpAddr;

use names::Timestamp;
use policy::{Context, Document, DocumentKind};

use crate::asking::{allows, allows_on};

/// `x:one` = `ab`, `x:number` = 10, `x:many` = [a, b], `x:time` = 2023-11-14T22:13:20Z, `x:yes`,
/// `x:ip` = 10.1.2.3, `x:arn`, `x:blob` = "AB"; `x:none` is absent.
fn context() -> Context<'static> {
    let mut context = Context::new();
    context.set("x:one", "ab");
    context.set("x:star", "*");
    context.set("x:number", 10);
    context.set("x:text", "10.0");
    context.set_many("x:many", ["a", "b"]);
    context.set_many("x:single", ["a"]);
    context.set_many("x:none", [""; 0]);
    context.set("x:time", Timestamp::from_seconds(1_700_000_000));
    context.set("x:yes", true);
    context.set("x:ip", "10.1.2.3".parse::<IpAddr>().expect("an address"));
    context.set("x:arn", "arn:aws:lambda:us-east-1:123456789012:function:a:b");
    context.set("x:blob", "QUI=");
    context
}

fn under(effect: &str, condition: &str) -> Document {
    let allow_all = r#"{"Effect":"Allow","Action":"*","Resource":"*"},"#;
    let first = if effect == "Deny" { allow_all } else { "" };
    let text = format!(
        r#"{{"Version":"2012-10-17","Statement":[{first}{{"Effect":"{effect}","Action":"*","Resource":"*","Condition":{condition}}}]}}"#
    );
    match Document::parse(&text, DocumentKind::Identity) {
        Ok(document) => document,
        Err(malformed) => panic!("{malformed}: {text}"),
    }
}

/// Checks a condition under an `Allow` and under a `Deny`: it must hold in both or in neither.
fn check(cases: &[(&str, bool, &str)]) {
    for (condition, holds, because) in cases {
        let allowed = allows(under("Allow", condition), &context());
        assert_eq!(allowed, *holds, "Allow if {condition}: {because}");
        let allowed = allows(under("Deny", condition), &context());
        assert_eq!(!allowed, *holds, "Deny if {condition}: {because}");
    }
}

#[test]
fn texts() {
    #[rustfmt::skip]
    check(&[
        (r#"{"StringEquals":{"x:one":"ab"}}"#,                     true,  "equal"),
        (r#"{"StringEquals":{"X:ONE":"ab"}}"#,                     true,  "keys know no case"),
        (r#"{"StringEquals":{"x:one":"AB"}}"#,                     false, "values do"),
        (r#"{"StringEquals":{"x:one":"a*"}}"#,                     false, "no wildcards here"),
        (r#"{"StringEquals":{"x:star":"*"}}"#,                     true,  "a star is a star"),
        (r#"{"StringEquals":{"x:one":["x","ab"]}}"#,               true,  "one of them"),
        (r#"{"StringEquals":{"x:number":10}}"#,                    true,  "numbers compare as text"),
        (r#"{"StringEquals":{"x:yes":true}}"#,                     true,  "booleans compare as text"),
        (r#"{"StringEquals":{"x:time":"2023-11-14T22:13:20Z"}}"#,  true,  "moments compare as text"),
        (r#"{"StringNotEquals":{"x:one":"ab"}}"#,                  false, "equal"),
        (r#"{"StringNotEquals":{"x:one":["x","ab"]}}"#,            false, "none of them may be equal"),
        (r#"{"StringNotEquals":{"x:one":["x","y"]}}"#,             true,  "none of them is"),
        (r#"{"StringEqualsIgnoreCase":{"x:one":"AB"}}"#,           true,  "case does not count"),
        (r#"{"StringNotEqualsIgnoreCase":{"x:one":"AB"}}"#,        false, "case does not count"),
        (r#"{"StringLike":{"x:one":"a*"}}"#,                       true,  "a wildcard"),
        (r#"{"StringLike":{"x:one":"?b"}}"#,                       true,  "a wildcard"),
        (r#"{"StringLike":{"x:one":"A*"}}"#,                       false, "case counts"),
        (r#"{"StringNotLike":{"x:one":"a*"}}"#,                    false, "a wildcard"),
        (r#"{"StringNotLike":{"x:one":"b*"}}"#,                    true,  "a wildcard"),
        (r#"{"StringEquals":{"x:one":"ab","x:star":"x"}}"#,        false, "both keys must"),
        (r#"{"StringEquals":{"x:one":"ab"},"StringLike":{"x:one":"x*"}}"#, false, "both operators must"),
        (r#"{"StringEquals":{"x:one":"ab"},"StringLike":{"x:one":"a*"}}"#, true,  "both operators do"),
    ]);
}

#[test]
fn numbers_dates_and_booleans() {
    #[rustfmt::skip]
    check(&[
        (r#"{"NumericEquals":{"x:number":"10.00"}}"#,              true,  "as numbers"),
        (r#"{"NumericEquals":{"x:text":10}}"#,                     true,  "as numbers"),
        (r#"{"NumericNotEquals":{"x:number":[9,10]}}"#,            false, "one is equal"),
        (r#"{"NumericLessThan":{"x:number":"9"}}"#,                false, "not as texts"),
        (r#"{"NumericLessThan":{"x:number":"10.1"}}"#,             true,  "less"),
        (r#"{"NumericLessThan":{"x:number":10}}"#,                 false, "equal is not less"),
        (r#"{"NumericLessThanEquals":{"x:number":10}}"#,           true,  "equal"),
        (r#"{"NumericGreaterThan":{"x:number":[100,9]}}"#,         true,  "greater than one of them"),
        (r#"{"NumericGreaterThan":{"x:number":10}}"#,              false, "equal is not greater"),
        (r#"{"NumericGreaterThanEquals":{"x:number":10}}"#,        true,  "equal"),
        (r#"{"DateEquals":{"x:time":"2023-11-14T22:13:20Z"}}"#,    true,  "the moment"),
        (r#"{"DateEquals":{"x:time":1700000000}}"#,                true,  "in seconds"),
        (r#"{"DateEquals":{"x:time":"2023-11-15T00:13:20+02:00"}}"#, true, "in another zone"),
        (r#"{"DateNotEquals":{"x:time":"2023-11-14"}}"#,           true,  "a day is its first moment"),
        (r#"{"DateLessThan":{"x:time":"2023-11-15"}}"#,            true,  "before"),
        (r#"{"DateLessThan":{"x:time":"2023-11-14T22:13:20Z"}}"#,  false, "not before itself"),
        (r#"{"DateLessThanEquals":{"x:time":"2023-11-14T22:13:20Z"}}"#, true, "itself"),
        (r#"{"DateGreaterThan":{"x:time":"2023-11"}}"#,            true,  "after"),
        (r#"{"DateGreaterThanEquals":{"x:time":"2024-01-01"}}"#,   false, "before"),
        (r#"{"Bool":{"x:yes":"true"}}"#,                           true,  "a text"),
        (r#"{"Bool":{"x:yes":true}}"#,                             true,  "a boolean"),
        (r#"{"Bool":{"x:yes":"TRUE"}}"#,                           true,  "case does not count"),
        (r#"{"Bool":{"x:yes":"false"}}"#,                          false, "the other"),
        (r#"{"BinaryEquals":{"x:blob":"QUI="}}"#,                  true,  "the same bytes"),
        (r#"{"BinaryEquals":{"x:blob":"QUM="}}"#,                  false, "other bytes"),
        (r#"{"BinaryEquals":{"x:blob":"qUI="}}"#,                  false, "case counts in base64"),
    ]);
}

#[test]
fn addresses_and_arns() {
    #[rustfmt::skip]
    check(&[
        (r#"{"IpAddress":{"x:ip":"10.0.0.0/8"}}"#,                 true,  "inside"),
        (r#"{"IpAddress":{"x:ip":["::1","10.1.2.3"]}}"#,           true,  "one of them"),
        (r#"{"IpAddress":{"x:ip":"10.1.2.4"}}"#,                   false, "another"),
        (r#"{"IpAddress":{"x:ip":"::/0"}}"#,                       false, "another kind"),
        (r#"{"NotIpAddress":{"x:ip":"10.0.0.0/8"}}"#,              false, "inside"),
        (r#"{"NotIpAddress":{"x:ip":["192.0.2.0/24","::/0"]}}"#,   true,  "in none"),
        (r#"{"ArnLike":{"x:arn":"arn:aws:lambda:*:123456789012:function:*"}}"#,   true,  "the last part keeps its colons"),
        (r#"{"ArnEquals":{"x:arn":"arn:aws:lambda:*:123456789012:function:*"}}"#, true,  "ArnEquals takes wildcards"),
        (r#"{"ArnLike":{"x:arn":"arn:aws:lambda:us-east-1:123456789012:function:a:b"}}"#, true, "itself"),
        (r#"{"ArnLike":{"x:arn":"arn:aws:lambda:*:function:a:b"}}"#, false, "a star does not cross a colon"),
        (r#"{"ArnLike":{"x:arn":"arn:aws:lambda:*"}}"#,            false, "an ARN has six parts"),
        (r#"{"ArnLike":{"x:arn":"arn:aws:*:*:*:function:?:b"}}"#,  true,  "wildcards in every part"),
        (r#"{"ArnLike":{"x:one":"*"}}"#,                           false, "not an ARN"),
        (r#"{"ArnNotLike":{"x:arn":"arn:aws:lambda:*:*:*"}}"#,     false, "like"),
        (r#"{"ArnNotEquals":{"x:arn":"arn:aws:s3:*:*:*"}}"#,       true,  "unlike"),
        (r#"{"ArnLike":{"x:arn":"${x:arn}"}}"#,                    true,  "a variable that is an ARN"),
        (r#"{"ArnLike":{"x:arn":"arn:aws:lambda:*:*:function:${x:star}"}}"#, false, "a star in a value is a star"),
    ]);
}

#[test]
fn a_key_that_is_missing() {
    #[rustfmt::skip]
    check(&[
        (r#"{"StringEquals":{"x:none":"a"}}"#,                     false, "nothing equals nothing"),
        (r#"{"StringLike":{"x:none":"*"}}"#,                       false, "not even a star"),
        (r#"{"StringNotEquals":{"x:none":"a"}}"#,                  true,  "nothing is not a"),
        (r#"{"StringNotLike":{"x:none":"*"}}"#,                    true,  "nothing is not anything"),
        (r#"{"NumericNotEquals":{"x:none":1}}"#,                   true,  "nothing is not 1"),
        (r#"{"NumericLessThan":{"x:none":1}}"#,                    false, "nothing is no number"),
        (r#"{"DateNotEquals":{"x:none":"2026-01-01"}}"#,           true,  "nothing is not a date"),
        (r#"{"NotIpAddress":{"x:none":"::1"}}"#,                   true,  "nothing is not an address"),
        (r#"{"ArnNotLike":{"x:none":"arn:aws:ecr:*:*:*"}}"#,       true,  "nothing is not an ARN"),
        (r#"{"Bool":{"x:none":"false"}}"#,                         false, "nothing is not false"),
        (r#"{"BinaryEquals":{"x:none":""}}"#,                      false, "nothing is not empty"),
        (r#"{"StringEqualsIfExists":{"x:none":"a"}}"#,             true,  "if it exists"),
        (r#"{"StringEqualsIfExists":{"x:one":"a"}}"#,              false, "it exists"),
        (r#"{"BoolIfExists":{"x:none":"true"}}"#,                  true,  "if it exists"),
        (r#"{"Null":{"x:none":"true"}}"#,                          true,  "absent"),
        (r#"{"Null":{"x:none":"false"}}"#,                         false, "absent"),
        (r#"{"Null":{"x:one":false}}"#,                            true,  "present"),
        (r#"{"Null":{"x:many":"true"}}"#,                          false, "present"),
        (r#"{"ForAllValues:StringEquals":{"x:none":"a"}}"#,        true,  "all of none"),
        (r#"{"ForAnyValue:StringEquals":{"x:none":"a"}}"#,         false, "none of none"),
        (r#"{"ForAnyValue:StringNotEquals":{"x:none":"a"}}"#,      false, "none of none"),
        (r#"{"ForAllValues:StringEqualsIfExists":{"x:none":"a"}}"#, true, "if it exists"),
        (r#"{"ForAnyValue:StringEqualsIfExists":{"x:none":"a"}}"#, true,  "if it exists"),
    ]);
}

#[test]
fn a_key_of_many_values() {
    #[rustfmt::skip]
    check(&[
        (r#"{"ForAllValues:StringEquals":{"x:many":["a","b","c"]}}"#, true,  "all are in it"),
        (r#"{"ForAllValues:StringEquals":{"x:many":["a","c"]}}"#,     false, "b is not"),
        (r#"{"ForAllValues:StringLike":{"x:many":"?"}}"#,             true,  "all are like it"),
        (r#"{"ForAnyValue:StringEquals":{"x:many":["b","c"]}}"#,      true,  "b is in it"),
        (r#"{"ForAnyValue:StringEquals":{"x:many":["c","d"]}}"#,      false, "none is in it"),
        (r#"{"ForAllValues:StringNotEquals":{"x:many":["c","d"]}}"#,  true,  "each differs from all"),
        (r#"{"ForAllValues:StringNotEquals":{"x:many":["a","d"]}}"#,  false, "a does not"),
        (r#"{"ForAnyValue:StringNotEquals":{"x:many":["a","d"]}}"#,   true,  "b differs from all"),
        (r#"{"ForAnyValue:StringNotEquals":{"x:many":["a","b"]}}"#,   false, "each equals one"),
        (r#"{"ForAnyValue:StringEqualsIfExists":{"x:many":"b"}}"#,    true,  "b is in it"),
        (r#"{"ForAnyValue:StringLike":{"x:one":"a*"}}"#,              true,  "one value is a set of one"),
        (r#"{"ForAllValues:StringEquals":{"x:one":"ab"}}"#,           true,  "one value is a set of one"),
        (r#"{"StringEquals":{"x:many":"a"}}"#,                        false, "many values are not one"),
        (r#"{"StringEquals":{"x:single":"a"}}"#,                      false, "though it has one now, it may have many"),
        (r#"{"StringNotEquals":{"x:many":"z"}}"#,                     false, "nor do they differ from one"),
        (r#"{"StringNotEqualsIfExists":{"x:many":"z"}}"#,             false, "it exists"),
    ]);
}

#[test]
fn variables_in_conditions() {
    #[rustfmt::skip]
    check(&[
        (r#"{"StringEquals":{"x:one":"${x:one}"}}"#,               true,  "the value"),
        (r#"{"StringLike":{"x:one":"${x:star}"}}"#,                false, "a star in a value is a star"),
        (r#"{"StringLike":{"x:star":"${x:star}"}}"#,               true,  "a star in a value is a star"),
        (r#"{"StringLike":{"x:one":"${*}"}}"#,                     false, "an escaped star is a star"),
        (r#"{"StringEquals":{"x:one":"${x:none}"}}"#,              false, "no value"),
        (r#"{"StringEquals":{"x:one":["${x:none}","ab"]}}"#,       true,  "another value will do"),
        (r#"{"StringEquals":{"x:one":"${x:none, 'ab'}"}}"#,        true,  "the default"),
        (r#"{"StringNotEquals":{"x:one":["${x:none}","ab"]}}"#,    false, "one is equal in any case"),
        (r#"{"Bool":{"x:yes":"${x:yes}"}}"#,                       true,  "booleans take variables"),
        (r#"{"StringEqualsIgnoreCase":{"x:one":"${x:none, 'AB'}"}}"#, true, "the default"),
    ]);
}

#[test]
fn what_cannot_be_told_widens_nothing() {
    #[rustfmt::skip]
    let cases = [
        (r#"{"StringNotEquals":{"x:one":"${x:none}"}}"#,           "a variable without a value"),
        (r#"{"StringNotLike":{"x:one":["z","${x:none}*"]}}"#,      "a variable without a value"),
        (r#"{"ForAllValues:StringNotEquals":{"x:many":"${x:none}"}}"#, "a variable without a value"),
        (r#"{"StringNotEquals":{"x:one":"${x:many}"}}"#,           "a variable of many values"),
        (r#"{"NumericLessThan":{"x:one":1}}"#,                     "a number that is none"),
        (r#"{"NumericNotEquals":{"x:one":1}}"#,                    "a number that is none"),
        (r#"{"NumericEqualsIfExists":{"x:one":1}}"#,               "a number that is none"),
        (r#"{"DateLessThan":{"x:one":"2026-01-01"}}"#,             "a date that is none"),
        (r#"{"Bool":{"x:one":"true"}}"#,                           "neither true nor false"),
        (r#"{"NotIpAddress":{"x:one":"10.0.0.0/8"}}"#,             "an address that is none"),
        (r#"{"BinaryEquals":{"x:star":"QUI="}}"#,                  "not base64"),
    ];
    for (condition, because) in cases {
        let allowed = allows(under("Allow", condition), &context());
        assert!(!allowed, "an Allow grants nothing if {condition}: {because}");
        let allowed = allows(under("Deny", condition), &context());
        assert!(!allowed, "a Deny holds if {condition}: {because}");
    }
}

#[test]
fn what_a_resource_with_a_variable_means_when_it_has_no_value() {
    const X: &str = "arn:aws:ecr:us-east-1:123456789012:repository/x";
    #[rustfmt::skip]
    let cases = [
        ("Allow", "Resource",    false, "it matches nothing"),
        ("Deny",  "Resource",    true,  "it matches nothing"),
        ("Allow", "NotResource", false, "what it spares is unknown"),
        ("Deny",  "NotResource", false, "what it spares is unknown"),
    ];
    for (effect, element, allowed, because) in cases {
        let first = if effect == "Deny" {
            r#"{"Effect":"Allow","Action":"*","Resource":"*"},"#
        } else {
            ""
        };
        let text = format!(
            r#"{{"Version":"2012-10-17","Statement":[{first}{{"Effect":"{effect}","Action":"*","{element}":"arn:aws:ecr:*:*:repository/${{x:none}}*"}}]}}"#
        );
        let document = Document::parse(&text, DocumentKind::Identity).unwrap();
        assert_eq!(allows_on(document, X, &context()), allowed, "{effect} {element}: {because}");
    }
}
