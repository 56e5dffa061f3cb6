use names::{AccountId, Timestamp};

use crate::value::{Row, args};
use crate::{DbError, Tx};

/// An account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Twelve digits.
    pub id: AccountId,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was closed. Its rows stay, and its principals can no longer authenticate.
    pub closed_at: Option<Timestamp>,
}

impl Tx<'_> {
    /// Makes an account; `false` if there is or was one with this id.
    pub fn insert_account(&mut self, id: &AccountId, now: Timestamp) -> Result<bool, DbError> {
        let made = self.execute(
            "INSERT INTO account (id, created_at) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING",
            args![id, now],
        )?;
        Ok(made == 1)
    }

    /// The account with this id, closed or not.
    pub fn find_account(&mut self, id: &AccountId) -> Result<Option<Account>, DbError> {
        self.row("SELECT id, created_at, closed_at FROM account WHERE id = $1", args![id], read)
    }

    /// Whether there is such an account, and it is open.
    pub fn account_is_open(&mut self, id: &AccountId) -> Result<bool, DbError> {
        self.row("SELECT 1 FROM account WHERE id = $1 AND closed_at IS NULL", args![id], |_| Ok(()))
            .map(|found| found.is_some())
    }

    /// Accounts by their ids, closed ones as well, from after `after` on.
    pub fn list_accounts(
        &mut self,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<Account>, DbError> {
        self.rows(
            "SELECT id, created_at, closed_at FROM account WHERE id > $1 ORDER BY id LIMIT $2",
            args![after.unwrap_or_default(), i64::from(limit)],
            read,
        )
    }

    /// Closes an account; `false` if there is none that is open.
    pub fn close_account(&mut self, id: &AccountId, now: Timestamp) -> Result<bool, DbError> {
        let closed = self.execute(
            "UPDATE account SET closed_at = $2 WHERE id = $1 AND closed_at IS NULL",
            args![id, now],
        )?;
        Ok(closed == 1)
    }
}

fn read(row: &Row<'_>) -> Result<Account, DbError> {
    Ok(Account {
        id: row.word(0, "account.id")?,
        created_at: row.moment(1, "account.created_at")?,
        closed_at: row.maybe_moment(2, "account.closed_at")?,
    })
}
