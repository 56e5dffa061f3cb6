//! GetContextKeysForCustomPolicy.

use identity::Caller;
use names::AccountId;
use wire::aws::WireRefusal;
use wire::aws::iam::{GetContextKeysForCustomPolicyRequest, GetContextKeysForPolicyResponse};

use super::super::call::{Call, Context};
use super::super::failure::Refused;

pub(in crate::doors::aws) struct GetContextKeysForCustomPolicy;

impl Call for GetContextKeysForCustomPolicy {
    type Input = GetContextKeysForCustomPolicyRequest;
    type Target = AccountId;
    type Output = GetContextKeysForPolicyResponse;

    fn target(caller: &Caller, _input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(caller.account().clone())
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let policies = input.policy_input_list;
        let keys = context.operations().get_context_keys(&target, None, policies).await?;
        Ok(GetContextKeysForPolicyResponse { context_key_names: Some(keys) })
    }
}
