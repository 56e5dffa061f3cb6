//! ListKeyPolicies.

use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::kms::{ListKeyPoliciesRequest, ListKeyPoliciesResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::kms::on_key::{OnKey, on_key};

pub(in crate::doors::aws) struct ListKeyPolicies;

impl Call for ListKeyPolicies {
    type Input = ListKeyPoliciesRequest;
    type Target = OnKey;
    type Output = ListKeyPoliciesResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(on_key(caller, &input.key_id)?.at_home())
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let ListKeyPoliciesRequest { key_id: _, limit: _, marker: _ } = input;
        let names = context.doors.kms.list_key_policies(&target.arn()?).await?;
        let policy_names = Some(names.iter().map(|name| (*name).to_owned()).collect());
        Ok(ListKeyPoliciesResponse { policy_names, next_marker: None, truncated: Some(false) })
    }
}
