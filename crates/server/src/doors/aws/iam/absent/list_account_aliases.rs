//! ListAccountAliases: accounts have none here.

use identity::Caller;
use names::AccountId;
use wire::aws::WireRefusal;
use wire::aws::iam::{ListAccountAliasesRequest, ListAccountAliasesResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;

pub(in crate::doors::aws) struct ListAccountAliases;

impl Call for ListAccountAliases {
    type Input = ListAccountAliasesRequest;
    type Target = AccountId;
    type Output = ListAccountAliasesResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        let ListAccountAliasesRequest { marker: _, max_items: _ } = input;
        Ok(caller.account().clone())
    }

    async fn act(
        _context: &Context<'_>,
        _target: Self::Target,
        _input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        Ok(ListAccountAliasesResponse {
            account_aliases: Vec::new(),
            is_truncated: Some(false),
            marker: None,
        })
    }
}
