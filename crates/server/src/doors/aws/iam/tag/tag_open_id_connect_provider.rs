//! TagOpenIDConnectProvider.

use iam::Tagged;
use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::iam::TagOpenIDConnectProviderRequest;

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{ByArn, by_arn};
use crate::doors::aws::iam::tagging;
use crate::guard::RequestKeys;

pub(in crate::doors::aws) struct TagOpenIDConnectProvider;

impl Call for TagOpenIDConnectProvider {
    type Input = TagOpenIDConnectProviderRequest;
    type Target = ByArn;
    type Output = ();

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(by_arn(caller, &input.open_id_connect_provider_arn))
    }

    fn request_keys(input: &Self::Input) -> RequestKeys {
        tagging::keys(Some(&input.tags))
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let (tagged, tags) = (Tagged::OidcProvider(target.arn), tagging::pairs(Some(input.tags)));
        Ok(context.iam().tag_iam_entity(&target.account, tagged, tags).await?)
    }
}
