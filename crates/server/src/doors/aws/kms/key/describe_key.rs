//! DescribeKey.

use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::kms::{DescribeKeyRequest, DescribeKeyResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::kms::on_key::{OnKey, on_key};
use crate::doors::aws::kms::written::key_metadata;

pub(in crate::doors::aws) struct DescribeKey;

impl Call for DescribeKey {
    type Input = DescribeKeyRequest;
    type Target = OnKey;
    type Output = DescribeKeyResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        on_key(caller, &input.key_id)
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let DescribeKeyRequest { key_id: _, grant_tokens } = input;
        let kms = &context.doors.kms;
        kms.require_grant_tokens(&grant_tokens.unwrap_or_default()).await?;
        let arn = target.arn_or_managed(kms).await?;
        let described = kms.describe_key(&arn).await?;
        Ok(DescribeKeyResponse { key_metadata: Some(key_metadata(described)) })
    }
}
