//! GetContextKeysForPrincipalPolicy.

use iam::{Failure, PolicySource};
use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::iam::{
    Exception, GetContextKeysForPolicyResponse, GetContextKeysForPrincipalPolicyRequest,
};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{ByArn, by_arn};

pub(in crate::doors::aws) struct GetContextKeysForPrincipalPolicy;

impl Call for GetContextKeysForPrincipalPolicy {
    type Input = GetContextKeysForPrincipalPolicyRequest;
    type Target = ByArn;
    type Output = GetContextKeysForPolicyResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        match PolicySource::parse(caller.account(), &input.policy_source_arn) {
            Ok(_) => Ok(by_arn(caller, &input.policy_source_arn)),
            Err(refusal) => Err(WireRefusal::new(Exception::InvalidInput, refusal.to_string())),
        }
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let source = PolicySource::parse(&target.account, &target.arn).map_err(Failure::from)?;
        let policies = input.policy_input_list.unwrap_or_default();
        let keys = context.iam().get_context_keys(&target.account, Some(source), policies).await?;
        Ok(GetContextKeysForPolicyResponse { context_key_names: Some(keys) })
    }
}
