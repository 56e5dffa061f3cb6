//! What a pattern says of an event, in one line.

use policy::event_pattern::EventPattern;

/// `yes`, `no`, `refused: REASON` of the pattern, or `event` if that is not JSON.
pub(crate) fn outcome(pattern: &str, event: &str) -> String {
    let pattern = match EventPattern::parse(pattern) {
        Ok(pattern) => pattern,
        Err(malformed) => return format!("refused: {}", malformed.reason()),
    };
    match serde_json::from_str(event) {
        Ok(event) if pattern.matches(&event) => "yes".to_owned(),
        Ok(_) => "no".to_owned(),
        Err(_) => "event".to_owned(),
    }
}

/// The first word of an outcome: the table of differences has no reasons.
pub(crate) fn word(outcome: &str) -> &str {
    outcome.split(':').next().unwrap_or_default()
}
