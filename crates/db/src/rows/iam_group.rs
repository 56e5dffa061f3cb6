use names::{AccountId, GroupName, IamPath, Timestamp, UniqueId};

use super::iam_user::{self, IamUser};
use crate::value::{Row, args};
use crate::{DbError, Tx};

/// A group of users.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IamGroup {
    /// Its account.
    pub account: AccountId,
    /// `AGPA…`.
    pub id: UniqueId,
    /// Its path.
    pub path: IamPath,
    /// Its name.
    pub name: GroupName,
    /// When it was made.
    pub created_at: Timestamp,
}

impl IamGroup {
    /// `arn:aws:iam::ACCOUNT:group/PATH/NAME`.
    pub fn arn(&self) -> String {
        format!("arn:aws:iam::{}:group{}{}", self.account, self.path, self.name)
    }
}

impl Tx<'_> {
    /// Inserts a group; `false` if the name is taken.
    pub fn insert_iam_group(&mut self, group: &IamGroup) -> Result<bool, DbError> {
        let IamGroup { account, id, path, name, created_at } = group;
        let made = self.execute(
            "INSERT INTO iam_group (id, account, path, name, folded, created_at)
             VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (account, folded) DO NOTHING",
            args![id, account, path, name, &name.folded(), *created_at],
        )?;
        Ok(made == 1)
    }

    /// The group of this name, in whatever case it is spelled.
    pub fn find_iam_group(
        &mut self,
        account: &AccountId,
        name: &GroupName,
    ) -> Result<Option<IamGroup>, DbError> {
        self.row(
            "SELECT id, account, path, name, created_at
             FROM iam_group WHERE account = $1 AND folded = $2",
            args![account, &name.folded()],
            read,
        )
    }

    /// The group with this id.
    pub fn find_iam_group_by_id(&mut self, id: &UniqueId) -> Result<Option<IamGroup>, DbError> {
        self.row(
            "SELECT id, account, path, name, created_at FROM iam_group WHERE id = $1",
            args![id],
            read,
        )
    }

    /// Lists groups whose paths begin with `path_prefix`, in the order of their folded names, from
    /// after `after` on.
    pub fn list_iam_groups(
        &mut self,
        account: &AccountId,
        path_prefix: &str,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<IamGroup>, DbError> {
        self.rows(
            "SELECT id, account, path, name, created_at FROM iam_group
             WHERE account = $1 AND folded > $2 AND substr(path, 1, length($3)) = $3
             ORDER BY folded LIMIT $4",
            args![account, after.unwrap_or_default(), path_prefix, i64::from(limit)],
            read,
        )
    }

    /// How many groups an account has: at most as many as its quota lets it.
    pub fn count_iam_groups(&mut self, account: &AccountId) -> Result<u64, DbError> {
        self.row("SELECT count(*) FROM iam_group WHERE account = $1", args![account], |row| {
            row.size(0, "iam_group.count")
        })
        .map(Option::unwrap_or_default)
    }

    /// Changes the name and path of a group. The caller has checked that the name is free.
    pub fn put_iam_group_name(
        &mut self,
        id: &UniqueId,
        path: &IamPath,
        name: &GroupName,
    ) -> Result<(), DbError> {
        self.send(
            "UPDATE iam_group SET path = $2, name = $3, folded = $4 WHERE id = $1",
            args![id, path, name, &name.folded()],
        )
    }

    /// Deletes a group that has nothing any more.
    pub fn delete_iam_group(&mut self, id: &UniqueId) -> Result<(), DbError> {
        self.send("DELETE FROM iam_group WHERE id = $1", args![id])
    }

    /// Puts a user into a group; `false` if it is in there.
    pub fn add_group_member(&mut self, group: &UniqueId, user: &UniqueId) -> Result<bool, DbError> {
        let added = self.execute(
            r#"INSERT INTO iam_group_member ("group", "user") VALUES ($1, $2)
               ON CONFLICT ("group", "user") DO NOTHING"#,
            args![group, user],
        )?;
        Ok(added == 1)
    }

    /// Removes a user from a group; `false` if the user is not a member.
    pub fn delete_group_member(
        &mut self,
        group: &UniqueId,
        user: &UniqueId,
    ) -> Result<bool, DbError> {
        let removed = self.execute(
            r#"DELETE FROM iam_group_member WHERE "group" = $1 AND "user" = $2"#,
            args![group, user],
        )?;
        Ok(removed == 1)
    }

    /// The users in a group, by their ids, from after `after` on.
    pub fn list_group_members(
        &mut self,
        group: &UniqueId,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<IamUser>, DbError> {
        self.rows(
            r#"SELECT u.id, u.account, u.path, u.name, u.boundary, u.created_at
               FROM iam_group_member m JOIN iam_user u ON u.id = m."user"
               WHERE m."group" = $1 AND m."user" > $2 ORDER BY m."user" LIMIT $3"#,
            args![group, after.unwrap_or_default(), i64::from(limit)],
            iam_user::read,
        )
    }

    /// The groups that a user is in, by their ids, from after `after` on.
    pub fn list_groups_of_user(
        &mut self,
        user: &UniqueId,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<IamGroup>, DbError> {
        self.rows(
            r#"SELECT g.id, g.account, g.path, g.name, g.created_at
               FROM iam_group_member m JOIN iam_group g ON g.id = m."group"
               WHERE m."user" = $1 AND m."group" > $2 ORDER BY m."group" LIMIT $3"#,
            args![user, after.unwrap_or_default(), i64::from(limit)],
            read,
        )
    }
}

/// Reads `id, account, path, name, created_at`.
fn read(row: &Row<'_>) -> Result<IamGroup, DbError> {
    Ok(IamGroup {
        id: row.word(0, "iam_group.id")?,
        account: row.word(1, "iam_group.account")?,
        path: row.word(2, "iam_group.path")?,
        name: row.word(3, "iam_group.name")?,
        created_at: row.moment(4, "iam_group.created_at")?,
    })
}
