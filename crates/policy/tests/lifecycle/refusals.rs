//! Documents that are refused, and the words for it.

use policy::lifecycle::Document;

const FAILURE: &str = "Lifecycle policy validation failure: ";
const UNMAPPABLE: &str = "Could not map policyString into LifecyclePolicy.";

/// A rule, from what stands in its selection and in its action.
fn rule(priority: u32, selection: &str, action: &str) -> String {
    format!(r#"{{"rulePriority":{priority},"selection":{{{selection}}},"action":{{{action}}}}}"#)
}

fn policy(rules: &[String]) -> String {
    format!(r#"{{"rules":[{}]}}"#, rules.join(","))
}

/// Holds refusals against the reasons for them.
fn check(cases: impl IntoIterator<Item = (String, String, &'static str)>) {
    for (text, reason, because) in cases {
        let refusal = Document::read(&text).expect_err(&format!("{because}: {text}"));
        assert_eq!(refusal.to_string(), format!("{FAILURE}{reason}"), "{because}: {text}");
        assert_eq!(refusal.path(), "LifecyclePolicyText");
    }
}

#[test]
fn texts_that_are_no_documents() {
    let deep = format!("{{\"rules\":{}{}}}", "[".repeat(9_000), "]".repeat(9_000));
    let one = rule(
        1,
        r#""tagStatus":"any","countType":"imageCountMoreThan","countNumber":1"#,
        r#""type":"expire""#,
    );
    let huge = policy(&[one.replace(r#""countNumber":1"#, r#""countNumber":2147483648"#)]);
    let astronomic = policy(&[
        one.replace(r#""rulePriority":1"#, &format!(r#""rulePriority":{}"#, "9".repeat(400)))
    ]);
    let no_target = policy(&[one.replace("expire", "transition")]);
    #[rustfmt::skip]
    let cases = [
        ("",                                 "nothing"),
        ("rules",                            "not JSON"),
        ("{'rules':[]}",                     "other quotes"),
        (r#"{"rules":[]"#,                   "not closed"),
        (r#"{"rules":[]} x"#,                "something behind"),
        ("[]",                               "a list"),
        ("null",                             "nothing, in JSON"),
        (r#""rules""#,                       "a string"),
        (r#"{"rules":[],"rules":[]}"#,       "a key twice"),
        (r#"{"rules":[{"a":1,"\u0061":2}]}"#, "a key twice, once escaped"),
        (&deep,                              "deep nesting"),
        (&huge,                              "a number beyond an int"),
        (&astronomic,                        "a number beyond any"),
        (&no_target,                         "a transition to nowhere"),
    ];
    check(cases.map(|(text, because)| (text.to_owned(), UNMAPPABLE.to_owned(), because)));
}

fn missing(keys: &str) -> String {
    format!("object has missing required properties ({keys})")
}

fn not_allowed(keys: &str) -> String {
    format!("object instance has properties which are not allowed by the schema: ({keys})")
}

fn wrong_type(found: &str, allowed: &str) -> String {
    format!(
        r#"instance type ({found}) does not match any allowed primitive type (allowed: ["{allowed}"])"#
    )
}

fn not_in(found: &str, possible: &str) -> String {
    format!("instance value ({found}) not found in enum (possible values: {possible})")
}

fn below(found: &str) -> String {
    format!("numeric instance is lower than the required minimum (minimum: 1, found: {found})")
}

fn no_variant(of: u8) -> String {
    format!("instance failed to match exactly one schema (matched 0 out of {of})")
}

/// A sound policy, but for one thing.
fn but(from: &str, to: &str) -> String {
    const SELECTION: &str = r#""tagStatus":"tagged","tagPrefixList":["a"],"countType":"sinceImagePushed","countUnit":"days","countNumber":1"#;
    let sound = rule(1, SELECTION, r#""type":"expire""#);
    assert!(sound.contains(from), "{from}");
    policy(&[sound.replacen(from, to, 1)])
}

#[test]
fn keys_and_types_of_rules_and_actions() {
    let rules = |rules: &str| format!(r#"{{"rules":{rules}}}"#);
    let many = rules(&format!("[{}]", vec!["{}"; 51].join(",")));
    #[rustfmt::skip]
    let cases = [
        (rules("[]").replace("rules", "x"), format!("{}\n{}", not_allowed(r#"["x"]"#), missing(r#"["rules"]"#)), "another key"),
        ("{}".to_owned(),          missing(r#"["rules"]"#),            "no rules"),
        (rules("{}"),              wrong_type("object", "array"),      "rules that are no list"),
        (rules("null"),            wrong_type("null", "array"),        "rules that are nothing"),
        (rules("[]"),  "array is too short: must have at least 1 elements but instance has 0 elements".to_owned(), "an empty list of rules"),
        (many,         "array is too long: must have at most 50 elements but instance has 51 elements".to_owned(), "fifty-one rules"),
        (rules(r#"["a"]"#),        wrong_type("string", "object"),     "a rule that is no object"),
        (rules("[{}]"),            missing(r#"["action","rulePriority","selection"]"#), "a rule of nothing, keys by name"),
        (but(r#""rulePriority":1,"#, ""),  missing(r#"["rulePriority"]"#), "no priority"),
        (but(r#""rulePriority""#, r#""priority""#), format!("{}\n{}", not_allowed(r#"["priority"]"#), missing(r#"["rulePriority"]"#)), "another name"),
        (but(r#""rulePriority":1"#, r#""rulePriority":1,"z":0,"b":0"#), not_allowed(r#"["b","z"]"#), "unknown keys, by name"),
        (but(r#""rulePriority":1"#, r#""rulePriority":1,"a\"b\n":0"#), not_allowed(r#"["a\"b\n"]"#), "a key that needs quotes"),
        (but(r#""rulePriority":1"#, r#""RulePriority":1"#), format!("{}\n{}", not_allowed(r#"["RulePriority"]"#), missing(r#"["rulePriority"]"#)), "case counts"),
        (but(r#""rulePriority":1"#, r#""rulePriority":"1""#),   wrong_type("string", "integer"),  "a number as a string"),
        (but(r#""rulePriority":1"#, r#""rulePriority":1.0"#),   wrong_type("number", "integer"),  "a number with a point"),
        (but(r#""rulePriority":1"#, r#""rulePriority":1e1"#),   wrong_type("number", "integer"),  "a number with an exponent"),
        (but(r#""rulePriority":1"#, r#""rulePriority":true"#),  wrong_type("boolean", "integer"), "no number"),
        (but(r#""rulePriority":1"#, r#""rulePriority":0"#),     below("0"),                       "priorities begin at one"),
        (but(r#""rulePriority":1"#, r#""rulePriority":-3"#),    below("-3"),                      "and are positive"),
        (but(r#""rulePriority":1"#, r#""rulePriority":1,"description":null"#), wrong_type("null", "string"), "a description that is nothing"),
        (but(r#""rulePriority":1"#, r#""rulePriority":1,"description":5"#), wrong_type("integer", "string"), "a description that is a number"),
        (but(r#"{"type":"expire"}"#, r#""expire""#),            wrong_type("string", "object"),   "an action that is a word"),
        (but(r#""type":"expire""#, ""),                         missing(r#"["type"]"#),           "an action of nothing"),
        (but("expire", "keep"),                                 not_in(r#""keep""#, r#"["expire","transition"]"#), "an unknown action"),
        (but("expire", "EXPIRE"),                               not_in(r#""EXPIRE""#, r#"["expire","transition"]"#), "the API's spelling"),
        (but(r#""type":"expire""#, r#""type":"expire","to":1"#), not_allowed(r#"["to"]"#),        "an unknown key of an action"),
        (but(r#""type":"expire""#, r#""type":"expire","targetStorageClass":null"#), no_variant(2), "as some tools write it"),
        (but(r#""type":"expire""#, r#""type":"expire","targetStorageClass":"archive""#), no_variant(2), "an expiry to somewhere"),
        (but(r#""type":"expire""#, r#""type":"transition","targetStorageClass":"glacier""#), not_in(r#""glacier""#, r#"["archive"]"#), "an unknown target"),
        (but(r#""type":"expire""#, r#""type":"transition","targetStorageClass":"standard""#), not_in(r#""standard""#, r#"["archive"]"#), "no way back by a rule"),
    ];
    check(cases);
}

#[test]
fn keys_and_types_of_selections() {
    let null = wrong_type("null", "array");
    #[rustfmt::skip]
    let cases = [
        (but(r#""tagStatus":"tagged","#, ""),                   missing(r#"["tagStatus"]"#),      "no status"),
        (but(r#""countType":"sinceImagePushed","#, ""),         missing(r#"["countType"]"#),      "no type of count"),
        (but(r#""countNumber":1"#, r#""countNumbers":1"#),      format!("{}\n{}", not_allowed(r#"["countNumbers"]"#), missing(r#"["countNumber"]"#)), "another name for the number"),
        (but("tagged", "TAGGED"),                               not_in(r#""TAGGED""#, r#"["any","tagged","untagged"]"#), "the API's spelling"),
        (but(r#""tagged""#, "7"),                               wrong_type("integer", "string"),  "a status that is a number"),
        (but("sinceImagePushed", "sinceImageDeleted"),          no_variant(4),                    "an unknown type of count"),
        (but(r#""countUnit":"days","#, ""),                     no_variant(4),                    "days without a unit"),
        (but("sinceImagePushed", "imageCountMoreThan"),         no_variant(4),                    "a number with a unit"),
        (but(r#""countUnit":"days""#, r#""countUnit":null"#),   wrong_type("null", "string"),     "a unit that is nothing"),
        (but("days", "weeks"),                                  not_in(r#""weeks""#, r#"["days"]"#), "an unknown unit"),
        (but(r#""countNumber":1"#, r#""countNumber":0"#),       below("0"),                       "nothing to keep"),
        (but(r#""countNumber":1"#, r#""countNumber":"1""#),     wrong_type("string", "integer"),  "a number as a string"),
        (but(r#""tagStatus""#, r#""storageClass":"glacier","tagStatus""#), not_in(r#""glacier""#, r#"["archive","standard"]"#), "an unknown class"),
        (but(r#"["a"]"#, r#""a""#),                             wrong_type("string", "array"),    "a prefix that is no list"),
        (but(r#"["a"]"#, "[1]"),                             wrong_type("integer", "string"),  "a prefix that is a number"),
        (but(r#""tagPrefixList":["a"]"#, r#""tagPrefixList":null,"tagPatternList":null"#), format!("{null}\n{null}"), "as some tools write it: a line each"),
    ];
    check(cases);
}

#[test]
fn one_violation_hides_what_lies_deeper_and_not_what_lies_beside() {
    let wrong = r#"{"rulePriority":"1","selection":{},"action":{"type":"keep"},"description":1}"#;
    let expected = [
        r#"instance value ("keep") not found in enum (possible values: ["expire","transition"])"#,
        r#"instance type (integer) does not match any allowed primitive type (allowed: ["string"])"#,
        r#"instance type (string) does not match any allowed primitive type (allowed: ["integer"])"#,
        r#"object has missing required properties (["countNumber","countType","tagStatus"])"#,
    ];
    check([(policy(&[wrong.to_owned()]), expected.join("\n"), "members by name, and no deeper")]);
    let nulls = policy(&[rule(
        1,
        &format!(
            r#""tagStatus":"tagged","tagPrefixList":[{}],"countType":"imageCountMoreThan","countNumber":1"#,
            vec!["null"; 5_000].join(",")
        ),
        r#""type":"expire""#,
    )]);
    let lines = Document::read(&nulls).unwrap_err().to_string().lines().count();
    assert_eq!(lines, 20, "there is an end to it");
}

#[test]
fn rules_that_contradict_themselves() {
    const EXPIRE: &str = r#""type":"expire""#;
    const ARCHIVE: &str = r#""type":"transition","targetStorageClass":"archive""#;
    let days = |kind: &str, number: u32| {
        format!(
            r#""tagStatus":"any","countType":"{kind}","countUnit":"days","countNumber":{number}"#
        )
    };
    let tagged = |lists: &str| {
        format!(r#""tagStatus":"tagged",{lists}"countType":"imageCountMoreThan","countNumber":1"#)
    };
    let untagged = |lists: &str| tagged(lists).replace("tagged", "untagged");
    let any = |lists: &str| tagged(lists).replace("tagged", "any");
    let transitioned = |number: u32| {
        format!(r#""storageClass":"archive",{}"#, days("sinceImageTransitioned", number))
    };
    let in_archive = |selection: &str| format!(r#""storageClass":"archive",{selection}"#);
    let (prefixes, patterns) = (r#""tagPrefixList":["a"],"#, r#""tagPatternList":["a*"],"#);
    let both = format!("{prefixes}{patterns}");
    let no_list = "Must specify tagPrefixList or tagPatternList when tagStatus=TAGGED.";
    let standard_only = "SINCE_IMAGE_PUSHED, SINCE_IMAGE_PULLED and IMAGE_COUNT_MORE_THAN support the STANDARD storage class only";
    let archive_only = "SINCE_IMAGE_TRANSITIONED supports the ARCHIVE storage class only";
    let soon = "SINCE_IMAGE_TRANSITIONED supports a countNumber of at least 90 only";
    #[rustfmt::skip]
    let cases = [
        (tagged(""),                        EXPIRE,  no_list, "tagged, and not how"),
        (tagged(r#""tagPrefixList":[],"#),  EXPIRE,  no_list, "an empty list is none"),
        (tagged(r#""tagPatternList":[],"#), EXPIRE,  no_list, "an empty list is none"),
        (tagged(&both),                     EXPIRE,  "If policy has a tagged rule, it must specify only one of tagPrefixList or tagPatternList", "both lists"),
        (untagged(prefixes),                EXPIRE,  "Cannot specify tagPrefixList with tagStatus untagged",  "tags of what has none"),
        (untagged(patterns),                EXPIRE,  "Cannot specify tagPatternList with tagStatus untagged", "tags of what has none"),
        (any(prefixes),                     EXPIRE,  "Cannot specify tagPrefixList with tagStatus any",       "tags of all images"),
        (any(r#""tagPatternList":[],"#),    EXPIRE,  "Cannot specify tagPatternList with tagStatus any",      "not even an empty list"),
        (tagged(r#""tagPatternList":["a","*test*1*2*3*4*"],"#), EXPIRE, "Invalid tag pattern provided. Total number of * must not exceed 4", "too many stars"),
        (in_archive(&any("")),                     EXPIRE,  standard_only, "archived images are not counted"),
        (in_archive(&days("sinceImagePushed", 9)), EXPIRE,  standard_only, "nor aged by their push"),
        (in_archive(&days("sinceImagePulled", 9)), ARCHIVE, standard_only, "nor by a pull"),
        (days("sinceImageTransitioned", 90),       EXPIRE,  archive_only,  "the class must be said"),
        (transitioned(90).replace("archive", "standard"), EXPIRE, archive_only, "and be the archive"),
        (transitioned(90),                  ARCHIVE, "SINCE_IMAGE_TRANSITIONED supports the EXPIRE action only",   "from the archive to the archive"),
        (transitioned(89),                  EXPIRE,  soon, "archived images must stay for 90 days"),
        (days("sinceImagePulled", 90),      EXPIRE,  "SINCE_IMAGE_PULLED supports the TRANSITION action only",     "only archiving by pulls"),
    ];
    check(cases.map(|(selection, action, reason, because)| {
        (policy(&[rule(1, &selection, action)]), reason.to_owned(), because)
    }));
    let first = rule(1, &tagged(""), EXPIRE);
    let second = rule(1, &days("sinceImagePulled", 9), EXPIRE);
    check([(policy(&[first, second]), no_list.to_owned(), "the first rule's fault is told first")]);
}

#[test]
fn rules_that_contradict_each_other() {
    const EXPIRE: &str = r#""type":"expire""#;
    let count = r#""countType":"imageCountMoreThan","countNumber":1"#;
    let archived = r#""storageClass":"archive","countType":"sinceImageTransitioned","countUnit":"days","countNumber":90"#;
    let of = |priority: u32, tags: &str, count: &str| {
        let tags = match tags {
            "any" | "untagged" => format!(r#""tagStatus":"{tags}""#),
            tags => format!(r#""tagStatus":"tagged",{tags}"#),
        };
        rule(priority, &format!("{tags},{count}"), EXPIRE)
    };
    let (a, ab, ba) = (
        r#""tagPrefixList":["a"]"#,
        r#""tagPatternList":["a","b"]"#,
        r#""tagPatternList":["b","a","b"]"#,
    );
    let not_last = "Rule for tagStatus=ANY must have the lowest priority per storage class";
    let untagged = "Only one rule can select Untagged images per storage class.";
    let two_any = "Only one rule can specify tagStatus=ANY";
    #[rustfmt::skip]
    let cases = [
        ([of(1, a, count), of(1, ab, count)],                      "Duplicate priority in multiple rules", "one priority twice"),
        ([of(1, a, count), of(1, a, archived)],                    "Duplicate priority in multiple rules", "also across classes"),
        ([of(1, "untagged", count), of(2, "untagged", count)],     untagged, "untagged twice"),
        ([of(1, "untagged", archived), of(2, "untagged", archived)], untagged, "untagged twice in the archive"),
        ([of(1, "any", count), of(2, "any", count)],               two_any,  "any twice"),
        ([of(1, "any", archived), of(2, "any", archived)],         two_any,  "any twice in the archive"),
        ([of(1, "any", count), of(2, a, count)],                   not_last, "any before another"),
        ([of(7, a, count), of(3, "any", count)],                   not_last, "the priority counts, not the text"),
        ([of(1, "any", archived), of(2, "untagged", archived)],    not_last, "in the archive too"),
        ([of(1, a, count), of(2, a, count)],                       "Duplicate tagPrefixList in multiple rules per storage class",  "one list twice"),
        ([of(1, ab, count), of(2, ba, count)],                     "Duplicate tagPatternList in multiple rules per storage class", "a list is a set"),
    ];
    check(cases.map(|(rules, reason, because)| (policy(&rules), reason.to_owned(), because)));
}
