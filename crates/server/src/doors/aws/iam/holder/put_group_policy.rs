//! PutGroupPolicy.

use iam::PolicyHolder;
use identity::Caller;
use names::GroupName;
use wire::aws::WireRefusal;
use wire::aws::iam::PutGroupPolicyRequest;

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{Entity, named, policy_name};

pub(in crate::doors::aws) struct PutGroupPolicy;

impl Call for PutGroupPolicy {
    type Input = PutGroupPolicyRequest;
    type Target = Entity<GroupName>;
    type Output = ();

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        named(caller, "groupName", &input.group_name)
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let (name, document) = (policy_name(&input.policy_name)?, input.policy_document);
        let holder = PolicyHolder::Group(target.name);
        Ok(context.iam().put_inline_policy(&target.account, holder, name, document).await?)
    }
}
