//! Event patterns: what is read is kept in a form that reads the same, and matches the same events.
//! The first line is the pattern, the rest an event.

#![no_main]

use libfuzzer_sys::fuzz_target;
use policy::event_pattern::{EventPattern, PATTERN_LENGTH_MAX};

fuzz_target!(|text: &str| {
    let (pattern, event) = text.split_once('\n').unwrap_or((text, "{}"));
    let pattern = match EventPattern::parse(pattern) {
        Ok(pattern) => pattern,
        Err(malformed) => return assert!(malformed.to_string().len() <= 16 * PATTERN_LENGTH_MAX),
    };
    let again = EventPattern::parse(pattern.as_str()).expect("it was read before");
    assert_eq!(again, pattern);
    let Ok(event) = serde_json::from_str(event) else { return };
    assert_eq!(again.matches(&event), pattern.matches(&event));
});
