//! What a rule says under `longshore` in its selection, which ECR does not have.

use policy::lifecycle::{Document, REGEX_CHARS_MAX, REGEXES_MAX};

use crate::notation::check;

#[test]
fn regular_expressions_select_by_whole_tags() {
    check(
        "each expression needs a tag, as each pattern does",
        r"rule 1   /v\d+\.\d+/            older than 1d
          rule 2   beta-*&/.*-\d/         older than 1d
          rule 3   /a+/&/b+/              older than 1d
          image a  v1.20                  pushed 9d   => expires by 1
          image b  v1.20-rc1              pushed 9d   => stays
          image c  beta-x,other-7         pushed 9d   => expires by 2
          image d  beta-x                 pushed 9d   => stays
          image e  aa,bb                  pushed 9d   => expires by 3
          image f  aa                     pushed 9d   => stays
          image g  -                      pushed 9d   => stays",
    );
}

#[test]
fn a_tag_that_must_not_be_spares_an_image() {
    check(
        "negation narrows what the rest selects, of all images, too",
        "rule 1   v*&!*-keep           older than 1d
         rule 2   any&!keep&!/v[0-9]/  older than 5d
         image a  v1                   pushed 9d   => expires by 1
         image b  v1.0,x-keep          pushed 9d   => expires by 2
         image c  v1.0,x-keep          pushed 2d   => stays by 2 for 3d
         image d  v2,x-keep            pushed 9d   => stays
         image e  keep,old             pushed 9d   => stays
         image f  -                    pushed 9d   => expires by 2",
    );
}

#[test]
fn the_newest_of_those_that_are_pulled_are_kept() {
    check(
        "an image that was never pulled counts as pulled when it was pushed or restored",
        "rule 1   v*       more than 2 pulled within 30d
         image a  v1       pushed 90d pulled 1d                => expires by 1
         image b  v2       pushed 80d pulled 2d                => stays by 1 as 2 of 2
         image c  v3       pushed 70d pulled 31d               => expires by 1
         image d  v4       pushed 60d                          => expires by 1
         image e  v5       pushed 50d pulled 40d restored 30d  => stays by 1 as 1 of 2
         image f  other    pushed 90d                          => stays",
    );
    check(
        "a push within the days is as good as a pull",
        "rule 1   v*       more than 1 pulled within 30d
         image a  v1       pushed 29d              => expires by 1
         image b  v2       pushed 1d               => stays by 1 as 1 of 1",
    );
}

fn policy(selection: &str, count: &str) -> String {
    format!(
        r#"{{"rules":[{{"rulePriority":1,"selection":{{{selection},{count}}},"action":{{"type":"expire"}}}}]}}"#
    )
}

const NEWEST: &str = r#""countType":"imageCountMoreThan","countNumber":1"#;
const YOUNG: &str = r#""countType":"sinceImagePushed","countUnit":"days","countNumber":1"#;

