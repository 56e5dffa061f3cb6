//! RevokeGrant.

use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::kms::RevokeGrantRequest;

use super::grant_of::{grant_id, of_client};
use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::kms::done::Done;
use crate::doors::aws::kms::on_key::{OnKey, on_key};
use crate::doors::aws::kms::read::dry_run;
use crate::guard::RequestKeys;

pub(in crate::doors::aws) struct RevokeGrant;

impl Call for RevokeGrant {
    type Input = RevokeGrantRequest;
    type Target = OnKey;
    type Output = Done;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        on_key(caller, &input.key_id)
    }

    fn request_keys(input: &Self::Input) -> RequestKeys {
        let _ = input;
        of_client()
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let RevokeGrantRequest { key_id: _, grant_id: id, dry_run: is_tried } = input;
        let id = grant_id(&id)?;
        context.doors.kms.revoke_grant(&target.arn()?, &id, dry_run(is_tried)).await?;
        Ok(Done {})
    }
}
