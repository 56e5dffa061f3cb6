use serde_json::Value;

/// An event on its way to a target.
#[derive(Debug, Clone, Copy)]
pub struct Delivered<'a> {
    /// The event with its envelope.
    pub event: &'a Value,
    /// The ARN of the rule that it matched.
    pub rule_arn: &'a str,
    /// The name of that rule.
    pub rule_name: &'a str,
    /// When the event was received, as events write times.
    pub ingested_at: &'a str,
}
