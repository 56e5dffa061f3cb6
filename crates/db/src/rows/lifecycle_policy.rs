use names::Timestamp;

use super::repository::RepositoryKey;
use crate::value::{Row, args};
use crate::{DbError, Tx};

/// The lifecycle policy of a repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LifecyclePolicy {
    /// Its canonical text.
    pub document: String,
    /// When it was put. A run that read another policy stops.
    pub put_at: Timestamp,
    /// When a run last looked at all images.
    pub last_evaluated_at: Option<Timestamp>,
}

impl Tx<'_> {
    /// The lifecycle policy of a repository.
    pub fn find_lifecycle_policy(
        &mut self,
        repository: RepositoryKey,
    ) -> Result<Option<LifecyclePolicy>, DbError> {
        self.row(
            "SELECT document, put_at, last_evaluated_at FROM lifecycle_policy WHERE repository = $1",
            args![repository],
            read,
        )
    }

    /// Sets the lifecycle policy of a repository, which no run has looked at yet.
    pub fn put_lifecycle_policy(
        &mut self,
        repository: RepositoryKey,
        document: &str,
        now: Timestamp,
    ) -> Result<(), DbError> {
        self.send(
            "INSERT INTO lifecycle_policy (repository, document, put_at) VALUES ($1, $2, $3)
             ON CONFLICT (repository) DO UPDATE SET document = excluded.document,
                 put_at = excluded.put_at, last_evaluated_at = NULL",
            args![repository, document, now],
        )
    }

    /// Notes that a run looked at all images by the policy that was put at this moment, unless
    /// another was put since.
    pub fn put_lifecycle_evaluation(
        &mut self,
        repository: RepositoryKey,
        put_at: Timestamp,
        evaluated_at: Timestamp,
    ) -> Result<(), DbError> {
        self.send(
            "UPDATE lifecycle_policy SET last_evaluated_at = $3
             WHERE repository = $1 AND put_at = $2",
            args![repository, put_at, evaluated_at],
        )
    }

    /// Removes the lifecycle policy of a repository, if it has one.
    pub fn delete_lifecycle_policy(&mut self, repository: RepositoryKey) -> Result<(), DbError> {
        self.send("DELETE FROM lifecycle_policy WHERE repository = $1", args![repository])
    }
}

fn read(row: &Row<'_>) -> Result<LifecyclePolicy, DbError> {
    Ok(LifecyclePolicy {
        document: row.text(0, "lifecycle_policy.document")?,
        put_at: row.moment(1, "lifecycle_policy.put_at")?,
        last_evaluated_at: row.maybe_moment(2, "lifecycle_policy.last_evaluated_at")?,
    })
}
