//! CreateOpenIDConnectProvider.

use iam::NewOidcProvider;
use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::iam::{CreateOpenIDConnectProviderRequest, CreateOpenIDConnectProviderResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::ByArn;
use crate::doors::aws::iam::tagging;
use crate::doors::aws::iam::unavailable::refuse_propagation;
use crate::doors::aws::iam::written;
use crate::guard::RequestKeys;

pub(in crate::doors::aws) struct CreateOpenIDConnectProvider;

impl Call for CreateOpenIDConnectProvider {
    type Input = CreateOpenIDConnectProviderRequest;
    type Target = ByArn;
    type Output = CreateOpenIDConnectProviderResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        let host_and_path = input.url.strip_prefix("https://").unwrap_or(&input.url);
        let host_and_path = host_and_path.trim_end_matches('/');
        let arn = format!("arn:aws:iam::{}:oidc-provider/{host_and_path}", caller.account());
        Ok(ByArn::to_be_made(caller, arn))
    }

    fn further_actions(input: &Self::Input) -> &'static [&'static str] {
        match input.tags.as_deref() {
            None | Some([]) => &[],
            Some(_) => &["iam:TagOpenIDConnectProvider"],
        }
    }

    fn request_keys(input: &Self::Input) -> RequestKeys {
        tagging::keys(input.tags.as_deref())
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        refuse_propagation(
            input.context_provider.is_some(),
            input.identity_center_instance_arn.is_some(),
        )?;
        let new = NewOidcProvider {
            url: input.url,
            clients: input.client_id_list.unwrap_or_default(),
            thumbprints: input.thumbprint_list.unwrap_or_default(),
            tags: tagging::pairs(input.tags),
        };
        let tags = written::tags(new.tags.clone());
        let arn = context.iam().create_open_id_connect_provider(&target.account, new).await?;
        Ok(CreateOpenIDConnectProviderResponse { open_id_connect_provider_arn: Some(arn), tags })
    }
}
