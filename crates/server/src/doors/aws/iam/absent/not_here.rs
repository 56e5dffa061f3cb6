//! Operations on things that no account has: parsed, authorised, and answered without a look-up.

use iam::{Absent, Failure, Iam};
use identity::Caller;
use names::AccountId;
use serde::Serialize;
use wire::aws::WireRefusal;
use wire::aws::json::Input;

use crate::doors::aws::call::{Call, Context, Target};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::ByArn;
use crate::doors::aws::iam::whom::Whom;

/// An operation on something that no account has.
pub(in crate::doors::aws) trait NotHere {
    type Input: Input + Send + 'static;
    /// The owner of the missing thing.
    type Owner: Owner + Send + 'static;
    type Output: Serialize + Send + 'static;

    /// The owner of the missing thing, or the ARN that it would have: the guard judges it.
    fn owner(caller: &Caller, input: &Self::Input) -> Result<Self::Owner, WireRefusal>;

    /// An empty list, or that it is missing.
    fn answer(owner: &Self::Owner, input: Self::Input) -> Result<Self::Output, Absent>;
}

/// An entity that could have a thing that no account has.
pub(in crate::doors::aws) trait Owner: Target + Sync {
    /// Refuses an owner that does not exist itself.
    fn require(&self, _iam: &Iam) -> impl Future<Output = Result<(), Refused>> + Send {
        async { Ok(()) }
    }
}

impl Owner for AccountId {}

impl Owner for ByArn {}

impl Owner for Whom {
    async fn require(&self, iam: &Iam) -> Result<(), Refused> {
        Whom::require(self, iam).await
    }
}

impl<N: NotHere> Call for N {
    type Input = N::Input;
    type Target = N::Owner;
    type Output = N::Output;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        N::owner(caller, input)
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        target.require(context.iam()).await?;
        Ok(N::answer(&target, input).map_err(Failure::from)?)
    }
}
