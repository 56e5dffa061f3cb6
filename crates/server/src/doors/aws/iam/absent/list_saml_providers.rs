//! ListSAMLProviders: accounts have none here.

use identity::Caller;
use names::AccountId;
use wire::aws::WireRefusal;
use wire::aws::iam::{ListSAMLProvidersRequest, ListSAMLProvidersResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;

pub(in crate::doors::aws) struct ListSAMLProviders;

impl Call for ListSAMLProviders {
    type Input = ListSAMLProvidersRequest;
    type Target = AccountId;
    type Output = ListSAMLProvidersResponse;

    fn target(caller: &Caller, _: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(caller.account().clone())
    }

    async fn act(
        _context: &Context<'_>,
        _target: Self::Target,
        _input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        Ok(ListSAMLProvidersResponse { saml_provider_list: Some(Vec::new()) })
    }
}
