//! SimulateCustomPolicy.

use iam::Simulation;
use identity::Caller;
use names::AccountId;
use wire::aws::WireRefusal;
use wire::aws::iam::{SimulateCustomPolicyRequest, SimulatePolicyResponse};

use super::simulated;
use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;

pub(in crate::doors::aws) struct SimulateCustomPolicy;

impl Call for SimulateCustomPolicy {
    type Input = SimulateCustomPolicyRequest;
    type Target = AccountId;
    type Output = SimulatePolicyResponse;

    fn target(caller: &Caller, _input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(caller.account().clone())
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let pages = simulated::Results::new(input.marker.as_deref(), input.max_items)?;
        let simulation = Simulation {
            source: None,
            policies: input.policy_input_list,
            boundaries: input.permissions_boundary_policy_input_list.unwrap_or_default(),
            resource_policy: input.resource_policy,
            resource_owner: simulated::owner(input.resource_owner.as_deref())?,
            caller_arn: input.caller_arn,
            actions: input.action_names,
            resources: input.resource_arns.unwrap_or_default(),
            context: simulated::context(input.context_entries),
            skip: pages.skip,
            limit: pages.rows(),
        };
        let page = context.iam().simulate_policy(&target, simulation).await?;
        Ok(simulated::write(page))
    }
}
