//! PutTargets: adds targets to a rule, or sets all of them.

use identity::Caller;
use operations::NewEventTarget;
use serde_json::Value;
use wire::aws::events::{PutTargetsRequest, PutTargetsResponse, Target as WireTarget};
use wire::aws::{FrontDoor, WireRefusal};

use super::rule::OnRule;
use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;

pub(in crate::doors::aws) struct PutTargets;

/// EventBridge's limit of targets in one call, which its model does not state.
const AT_ONCE: usize = 10;

impl Call for PutTargets {
    type Input = PutTargetsRequest;
    type Target = OnRule;
    type Output = PutTargetsResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        OnRule::read(caller, input.event_bus_name.as_deref(), &input.rule)
    }

    async fn act(
        context: &Context<'_>,
        rule: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        rule.require_bus()?;
        if input.targets.len() > AT_ONCE {
            let text = "A call can put at most 10 targets.";
            return Err(WireRefusal::new(FrontDoor::Validation, text).into());
        }
        let targets = input.targets.into_iter().map(read).collect();
        context.operations().put_targets(&rule.registry, &rule.name, targets).await?;
        // All of them, or the call is refused.
        Ok(PutTargetsResponse { failed_entry_count: Some(0), failed_entries: Some(Vec::new()) })
    }
}

/// The rest of a target is kept in the words of the model.
fn read(target: WireTarget) -> NewEventTarget {
    let (id, arn) = (target.id.clone(), target.arn.clone());
    let mut parameters = match serde_json::to_value(target) {
        Ok(Value::Object(members)) => members,
        Ok(_) | Err(_) => serde_json::Map::new(),
    };
    parameters.remove("Id");
    parameters.remove("Arn");
    NewEventTarget { id, arn, parameters }
}
