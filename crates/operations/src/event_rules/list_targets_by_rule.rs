//! ListTargetsByRule: the targets of a rule.

use db::EventTargetRow;
use names::{EventRuleName, RegistryId};

use super::refusal::EventRuleRefusal as Refused;
use crate::{Failure, Operations};

impl Operations {
    /// The targets of a rule by id, from after `after` on.
    pub async fn list_targets_by_rule(
        &self,
        registry: &RegistryId,
        name: &EventRuleName,
        after: Option<String>,
        limit: u32,
    ) -> Result<Vec<EventTargetRow>, Failure> {
        let (of, name, after) = (registry.clone(), name.clone(), after.unwrap_or_default());
        self.db
            .read(move |tx| {
                if tx.find_event_rule(&of, &name)?.is_none() {
                    return Err(Failure::from(Refused::RuleNotFound(name.clone())));
                }
                Ok(tx.list_event_targets(&of, &name, &after, limit)?)
            })
            .await
    }
}
