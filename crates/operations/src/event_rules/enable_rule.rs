//! EnableRule: a rule is matched with events again.

use names::{EventRuleName, EventRuleState, RegistryId};

use crate::{Failure, Operations};

impl Operations {
    /// Enables a rule.
    pub async fn enable_rule(
        &self,
        registry: &RegistryId,
        name: &EventRuleName,
    ) -> Result<(), Failure> {
        self.put_rule_state(registry, name, EventRuleState::Enabled).await
    }
}
