use names::{AccountId, IamPath, PolicyArn, PolicyName, Timestamp, UniqueId};

use crate::value::{Row, args};
use crate::{DbError, Tx};

/// A managed policy of an account.
#[derive(Debug, Clone)]
pub struct IamPolicy {
    /// `ANPA…`.
    pub id: UniqueId,
    /// Its account.
    pub account: AccountId,
    /// Its path.
    pub path: IamPath,
    /// Its name.
    pub name: PolicyName,
    /// The description that its creator gave.
    pub description: Option<String>,
    /// The version that holds.
    pub default_version: u64,
    /// The last version that was made; the next one's number is larger even if this one was
    /// deleted.
    pub last_version: u64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When a version was last made or chosen.
    pub updated_at: Timestamp,
}

/// One version of a managed policy.
#[derive(Debug, Clone)]
pub struct IamPolicyVersion {
    /// 1 and up.
    pub version: u64,
    /// The policy, as JSON.
    pub document: String,
    /// When it was made.
    pub created_at: Timestamp,
}

impl IamPolicy {
    /// `arn:aws:iam::ACCOUNT:policy/PATH/NAME`.
    pub fn arn(&self) -> PolicyArn {
        PolicyArn::of_account(&self.account, &self.path, &self.name)
    }
}

impl Tx<'_> {
    /// Inserts a managed policy; `false` if the name is taken.
    pub fn insert_policy(&mut self, new: &IamPolicy) -> Result<bool, DbError> {
        let IamPolicy {
            id,
            account,
            path,
            name,
            description,
            default_version,
            last_version,
            created_at,
            updated_at,
        } = new;
        let inserted = self.execute(
            "INSERT INTO iam_policy (id, account, path, name, folded, description, default_version,
                                     last_version, created_at, updated_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
             ON CONFLICT (account, folded) DO NOTHING",
            args![
                id,
                account,
                path,
                name,
                &name.folded(),
                description.as_deref(),
                *default_version,
                *last_version,
                *created_at,
                *updated_at
            ],
        )?;
        Ok(inserted == 1)
    }

    /// The managed policy of this name, without regard to case.
    pub fn find_policy(
        &mut self,
        account: &AccountId,
        name: &PolicyName,
    ) -> Result<Option<IamPolicy>, DbError> {
        self.row(
            "SELECT id, account, path, name, description, default_version, last_version, created_at,
                    updated_at
             FROM iam_policy WHERE account = $1 AND folded = $2",
            args![account, &name.folded()],
            read,
        )
    }

    /// Lists managed policies whose paths begin with the prefix, by name in lower case, from after
    /// `after` on.
    pub fn list_policies(
        &mut self,
        account: &AccountId,
        path_prefix: &str,
        after: &str,
        limit: u32,
    ) -> Result<Vec<IamPolicy>, DbError> {
        self.rows(
            "SELECT id, account, path, name, description, default_version, last_version, created_at,
                    updated_at
             FROM iam_policy
             WHERE account = $1 AND folded > $2 AND substr(path, 1, length($3)) = $3
             ORDER BY folded LIMIT $4",
            args![account, after, path_prefix, i64::from(limit)],
            read,
        )
    }

    /// How many managed policies the account has.
    pub fn count_policies(&mut self, account: &AccountId) -> Result<u64, DbError> {
        self.row("SELECT count(*) FROM iam_policy WHERE account = $1", args![account], |row| {
            row.size(0, "iam_policy")
        })
        .map(Option::unwrap_or_default)
    }

    /// Sets which version holds, and which was made last.
    pub fn put_policy_versions(
        &mut self,
        policy: &UniqueId,
        default_version: u64,
        last_version: u64,
        now: Timestamp,
    ) -> Result<(), DbError> {
        self.send(
            "UPDATE iam_policy SET default_version = $2, last_version = $3, updated_at = $4
             WHERE id = $1",
            args![policy, default_version, last_version, now],
        )
    }

    /// Deletes a managed policy. Its versions are deleted before.
    pub fn delete_policy(&mut self, policy: &UniqueId) -> Result<(), DbError> {
        self.send("DELETE FROM iam_policy WHERE id = $1", args![policy])
    }

    /// Keeps a version.
    pub fn insert_policy_version(
        &mut self,
        policy: &UniqueId,
        new: &IamPolicyVersion,
    ) -> Result<(), DbError> {
        let IamPolicyVersion { version, document, created_at } = new;
        self.send(
            "INSERT INTO iam_policy_version (policy, version, document, created_at)
             VALUES ($1, $2, $3, $4)",
            args![policy, *version, document, *created_at],
        )
    }

    /// One version.
    pub fn find_policy_version(
        &mut self,
        policy: &UniqueId,
        version: u64,
    ) -> Result<Option<IamPolicyVersion>, DbError> {
        self.row(
            "SELECT version, document, created_at FROM iam_policy_version
             WHERE policy = $1 AND version = $2",
            args![policy, version],
            read_version,
        )
    }

    /// All versions (there are at most five), the newest first.
    pub fn list_policy_versions(
        &mut self,
        policy: &UniqueId,
    ) -> Result<Vec<IamPolicyVersion>, DbError> {
        self.rows(
            "SELECT version, document, created_at FROM iam_policy_version
             WHERE policy = $1 ORDER BY version DESC",
            args![policy],
            read_version,
        )
    }

    /// Deletes one version; `false` if it is not there.
    pub fn delete_policy_version(
        &mut self,
        policy: &UniqueId,
        version: u64,
    ) -> Result<bool, DbError> {
        let deleted = self.execute(
            "DELETE FROM iam_policy_version WHERE policy = $1 AND version = $2",
            args![policy, version],
        )?;
        Ok(deleted == 1)
    }
}

fn read(row: &Row<'_>) -> Result<IamPolicy, DbError> {
    Ok(IamPolicy {
        id: row.word(0, "iam_policy.id")?,
        account: row.word(1, "iam_policy.account")?,
        path: row.word(2, "iam_policy.path")?,
        name: row.word(3, "iam_policy.name")?,
        description: row.maybe_text(4, "iam_policy.description")?,
        default_version: row.size(5, "iam_policy.default_version")?,
        last_version: row.size(6, "iam_policy.last_version")?,
        created_at: row.moment(7, "iam_policy.created_at")?,
        updated_at: row.moment(8, "iam_policy.updated_at")?,
    })
}

fn read_version(row: &Row<'_>) -> Result<IamPolicyVersion, DbError> {
    Ok(IamPolicyVersion {
        version: row.size(0, "iam_policy_version.version")?,
        document: row.text(1, "iam_policy_version.document")?,
        created_at: row.moment(2, "iam_policy_version.created_at")?,
    })
}
