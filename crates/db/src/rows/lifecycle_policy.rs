use names::{Timestamp, Uuid};

use super::repository::RepositoryKey;
use crate::value::{Row, args};
use crate::{DbError, Tx};

/// The id of policies that were put before ids were kept.
const NIL: &str = "00000000-0000-0000-0000-000000000000";

/// The lifecycle policy of a repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LifecyclePolicy {
    /// Its canonical text.
    pub document: String,
    /// When it was put. A run that read another policy stops.
    pub put_at: Timestamp,
    /// When a run last looked at all images.
    pub last_evaluated_at: Option<Timestamp>,
    /// Its id in the records of its runs, for as long as the repository has a policy.
    pub id: Uuid,
    /// How many times one was put since the repository has one.
    pub version: i64,
}

impl Tx<'_> {
    /// The lifecycle policy of a repository.
    pub fn find_lifecycle_policy(
        &mut self,
        repository: RepositoryKey,
    ) -> Result<Option<LifecyclePolicy>, DbError> {
        self.row(
            "SELECT document, put_at, last_evaluated_at, id, version FROM lifecycle_policy
             WHERE repository = $1",
            args![repository],
            read,
        )
    }

    /// Sets the lifecycle policy of a repository, which no run has looked at yet. It gets the id
    /// if the repository has no policy with one.
    pub fn put_lifecycle_policy(
        &mut self,
        repository: RepositoryKey,
        document: &str,
        id: &Uuid,
        now: Timestamp,
    ) -> Result<(), DbError> {
        self.send(
            "INSERT INTO lifecycle_policy (repository, document, put_at, id, version)
             VALUES ($1, $2, $3, $4, 1)
             ON CONFLICT (repository) DO UPDATE SET document = excluded.document,
                 put_at = excluded.put_at, last_evaluated_at = NULL,
                 id = CASE WHEN lifecycle_policy.id = $5 THEN excluded.id
                           ELSE lifecycle_policy.id END,
                 version = lifecycle_policy.version + 1",
            args![repository, document, now, id, NIL],
        )
    }

    /// Notes that a run looked at all images by the policy that was put at this moment; `false` if
    /// another was put since.
    pub fn put_lifecycle_evaluation(
        &mut self,
        repository: RepositoryKey,
        put_at: Timestamp,
        evaluated_at: Timestamp,
    ) -> Result<bool, DbError> {
        let noted = self.execute(
            "UPDATE lifecycle_policy SET last_evaluated_at = $3
             WHERE repository = $1 AND put_at = $2",
            args![repository, put_at, evaluated_at],
        )?;
        Ok(noted == 1)
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
        id: row.word(3, "lifecycle_policy.id")?,
        version: row.int(4, "lifecycle_policy.version")?,
    })
}
