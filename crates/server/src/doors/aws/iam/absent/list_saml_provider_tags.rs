//! ListSAMLProviderTags: accounts have none here.

use iam::{Absent, Failure};
use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::iam::{ListSAMLProviderTagsRequest, ListSAMLProviderTagsResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{ByArn, by_arn};

pub(in crate::doors::aws) struct ListSAMLProviderTags;

impl Call for ListSAMLProviderTags {
    type Input = ListSAMLProviderTagsRequest;
    type Target = ByArn;
    type Output = ListSAMLProviderTagsResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(by_arn(caller, &input.saml_provider_arn))
    }

    async fn act(
        _context: &Context<'_>,
        _target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let ListSAMLProviderTagsRequest { saml_provider_arn, marker: _, max_items: _ } = input;
        Err(Failure::from(Absent::SamlProvider(saml_provider_arn)).into())
    }
}
