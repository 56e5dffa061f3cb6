//! DeleteOpenIDConnectProvider.

use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::iam::DeleteOpenIDConnectProviderRequest;

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{ByArn, by_arn};

pub(in crate::doors::aws) struct DeleteOpenIDConnectProvider;

impl Call for DeleteOpenIDConnectProvider {
    type Input = DeleteOpenIDConnectProviderRequest;
    type Target = ByArn;
    type Output = ();

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(by_arn(caller, &input.open_id_connect_provider_arn))
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        _input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let ByArn { account, arn, .. } = target;
        Ok(context.iam().delete_open_id_connect_provider(&account, arn).await?)
    }
}
