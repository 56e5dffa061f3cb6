//! Nothing takes long, however it is written.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use policy::event_pattern::EventPattern;
use serde_json::{Value, json};

use crate::outcome::{outcome, word};

/// Far more than any of these takes without optimisation on a busy machine, and far less than
/// anything exponential.
const SOON: Duration = Duration::from_secs(20);

#[test]
fn length_and_depth_are_bounded() {
    let padded = |length: usize| {
        let pattern = r#"{"a":[1]}"#;
        format!("{pattern}{}", " ".repeat(length - pattern.len()))
    };
    let nested = |depth: usize| {
        let (open, close) = (r#"{"a":"#.repeat(depth), "}".repeat(depth));
        format!("{open}[1]{close}")
    };
    #[rustfmt::skip]
    let cases = [
        (padded(4_096), "yes",     "as long as may be"),
        (padded(4_097), "refused", "too long"),
        (nested(63),    "no",      "as deep as may be"),
        (nested(64),    "refused", "too deep"),
        (nested(800),   "refused", "much too deep"),
        ("[".repeat(4_000), "refused", "nothing but depth"),
    ];
    for (pattern, expected, because) in cases {
        assert_eq!(word(&outcome(&pattern, r#"{"a":1}"#)), expected, "{because}");
    }
}

#[test]
fn combinations_of_alternatives_are_bounded() {
    let or = |name: &str, count: usize| {
        let one = |number: usize| format!(r#"{{"{name}{number}":[1]}}"#);
        let all: Vec<String> = (0..count).map(one).collect();
        format!(r#"{{"$or":[{}]}}"#, all.join(","))
    };
    let product = |counts: &[usize]| {
        let each = counts.iter().enumerate();
        let each: Vec<String> =
            each.map(|(at, count)| format!(r#""x{at}":{}"#, or("k", *count))).collect();
        format!("{{{}}}", each.join(","))
    };
    #[rustfmt::skip]
    let cases = [
        (product(&[10, 10, 10]), "no",      "a thousand"),
        (product(&[10, 10, 11]), "refused", "more than a thousand"),
        (product(&[3; 30]),      "refused", "3 to the power of 30"),
    ];
    for (pattern, expected, because) in cases {
        let since = Instant::now();
        assert_eq!(word(&outcome(&pattern, r#"{"x0":{"k1":1}}"#)), expected, "{because}");
        assert!(since.elapsed() < SOON, "{because}: {:?}", since.elapsed());
    }
    let plain: String = (0..300).fold(String::new(), |mut all, number| {
        write!(all, r#","f{number}":[1]"#).unwrap();
        all
    });
    let both = format!("{}{plain}}}", product(&[10, 10]).trim_end_matches('}').to_owned() + "]}}");
    assert_eq!(word(&outcome(&both, "{}")), "refused", "many alternatives of many fields");
}

#[test]
fn no_operator_tries_twice() {
    let stars = format!(r#"{{"a":[{{"wildcard":"{}b"}}]}}"#, "*a".repeat(1_900));
    let folded = format!(r#"{{"a":[{{"equals-ignore-case":"{}"}}]}}"#, "ß".repeat(1_900));
    #[rustfmt::skip]
    let cases = [
        (stars,  json!({ "a": "a".repeat(300_000) }),            "many wildcards"),
        (folded, json!({ "a": "SS".repeat(1_899) + "S" }),       "spellings of two lengths"),
        (r#"{"a":{"b":[1],"c":[2]}}"#.to_owned(), wide(60_000),  "many elements, none of which matches"),
    ];
    for (pattern, event, because) in cases {
        let pattern = EventPattern::parse(&pattern).unwrap();
        let since = Instant::now();
        assert!(!pattern.matches(&event), "{because}");
        assert!(since.elapsed() < SOON, "{because}: {:?}", since.elapsed());
    }
}

/// In turn, half of what is looked for.
fn wide(count: usize) -> Value {
    let one = |number: usize| {
        if number.is_multiple_of(2) { json!({ "b": 1 }) } else { json!({ "c": 2 }) }
    };
    json!({ "a": (0..count).map(one).collect::<Vec<_>>() })
}
