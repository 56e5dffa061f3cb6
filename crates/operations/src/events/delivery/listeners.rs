//! Who listens: the outlets that the operator gives every event, and the targets of rules.
//!
//! A target is written in rows as `all/OUTLET` or `rule/ACCOUNT/REGION/RULE/ID`. What it means is
//! looked up when its turn comes: an event goes where the rule says then, and nowhere if the target
//! is gone.

use std::sync::Arc;

use db::Event;
use names::{AccountId, Region, RegistryId};
use policy::event_target::{Delivered, EventTarget, RetryPolicy};
use serde_json::Value;

use super::outlets::HearsAll;
use crate::events::envelope;
use crate::{EventRules, Failure, ListeningRule, Operations, moment_of};

/// How the target of an outlet that gets every event begins in rows.
const ALL: &str = "all/";

/// How the target of a rule does.
const RULE: &str = "rule/";

/// Where the events of a target go, and as what.
pub(crate) struct Aim {
    pub(crate) outlet: String,
    /// The rules among which its own is, and its place there and in the rule; `None` if it gets
    /// every event as it is.
    of: Option<(Arc<EventRules>, usize, usize)>,
}

impl Aim {
    fn of(&self) -> Option<(&ListeningRule, &EventTarget)> {
        let (rules, rule, target) = self.of.as_ref()?;
        let rule = rules.rules.get(*rule)?;
        Some((rule, rule.targets.get(*target)?))
    }

    /// How long deliveries are tried.
    pub(crate) fn retry(&self) -> RetryPolicy {
        self.of().map(|(_, target)| target.retry).unwrap_or_default()
    }

    /// The group of messages that the rule asks for.
    pub(crate) fn message_group(&self) -> Option<&str> {
        self.of().and_then(|(_, target)| target.message_group.as_deref())
    }

    /// What is sent of an event; `None` if its row is damaged.
    pub(crate) fn body(&self, event: &Event) -> Option<String> {
        let written = envelope(event)?;
        let Some((rule, target)) = self.of() else { return Some(written) };
        let read: Value = serde_json::from_str(&written).ok()?;
        let ingested_at = moment_of(event.written_at);
        let delivered = Delivered {
            event: &read,
            rule_arn: &rule.arn,
            rule_name: rule.name.as_str(),
            ingested_at: &ingested_at,
        };
        Some(target.body(&delivered, &written))
    }
}

impl Operations {
    /// Whether anyone may listen, so that there are events to deliver.
    pub fn hears_events(&self) -> bool {
        !self.outlets.names.is_empty() && !self.is_read_only()
    }

    /// The targets of an event.
    pub(crate) async fn targets_of(&self, event: &Event) -> Result<Vec<String>, Failure> {
        let RegistryId { account, region } = &event.registry;
        let hears = |listener: &&HearsAll| {
            listener.account.as_ref().is_none_or(|hearing| hearing == account)
        };
        let hearing = self.outlets.hear_all.iter().filter(hears);
        let mut targets: Vec<String> =
            hearing.map(|listener| format!("{ALL}{}", listener.outlet)).collect();
        let rules = self.event_rules(&event.registry).await?;
        if rules.rules.is_empty() {
            return Ok(targets);
        }
        let Some(read) = envelope(event).and_then(|text| serde_json::from_str(&text).ok()) else {
            return Ok(targets);
        };
        for rule in rules.rules.iter().filter(|rule| rule.pattern.matches(&read)) {
            let ids = rule.targets.iter().map(|target| &target.id);
            targets.extend(ids.map(|id| format!("{RULE}{account}/{region}/{}/{id}", rule.name)));
        }
        Ok(targets)
    }

    /// Where the events of a target in rows go; `None` if nothing is there any more.
    pub(crate) async fn find_aim(&self, target: &str) -> Result<Option<Aim>, Failure> {
        if let Some(outlet) = target.strip_prefix(ALL) {
            let is_known = self.outlets.hear_all.iter().any(|listener| listener.outlet == outlet);
            return Ok(is_known.then(|| Aim { outlet: outlet.to_owned(), of: None }));
        }
        let Some((registry, name, id)) = target.strip_prefix(RULE).and_then(read_rule) else {
            return Ok(None);
        };
        let mut rules = self.event_rules(&registry).await?;
        if rules.find(name, id).is_none() {
            // They may have been read before the rule was put that another node has matched.
            self.event_rules.forget(&registry);
            rules = self.event_rules(&registry).await?;
        }
        let Some((rule, target)) = rules.find(name, id) else { return Ok(None) };
        let place = rules.rules[rule].targets[target].arn.destination.place();
        // A place of the account alone comes first.
        let own = format!("{}/{place}", registry.account);
        let outlet = if self.outlets.names.contains(&own) { own } else { place.to_owned() };
        Ok(Some(Aim { outlet, of: Some((rules, rule, target)) }))
    }
}

/// The registry, the rule and the target's id. Neither names nor ids have slashes.
fn read_rule(text: &str) -> Option<(RegistryId, &str, &str)> {
    let mut words = text.splitn(4, '/');
    let account = AccountId::parse(words.next()?).ok()?;
    let region = Region::parse(words.next()?).ok()?;
    Some((RegistryId { account, region }, words.next()?, words.next()?))
}
