//! TestEventPattern: does an event match a pattern?

use policy::event_pattern::EventPattern;
use serde_json::Value;

use super::refusal::EventRuleRefusal as Refused;
use crate::{Failure, Operations};

/// What EventBridge wants of an event that is tested.
const REQUIRED: [&str; 6] = ["id", "account", "source", "time", "region", "resources"];

impl Operations {
    /// Matches an event with a pattern as if a rule had it.
    pub fn test_event_pattern(&self, pattern: &str, event: &str) -> Result<bool, Failure> {
        let pattern = EventPattern::parse(pattern).map_err(Refused::PatternMalformed)?;
        let event: Value = serde_json::from_str(event)
            .map_err(|_| Refused::EventMalformed("The text is not JSON.".to_owned()))?;
        let is_there = |name: &&str| event.get(*name).is_some_and(|value| !value.is_null());
        let missing = REQUIRED.iter().chain(&["detail-type"]).find(|name| !is_there(name));
        if let Some(name) = missing {
            return Err(Refused::EventMalformed(format!("{name} is missing.")).into());
        }
        Ok(pattern.matches(&event))
    }
}
