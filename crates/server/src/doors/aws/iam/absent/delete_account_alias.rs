//! DeleteAccountAlias: accounts have none here.

use iam::{Absent, Failure};
use identity::Caller;
use names::AccountId;
use wire::aws::WireRefusal;
use wire::aws::iam::DeleteAccountAliasRequest;

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;

pub(in crate::doors::aws) struct DeleteAccountAlias;

impl Call for DeleteAccountAlias {
    type Input = DeleteAccountAliasRequest;
    type Target = AccountId;
    type Output = ();

    fn target(caller: &Caller, _: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(caller.account().clone())
    }

    async fn act(
        _context: &Context<'_>,
        _target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let DeleteAccountAliasRequest { account_alias } = input;
        Err(Failure::from(Absent::AccountAlias(account_alias)).into())
    }
}
