//! What holds for any pattern and any event.

use black_box::Random;
use policy::event_pattern::EventPattern;
use serde_json::{Value, json};

use crate::random_case::random_case;

const CASES: usize = 5_000;

#[test]
fn a_pattern_means_the_same_in_every_dress() {
    let mut random = Random::new(20_261_130);
    let (mut yes, mut refused) = (0, 0);
    for _ in 0..CASES {
        let (text, event) = random_case(&mut random);
        let event: Value = serde_json::from_str(&event).unwrap();
        let value: Value = serde_json::from_str(&text).unwrap();
        let spaced = serde_json::to_string_pretty(&value).unwrap();
        let (Ok(pattern), Ok(spaced)) = (EventPattern::parse(&text), EventPattern::parse(&spaced))
        else {
            assert!(EventPattern::parse(&spaced).is_err(), "{text}");
            refused += 1;
            continue;
        };
        assert_eq!(pattern, spaced, "space means nothing");
        assert_eq!(EventPattern::parse(pattern.as_str()).as_ref(), Ok(&pattern), "{text}");
        let matches = pattern.matches(&event);
        yes += usize::from(matches);
        let or = json!({ "$or": [value, value] }).to_string();
        let or = EventPattern::parse(&or).unwrap();
        assert_eq!(or.matches(&event), matches, "one of two that are the same: {text} on {event}");
        let envelope = EventPattern::parse(&json!({ "detail": value }).to_string()).unwrap();
        let in_envelope = json!({ "detail": event });
        assert_eq!(envelope.matches(&in_envelope), matches, "a level above: {text} on {event}");
    }
    assert!(yes > CASES / 20 && refused > CASES / 100, "{yes} matched, {refused} refused");
}

#[test]
fn anything_but_is_the_opposite_for_a_value() {
    let values = [json!("x"), json!("xy"), json!(""), json!(1), json!(null), json!(true)];
    let others = [json!("x"), json!(["x", ""]), json!(1), json!([1, 2])];
    for value in &values {
        for other in &others {
            let list = if other.is_array() { other.clone() } else { json!([other]) };
            let but = json!({ "a": [{ "anything-but": other }] }).to_string();
            let is = json!({ "a": list }).to_string();
            let event = json!({ "a": value });
            let matches = |text: &str| EventPattern::parse(text).unwrap().matches(&event);
            assert_ne!(matches(&but), matches(&is), "{other} on {event}");
        }
    }
}
