//! AddClientIDToOpenIDConnectProvider.

use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::iam::AddClientIDToOpenIDConnectProviderRequest;

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{ByArn, by_arn};

pub(in crate::doors::aws) struct AddClientIDToOpenIDConnectProvider;

impl Call for AddClientIDToOpenIDConnectProvider {
    type Input = AddClientIDToOpenIDConnectProviderRequest;
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
        let client = input.client_id;
        Ok(context.iam().add_client_id_to_open_id_connect_provider(&account, arn, client).await?)
    }
}
