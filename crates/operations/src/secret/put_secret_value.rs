//! PutSecretValue.

use db::Secret;
use names::SecretRef;

use super::value::SecretValue;
use super::versions::{CURRENT, NewVersion, new_version, put_version, require_alive};
use crate::{Failure, Operations};

/// A version that was put.
#[derive(Debug, Clone)]
pub struct PutVersion {
    /// Its secret.
    pub secret: Secret,
    /// Its id.
    pub version: String,
    /// Its labels.
    pub stages: Vec<String>,
}

impl Operations {
    /// Puts a version with these labels, or the current one if none are given. A version of this
    /// token and value that is there already stays as it is.
    pub async fn put_secret_value(
        &self,
        wanted: &SecretRef,
        token: Option<String>,
        value: SecretValue,
        stages: Option<Vec<String>>,
    ) -> Result<PutVersion, Failure> {
        let (keyring, wanted, now) = (self.keyring.clone(), wanted.clone(), self.now());
        let new = NewVersion {
            id: token.unwrap_or_else(new_version),
            value,
            stages: stages.unwrap_or_else(|| vec![CURRENT.to_owned()]),
        };
        self.db
            .write(move |tx| {
                let before = require_alive(tx, &wanted, now)?;
                let secret = Secret { changed_at: now, ..before };
                put_version(tx, &keyring, &secret, &new, now)?;
                tx.put_secret_facts(&secret)?;
                let (version, stages) = (new.id.clone(), new.stages.clone());
                Ok::<_, Failure>(PutVersion { secret, version, stages })
            })
            .await
    }
}
