//! CreatePolicyVersion.

use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::iam::{CreatePolicyVersionRequest, CreatePolicyVersionResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{ByArn, own_by_arn};
use crate::doors::aws::iam::read::identity_policy;
use crate::doors::aws::iam::written;

pub(in crate::doors::aws) struct CreatePolicyVersion;

impl Call for CreatePolicyVersion {
    type Input = CreatePolicyVersionRequest;
    type Target = ByArn;
    type Output = CreatePolicyVersionResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        own_by_arn(caller, "iam:CreatePolicyVersion", &input.policy_arn)
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let document = identity_policy(&input.policy_document)?;
        let default = input.set_as_default.unwrap_or_default();
        let (account, arn) = (&target.account, target.policy()?);
        let made = context.iam().create_policy_version(account, arn, document, default).await?;
        Ok(CreatePolicyVersionResponse { policy_version: Some(written::listed_version(&made)) })
    }
}
