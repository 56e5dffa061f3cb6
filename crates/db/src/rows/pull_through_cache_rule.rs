use names::{CachePrefix, RegistryId, RepositoryName, Timestamp, UpstreamUrl};

use crate::value::{self, Row, args};
use crate::{DbError, Tx};

/// A rule of a pull through cache.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PullThroughCacheRule {
    /// Which repositories it fills.
    pub prefix: CachePrefix,
    /// From where.
    pub upstream: UpstreamUrl,
    /// Under which prefix the repositories are there, if it was given. Without it, under none.
    pub upstream_prefix: Option<CachePrefix>,
    /// The ARN of the secret with the user and the access token.
    pub credential: Option<String>,
    /// The ARN of the role that another registry of ECR trusts.
    pub custom_role: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

impl PullThroughCacheRule {
    /// The name that a repository has upstream, if the rule fills it.
    pub fn upstream_name(&self, name: &RepositoryName) -> Option<String> {
        let rest = self.prefix.rest(name)?;
        Some(self.upstream_prefix.as_ref().map_or_else(|| rest.to_owned(), |it| it.join(rest)))
    }
}

impl Tx<'_> {
    /// Inserts a rule; `false` if there is one for the same prefix.
    pub fn insert_pull_through_cache_rule(
        &mut self,
        registry: &RegistryId,
        rule: &PullThroughCacheRule,
    ) -> Result<bool, DbError> {
        let PullThroughCacheRule {
            prefix,
            upstream,
            upstream_prefix,
            credential,
            custom_role,
            created_at,
            updated_at,
        } = rule;
        let inserted = self.execute(
            "INSERT INTO pull_through_cache_rule (account, region, stem, prefix, upstream,
                 upstream_prefix, credential, custom_role, created_at, updated_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
             ON CONFLICT (account, region, stem) DO NOTHING",
            args![
                &registry.account,
                &registry.region,
                prefix.stem(),
                prefix.as_str(),
                upstream.as_str(),
                upstream_prefix.as_ref().map(CachePrefix::as_str),
                credential.as_deref(),
                custom_role.as_deref(),
                *created_at,
                *updated_at
            ],
        )?;
        Ok(inserted == 1)
    }

    /// Replaces what a rule logs in with.
    pub fn put_pull_through_credentials(
        &mut self,
        registry: &RegistryId,
        prefix: &CachePrefix,
        (credential, custom_role): (Option<&str>, Option<&str>),
        now: Timestamp,
    ) -> Result<(), DbError> {
        self.send(
            "UPDATE pull_through_cache_rule SET credential = $4, custom_role = $5, updated_at = $6
             WHERE account = $1 AND region = $2 AND stem = $3",
            args![&registry.account, &registry.region, prefix.stem(), credential, custom_role, now],
        )
    }

    /// The rule with this prefix.
    pub fn find_pull_through_cache_rule(
        &mut self,
        registry: &RegistryId,
        prefix: &CachePrefix,
    ) -> Result<Option<PullThroughCacheRule>, DbError> {
        self.row(
            "SELECT prefix, upstream, upstream_prefix, credential, custom_role, created_at,
                    updated_at
             FROM pull_through_cache_rule
             WHERE account = $1 AND region = $2 AND stem = $3",
            args![&registry.account, &registry.region, prefix.stem()],
            read,
        )
    }

    /// Rules in the order of their prefixes, from after the stem `after` on.
    pub fn list_pull_through_cache_rules(
        &mut self,
        registry: &RegistryId,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<PullThroughCacheRule>, DbError> {
        let after = value::after(after.unwrap_or_default());
        self.rows(
            "SELECT prefix, upstream, upstream_prefix, credential, custom_role, created_at,
                    updated_at
             FROM pull_through_cache_rule
             WHERE account = $1 AND region = $2 AND stem > $3
             ORDER BY stem LIMIT $4",
            args![&registry.account, &registry.region, after, i64::from(limit)],
            read,
        )
    }

    /// Deletes a rule; `false` if it is not there.
    pub fn delete_pull_through_cache_rule(
        &mut self,
        registry: &RegistryId,
        prefix: &CachePrefix,
    ) -> Result<bool, DbError> {
        let deleted = self.execute(
            "DELETE FROM pull_through_cache_rule
             WHERE account = $1 AND region = $2 AND stem = $3",
            args![&registry.account, &registry.region, prefix.stem()],
        )?;
        Ok(deleted == 1)
    }
}

fn read(row: &Row<'_>) -> Result<PullThroughCacheRule, DbError> {
    Ok(PullThroughCacheRule {
        prefix: row.word(0, "pull_through_cache_rule.prefix")?,
        upstream: row.word(1, "pull_through_cache_rule.upstream")?,
        upstream_prefix: row.maybe_word(2, "pull_through_cache_rule.upstream_prefix")?,
        credential: row.maybe_text(3, "pull_through_cache_rule.credential")?,
        custom_role: row.maybe_text(4, "pull_through_cache_rule.custom_role")?,
        created_at: row.moment(5, "pull_through_cache_rule.created_at")?,
        updated_at: row.moment(6, "pull_through_cache_rule.updated_at")?,
    })
}
