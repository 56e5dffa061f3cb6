//! RemoveTargets: takes targets away from a rule.

use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::events::{
    Exception, RemoveTargetsRequest, RemoveTargetsResponse, RemoveTargetsResultEntry,
};

use super::rule::OnRule;
use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;

pub(in crate::doors::aws) struct RemoveTargets;

impl Call for RemoveTargets {
    type Input = RemoveTargetsRequest;
    type Target = OnRule;
    type Output = RemoveTargetsResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        OnRule::read(caller, input.event_bus_name.as_deref(), &input.rule)
    }

    async fn act(
        context: &Context<'_>,
        rule: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        rule.require_bus()?;
        let removed = context.operations().remove_targets(&rule.registry, &rule.name, input.ids);
        let missing = removed.await?;
        let failed = |id: String| RemoveTargetsResultEntry {
            error_code: Some(Exception::ResourceNotFound.name().to_owned()),
            error_message: Some(format!("Rule {} does not have a target {id}.", rule.name)),
            target_id: Some(id),
        };
        let failed: Vec<_> = missing.into_iter().map(failed).collect();
        Ok(RemoveTargetsResponse {
            failed_entry_count: i64::try_from(failed.len()).ok(),
            failed_entries: Some(failed),
        })
    }
}
