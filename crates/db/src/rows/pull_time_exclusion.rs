use names::{RegistryId, Timestamp};

use super::registry::RegistryKey;
use crate::value::{self, Row, args};
use crate::{DbError, Tx};

/// A user or a role whose pulls are not recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PullTimeExclusion {
    /// Its ARN.
    pub principal: String,
    /// When it was registered.
    pub created_at: Timestamp,
}

impl Tx<'_> {
    /// Registers a principal; `false` if it is registered already.
    pub fn insert_pull_time_exclusion(
        &mut self,
        registry: RegistryKey,
        principal: &str,
        now: Timestamp,
    ) -> Result<bool, DbError> {
        let inserted = self.execute(
            "INSERT INTO pull_time_exclusion (registry, principal, created_at) VALUES ($1, $2, $3)
             ON CONFLICT (registry, principal) DO NOTHING",
            args![registry, principal, now],
        )?;
        Ok(inserted == 1)
    }

    /// The registration of a principal.
    pub fn find_pull_time_exclusion(
        &mut self,
        registry: &RegistryId,
        principal: &str,
    ) -> Result<Option<PullTimeExclusion>, DbError> {
        self.row(
            "SELECT e.principal, e.created_at
             FROM registry g JOIN pull_time_exclusion e ON e.registry = g.id
             WHERE g.account = $1 AND g.region = $2 AND e.principal = $3",
            args![&registry.account, &registry.region, principal],
            read,
        )
    }

    /// The principals of a registry in the order of their ARNs, from after `after` on.
    pub fn list_pull_time_exclusions(
        &mut self,
        registry: &RegistryId,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<PullTimeExclusion>, DbError> {
        self.rows(
            "SELECT principal, created_at FROM pull_time_exclusion
             WHERE registry = (SELECT id FROM registry WHERE account = $1 AND region = $2)
                 AND principal > $3
             ORDER BY principal LIMIT $4",
            args![
                &registry.account,
                &registry.region,
                value::after(after.unwrap_or_default()),
                i64::from(limit)
            ],
            read,
        )
    }

    /// Removes the registration of a principal; `false` if it has none.
    pub fn delete_pull_time_exclusion(
        &mut self,
        registry: &RegistryId,
        principal: &str,
    ) -> Result<bool, DbError> {
        let deleted = self.execute(
            "DELETE FROM pull_time_exclusion
             WHERE registry = (SELECT id FROM registry WHERE account = $1 AND region = $2)
                 AND principal = $3",
            args![&registry.account, &registry.region, principal],
        )?;
        Ok(deleted == 1)
    }
}

fn read(row: &Row<'_>) -> Result<PullTimeExclusion, DbError> {
    Ok(PullTimeExclusion {
        principal: row.text(0, "pull_time_exclusion.principal")?,
        created_at: row.moment(1, "pull_time_exclusion.created_at")?,
    })
}
