//! DescribeRekey: how far the change of a repository's key is.

use identity::Caller;
use names::RepositoryArn;
use wire::aws::WireRefusal;
use wire::aws::longshore::{DescribeRekeyRequest, DescribeRekeyResponse};

use super::super::call::{Call, Context, repository};
use super::super::failure::Refused;
use super::written_rekey::write_described;

pub(in crate::doors::aws) struct DescribeRekey;

impl Call for DescribeRekey {
    type Input = DescribeRekeyRequest;
    type Target = RepositoryArn;
    type Output = DescribeRekeyResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        repository(caller, input.registry_id.as_deref(), &input.repository_name)
    }

    async fn act(
        context: &Context<'_>,
        arn: RepositoryArn,
        _: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let rekey = context.operations().describe_rekey(&arn).await?;
        Ok(DescribeRekeyResponse { rekey: rekey.map(write_described) })
    }
}
