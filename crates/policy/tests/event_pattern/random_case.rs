//! Random patterns and events from few names and values, so that they often match.

use black_box::Random;
use serde_json::{Map, Value, json};

const NAMES: [&str; 4] = ["a", "b", "c", "a.b"];
const TEXTS: [&str; 9] = ["", "x", "X", "xy", "xyx", "yx*", "É", "10.0.0.7", "2001:db8::1"];

/// A pattern and an event, as texts.
pub(crate) fn random_case(random: &mut Random) -> (String, String) {
    (object_pattern(random, 3).to_string(), event(random, 3).to_string())
}

fn one<'a>(random: &mut Random, all: &[&'a str]) -> &'a str {
    all[random.below(all.len())]
}

fn text(random: &mut Random) -> Value {
    json!(one(random, &TEXTS))
}

fn number(random: &mut Random) -> Value {
    const NUMBERS: [&str; 6] = ["0", "1", "-1", "1.0", "2.5", "1e2"];
    serde_json::from_str(one(random, &NUMBERS)).unwrap()
}

fn plain(random: &mut Random) -> Value {
    match random.below(8) {
        0 => Value::Null,
        1 => json!(random.percent(50)),
        2 | 3 => number(random),
        _ => text(random),
    }
}

fn event(random: &mut Random, depth: usize) -> Value {
    // Names with a dot are for the tables: the library has its own idea of two paths that are one.
    let members = random.between(0, 3);
    let mut object = Map::new();
    for _ in 0..members {
        object.insert(one(random, &NAMES[..3]).to_owned(), event_value(random, depth - 1));
    }
    Value::Object(object)
}

fn event_value(random: &mut Random, depth: usize) -> Value {
    match random.below(6) {
        0 | 1 if depth > 0 => event(random, depth),
        2 if depth > 0 => {
            let count = random.below(4);
            Value::Array((0..count).map(|_| event_value(random, depth - 1)).collect())
        }
        _ => plain(random),
    }
}

fn object_pattern(random: &mut Random, depth: usize) -> Value {
    let mut object = Map::new();
    if depth > 1 && random.percent(20) {
        let count = random.between(1, 3);
        let alternatives = (0..count).map(|_| object_pattern(random, depth - 1)).collect();
        object.insert("$or".to_owned(), Value::Array(alternatives));
    }
    for _ in 0..random.between(1, 2) {
        let value = if depth > 1 && random.percent(35) {
            object_pattern(random, depth - 1)
        } else {
            let count = random.between(1, 2);
            Value::Array((0..count).map(|_| matcher(random)).collect())
        };
        object.insert(one(random, &NAMES).to_owned(), value);
    }
    Value::Object(object)
}

fn matcher(random: &mut Random) -> Value {
    const WILDCARDS: [&str; 6] = ["*", "x*", "*x", "x*x", "*y*", "yx\\*"];
    const NETWORKS: [&str; 4] = ["10.0.0.0/24", "10.0.1.0/24", "2001:db8::/32", "10.0.0.0/33"];
    match random.below(16) {
        0 => json!({ "prefix": text(random) }),
        1 => json!({ "suffix": text(random) }),
        2 => json!({ "prefix": { "equals-ignore-case": text(random) } }),
        3 => json!({ "suffix": { "equals-ignore-case": text(random) } }),
        4 => json!({ "equals-ignore-case": text(random) }),
        5 => json!({ "wildcard": one(random, &WILDCARDS) }),
        6 => json!({ "numeric": [one(random, &["<", "<=", "=", ">", ">="]), number(random)] }),
        7 => json!({ "numeric": [">", number(random), "<=", number(random)] }),
        8 => json!({ "cidr": one(random, &NETWORKS) }),
        9 | 10 => json!({ "exists": random.percent(50) }),
        11 => json!({ "anything-but": [text(random), text(random)] }),
        12 => json!({ "anything-but": number(random) }),
        13 => {
            let operator = one(random, &["prefix", "suffix", "equals-ignore-case"]);
            json!({ "anything-but": { operator: text(random) } })
        }
        _ => plain(random),
    }
}
