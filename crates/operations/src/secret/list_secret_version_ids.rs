//! ListSecretVersionIds.

use db::{Secret, SecretVersion};
use names::SecretRef;

use super::versions::{STAGES_READ, require_secret};
use crate::{Failure, Operations};

/// A version, with its labels.
#[derive(Debug, Clone)]
pub struct ListedVersion {
    /// The version.
    pub version: SecretVersion,
    /// Its labels.
    pub stages: Vec<String>,
}

impl Operations {
    /// The versions of a secret, by their ids, from after the id `after` on.
    pub async fn list_secret_version_ids(
        &self,
        wanted: &SecretRef,
        after: Option<String>,
        limit: u32,
    ) -> Result<(Secret, Vec<ListedVersion>), Failure> {
        let (wanted, now) = (wanted.clone(), self.now());
        self.db
            .read(move |tx| {
                let secret = require_secret(tx, &wanted, now)?;
                let labels = tx.list_secret_stages(&secret.arn, STAGES_READ)?;
                let versions = tx.list_secret_versions(&secret.arn, after.as_deref(), limit)?;
                let with_stages = |version: SecretVersion| {
                    let its = labels.iter().filter(|(_, named)| *named == version.id);
                    let stages = its.map(|(stage, _)| stage.clone()).collect();
                    ListedVersion { version, stages }
                };
                let listed = versions.into_iter().map(with_stages).collect();
                Ok::<_, Failure>((secret, listed))
            })
            .await
    }
}
