use names::{PolicyName, UniqueId};

use crate::value::args;
use crate::{DbError, Tx};

impl Tx<'_> {
    /// Keeps a policy of a user, group or role; one of the same name is replaced.
    pub fn put_inline_policy(
        &mut self,
        holder: &UniqueId,
        name: &PolicyName,
        document: &str,
    ) -> Result<(), DbError> {
        self.send(
            "INSERT INTO iam_inline_policy (holder, name, document) VALUES ($1, $2, $3)
             ON CONFLICT (holder, name) DO UPDATE SET document = excluded.document",
            args![holder, name, document],
        )
    }

    /// The text of one policy.
    pub fn find_inline_policy(
        &mut self,
        holder: &UniqueId,
        name: &PolicyName,
    ) -> Result<Option<String>, DbError> {
        self.row(
            "SELECT document FROM iam_inline_policy WHERE holder = $1 AND name = $2",
            args![holder, name],
            |row| row.text(0, "iam_inline_policy.document"),
        )
    }

    /// All policies of a user, group or role, by name. The limit on their total size bounds their
    /// number.
    pub fn list_inline_policies(
        &mut self,
        holder: &UniqueId,
    ) -> Result<Vec<(PolicyName, String)>, DbError> {
        self.rows(
            "SELECT name, document FROM iam_inline_policy WHERE holder = $1 ORDER BY name",
            args![holder],
            |row| {
                let name = row.word(0, "iam_inline_policy.name")?;
                Ok((name, row.text(1, "iam_inline_policy.document")?))
            },
        )
    }

    /// Deletes one policy; `false` if it is not there.
    pub fn delete_inline_policy(
        &mut self,
        holder: &UniqueId,
        name: &PolicyName,
    ) -> Result<bool, DbError> {
        let deleted = self.execute(
            "DELETE FROM iam_inline_policy WHERE holder = $1 AND name = $2",
            args![holder, name],
        )?;
        Ok(deleted == 1)
    }
}
