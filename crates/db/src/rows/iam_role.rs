use names::{AccountId, IamPath, PolicyArn, Region, RoleIdentity, RoleName, Timestamp, UniqueId};

use crate::value::{Row, args};
use crate::{DbError, Tx};

/// A role.
#[derive(Debug, Clone)]
pub struct IamRole {
    /// How policies and refusals name it.
    pub identity: RoleIdentity,
    /// The trust policy, as JSON. It names users and roles by their unique ids.
    pub trust_policy: String,
    /// The description that its creator gave.
    pub description: Option<String>,
    /// The longest duration of a session.
    pub max_session_seconds: u64,
    /// The managed policy that bounds it.
    pub boundary: Option<PolicyArn>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When a session of it last made a request, and in which Region.
    pub last_used: Option<(Timestamp, Region)>,
}

impl Tx<'_> {
    /// Inserts a role; `false` if the name is taken.
    pub fn insert_role(&mut self, new: &IamRole) -> Result<bool, DbError> {
        let IamRole {
            identity: RoleIdentity { account, id, path, name },
            trust_policy,
            description,
            max_session_seconds,
            boundary,
            created_at,
            last_used: _,
        } = new;
        let inserted = self.execute(
            "INSERT INTO iam_role (id, account, path, name, folded, trust_policy, description,
                                   max_session_seconds, boundary, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
             ON CONFLICT (account, folded) DO NOTHING",
            args![
                id,
                account,
                path,
                name,
                &name.folded(),
                trust_policy,
                description.as_deref(),
                *max_session_seconds,
                boundary.as_ref(),
                *created_at
            ],
        )?;
        Ok(inserted == 1)
    }

    /// The role of this name, without regard to case.
    pub fn find_role(
        &mut self,
        account: &AccountId,
        name: &RoleName,
    ) -> Result<Option<IamRole>, DbError> {
        self.row(
            "SELECT id, account, path, name, trust_policy, description, max_session_seconds, boundary,
                    created_at, last_used_at, last_used_region
             FROM iam_role WHERE account = $1 AND folded = $2",
            args![account, &name.folded()],
            read,
        )
    }

    /// The role with this id.
    pub fn find_role_by_id(&mut self, id: &UniqueId) -> Result<Option<IamRole>, DbError> {
        self.row(
            "SELECT id, account, path, name, trust_policy, description, max_session_seconds, boundary,
                    created_at, last_used_at, last_used_region
             FROM iam_role WHERE id = $1",
            args![id],
            read,
        )
    }

    /// Lists roles whose paths begin with the prefix, by name in lower case, from after `after` on.
    pub fn list_roles(
        &mut self,
        account: &AccountId,
        path_prefix: &str,
        after: &str,
        limit: u32,
    ) -> Result<Vec<IamRole>, DbError> {
        self.rows(
            "SELECT id, account, path, name, trust_policy, description, max_session_seconds, boundary,
                    created_at, last_used_at, last_used_region
             FROM iam_role
             WHERE account = $1 AND folded > $2 AND substr(path, 1, length($3)) = $3
             ORDER BY folded LIMIT $4",
            args![account, after, path_prefix, i64::from(limit)],
            read,
        )
    }

    /// How many roles the account has.
    pub fn count_roles(&mut self, account: &AccountId) -> Result<u64, DbError> {
        self.row("SELECT count(*) FROM iam_role WHERE account = $1", args![account], |row| {
            row.size(0, "iam_role")
        })
        .map(Option::unwrap_or_default)
    }

    /// Sets the description of a role, and the longest duration of its sessions.
    pub fn put_role_settings(
        &mut self,
        role: &UniqueId,
        description: Option<&str>,
        max_session_seconds: u64,
    ) -> Result<(), DbError> {
        self.send(
            "UPDATE iam_role SET description = $2, max_session_seconds = $3 WHERE id = $1",
            args![role, description, max_session_seconds],
        )
    }

    /// Sets the trust policy of a role.
    pub fn put_role_trust_policy(
        &mut self,
        role: &UniqueId,
        trust_policy: &str,
    ) -> Result<(), DbError> {
        self.send("UPDATE iam_role SET trust_policy = $2 WHERE id = $1", args![role, trust_policy])
    }

    /// Bounds a role, or no longer.
    pub fn put_role_boundary(
        &mut self,
        role: &UniqueId,
        boundary: Option<&PolicyArn>,
    ) -> Result<(), DbError> {
        self.send("UPDATE iam_role SET boundary = $2 WHERE id = $1", args![role, boundary])
    }

    /// Records a request of a session of the role, unless a later one is recorded.
    pub fn record_role_use(
        &mut self,
        role: &UniqueId,
        now: Timestamp,
        region: &Region,
    ) -> Result<(), DbError> {
        self.send(
            "UPDATE iam_role SET last_used_at = $2, last_used_region = $3
             WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < $2)",
            args![role, now, region],
        )
    }

    /// Deletes a role. Delete everything it holds before.
    pub fn delete_role(&mut self, role: &UniqueId) -> Result<(), DbError> {
        self.send("DELETE FROM iam_role WHERE id = $1", args![role])
    }

    /// Roles that this managed policy bounds, by name in lower case, from after `after` on.
    pub fn list_roles_with_boundary(
        &mut self,
        account: &AccountId,
        policy_arn: &PolicyArn,
        after: &str,
        limit: u32,
    ) -> Result<Vec<RoleIdentity>, DbError> {
        self.rows(
            "SELECT id, account, path, name FROM iam_role
             WHERE account = $1 AND boundary = $2 AND folded > $3 ORDER BY folded LIMIT $4",
            args![account, policy_arn, after, i64::from(limit)],
            read_identity,
        )
    }

    /// How many roles this managed policy bounds.
    pub fn count_roles_with_boundary(
        &mut self,
        account: &AccountId,
        policy_arn: &PolicyArn,
    ) -> Result<u64, DbError> {
        self.row(
            "SELECT count(*) FROM iam_role WHERE account = $1 AND boundary = $2",
            args![account, policy_arn],
            |row| row.size(0, "iam_role"),
        )
        .map(Option::unwrap_or_default)
    }
}

fn read(row: &Row<'_>) -> Result<IamRole, DbError> {
    let used_at = row.maybe_moment(9, "iam_role.last_used_at")?;
    let used_in = row.maybe_word(10, "iam_role.last_used_region")?;
    Ok(IamRole {
        identity: read_identity(row)?,
        trust_policy: row.text(4, "iam_role.trust_policy")?,
        description: row.maybe_text(5, "iam_role.description")?,
        max_session_seconds: row.size(6, "iam_role.max_session_seconds")?,
        boundary: row.maybe_word(7, "iam_role.boundary")?,
        created_at: row.moment(8, "iam_role.created_at")?,
        last_used: used_at.zip(used_in),
    })
}

fn read_identity(row: &Row<'_>) -> Result<RoleIdentity, DbError> {
    Ok(RoleIdentity {
        id: row.word(0, "iam_role.id")?,
        account: row.word(1, "iam_role.account")?,
        path: row.word::<IamPath>(2, "iam_role.path")?,
        name: row.word(3, "iam_role.name")?,
    })
}
