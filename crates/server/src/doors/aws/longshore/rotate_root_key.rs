//! RotateRootKey: lets a new root key seal from now on.

use identity::Caller;
use names::AccountId;
use operations::RotatedRootKey;
use wire::aws::WireRefusal;
use wire::aws::longshore::{RotateRootKeyRequest, RotateRootKeyResponse};

use super::super::call::{Call, Context};
use super::super::failure::Refused;
use super::first_account::require_first_account;

pub(in crate::doors::aws) struct RotateRootKey;

impl Call for RotateRootKey {
    type Input = RotateRootKeyRequest;
    type Target = AccountId;
    type Output = RotateRootKeyResponse;

    fn target(caller: &Caller, _input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(caller.account().clone())
    }

    async fn act(
        context: &Context<'_>,
        _target: Self::Target,
        _input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        require_first_account(context, "longshore:RotateRootKey")?;
        let RotatedRootKey { from, to } = context.operations().rotate_root_key().await?;
        Ok(RotateRootKeyResponse {
            from_root_key_id: Some(from.to_string()),
            to_root_key_id: Some(to.to_string()),
        })
    }
}
