//! RemoveRootKey: takes a root key that nothing needs there any more out of the keyring.

use identity::Caller;
use keys::RootKeyId;
use names::AccountId;
use operations::{KeyringRefusal, Refusal};
use wire::aws::WireRefusal;
use wire::aws::longshore::{RemoveRootKeyRequest, RemoveRootKeyResponse};

use super::super::call::{Call, Context};
use super::super::failure::Refused;
use super::first_account::require_first_account;

pub(in crate::doors::aws) struct RemoveRootKey;

impl Call for RemoveRootKey {
    type Input = RemoveRootKeyRequest;
    type Target = AccountId;
    type Output = RemoveRootKeyResponse;

    fn target(caller: &Caller, _input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(caller.account().clone())
    }

    async fn act(
        context: &Context<'_>,
        _target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        require_first_account(context, "longshore:RemoveRootKey")?;
        let RemoveRootKeyRequest { root_key_id } = input;
        let id = RootKeyId::parse(&root_key_id)
            .ok_or_else(|| Refusal::from(KeyringRefusal::RootKeyNotFound(root_key_id)))?;
        context.operations().remove_root_key(id).await?;
        Ok(RemoveRootKeyResponse {})
    }
}
