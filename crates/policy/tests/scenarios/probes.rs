//! Cases that other engines get wrong.

use policy::Layer::{Identity, Resource};
use policy::{Context, Document, DocumentKind, Policies, Reason, SourceKind, Subject};

use crate::asking::{OURS, WEB, account, alice, allows, allows_on, attached, push};

fn read(text: &str) -> Document {
    Document::parse(text, DocumentKind::Identity).expect("a document")
}

/// An `Allow` of one resource, in a document of a version that need not be IAM's.
fn repository(version: &str, resource: &str) -> String {
    format!(
        r#"{{"Version":"{version}","Statement":[{{"Effect":"Allow","Principal":"*","Action":"*","Resource":"{resource}"}}]}}"#
    )
}

/// Does a repository policy that allows one resource allow it?
fn repository_allows(version: &str, resource: &str, asked: &str, context: &Context<'_>) -> bool {
    let document = Document::parse(&repository(version, resource), DocumentKind::Repository);
    allows_by_resource(document.expect("a document"), asked, context)
}

fn allows_by_resource(document: Document, asked: &str, context: &Context<'_>) -> bool {
    let (owner, alice) = (account(OURS), alice(OURS));
    let request = policy::Request {
        subject: Subject::Principal(&alice),
        action: "ecr:PutImage",
        resource: asked,
        resource_account: &owner,
        context,
    };
    let document = std::sync::Arc::new(document);
    let name = std::sync::Arc::from("p");
    let resource = [policy::Attached { source: SourceKind::Repository, name, document }];
    let policies = Policies { resource: &resource, ..Policies::default() };
    policy::evaluate(&request, &policies).is_allowed()
}

#[test]
fn a_repository_policy_without_resource_or_version_is_evaluated() {
    let text = r#"{"Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:user/team/alice","Service":"lambda.amazonaws.com"},"Action":"ecr:PutImage"}]}"#;
    let document = Document::parse(text, DocumentKind::Repository).expect("a document");
    assert_eq!(document.version(), policy::Version::V2008);
    assert!(allows_by_resource(document, WEB, &Context::new()));
}

#[test]
fn an_account_is_matched_at_the_account_s_grade() {
    for principal in ["123456789012", "arn:aws:iam::123456789012:root"] {
        let allow = format!(
            r#"{{"Effect":"Allow","Principal":{{"AWS":"{principal}"}},"Action":"ecr:PutImage"}}"#
        );
        let resource = [attached(SourceKind::Repository, &allow)];
        let alice = alice(OURS);
        let policies = Policies { resource: &resource, ..Policies::default() };
        let reason = push(Subject::Principal(&alice), &policies).reason;
        assert_eq!(reason, Reason::NothingAllowsIn(Identity), "{principal} gives nothing alone");
        let deny = allow.replace("Allow", "Deny");
        let resource = [attached(SourceKind::Repository, &deny)];
        let policies = Policies { resource: &resource, ..Policies::default() };
        let reason = push(Subject::Principal(&alice), &policies).reason;
        assert_eq!(reason, Reason::DeniedBy(Resource), "{principal} denies all of it");
    }
}

#[test]
fn variables_inject_nothing_and_miss_nothing() {
    let mut context = Context::new();
    context.set("aws:PrincipalTag/evil", "*");
    context.set("aws:PrincipalTag/team", "team");
    let arn = |rest: &str| format!("arn:aws:ecr:us-east-1:123456789012:repository/{rest}");
    #[rustfmt::skip]
    let cases = [
        ("2012-10-17", "${aws:PrincipalTag/none}*",          "team/web", false, "a missing variable is not an empty one"),
        ("2012-10-17", "${aws:PrincipalTag/evil}",           "team/web", false, "a star in a tag is no wildcard"),
        ("2012-10-17", "${aws:PrincipalTag/team}/*",         "team/web", true,  "a variable"),
        ("2008-10-17", "${aws:PrincipalTag/team}/*",         "team/web", false, "2008 has no variables"),
        ("2012-10-17", "${*}",                               "team/web", false, "an escaped star is a star"),
        ("2012-10-17", "${aws:PrincipalTag/none, 'team'}/*", "team/web", true,  "a default"),
        ("2012-10-17", "${aws:PrincipalTag/none, '*'}",      "team/web", false, "a default is literal"),
    ];
    for (version, pattern, asked, allowed, because) in cases {
        let found = repository_allows(version, &arn(pattern), &arn(asked), &context);
        assert_eq!(found, allowed, "{pattern}: {because}");
    }
}

#[test]
fn conditions_are_not_misread() {
    let mut context = Context::new();
    context.set("x:k", "a");
    context.set("aws:SourceArn", "arn:aws:lambda:us-east-1:123456789012:function:f");
    context.set("aws:PrincipalTag/team", "a");
    #[rustfmt::skip]
    let cases = [
        (r#"{"StringEquals":{"x:k":"${aws:PrincipalTag/team}"}}"#,          true,  "variables in values"),
        (r#"{"ArnEquals":{"aws:sourcearn":"arn:aws:lambda:*:*:function:*"}}"#, true, "ArnEquals takes wildcards"),
        (r#"{"ForAllValues:StringEqualsIfExists":{"x:none":"a"}}"#,         true,  "a set prefix and IfExists"),
        (r#"{"StringNotEquals":{"x:k":["a","b"]}}"#,                        false, "none of them"),
        (r#"{"StringNotEquals":{"x:none":"a"}}"#,                           true,  "a missing key differs"),
        (r#"{"BinaryEquals":{"x:k":"QQ=="}}"#,                              false, "base64 has case"),
        (r#"{"ForAnyValue:StringLike":{"aws:sourceARN":"arn:aws:lambda:*:123456789012:function:*"}}"#, true, "a set prefix on one value"),
    ];
    for (condition, allowed, because) in cases {
        let text = format!(
            r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Action":"*","Resource":"*","Condition":{condition}}}]}}"#
        );
        assert_eq!(allows(read(&text), &context), allowed, "{condition}: {because}");
    }
}

#[test]
fn misspelt_elements_and_bad_numbers_are_refused_before_they_are_kept() {
    #[rustfmt::skip]
    let cases = [
        (r#""Conditions":{"StringEquals":{"x:k":"a"}}"#,  "a misspelt element"),
        (r#""Condition":{"NumericEquals":{"x:k":"ten"}}"#, "a bad number"),
        (r#""Condition":{"StringEqual":{"x:k":"a"}}"#,     "a misspelt operator"),
    ];
    for (element, because) in cases {
        let text = format!(
            r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Deny","Action":"*","Resource":"*",{element}}}]}}"#
        );
        assert!(Document::parse(&text, DocumentKind::Identity).is_err(), "{because}");
    }
}

#[test]
fn a_sid_with_an_escape_is_read() {
    let text = r#"{"Version":"2012-10-17","Statement":[{"Sid":"P\u0075sh","Effect":"Allow","Action":"ecr:P\u0075tImage","Resource":"*"}]}"#;
    assert_eq!(read(text).statements()[0].sid(), Some("Push"));
    assert!(allows_on(read(text), WEB, &Context::new()));
}
