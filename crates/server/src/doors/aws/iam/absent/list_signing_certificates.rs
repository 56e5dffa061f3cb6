//! ListSigningCertificates: nobody has any here. Terraform and the console ask before they delete a user.

use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::iam::{ListSigningCertificatesRequest, ListSigningCertificatesResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::whom::{Whom, whom};

pub(in crate::doors::aws) struct ListSigningCertificates;

impl Call for ListSigningCertificates {
    type Input = ListSigningCertificatesRequest;
    type Target = Whom;
    type Output = ListSigningCertificatesResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        whom(caller, input.user_name.as_deref())
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let ListSigningCertificatesRequest { user_name: _, marker: _, max_items: _ } = input;
        target.require(context.iam()).await?;
        Ok(ListSigningCertificatesResponse {
            certificates: Vec::new(),
            is_truncated: Some(false),
            marker: None,
        })
    }
}
