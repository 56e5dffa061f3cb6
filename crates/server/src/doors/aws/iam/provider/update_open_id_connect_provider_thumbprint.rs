//! UpdateOpenIDConnectProviderThumbprint.

use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::iam::UpdateOpenIDConnectProviderThumbprintRequest;

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{ByArn, by_arn};

pub(in crate::doors::aws) struct UpdateOpenIDConnectProviderThumbprint;

impl Call for UpdateOpenIDConnectProviderThumbprint {
    type Input = UpdateOpenIDConnectProviderThumbprintRequest;
    type Target = ByArn;
    type Output = ();

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(by_arn(caller, &input.open_id_connect_provider_arn))
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let ByArn { account, arn, .. } = target;
        let thumbprints = input.thumbprint_list;
        Ok(context
            .iam()
            .update_open_id_connect_provider_thumbprint(&account, arn, thumbprints)
            .await?)
    }
}
