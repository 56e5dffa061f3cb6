//! GetOpenIDConnectProvider.

use iam::DescribedOidcProvider;
use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::iam::{GetOpenIDConnectProviderRequest, GetOpenIDConnectProviderResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{ByArn, by_arn};
use crate::doors::aws::iam::written;

pub(in crate::doors::aws) struct GetOpenIDConnectProvider;

impl Call for GetOpenIDConnectProvider {
    type Input = GetOpenIDConnectProviderRequest;
    type Target = ByArn;
    type Output = GetOpenIDConnectProviderResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(by_arn(caller, &input.open_id_connect_provider_arn))
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        _input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let ByArn { account, arn, .. } = target;
        let found = context.iam().get_open_id_connect_provider(&account, arn).await?;
        let DescribedOidcProvider { provider, clients, tags } = found;
        Ok(GetOpenIDConnectProviderResponse {
            // AWS answers without the scheme.
            url: provider.url.strip_prefix("https://").map(str::to_owned),
            client_id_list: Some(clients),
            thumbprint_list: Some(provider.thumbprints),
            create_date: Some(provider.created_at.as_epoch_seconds()),
            tags: written::tags(tags),
            ..GetOpenIDConnectProviderResponse::default()
        })
    }
}
