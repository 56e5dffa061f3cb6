use names::{AccountId, IamPath, InstanceProfileName, Timestamp, UniqueId};

use crate::value::{Row, args};
use crate::{DbError, Tx};

/// An instance profile: a role as machines of EC2 are given it.
#[derive(Debug, Clone)]
pub struct InstanceProfile {
    /// `AIPA…`.
    pub id: UniqueId,
    /// Its account.
    pub account: AccountId,
    /// Its path.
    pub path: IamPath,
    /// Its name.
    pub name: InstanceProfileName,
    /// Its role, if it has one.
    pub role: Option<UniqueId>,
    /// When it was made.
    pub created_at: Timestamp,
}

impl InstanceProfile {
    /// `arn:aws:iam::ACCOUNT:instance-profile/PATH/NAME`.
    pub fn arn(&self) -> String {
        format!("arn:aws:iam::{}:instance-profile{}{}", self.account, self.path, self.name)
    }
}

impl Tx<'_> {
    /// Inserts an instance profile; `false` if the name is taken.
    pub fn insert_instance_profile(&mut self, new: &InstanceProfile) -> Result<bool, DbError> {
        let InstanceProfile { id, account, path, name, role, created_at } = new;
        let inserted = self.execute(
            "INSERT INTO iam_instance_profile (id, account, path, name, folded, role, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (account, folded) DO NOTHING",
            args![id, account, path, name, &name.folded(), role.as_ref(), *created_at],
        )?;
        Ok(inserted == 1)
    }

    /// The instance profile of this name, without regard to case.
    pub fn find_instance_profile(
        &mut self,
        account: &AccountId,
        name: &InstanceProfileName,
    ) -> Result<Option<InstanceProfile>, DbError> {
        self.row(
            "SELECT id, account, path, name, role, created_at FROM iam_instance_profile
             WHERE account = $1 AND folded = $2",
            args![account, &name.folded()],
            read,
        )
    }

    /// Lists instance profiles whose paths begin with the prefix, by name in lower case, from after
    /// `after` on.
    pub fn list_instance_profiles(
        &mut self,
        account: &AccountId,
        path_prefix: &str,
        after: &str,
        limit: u32,
    ) -> Result<Vec<InstanceProfile>, DbError> {
        self.rows(
            "SELECT id, account, path, name, role, created_at FROM iam_instance_profile
             WHERE account = $1 AND folded > $2 AND substr(path, 1, length($3)) = $3
             ORDER BY folded LIMIT $4",
            args![account, after, path_prefix, i64::from(limit)],
            read,
        )
    }

    /// Instance profiles that have a role, by name in lower case, from after `after` on.
    pub fn list_instance_profiles_for_role(
        &mut self,
        role: &UniqueId,
        after: &str,
        limit: u32,
    ) -> Result<Vec<InstanceProfile>, DbError> {
        self.rows(
            "SELECT id, account, path, name, role, created_at FROM iam_instance_profile
             WHERE role = $1 AND folded > $2 ORDER BY folded LIMIT $3",
            args![role, after, i64::from(limit)],
            read,
        )
    }

    /// How many instance profiles the account has.
    pub fn count_instance_profiles(&mut self, account: &AccountId) -> Result<u64, DbError> {
        self.row(
            "SELECT count(*) FROM iam_instance_profile WHERE account = $1",
            args![account],
            |row| row.size(0, "iam_instance_profile"),
        )
        .map(Option::unwrap_or_default)
    }

    /// Sets or removes the role of an instance profile.
    pub fn put_instance_profile_role(
        &mut self,
        profile: &UniqueId,
        role: Option<&UniqueId>,
    ) -> Result<(), DbError> {
        self.send("UPDATE iam_instance_profile SET role = $2 WHERE id = $1", args![profile, role])
    }

    /// Deletes an instance profile.
    pub fn delete_instance_profile(&mut self, profile: &UniqueId) -> Result<(), DbError> {
        self.send("DELETE FROM iam_instance_profile WHERE id = $1", args![profile])
    }
}

fn read(row: &Row<'_>) -> Result<InstanceProfile, DbError> {
    Ok(InstanceProfile {
        id: row.word(0, "iam_instance_profile.id")?,
        account: row.word(1, "iam_instance_profile.account")?,
        path: row.word(2, "iam_instance_profile.path")?,
        name: row.word(3, "iam_instance_profile.name")?,
        role: row.maybe_word(4, "iam_instance_profile.role")?,
        created_at: row.moment(5, "iam_instance_profile.created_at")?,
    })
}
