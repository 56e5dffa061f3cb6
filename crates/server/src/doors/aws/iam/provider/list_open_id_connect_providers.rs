//! ListOpenIDConnectProviders.

use identity::Caller;
use names::AccountId;
use wire::aws::WireRefusal;
use wire::aws::iam::{
    ListOpenIDConnectProvidersRequest, ListOpenIDConnectProvidersResponse,
    OpenIDConnectProviderListEntry,
};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;

pub(in crate::doors::aws) struct ListOpenIDConnectProviders;

impl Call for ListOpenIDConnectProviders {
    type Input = ListOpenIDConnectProvidersRequest;
    type Target = AccountId;
    type Output = ListOpenIDConnectProvidersResponse;

    fn target(caller: &Caller, _input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(caller.account().clone())
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        _input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let found = context.iam().list_open_id_connect_providers(&target).await?;
        let entry = |arn: String| OpenIDConnectProviderListEntry {
            arn: Some(arn),
            is_trusted_identity_propagation_enabled: Some(false),
        };
        let entries = found.into_iter().map(|provider| entry(provider.arn)).collect();
        Ok(ListOpenIDConnectProvidersResponse { open_id_connect_provider_list: Some(entries) })
    }
}
