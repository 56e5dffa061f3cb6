//! GetPolicy.

use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::iam::{GetPolicyRequest, GetPolicyResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{ByArn, by_arn};
use crate::doors::aws::iam::written;

pub(in crate::doors::aws) struct GetPolicy;

impl Call for GetPolicy {
    type Input = GetPolicyRequest;
    type Target = ByArn;
    type Output = GetPolicyResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(by_arn(caller, &input.policy_arn))
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        _input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let found = context.iam().get_policy(&target.account, target.policy()?).await?;
        Ok(GetPolicyResponse { policy: Some(written::policy(found)) })
    }
}
