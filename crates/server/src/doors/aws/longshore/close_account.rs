//! CloseAccount: its principals can no longer authenticate, and its registries are out of reach.

use identity::Caller;
use names::AccountId;
use wire::aws::WireRefusal;
use wire::aws::check::invalid_parameter;
use wire::aws::longshore::{CloseAccountRequest, CloseAccountResponse};

use super::super::call::{Call, Context};
use super::super::failure::Refused;
use super::first_account::require_first_account;

pub(in crate::doors::aws) struct CloseAccount;

impl Call for CloseAccount {
    type Input = CloseAccountRequest;
    type Target = AccountId;
    type Output = CloseAccountResponse;

    fn target(caller: &Caller, _input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(caller.account().clone())
    }

    async fn act(
        context: &Context<'_>,
        _target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let first = require_first_account(context, "longshore:CloseAccount")?;
        let CloseAccountRequest { account_id } = input;
        let account = AccountId::parse(&account_id)
            .map_err(|malformed| invalid_parameter("AccountId", &malformed.to_string()))?;
        context.iam().close_account(&account, first).await?;
        Ok(CloseAccountResponse {})
    }
}
