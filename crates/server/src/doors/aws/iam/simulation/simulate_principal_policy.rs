//! SimulatePrincipalPolicy.

use iam::{Failure, PolicySource, Simulation};
use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::iam::{Exception, SimulatePolicyResponse, SimulatePrincipalPolicyRequest};

use super::simulated;
use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{ByArn, by_arn};

pub(in crate::doors::aws) struct SimulatePrincipalPolicy;

impl Call for SimulatePrincipalPolicy {
    type Input = SimulatePrincipalPolicyRequest;
    type Target = ByArn;
    type Output = SimulatePolicyResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        match PolicySource::parse(caller.account(), &input.policy_source_arn) {
            Ok(_) => Ok(by_arn(caller, &input.policy_source_arn)),
            Err(refusal) => Err(WireRefusal::new(Exception::InvalidInput, refusal.to_string())),
        }
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let pages = simulated::Results::new(input.marker.as_deref(), input.max_items)?;
        let simulation = Simulation {
            source: Some(PolicySource::parse(&target.account, &target.arn).map_err(Failure::from)?),
            policies: input.policy_input_list.unwrap_or_default(),
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
        let page = context.iam().simulate_policy(&target.account, simulation).await?;
        Ok(simulated::write(page))
    }
}
