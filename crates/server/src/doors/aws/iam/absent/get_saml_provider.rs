//! GetSAMLProvider: accounts have none here.

use iam::{Absent, Failure};
use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::iam::{GetSAMLProviderRequest, GetSAMLProviderResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{ByArn, by_arn};

pub(in crate::doors::aws) struct GetSAMLProvider;

impl Call for GetSAMLProvider {
    type Input = GetSAMLProviderRequest;
    type Target = ByArn;
    type Output = GetSAMLProviderResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(by_arn(caller, &input.saml_provider_arn))
    }

    async fn act(
        _context: &Context<'_>,
        _target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let GetSAMLProviderRequest { saml_provider_arn } = input;
        Err(Failure::from(Absent::SamlProvider(saml_provider_arn)).into())
    }
}
