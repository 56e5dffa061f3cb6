//! The rules that listen, compiled and kept for a moment.

use std::collections::HashMap;
use std::sync::Arc;

use db::{EventRule, EventTargetRow};
use names::{EventRuleName, EventRuleState, RegistryId};
use policy::event_pattern::EventPattern;
use policy::event_target::EventTarget;
use serde_json::{Map, Value};

use super::{RULES_MAX, TARGETS_MAX};
use crate::{Failure, Operations};

/// The rules of a registry that are not disabled and have targets.
#[derive(Debug, Default)]
pub struct EventRules {
    /// By name.
    pub rules: Vec<ListeningRule>,
}

impl EventRules {
    /// Where a rule and its target are among them.
    pub(crate) fn find(&self, rule: &str, target: &str) -> Option<(usize, usize)> {
        let rule = self.rules.iter().position(|it| it.name.as_str() == rule)?;
        let target = self.rules[rule].targets.iter().position(|it| it.id == target)?;
        Some((rule, target))
    }
}

/// A rule, ready to be matched.
#[derive(Debug)]
pub struct ListeningRule {
    /// Its name.
    pub name: EventRuleName,
    /// Its ARN.
    pub arn: String,
    /// Which events it is about.
    pub pattern: EventPattern,
    /// Where they go.
    pub targets: Vec<EventTarget>,
}

impl Operations {
    /// The rules of a registry that listen: from memory if they were read a moment ago, by an
    /// indexed read otherwise.
    pub async fn event_rules(&self, registry: &RegistryId) -> Result<Arc<EventRules>, Failure> {
        let now = self.now();
        let (found, changes) = self.event_rules.find(registry, now);
        if let Some(rules) = found {
            return Ok(rules);
        }
        let of = registry.clone();
        let read: Result<_, Failure> = self
            .db
            .read(move |tx| {
                let targets = tx.list_all_event_targets(&of, RULES_MAX * TARGETS_MAX)?;
                // Most registries have none.
                let rules = match &targets[..] {
                    [] => Vec::new(),
                    _ => tx.list_event_rules(&of, "", RULES_MAX)?,
                };
                Ok((rules, targets))
            })
            .await;
        let (rules, targets) = read?;
        let rules = Arc::new(compile(registry, rules, targets));
        self.event_rules.keep(registry, now, changes, &rules);
        Ok(rules)
    }
}

/// Gives each rule that listens its targets. One that cannot be read holds up no other.
fn compile(
    registry: &RegistryId,
    rules: Vec<EventRule>,
    targets: Vec<(EventRuleName, EventTargetRow)>,
) -> EventRules {
    let mut of_rule: HashMap<EventRuleName, Vec<EventTarget>> = HashMap::new();
    for (name, row) in targets {
        match read_target(&row) {
            Ok(target) => of_rule.entry(name).or_default().push(target),
            Err(why) => tell_damaged(registry, &name, &why),
        }
    }
    let mut listening = Vec::new();
    for rule in rules.into_iter().filter(|rule| rule.state != EventRuleState::Disabled) {
        let Some(targets) = of_rule.remove(&rule.name) else { continue };
        match EventPattern::parse(&rule.pattern) {
            Ok(pattern) => {
                let arn = rule.name.arn(registry);
                listening.push(ListeningRule { name: rule.name, arn, pattern, targets });
            }
            Err(why) => tell_damaged(registry, &rule.name, &why.to_string()),
        }
    }
    EventRules { rules: listening }
}

fn read_target(row: &EventTargetRow) -> Result<EventTarget, String> {
    let EventTargetRow { id, arn, parameters } = row;
    let parameters: Map<String, Value> =
        serde_json::from_str(parameters).map_err(|error| error.to_string())?;
    EventTarget::read(id, arn, &parameters).map_err(|malformed| malformed.to_string())
}

fn tell_damaged(registry: &RegistryId, rule: &EventRuleName, why: &str) {
    let (account, region) = (registry.account.as_str(), registry.region.as_str());
    let rule = rule.as_str();
    tracing::error!(account, region, event.rule = rule, reason = why, "an event rule is damaged");
}
