//! CreatePolicy.

use iam::NewManagedPolicy;
use identity::Caller;
use names::PolicyArn;
use wire::aws::WireRefusal;
use wire::aws::iam::{CreatePolicyRequest, CreatePolicyResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{ByArn, path, policy_name};
use crate::doors::aws::iam::read::identity_policy;
use crate::doors::aws::iam::tagging;
use crate::doors::aws::iam::written;
use crate::guard::RequestKeys;

pub(in crate::doors::aws) struct CreatePolicy;

impl Call for CreatePolicy {
    type Input = CreatePolicyRequest;
    type Target = ByArn;
    type Output = CreatePolicyResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        let (path, name) = (path(input.path.as_deref())?, policy_name(&input.policy_name)?);
        let arn = PolicyArn::of_account(caller.account(), &path, &name);
        Ok(ByArn::to_be_made(caller, arn.to_string()))
    }

    fn further_actions(input: &Self::Input) -> &'static [&'static str] {
        if input.tags.as_ref().is_some_and(|tags| !tags.is_empty()) {
            &["iam:TagPolicy"]
        } else {
            &[]
        }
    }

    fn request_keys(input: &Self::Input) -> RequestKeys {
        tagging::keys(input.tags.as_deref())
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let new = NewManagedPolicy {
            path: path(input.path.as_deref())?,
            name: policy_name(&input.policy_name)?,
            document: identity_policy(&input.policy_document)?,
            description: input.description,
            tags: tagging::pairs(input.tags),
        };
        let made = context.iam().create_policy(&target.account, new).await?;
        Ok(CreatePolicyResponse { policy: Some(written::policy(made)) })
    }
}
