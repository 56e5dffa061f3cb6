//! Documents that are taken, and how ECR gives them back.

use policy::lifecycle::{
    Action, Count, Document, Malformed, StorageClass, TEXT_CHARS_MAX, TEXT_CHARS_MIN, TagSelection,
};

const EXPIRE: &str = r#""action":{"type":"expire"}"#;

/// A policy with these rules.
fn policy(rules: &[&str]) -> String {
    format!(r#"{{"rules":[{}]}}"#, rules.join(","))
}

#[test]
fn documents_come_back_without_white_space_and_in_order() {
    let sent = r#"{
        "rules": [
            {
                "action": { "type": "transition", "targetStorageClass": "archive" },
                "rulePriority": 20,
                "selection": {
                    "countNumber": 30, "countUnit": "days", "countType": "sinceImagePulled",
                    "storageClass": "standard", "tagStatus": "any"
                }
            },
            {
                "description": "two \u0022words\u0022\n\u00e9\/",
                "selection": {
                    "tagStatus": "tagged", "countType": "imageCountMoreThan", "countNumber": 1,
                    "tagPatternList": [ "v*", "*-rc" ]
                },
                "rulePriority": 3,
                "action": { "type": "expire" }
            },
            {
                "rulePriority": 10,
                "selection": {
                    "countUnit": "days", "countType": "sinceImageTransitioned", "countNumber": 90,
                    "tagStatus": "tagged", "tagPrefixList": ["v"], "storageClass": "archive"
                },
                "action": { "type": "expire" }
            }
        ]
    }"#;
    let expected = concat!(
        r#"{"rules":["#,
        r#"{"rulePriority":3,"description":"two \"words\"\né/","selection":{"tagStatus":"tagged","#,
        r#""tagPatternList":["v*","*-rc"],"countType":"imageCountMoreThan","countNumber":1},"#,
        r#""action":{"type":"expire"}},"#,
        r#"{"rulePriority":10,"selection":{"tagStatus":"tagged","tagPrefixList":["v"],"#,
        r#""storageClass":"archive","countType":"sinceImageTransitioned","countUnit":"days","#,
        r#""countNumber":90},"action":{"type":"expire"}},"#,
        r#"{"rulePriority":20,"selection":{"tagStatus":"any","storageClass":"standard","#,
        r#""countType":"sinceImagePulled","countUnit":"days","countNumber":30},"#,
        r#""action":{"type":"transition","targetStorageClass":"archive"}}"#,
        r#"]}"#,
    );
    assert_eq!(Document::parse(sent).unwrap().canonical(), expected);
}

#[test]
fn the_example_of_the_api_reference_comes_back_as_there() {
    let text = concat!(
        r#"{"rules":[{"rulePriority":1,"description":"Expire images older than 14 days","#,
        r#""selection":{"tagStatus":"untagged","countType":"sinceImagePushed","countUnit":"days","#,
        r#""countNumber":14},"action":{"type":"expire"}}]}"#,
    );
    assert_eq!(Document::parse(text).unwrap().canonical(), text);
}

#[test]
fn rules_say_what_was_written() {
    let text = policy(&[
        r#"{"rulePriority":7,"description":"d","selection":{"tagStatus":"tagged","tagPrefixList":["a","b"],
            "countType":"sinceImagePushed","countUnit":"days","countNumber":5},
            "action":{"type":"transition","targetStorageClass":"archive"}}"#,
        r#"{"rulePriority":2,"selection":{"tagStatus":"any","storageClass":"archive",
            "countType":"sinceImageTransitioned","countUnit":"days","countNumber":365},
            "action":{"type":"expire"}}"#,
    ]);
    let document = Document::parse(&text).unwrap();
    let [first, second] = document.rules() else { panic!("two rules") };
    assert_eq!((first.priority(), second.priority()), (2, 7), "by priority");
    assert_eq!(first.description(), None);
    assert_eq!(first.tags(), &TagSelection::Any);
    assert_eq!(first.storage_class(), StorageClass::Archive);
    assert_eq!(first.count(), Count::DaysSinceTransitioned(365));
    assert_eq!(first.action(), Action::Expire);
    assert_eq!(second.description(), Some("d"));
    assert_eq!(second.tags().status(), "tagged");
    assert_eq!(second.storage_class(), StorageClass::Standard);
    assert_eq!(second.count(), Count::DaysSincePushed(5));
    assert_eq!(second.action().target(), Some(StorageClass::Archive));
    assert_eq!(document.find_rule(7), Some(second));
    assert_eq!(document.find_rule(3), None);
}

