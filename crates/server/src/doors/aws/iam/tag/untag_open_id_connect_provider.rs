//! UntagOpenIDConnectProvider.

use iam::Tagged;
use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::iam::UntagOpenIDConnectProviderRequest;

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{ByArn, by_arn};
use crate::guard::RequestKeys;

pub(in crate::doors::aws) struct UntagOpenIDConnectProvider;

impl Call for UntagOpenIDConnectProvider {
    type Input = UntagOpenIDConnectProviderRequest;
    type Target = ByArn;
    type Output = ();

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(by_arn(caller, &input.open_id_connect_provider_arn))
    }

    fn request_keys(input: &Self::Input) -> RequestKeys {
        RequestKeys::default().tag_keys(input.tag_keys.iter().cloned())
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let (tagged, keys) = (Tagged::OidcProvider(target.arn), input.tag_keys);
        Ok(context.iam().untag_iam_entity(&target.account, tagged, keys).await?)
    }
}
