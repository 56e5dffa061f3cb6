use names::{AccountId, IamPath, PolicyArn, Timestamp, UniqueId, UserIdentity, UserName};

use crate::value::{Row, args};
use crate::{DbError, Tx};

/// A user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IamUser {
    /// Its account, id, path and name.
    pub identity: UserIdentity,
    /// The managed policy that bounds its rights.
    pub boundary: Option<PolicyArn>,
    /// When it was made.
    pub created_at: Timestamp,
}

impl Tx<'_> {
    /// Inserts a user; `false` if the name is taken.
    pub fn insert_iam_user(&mut self, user: &IamUser) -> Result<bool, DbError> {
        let IamUser { identity, boundary, created_at } = user;
        let UserIdentity { account, id, path, name } = identity;
        let made = self.execute(
            "INSERT INTO iam_user (id, account, path, name, folded, boundary, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (account, folded) DO NOTHING",
            args![id, account, path, name, &name.folded(), boundary.as_ref(), *created_at],
        )?;
        Ok(made == 1)
    }

    /// The user of this name, in whatever case it is spelled.
    pub fn find_iam_user(
        &mut self,
        account: &AccountId,
        name: &UserName,
    ) -> Result<Option<IamUser>, DbError> {
        self.row(
            "SELECT id, account, path, name, boundary, created_at
             FROM iam_user WHERE account = $1 AND folded = $2",
            args![account, &name.folded()],
            read,
        )
    }

    /// The user with this id.
    pub fn find_iam_user_by_id(&mut self, id: &UniqueId) -> Result<Option<IamUser>, DbError> {
        self.row(
            "SELECT id, account, path, name, boundary, created_at FROM iam_user WHERE id = $1",
            args![id],
            read,
        )
    }

    /// Lists users whose paths begin with `path_prefix`, in the order of their folded names, from
    /// after `after` on.
    pub fn list_iam_users(
        &mut self,
        account: &AccountId,
        path_prefix: &str,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<IamUser>, DbError> {
        self.rows(
            "SELECT id, account, path, name, boundary, created_at FROM iam_user
             WHERE account = $1 AND folded > $2 AND substr(path, 1, length($3)) = $3
             ORDER BY folded LIMIT $4",
            args![account, after.unwrap_or_default(), path_prefix, i64::from(limit)],
            read,
        )
    }

    /// How many users an account has: at most as many as its quota lets it.
    pub fn count_iam_users(&mut self, account: &AccountId) -> Result<u64, DbError> {
        self.row("SELECT count(*) FROM iam_user WHERE account = $1", args![account], |row| {
            row.size(0, "iam_user.count")
        })
        .map(Option::unwrap_or_default)
    }

    /// Changes the name and path of a user. The caller has checked that the name is free.
    pub fn put_iam_user_name(
        &mut self,
        id: &UniqueId,
        path: &IamPath,
        name: &UserName,
    ) -> Result<(), DbError> {
        self.send(
            "UPDATE iam_user SET path = $2, name = $3, folded = $4 WHERE id = $1",
            args![id, path, name, &name.folded()],
        )
    }

    /// Sets or removes the permissions boundary of a user.
    pub fn put_iam_user_boundary(
        &mut self,
        id: &UniqueId,
        policy_arn: Option<&PolicyArn>,
    ) -> Result<(), DbError> {
        self.send("UPDATE iam_user SET boundary = $2 WHERE id = $1", args![id, policy_arn])
    }

    /// Users that this managed policy bounds, by name in lower case.
    pub fn list_users_with_boundary(
        &mut self,
        account: &AccountId,
        policy_arn: &PolicyArn,
        limit: u32,
    ) -> Result<Vec<UserIdentity>, DbError> {
        self.rows(
            "SELECT id, account, path, name, boundary, created_at FROM iam_user
             WHERE account = $1 AND boundary = $2 ORDER BY folded LIMIT $3",
            args![account, policy_arn, i64::from(limit)],
            |row| read(row).map(|user| user.identity),
        )
    }

    /// How many users this managed policy bounds.
    pub fn count_users_with_boundary(
        &mut self,
        account: &AccountId,
        policy_arn: &PolicyArn,
    ) -> Result<u64, DbError> {
        self.row(
            "SELECT count(*) FROM iam_user WHERE account = $1 AND boundary = $2",
            args![account, policy_arn],
            |row| row.size(0, "iam_user.count"),
        )
        .map(Option::unwrap_or_default)
    }

    /// Deletes a user that has nothing any more.
    pub fn delete_iam_user(&mut self, id: &UniqueId) -> Result<(), DbError> {
        self.send("DELETE FROM iam_user WHERE id = $1", args![id])
    }
}

/// Reads `id, account, path, name, boundary, created_at`.
pub(super) fn read(row: &Row<'_>) -> Result<IamUser, DbError> {
    Ok(IamUser {
        identity: UserIdentity {
            id: row.word(0, "iam_user.id")?,
            account: row.word(1, "iam_user.account")?,
            path: row.word(2, "iam_user.path")?,
            name: row.word(3, "iam_user.name")?,
        },
        boundary: row.maybe_word(4, "iam_user.boundary")?,
        created_at: row.moment(5, "iam_user.created_at")?,
    })
}
