//! ListAccounts, including closed ones.

use iam::Page;
use identity::Caller;
use names::AccountId;
use wire::aws::WireRefusal;
use wire::aws::longshore::{Account, AccountState, ListAccountsRequest, ListAccountsResponse};

use super::super::call::{Call, Context};
use super::super::failure::Refused;
use super::super::pages::{LIMIT, Pages, limit};
use super::first_account::require_first_account;
use crate::guard::Resource;

pub(in crate::doors::aws) struct ListAccounts;

impl Call for ListAccounts {
    type Input = ListAccountsRequest;
    type Target = AccountId;
    type Output = ListAccountsResponse;

    fn target(caller: &Caller, _input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(caller.account().clone())
    }

    async fn act(
        context: &Context<'_>,
        account: AccountId,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        require_first_account(context, "longshore:ListAccounts")?;
        let ListAccountsRequest { next_token, max_results } = input;
        let resource = Resource::Account(account);
        let limit = limit(max_results, LIMIT);
        let pages = Pages::new(context, "ListAccounts", &resource, "", limit);
        let after = pages.after::<String>(next_token.as_deref())?;
        let page = Page { after, limit: pages.rows() };
        let rows = context.iam().list_accounts(page).await?;
        let (rows, next_token) = pages.cut(rows, |account| account.id.to_string());
        let accounts = Some(rows.iter().map(write).collect());
        Ok(ListAccountsResponse { accounts, next_token })
    }
}

fn write(account: &iam::Account) -> Account {
    let iam::Account { id, created_at, closed_at } = account;
    let state = if closed_at.is_some() { AccountState::Closed } else { AccountState::Active };
    Account {
        account_id: Some(id.to_string()),
        state: Some(state),
        created_at: Some(created_at.as_epoch_seconds()),
    }
}
