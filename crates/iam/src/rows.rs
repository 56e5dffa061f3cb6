//! The rows, and the effects of changing them.
//!
//! # Invariants
//! * A write names what it changes, so that ending the epoch of rights cannot be forgotten: there
//!   is no plain write.
//! * An epoch ends after the commit. It ends after a fault as well, because a fault may hide a
//!   commit. A refusal has changed nothing.
//!
//! # Who calls
//! Every verb of this crate.
//!
//! # On a crash
//! Epochs are counted in memory, and so are the rights that depend on them.

use db::{Db, DbError, Tx};
use names::AccountId;

use crate::Failure;
use crate::access::Epochs;
use crate::principal::named_principals;

/// The rows of principals and policies, and the epochs of the rights that are made of them.
pub(crate) struct Rows {
    db: Db,
    epochs: Epochs,
}

impl Rows {
    pub(crate) fn new(db: Db) -> Self {
        Self { db, epochs: Epochs::default() }
    }

    pub(crate) fn epochs(&self) -> &Epochs {
        &self.epochs
    }

    pub(crate) fn is_read_only(&self) -> bool {
        self.db.is_read_only()
    }

    pub(crate) async fn read<T, E>(
        &self,
        look: impl FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        self.db.read(look).await
    }

    /// As [`Rows::read`], for reads that may take longer than a millisecond.
    pub(crate) async fn read_at_length<T, E>(
        &self,
        look: impl FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        self.db.read_at_length(look).await
    }

    /// Changes rows that the rights of an account's principals depend on.
    pub(crate) async fn change_rights<T: Send + 'static>(
        &self,
        account: &AccountId,
        change: impl FnMut(&mut Tx<'_>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let changed = self.db.write(change).await;
        if may_have_changed(&changed) {
            self.epochs.bump_account(account);
        }
        changed
    }

    /// Makes or renames principals of an account, and binds the policies that named them before
    /// they were there.
    pub(crate) async fn change_principals<T: Send + 'static>(
        &self,
        account: &AccountId,
        mut change: impl FnMut(&mut Tx<'_>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let of = account.clone();
        let changed = self.db.write(move |tx| {
            let changed = change(tx)?;
            Ok::<_, Failure>((changed, named_principals::bind(tx, &of)?))
        });
        let changed = changed.await;
        match &changed {
            // Policies of any account may have changed.
            Ok((_, true)) | Err(Failure::Fault(_)) => self.epochs.bump_all(),
            Ok((_, false)) => self.epochs.bump_account(account),
            Err(Failure::Refused(_)) => {}
        }
        changed.map(|(changed, _)| changed)
    }

    /// Changes rows that rights in any account may depend on.
    pub(crate) async fn change_all_rights<T: Send + 'static>(
        &self,
        change: impl FnMut(&mut Tx<'_>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let changed = self.db.write(change).await;
        if may_have_changed(&changed) {
            self.epochs.bump_all();
        }
        changed
    }

    /// Writes rows that no right depends on.
    pub(crate) async fn write_beside_rights<T: Send + 'static>(
        &self,
        write: impl FnMut(&mut Tx<'_>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        self.db.write(write).await
    }
}

fn may_have_changed<T>(changed: &Result<T, Failure>) -> bool {
    !matches!(changed, Err(Failure::Refused(_)))
}