#[test]
fn lists_that_are_alike_are_taken_where_they_do_not_meet() {
    let rule = |priority: u32, list: &str| {
        format!(
            r#"{{"rulePriority":{priority},"selection":{{"tagStatus":"tagged",{list},
                "countType":"imageCountMoreThan","countNumber":1}},{EXPIRE}}}"#
        )
    };
    let archived = format!(
        r#"{{"rulePriority":9,"selection":{{"tagStatus":"tagged","tagPrefixList":["a"],
            "storageClass":"archive","countType":"sinceImageTransitioned","countUnit":"days",
            "countNumber":90}},{EXPIRE}}}"#
    );
    #[rustfmt::skip]
    let cases = [
        (rule(2, r#""tagPrefixList":["a","b"]"#), "a longer list"),
        (rule(2, r#""tagPatternList":["a"]"#),    "a list of patterns"),
        (archived,                                "another storage class"),
    ];
    for (other, because) in cases {
        let text = policy(&[&rule(1, r#""tagPrefixList":["a"]"#), &other]);
        assert!(Document::parse(&text).is_ok(), "{because}: {text}");
    }
}

#[test]
fn fifty_rules_are_taken() {
    let rules: Vec<String> = (1..=50)
        .map(|n| {
            format!(
                r#"{{"rulePriority":{n},"selection":{{"tagStatus":"tagged","tagPatternList":["v{n}.*"],
                    "countType":"imageCountMoreThan","countNumber":1}},{EXPIRE}}}"#
            )
        })
        .collect();
    let rules: Vec<&str> = rules.iter().map(String::as_str).collect();
    assert_eq!(Document::parse(&policy(&rules)).unwrap().rules().len(), 50);
}

#[test]
fn the_length_is_that_of_the_service_model() {
    let text = policy(&[&format!(
        r#"{{"rulePriority":1,"description":"é","selection":{{"tagStatus":"any","countType":"imageCountMoreThan","countNumber":1}},{EXPIRE}}}"#
    )]);
    let padded = |chars: usize| text.clone() + &" ".repeat(chars - text.chars().count());
    let short = text.replace(r#""description":"é","#, "");
    let described = |chars: usize| text.replace('é', &"é".repeat(1 + chars - text.chars().count()));
    let rest = r#"{"rules":[]}"#;
    #[rustfmt::skip]
    let cases = [
        (padded(TEXT_CHARS_MAX),        Ok(()),                    "the longest"),
        (padded(TEXT_CHARS_MAX + 1),    Err(Malformed::TooLong),   "white space counts"),
        (described(TEXT_CHARS_MAX),     Ok(()),                    "characters count, not bytes"),
        (described(TEXT_CHARS_MAX + 1), Err(Malformed::TooLong),   "one character more"),
        ("x".repeat(1_000_000),         Err(Malformed::TooLong),   "nothing of it is read"),
        (rest.to_owned(),               Err(Malformed::TooShort),  "shorter than any rule"),
        ("é".repeat(99),                Err(Malformed::TooShort),  "characters count, not bytes"),
        ("é".repeat(100),               Err(Malformed::Unmappable), "long enough to be read"),
        (String::new(),                 Err(Malformed::TooShort),  "nothing"),
    ];
    for (text, expected, because) in cases {
        assert_eq!(Document::parse(&text).map(|_| ()), expected, "{because}");
    }
    assert!(short.len() > TEXT_CHARS_MIN, "a rule is not much shorter than what must be");
    assert_eq!(Malformed::TooShort.path(), "lifecyclePolicyText");
    assert_eq!(
        Malformed::TooShort.to_string(),
        "Member must have length greater than or equal to 100"
    );
    assert_eq!(
        Malformed::TooLong.to_string(),
        "Member must have length less than or equal to 30720"
    );
}

#[test]
fn what_is_stored_may_be_shorter_than_what_is_sent() {
    assert_eq!(Document::read("{}").unwrap_err().path(), "LifecyclePolicyText");
    assert!(matches!(Document::read("{}"), Err(Malformed::OffSchema(_))));
    assert_eq!(Document::parse("{}"), Err(Malformed::TooShort));
}
