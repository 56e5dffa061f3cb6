//! CreateAccount: an account, and the first key of its root user.

use iam::CreatedAccount;
use identity::Caller;
use names::AccountId;
use wire::aws::WireRefusal;
use wire::aws::check::invalid_parameter;
use wire::aws::longshore::{CreateAccountRequest, CreateAccountResponse};

use super::super::call::{Call, Context};
use super::super::failure::Refused;
use super::first_account::require_first_account;

pub(in crate::doors::aws) struct CreateAccount;

impl Call for CreateAccount {
    type Input = CreateAccountRequest;
    type Target = AccountId;
    type Output = CreateAccountResponse;

    fn target(caller: &Caller, _input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(caller.account().clone())
    }

    async fn act(
        context: &Context<'_>,
        _target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        require_first_account(context, "longshore:CreateAccount")?;
        let account = read(&input)?;
        let CreatedAccount { account, access_key_id, secret } =
            context.iam().create_account(&account).await?;
        Ok(CreateAccountResponse {
            account_id: Some(account.to_string()),
            access_key_id: Some(access_key_id),
            secret_access_key: Some(secret.expose().to_owned()),
        })
    }
}

fn read(input: &CreateAccountRequest) -> Result<AccountId, WireRefusal> {
    let CreateAccountRequest { account_id } = input;
    AccountId::parse(account_id)
        .map_err(|malformed| invalid_parameter("AccountId", &malformed.to_string()))
}
