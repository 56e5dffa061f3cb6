use names::{EventRuleName, EventRuleState, RegistryId};

use super::refusal::EventRuleRefusal as Refused;
use crate::{Failure, Operations};

impl Operations {
    /// Sets the state of a rule.
    pub(super) async fn put_rule_state(
        &self,
        registry: &RegistryId,
        name: &EventRuleName,
        state: EventRuleState,
    ) -> Result<(), Failure> {
        let (of, rule) = (registry.clone(), name.clone());
        let put = move |tx: &mut db::Tx<'_>| Ok(tx.put_event_rule_state(&of, &rule, state)?);
        let found: Result<bool, Failure> = self.db.write(put).await;
        if !found? {
            return Err(Refused::RuleNotFound(name.clone()).into());
        }
        self.event_rules.forget(registry);
        Ok(())
    }
}
