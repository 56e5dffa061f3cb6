use names::{RegistryId, RepositoryArn, Timestamp};

use crate::value::args;
use crate::{DbError, Tx};

/// What is fetched from an upstream registry.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct UpstreamFetch {
    /// The repository that it is for, which may not be there yet.
    pub repository: RepositoryArn,
    /// A tag, or a digest.
    pub subject: String,
}

impl Tx<'_> {
    /// Takes a fetch, or keeps it for longer; `false` if it is someone else's.
    pub fn take_upstream_fetch(
        &mut self,
        fetch: &UpstreamFetch,
        holder: &str,
        lease_until: Timestamp,
        now: Timestamp,
    ) -> Result<bool, DbError> {
        let UpstreamFetch { repository, subject } = fetch;
        let RepositoryArn { registry: RegistryId { account, region }, repository } = repository;
        let taken = self.execute(
            "INSERT INTO upstream_fetch (account, region, repository, subject, holder, lease_until)
             VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (account, region, repository, subject) DO UPDATE
                 SET holder = excluded.holder, lease_until = excluded.lease_until
                 WHERE upstream_fetch.holder = excluded.holder OR upstream_fetch.lease_until <= $7",
            args![account, region, repository, subject, holder, lease_until, now],
        )?;
        Ok(taken == 1)
    }

    /// Ends a fetch, unless it is someone else's by now.
    pub fn end_upstream_fetch(
        &mut self,
        fetch: &UpstreamFetch,
        holder: &str,
    ) -> Result<(), DbError> {
        let UpstreamFetch { repository, subject } = fetch;
        let RepositoryArn { registry: RegistryId { account, region }, repository } = repository;
        self.send(
            "DELETE FROM upstream_fetch WHERE account = $1 AND region = $2 AND repository = $3
                 AND subject = $4 AND holder = $5",
            args![account, region, repository, subject, holder],
        )
    }

    /// Forgets some fetches whose holders have died, and which no one took over.
    pub fn forget_dead_upstream_fetches(
        &mut self,
        before: Timestamp,
        limit: u32,
    ) -> Result<(), DbError> {
        self.send(
            "DELETE FROM upstream_fetch WHERE (account, region, repository, subject) IN
                 (SELECT account, region, repository, subject FROM upstream_fetch
                  WHERE lease_until < $1 ORDER BY lease_until LIMIT $2)",
            args![before, i64::from(limit)],
        )
    }
}
