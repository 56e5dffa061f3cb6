use names::{AccountId, Timestamp};

use crate::value::args;
use crate::{DbError, Tx};

impl Tx<'_> {
    /// Stores what an account may see of a denied request, and replaces an earlier note about the
    /// same request.
    pub fn put_denial(
        &mut self,
        request: &str,
        account: &AccountId,
        told: &str,
        at: Timestamp,
    ) -> Result<(), DbError> {
        self.execute(
            "INSERT INTO denial (request, account, told, at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (request, account) DO UPDATE SET told = excluded.told",
            args![request, account, told, at],
        )
        .map(drop)
    }

    /// What an account may see of a denied request.
    pub fn find_denial(
        &mut self,
        request: &str,
        account: &AccountId,
    ) -> Result<Option<String>, DbError> {
        self.row(
            "SELECT told FROM denial WHERE request = $1 AND account = $2",
            args![request, account],
            |row| row.text(0, "denial.told"),
        )
    }

    /// Forgets denials from before a moment.
    pub fn delete_denials_before(&mut self, at: Timestamp) -> Result<usize, DbError> {
        self.execute("DELETE FROM denial WHERE at < $1", args![at])
    }

    /// When the last but so many of the denials since a moment was.
    pub fn find_denial_moment(
        &mut self,
        newer: u32,
        since: Timestamp,
    ) -> Result<Option<Timestamp>, DbError> {
        self.row(
            "SELECT at FROM denial WHERE at >= $2 ORDER BY at DESC LIMIT 1 OFFSET $1",
            args![i64::from(newer), since],
            |row| row.moment(0, "denial.at"),
        )
    }
}