#[test]
fn canonical_texts_have_the_extension_last() {
    #[rustfmt::skip]
    let cases = [
        (r#""longshore":{"pulledWithinDays":7,"tagRegexList":["a\\d"]},"tagStatus":"tagged""#,
         r#""tagStatus":"tagged",COUNT,"longshore":{"tagRegexList":["a\\d"],"pulledWithinDays":7}"#, "in our order"),
        (r#""longshore":{"notTagRegexList":["b"],"notTagPatternList":["*-keep"]},"tagStatus":"any""#,
         r#""tagStatus":"any",COUNT,"longshore":{"notTagPatternList":["*-keep"],"notTagRegexList":["b"]}"#, "of all images"),
        (r#""longshore":{"notTagPatternList":[]},"tagStatus":"any""#, r#""tagStatus":"any",COUNT"#, "says nothing"),
        (r#""longshore":{},"tagStatus":"any""#, r#""tagStatus":"any",COUNT"#, "says nothing either"),
    ];
    for (selection, canonical, because) in cases {
        let document = Document::read(&policy(selection, NEWEST)).unwrap();
        let wanted = canonical.replace("COUNT", NEWEST);
        let whole = policy(&wanted, "").replace(",}", "}");
        assert_eq!(document.canonical(), whole, "{because}");
        assert_eq!(Document::read(&whole), Ok(document), "{because}");
    }
}

#[test]
fn extensions_that_are_refused() {
    let many = format!(r#""tagRegexList":[{}]"#, [r#""a""#; REGEXES_MAX + 1].join(","));
    let long = format!(r#""tagRegexList":["{}"]"#, "a".repeat(REGEX_CHARS_MAX + 1));
    let refused = |regex: &str, list: &str, why: &str| {
        format!(
            "Invalid regular expression {regex} in {list} of the rule with rulePriority 1. It {why}"
        )
    };
    let bad = |regex: &str, list: &str| {
        refused(
            regex,
            list,
            "must be one of Rust's crate regex, which has no references back and no looking around, with groups nested at most 16 deep",
        )
    };
    let shortened = format!("\"{}…\"", "a".repeat(60));
    let only_not = |list: &str| {
        format!(
            "Must specify tagPrefixList, tagPatternList or tagRegexList when tagStatus=TAGGED: {list} only leaves out some of what these select. A tagPatternList of * selects all tagged images."
        )
    };
    let bare = r#""tagStatus":"tagged""#;
    let empty = r#""tagStatus":"tagged","tagPatternList":[]"#;
    let tagged = r#""tagStatus":"tagged","tagPatternList":["v*"]"#;
    let (any, untagged) = (r#""tagStatus":"any""#, r#""tagStatus":"untagged""#);
    #[rustfmt::skip]
    let cases = [
        (any,      r#""tagRegexList":["a"]"#,         NEWEST, "Cannot specify tagRegexList with tagStatus any".to_owned()),
        (untagged, r#""tagRegexList":["a"]"#,         NEWEST, "Cannot specify tagRegexList with tagStatus untagged".to_owned()),
        (untagged, r#""notTagPatternList":["a"]"#,    NEWEST, "Cannot specify notTagPatternList with tagStatus untagged".to_owned()),
        (untagged, r#""notTagRegexList":["a"]"#,      NEWEST, "Cannot specify notTagRegexList with tagStatus untagged".to_owned()),
        (tagged,   r#""tagRegexList":["("]"#,         NEWEST, bad(r#""(""#, "tagRegexList")),
        (tagged,   r#""tagRegexList":["a","b)"]"#,    NEWEST, bad(r#""b)""#, "tagRegexList")),
        (tagged,   r#""notTagRegexList":["(a)\\1"]"#, NEWEST, bad(r#""(a)\\1""#, "notTagRegexList")),
        (tagged,   &long,                             NEWEST, refused(&shortened, "tagRegexList", "must have at most 128 characters")),
        (tagged,   r#""tagRegexList":["(a{9,99}){99}"]"#, NEWEST, refused(r#""(a{9,99}){99}""#, "tagRegexList", "is too complex: repeat less in it")),
        (tagged,   &many,                             NEWEST, "A policy can have at most 10 regular expressions".to_owned()),
        (tagged,   r#""notTagPatternList":["*****"]"#, NEWEST, "Invalid tag pattern provided. Total number of * must not exceed 4".to_owned()),
        (tagged,   r#""pulledWithinDays":3"#,         YOUNG,  "pulledWithinDays supports IMAGE_COUNT_MORE_THAN only".to_owned()),
        (tagged,   r#""pulledWithinDays":0"#,         NEWEST, "numeric instance is lower than the required minimum (minimum: 1, found: 0)".to_owned()),
        (tagged,   r#""pulledWithinDays":"3""#,       NEWEST, r#"instance type (string) does not match any allowed primitive type (allowed: ["integer"])"#.to_owned()),
        (tagged,   r#""regex":"a""#,                  NEWEST, r#"object instance has properties which are not allowed by the schema: (["regex"])"#.to_owned()),
        (bare,     r#""tagRegexList":[]"#,            NEWEST, "Must specify tagPrefixList or tagPatternList when tagStatus=TAGGED.".to_owned()),
        (bare,     r#""notTagPatternList":["a"]"#,    NEWEST, only_not("notTagPatternList")),
        (bare,     r#""notTagRegexList":["a"]"#,      NEWEST, only_not("notTagRegexList")),
        (empty,    r#""notTagRegexList":["a"]"#,      NEWEST, only_not("notTagRegexList")),
    ];
    for (selection, extension, count, reason) in cases {
        let text = policy(&format!(r#"{selection},"longshore":{{{extension}}}"#), count);
        let refusal = Document::read(&text).expect_err(&text).to_string();
        assert_eq!(refusal, format!("Lifecycle policy validation failure: {reason}"), "{text}");
    }
}

#[test]
fn rules_that_differ_in_their_extension_are_two_rules() {
    let rule = |priority: u32, extension: &str| {
        format!(
            r#"{{"rulePriority":{priority},"selection":{{"tagStatus":"tagged","tagPatternList":["v*"],{NEWEST}{extension}}},"action":{{"type":"expire"}}}}"#
        )
    };
    let both = |first: &str, second: &str| {
        Document::read(&format!(r#"{{"rules":[{},{}]}}"#, rule(1, first), rule(2, second)))
    };
    let not = r#","longshore":{"notTagPatternList":["*-keep"]}"#;
    assert!(both("", not).is_ok());
    assert!(both(not, not).is_err());
    assert!(both("", "").is_err());
}
