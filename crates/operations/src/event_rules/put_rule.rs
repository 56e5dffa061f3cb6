//! PutRule: makes a rule, or sets all of it.

use db::EventRule;
use names::{EventRuleName, EventRuleState, RegistryId};
use policy::event_pattern::EventPattern;

use super::RULES_MAX;
use super::refusal::EventRuleRefusal as Refused;
use crate::{Failure, Operations};

/// All that a caller says of a rule.
#[derive(Debug, Clone)]
pub struct NewEventRule {
    /// Its name.
    pub name: EventRuleName,
    /// Which events it is about.
    pub pattern: String,
    /// Whether it is matched with events.
    pub state: EventRuleState,
    /// What it is for.
    pub description: Option<String>,
    /// A role, which is kept for the client.
    pub role: Option<String>,
}

impl Operations {
    /// Puts a rule on the bus `default`.
    pub async fn put_rule(&self, registry: &RegistryId, new: NewEventRule) -> Result<(), Failure> {
        let NewEventRule { name, pattern, state, description, role } = new;
        EventPattern::parse(&pattern).map_err(Refused::PatternMalformed)?;
        let rule = EventRule { name, pattern, state, description, role, created_at: self.now() };
        let of = registry.clone();
        let put = self.db.write(move |tx| {
            if tx.find_event_rule(&of, &rule.name)?.is_none() {
                let rules = tx.list_event_rules(&of, "", RULES_MAX)?;
                if rules.len() >= RULES_MAX as usize {
                    return Err(Failure::from(Refused::TooMany));
                }
            }
            Ok(tx.put_event_rule(&of, &rule)?)
        });
        put.await?;
        self.event_rules.forget(registry);
        Ok(())
    }
}
