//! DescribeRule: a rule of a registry.

use db::EventRule;
use names::{EventRuleName, RegistryId};

use super::refusal::EventRuleRefusal as Refused;
use crate::{Failure, Operations};

impl Operations {
    /// The rule of this name.
    pub async fn describe_rule(
        &self,
        registry: &RegistryId,
        name: &EventRuleName,
    ) -> Result<EventRule, Failure> {
        let (of, rule) = (registry.clone(), name.clone());
        let found: Result<_, Failure> =
            self.db.read(move |tx| Ok(tx.find_event_rule(&of, &rule)?)).await;
        found?.ok_or_else(|| Refused::RuleNotFound(name.clone()).into())
    }
}
