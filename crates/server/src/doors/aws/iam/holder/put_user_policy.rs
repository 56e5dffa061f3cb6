//! PutUserPolicy.

use iam::PolicyHolder;
use identity::Caller;
use names::UserName;
use wire::aws::WireRefusal;
use wire::aws::iam::PutUserPolicyRequest;

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{Entity, named, policy_name};

pub(in crate::doors::aws) struct PutUserPolicy;

impl Call for PutUserPolicy {
    type Input = PutUserPolicyRequest;
    type Target = Entity<UserName>;
    type Output = ();

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        named(caller, "userName", &input.user_name)
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let (name, document) = (policy_name(&input.policy_name)?, input.policy_document);
        let holder = PolicyHolder::User(target.name);
        Ok(context.iam().put_inline_policy(&target.account, holder, name, document).await?)
    }
}
