//! GetServerCertificate: accounts have none here.

use iam::{Absent, Failure};
use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::iam::{GetServerCertificateRequest, GetServerCertificateResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{ByArn, server_certificate};

pub(in crate::doors::aws) struct GetServerCertificate;

impl Call for GetServerCertificate {
    type Input = GetServerCertificateRequest;
    type Target = ByArn;
    type Output = GetServerCertificateResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(server_certificate(caller, &input.server_certificate_name))
    }

    async fn act(
        _context: &Context<'_>,
        _target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let GetServerCertificateRequest { server_certificate_name } = input;
        Err(Failure::from(Absent::ServerCertificate(server_certificate_name)).into())
    }
}
