//! PutTargets: adds targets to a rule, or sets all of them.

use std::collections::BTreeSet;

use db::EventTargetRow;
use names::{EventRuleName, RegistryId};
use policy::event_target::{Destination, EventTarget, HttpParameters};
use serde_json::{Map, Value};

use super::TARGETS_MAX;
use super::refusal::EventRuleRefusal as Refused;
use crate::{Failure, Operations};

/// A target as a caller writes it.
#[derive(Debug, Clone)]
pub struct NewEventTarget {
    /// Its name within the rule.
    pub id: String,
    /// Where events go.
    pub arn: String,
    /// The rest of it, in EventBridge's spelling.
    pub parameters: Map<String, Value>,
}

impl Operations {
    /// Puts targets of a rule: all of them, or none.
    pub async fn put_targets(
        &self,
        registry: &RegistryId,
        name: &EventRuleName,
        targets: Vec<NewEventTarget>,
    ) -> Result<(), Failure> {
        let mut rows = Vec::with_capacity(targets.len());
        for NewEventTarget { id, arn, parameters } in targets {
            let read =
                EventTarget::read(&id, &arn, &parameters).map_err(Refused::TargetMalformed)?;
            let is_place = matches!(read.arn.destination, Destination::Place(_));
            let is_here =
                (&read.arn.account, &read.arn.region) == (&registry.account, &registry.region);
            if is_place && !is_here {
                return Err(Refused::TargetElsewhere(arn).into());
            }
            if read.dead_letters.is_some() {
                return Err(Refused::DeadLettersElsewhere.into());
            }
            if read.http != HttpParameters::default() {
                return Err(Refused::HttpParameters.into());
            }
            rows.push(EventTargetRow {
                id,
                arn,
                parameters: Value::Object(parameters).to_string(),
            });
        }
        let (of, name) = (registry.clone(), name.clone());
        let put = self.db.write(move |tx| {
            if tx.find_event_rule(&of, &name)?.is_none() {
                return Err(Failure::from(Refused::RuleNotFound(name.clone())));
            }
            let there = tx.list_event_targets(&of, &name, "", TARGETS_MAX)?;
            let ids: BTreeSet<&str> =
                there.iter().chain(&rows).map(|target| target.id.as_str()).collect();
            if ids.len() > TARGETS_MAX as usize {
                return Err(Refused::TooMany.into());
            }
            for row in &rows {
                tx.put_event_target(&of, &name, row)?;
            }
            Ok(())
        });
        put.await?;
        self.event_rules.forget(registry);
        Ok(())
    }
}
