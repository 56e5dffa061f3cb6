//! ListServerCertificates: accounts have none here.

use identity::Caller;
use names::AccountId;
use wire::aws::WireRefusal;
use wire::aws::iam::{ListServerCertificatesRequest, ListServerCertificatesResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;

pub(in crate::doors::aws) struct ListServerCertificates;

impl Call for ListServerCertificates {
    type Input = ListServerCertificatesRequest;
    type Target = AccountId;
    type Output = ListServerCertificatesResponse;

    fn target(caller: &Caller, _: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(caller.account().clone())
    }

    async fn act(
        _context: &Context<'_>,
        _target: Self::Target,
        _input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        Ok(ListServerCertificatesResponse {
            server_certificate_metadata_list: Vec::new(),
            is_truncated: Some(false),
            marker: None,
        })
    }
}
