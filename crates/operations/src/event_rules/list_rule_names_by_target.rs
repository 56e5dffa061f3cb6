//! ListRuleNamesByTarget: the rules that send events to a target.

use names::{EventRuleName, RegistryId};

use crate::{Failure, Operations};

impl Operations {
    /// The rules that have a target with this ARN, by name, from after `after` on.
    pub async fn list_rule_names_by_target(
        &self,
        registry: &RegistryId,
        arn: &str,
        after: Option<String>,
        limit: u32,
    ) -> Result<Vec<EventRuleName>, Failure> {
        let (of, arn, after) = (registry.clone(), arn.to_owned(), after.unwrap_or_default());
        self.db.read(move |tx| Ok(tx.list_rules_of_event_target(&of, &arn, &after, limit)?)).await
    }
}
