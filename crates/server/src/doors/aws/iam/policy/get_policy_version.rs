//! GetPolicyVersion.

use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::iam::{GetPolicyVersionRequest, GetPolicyVersionResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{ByArn, by_arn};
use crate::doors::aws::iam::written;

pub(in crate::doors::aws) struct GetPolicyVersion;

impl Call for GetPolicyVersion {
    type Input = GetPolicyVersionRequest;
    type Target = ByArn;
    type Output = GetPolicyVersionResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(by_arn(caller, &input.policy_arn))
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let (account, arn) = (&target.account, target.policy()?);
        let found = context.iam().get_policy_version(account, arn, input.version_id).await?;
        Ok(GetPolicyVersionResponse { policy_version: Some(written::version(&found)) })
    }
}
