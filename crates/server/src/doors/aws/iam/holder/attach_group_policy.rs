//! AttachGroupPolicy.

use iam::PolicyHolder;
use identity::Caller;
use names::GroupName;
use wire::aws::WireRefusal;
use wire::aws::iam::AttachGroupPolicyRequest;

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{Entity, named};
use crate::guard::RequestKeys;

pub(in crate::doors::aws) struct AttachGroupPolicy;

impl Call for AttachGroupPolicy {
    type Input = AttachGroupPolicyRequest;
    type Target = Entity<GroupName>;
    type Output = ();

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        named(caller, "groupName", &input.group_name)
    }

    fn request_keys(input: &Self::Input) -> RequestKeys {
        RequestKeys::default().with("iam:PolicyARN", input.policy_arn.as_str())
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let holder = PolicyHolder::Group(target.name);
        Ok(context.iam().attach_policy(&target.account, holder, input.policy_arn).await?)
    }
}
