//! A request can give a condition key twice, in spellings that differ in case: neither value hides
//! the other.

use std::collections::{BTreeSet, HashMap};

use policy::Verdict;

use crate::case::{Case, Given};
use crate::evaluated::evaluated;
use crate::random_case::CASES;

/// The verdict about a case that says this of its key `at`.
fn verdict(case: &Case, at: usize, said: &[(&str, &str)]) -> Verdict {
    let (key, _) = &case.context[at];
    let spell = |spelling: &str| match spelling {
        "upper" => key.to_uppercase(),
        _ => key.clone(),
    };
    let mut case = case.clone();
    case.context.remove(at);
    for (spelling, value) in said {
        case.context.push((spell(spelling), Given::One((*value).to_owned())));
    }
    evaluated(&case).unwrap().verdict
}

/// Cases that are looked at: each is decided four times for each of its keys.
const LOOKED_AT: usize = 400;

/// What the cases say of each key.
fn values() -> HashMap<&'static str, BTreeSet<&'static str>> {
    let mut values: HashMap<_, BTreeSet<_>> = HashMap::new();
    for (key, given) in CASES.iter().flat_map(|(_, case)| &case.context) {
        if let Given::One(value) = given {
            values.entry(key.as_str()).or_default().insert(value.as_str());
        }
    }
    values
}

#[test]
fn what_is_allowed_is_allowed_with_each_value_and_what_is_denied_with_either_is_denied() {
    let (values, mut told_apart, mut looked_at) = (values(), 0, 0);
    for (place, case) in CASES.iter().take(LOOKED_AT) {
        for (at, (key, given)) in case.context.iter().enumerate() {
            let Given::One(value) = given else { continue };
            let mut others = values[key.as_str()].iter().filter(|other| *other != value);
            let Some(other) = others.next() else { continue };
            let one = verdict(case, at, &[("as it is", value)]);
            let another = verdict(case, at, &[("as it is", other)]);
            let both = verdict(case, at, &[("as it is", value), ("upper", other)]);
            let turned = verdict(case, at, &[("upper", other), ("as it is", value)]);
            assert_eq!(both, turned, "{place}: {key}: the order does not matter");
            if both == Verdict::Allowed {
                assert_eq!((one, another), (both, both), "{place}: {key}");
            }
            if one == Verdict::ExplicitDeny || another == Verdict::ExplicitDeny {
                assert_eq!(both, Verdict::ExplicitDeny, "{place}: {key}");
            }
            looked_at += 1;
            told_apart += usize::from(one != another);
        }
    }
    assert!(told_apart > 10, "of {looked_at}, {told_apart} hang on the key");
}
