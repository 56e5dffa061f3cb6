//! RetireGrant.

use iam::Iam;
use identity::Caller;
use kms::{GrantToken, KmsRefusal};
use wire::aws::WireRefusal;
use wire::aws::kms::RetireGrantRequest;

use super::grant_of::grant_id;
use crate::doors::aws::call::{Call, Context, Target};
use crate::doors::aws::failure::{Refused, kms_refusal};
use crate::doors::aws::kms::done::Done;
use crate::doors::aws::kms::on_key::{OnKey, on_key};
use crate::doors::aws::kms::read::dry_run;
use crate::guard::{RequestKeys, Resource};

pub(in crate::doors::aws) struct RetireGrant;

/// The grant that is to be ended, with its key.
pub(in crate::doors::aws) struct Retired {
    key: OnKey,
    /// What named it, if that was a token.
    token: Option<GrantToken>,
}

impl Target for Retired {
    fn resources(&self) -> Vec<Resource> {
        self.key.resources()
    }

    async fn locate(&mut self, iam: &Iam) -> Result<(), Refused> {
        self.key.locate(iam).await
    }

    fn said(&self, keys: RequestKeys) -> RequestKeys {
        self.key.said(keys)
    }
}

impl Call for RetireGrant {
    type Input = RetireGrantRequest;
    type Target = Retired;
    type Output = Done;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        let RetireGrantRequest { grant_token, key_id, grant_id: id, dry_run: _ } = input;
        match (grant_token, key_id, id) {
            (Some(token), None, None) => {
                let token = GrantToken::parse(token)
                    .ok_or_else(|| kms_refusal(&KmsRefusal::InvalidGrantToken))?;
                Ok(Retired { key: OnKey::of_token(caller, &token), token: Some(token) })
            }
            (None, Some(key_id), Some(id)) => {
                let id = grant_id(id).map_err(|refusal| kms_refusal(&refusal))?;
                Ok(Retired { key: on_key(caller, key_id)?.retiring(id), token: None })
            }
            _ => {
                let text = "Grant token OR (grant ID, key ID) must be specified".to_owned();
                Err(kms_refusal(&KmsRefusal::Validation(text)))
            }
        }
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let is_tried = dry_run(input.dry_run);
        let Retired { key, token } = target;
        let kms = &context.doors.kms;
        let arn = match &token {
            // A token of a key that is gone names no grant.
            Some(_) => key.arn().map_err(|_| KmsRefusal::InvalidGrantToken)?,
            None => key.arn()?,
        };
        let id = key.retired().ok_or(KmsRefusal::InvalidGrantId)?;
        kms.retire_grant(&arn, id, token.as_ref(), is_tried).await?;
        Ok(Done {})
    }
}
