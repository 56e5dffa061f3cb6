//! GetAccountPasswordPolicy: there is no console to log in to, so accounts have none.

use iam::{Absent, Failure};
use identity::Caller;
use names::AccountId;
use wire::aws::WireRefusal;
use wire::aws::iam::GetAccountPasswordPolicyResponse;
use wire::aws::schema::Nothing;

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;

pub(in crate::doors::aws) struct GetAccountPasswordPolicy;

impl Call for GetAccountPasswordPolicy {
    type Input = Nothing;
    type Target = AccountId;
    type Output = GetAccountPasswordPolicyResponse;

    fn target(caller: &Caller, _: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(caller.account().clone())
    }

    async fn act(
        _context: &Context<'_>,
        target: Self::Target,
        _input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        Err(Failure::from(Absent::PasswordPolicy(target)).into())
    }
}
