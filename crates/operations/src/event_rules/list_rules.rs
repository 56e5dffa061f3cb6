//! ListRules: the rules of a registry.

use db::EventRule;
use names::RegistryId;

use crate::{Failure, Operations};

impl Operations {
    /// The rules whose names begin with `prefix`, by name, from after `after` on.
    pub async fn list_rules(
        &self,
        registry: &RegistryId,
        prefix: &str,
        after: Option<String>,
        limit: u32,
    ) -> Result<Vec<EventRule>, Failure> {
        let (of, prefix) = (registry.clone(), prefix.to_owned());
        // The rule whose name is the prefix comes after everything before it.
        let after = after.unwrap_or_default();
        let listed: Result<Vec<EventRule>, Failure> =
            self.db.read(move |tx| Ok(tx.list_event_rules(&of, &after, super::RULES_MAX)?)).await;
        let begins = |rule: &EventRule| rule.name.as_str().starts_with(&prefix);
        Ok(listed?.into_iter().filter(begins).take(limit as usize).collect())
    }
}
