use names::AccountId;

use crate::value::args;
use crate::{DbError, Tx};

/// The scope of all policies from before they named users and roles by their ids.
const BY_IDS: &str = "by-ids";

impl Tx<'_> {
    /// Do all policies name users and roles by their ids?
    pub fn policies_name_by_ids(&mut self) -> Result<bool, DbError> {
        self.has_scope(BY_IDS)
    }

    /// Notes that they do.
    pub fn note_policies_by_ids(&mut self) -> Result<(), DbError> {
        self.put_scope(BY_IDS)
    }

    /// Whether a policy names a principal of this account that did not exist when the policy was
    /// set.
    pub fn is_named_early(&mut self, account: &AccountId) -> Result<bool, DbError> {
        self.has_scope(account.as_str())
    }

    /// Notes that one does.
    pub fn note_named_early(&mut self, account: &AccountId) -> Result<(), DbError> {
        self.put_scope(account.as_str())
    }

    fn has_scope(&mut self, scope: &str) -> Result<bool, DbError> {
        let sql = "SELECT 1 FROM policy_principals WHERE scope = $1";
        let found = self.row(sql, args![scope], |row| row.int(0, "policy_principals"))?;
        Ok(found.is_some())
    }

    fn put_scope(&mut self, scope: &str) -> Result<(), DbError> {
        self.send(
            "INSERT INTO policy_principals (scope) VALUES ($1) ON CONFLICT (scope) DO NOTHING",
            args![scope],
        )
    }
}
