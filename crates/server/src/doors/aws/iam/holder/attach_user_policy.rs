//! AttachUserPolicy.

use iam::PolicyHolder;
use identity::Caller;
use names::UserName;
use wire::aws::WireRefusal;
use wire::aws::iam::AttachUserPolicyRequest;

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{Entity, named};
use crate::guard::RequestKeys;

pub(in crate::doors::aws) struct AttachUserPolicy;

impl Call for AttachUserPolicy {
    type Input = AttachUserPolicyRequest;
    type Target = Entity<UserName>;
    type Output = ();

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        named(caller, "userName", &input.user_name)
    }

    fn request_keys(input: &Self::Input) -> RequestKeys {
        RequestKeys::default().with("iam:PolicyARN", input.policy_arn.as_str())
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let holder = PolicyHolder::User(target.name);
        Ok(context.iam().attach_policy(&target.account, holder, input.policy_arn).await?)
    }
}
