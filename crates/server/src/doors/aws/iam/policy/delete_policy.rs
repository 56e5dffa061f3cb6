//! DeletePolicy.

use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::iam::DeletePolicyRequest;

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{ByArn, own_by_arn};

pub(in crate::doors::aws) struct DeletePolicy;

impl Call for DeletePolicy {
    type Input = DeletePolicyRequest;
    type Target = ByArn;
    type Output = ();

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        own_by_arn(caller, "iam:DeletePolicy", &input.policy_arn)
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        _input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        Ok(context.iam().delete_policy(&target.account, target.policy()?).await?)
    }
}
