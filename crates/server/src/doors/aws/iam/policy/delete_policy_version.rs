//! DeletePolicyVersion.

use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::iam::DeletePolicyVersionRequest;

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{ByArn, own_by_arn};

pub(in crate::doors::aws) struct DeletePolicyVersion;

impl Call for DeletePolicyVersion {
    type Input = DeletePolicyVersionRequest;
    type Target = ByArn;
    type Output = ();

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        own_by_arn(caller, "iam:DeletePolicyVersion", &input.policy_arn)
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let (account, arn) = (&target.account, target.policy()?);
        Ok(context.iam().delete_policy_version(account, arn, input.version_id).await?)
    }
}
