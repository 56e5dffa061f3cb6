//! RemoveTargets: takes targets away from a rule.

use names::{EventRuleName, RegistryId};

use super::refusal::EventRuleRefusal as Refused;
use crate::{Failure, Operations};

impl Operations {
    /// Removes targets of a rule. The answer is those that it does not have.
    pub async fn remove_targets(
        &self,
        registry: &RegistryId,
        name: &EventRuleName,
        ids: Vec<String>,
    ) -> Result<Vec<String>, Failure> {
        let (of, name) = (registry.clone(), name.clone());
        let removed = self.db.write(move |tx| {
            if tx.find_event_rule(&of, &name)?.is_none() {
                return Err(Failure::from(Refused::RuleNotFound(name.clone())));
            }
            let mut missing = Vec::new();
            for id in &ids {
                if !tx.delete_event_target(&of, &name, id)? {
                    missing.push(id.clone());
                }
            }
            Ok(missing)
        });
        let missing = removed.await?;
        self.event_rules.forget(registry);
        Ok(missing)
    }
}
