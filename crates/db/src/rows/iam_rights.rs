use names::{AccountId, IamPath, PolicyArn, PolicyName, RegistryId, RepositoryArn, UniqueId};

use crate::value::args;
use crate::{DbError, Tx};

/// What a decision needs to know about a user or role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The managed policy that bounds it.
    pub boundary: Option<PolicyArn>,
    /// Was its account closed?
    pub account_is_closed: bool,
}

/// The repository's own settings that a decision needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RepositoryStanding {
    /// The repository policy.
    pub policy: Option<String>,
    /// The resource tags.
    pub tags: Vec<(String, String)>,
}

impl Tx<'_> {
    /// Whether the account was closed. An unknown account was not.
    pub fn account_is_closed(&mut self, account: &AccountId) -> Result<bool, DbError> {
        let closed =
            self.row("SELECT closed_at FROM account WHERE id = $1", args![account], |row| {
                row.maybe_moment(0, "account.closed_at")
            })?;
        Ok(closed.flatten().is_some())
    }

    /// The user with this id, as far as a decision needs it.
    pub fn find_user_standing(&mut self, user: &UniqueId) -> Result<Option<Standing>, DbError> {
        self.row(
            "SELECT u.boundary, a.closed_at FROM iam_user u JOIN account a ON a.id = u.account
             WHERE u.id = $1",
            args![user],
            |row| {
                Ok(Standing {
                    boundary: row.maybe_word(0, "iam_user.boundary")?,
                    account_is_closed: row.maybe_moment(1, "account.closed_at")?.is_some(),
                })
            },
        )
    }

    /// The role of this id, as far as its sessions are judged by it.
    pub fn find_role_standing(&mut self, role: &UniqueId) -> Result<Option<Standing>, DbError> {
        self.row(
            "SELECT r.boundary, a.closed_at FROM iam_role r JOIN account a ON a.id = r.account
             WHERE r.id = $1",
            args![role],
            |row| {
                Ok(Standing {
                    boundary: row.maybe_word(0, "iam_role.boundary")?,
                    account_is_closed: row.maybe_moment(1, "account.closed_at")?.is_some(),
                })
            },
        )
    }

    /// Ids of the groups that a user is in. There are ten at most.
    pub fn list_group_ids(&mut self, user: &UniqueId) -> Result<Vec<UniqueId>, DbError> {
        self.rows(
            "SELECT \"group\" FROM iam_group_member WHERE \"user\" = $1 ORDER BY \"group\"",
            args![user],
            |row| row.word(0, "iam_group_member.group"),
        )
    }

    /// The document that holds of the managed policy of an account that is filed here, and spelled
    /// so.
    pub fn find_default_document(
        &mut self,
        account: &AccountId,
        path: &IamPath,
        name: &PolicyName,
    ) -> Result<Option<String>, DbError> {
        self.row(
            "SELECT v.document FROM iam_policy p
             JOIN iam_policy_version v ON v.policy = p.id AND v.version = p.default_version
             WHERE p.account = $1 AND p.folded = $2 AND p.path = $3 AND p.name = $4",
            args![account, &name.folded(), path, name],
            |row| row.text(0, "iam_policy_version.document"),
        )
    }

    /// Tags of a user or role.
    pub fn list_tags_of_holder(
        &mut self,
        holder: &UniqueId,
    ) -> Result<Vec<(String, String)>, DbError> {
        self.rows(
            "SELECT name, value FROM iam_tag WHERE holder = $1 ORDER BY folded",
            args![holder],
            |row| Ok((row.text(0, "iam_tag.name")?, row.text(1, "iam_tag.value")?)),
        )
    }

    /// The repository as far as requests to it are judged by it; `None` if there is none.
    pub fn find_repository_standing(
        &mut self,
        arn: &RepositoryArn,
    ) -> Result<Option<RepositoryStanding>, DbError> {
        let RepositoryArn { registry: RegistryId { account, region }, repository } = arn;
        let found = self.row(
            "SELECT p.id, o.document FROM registry g JOIN repository p ON p.registry = g.id
             LEFT JOIN repository_policy o ON o.repository = p.id
             WHERE g.account = $1 AND g.region = $2 AND p.name = $3 AND p.erased_at IS NULL",
            args![account, region, repository],
            |row| {
                let key = super::repository::RepositoryKey(row.int(0, "repository.id")?);
                Ok((key, row.maybe_text(1, "repository_policy.document")?))
            },
        )?;
        let Some((key, policy)) = found else { return Ok(None) };
        Ok(Some(RepositoryStanding { policy, tags: self.list_resource_tags(key)? }))
    }
}
