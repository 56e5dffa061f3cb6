//! DescribeSecret.

use db::{Secret, SecretStage, Tx};
use names::{SecretRef, Timestamp};

use super::tags::TAGS_MAX;
use super::versions::{STAGES_READ, require_secret};
use crate::{Failure, Operations};

/// Everything about a secret but its values.
#[derive(Debug, Clone)]
pub struct DescribedSecret {
    /// The secret.
    pub secret: Secret,
    /// Its labels, and the ids of the versions that they name.
    pub stages: Vec<SecretStage>,
    /// Its tags.
    pub tags: Vec<(String, String)>,
    /// Whether its time has come: it is not found any more.
    pub is_gone: bool,
}

impl Operations {
    /// Everything about a secret but its values.
    pub async fn describe_secret(&self, wanted: &SecretRef) -> Result<DescribedSecret, Failure> {
        let (wanted, now) = (wanted.clone(), self.now());
        self.db
            .read(move |tx| {
                let secret = require_secret(tx, &wanted, now)?;
                describe(tx, secret, now)
            })
            .await
    }
}

pub(super) fn describe(
    tx: &mut Tx<'_>,
    secret: Secret,
    now: Timestamp,
) -> Result<DescribedSecret, Failure> {
    let stages = tx.list_secret_stages(&secret.arn, STAGES_READ)?;
    let tags = tx.list_secret_tags(&secret.arn, TAGS_MAX)?;
    let is_gone = secret.delete_at.is_some_and(|at| at <= now);
    Ok(DescribedSecret { secret, stages, tags, is_gone })
}
