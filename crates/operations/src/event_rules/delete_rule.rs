//! DeleteRule: a rule that has no targets.

use names::{EventRuleName, RegistryId};

use super::refusal::EventRuleRefusal as Refused;
use crate::{Failure, Operations};

impl Operations {
    /// Deletes a rule. One that is not there is deleted already.
    pub async fn delete_rule(
        &self,
        registry: &RegistryId,
        name: &EventRuleName,
    ) -> Result<(), Failure> {
        let (of, name) = (registry.clone(), name.clone());
        let deleted = self.db.write(move |tx| {
            if !tx.list_event_targets(&of, &name, "", 1)?.is_empty() {
                return Err(Failure::from(Refused::HasTargets));
            }
            Ok(tx.delete_event_rule(&of, &name)?)
        });
        deleted.await?;
        self.event_rules.forget(registry);
        Ok(())
    }
}
