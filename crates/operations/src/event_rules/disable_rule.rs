//! DisableRule: a rule is no longer matched with events.

use names::{EventRuleName, EventRuleState, RegistryId};

use crate::{Failure, Operations};

impl Operations {
    /// Disables a rule.
    pub async fn disable_rule(
        &self,
        registry: &RegistryId,
        name: &EventRuleName,
    ) -> Result<(), Failure> {
        self.put_rule_state(registry, name, EventRuleState::Disabled).await
    }
}
