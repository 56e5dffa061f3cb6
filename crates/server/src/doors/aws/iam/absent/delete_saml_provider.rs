//! DeleteSAMLProvider: accounts have none here.

use iam::{Absent, Failure};
use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::iam::DeleteSAMLProviderRequest;

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{ByArn, by_arn};

pub(in crate::doors::aws) struct DeleteSAMLProvider;

impl Call for DeleteSAMLProvider {
    type Input = DeleteSAMLProviderRequest;
    type Target = ByArn;
    type Output = ();

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(by_arn(caller, &input.saml_provider_arn))
    }

    async fn act(
        _context: &Context<'_>,
        _target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let DeleteSAMLProviderRequest { saml_provider_arn } = input;
        Err(Failure::from(Absent::SamlProvider(saml_provider_arn)).into())
    }
}
