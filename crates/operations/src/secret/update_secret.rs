//! UpdateSecret.

use db::Secret;
use names::SecretRef;

use super::value::SecretValue;
use super::versions::{CURRENT, NewVersion, new_version, put_version, require_alive};
use crate::{Failure, Operations};

impl Operations {
    /// Changes the description of a secret, its current value, or both. Returns the id of the new
    /// version, if there is one.
    pub async fn update_secret(
        &self,
        wanted: &SecretRef,
        description: Option<String>,
        token: Option<String>,
        value: Option<SecretValue>,
    ) -> Result<(Secret, Option<String>), Failure> {
        let (keyring, wanted, now) = (self.keyring.clone(), wanted.clone(), self.now());
        let new = value.map(|value| NewVersion {
            id: token.unwrap_or_else(new_version),
            value,
            stages: vec![CURRENT.to_owned()],
        });
        self.db
            .write(move |tx| {
                let before = require_alive(tx, &wanted, now)?;
                let description = description.clone().or_else(|| before.description.clone());
                let secret = Secret { description, changed_at: now, ..before };
                if let Some(new) = &new {
                    put_version(tx, &keyring, &secret, new, now)?;
                }
                tx.put_secret_facts(&secret)?;
                Ok::<_, Failure>((secret, new.as_ref().map(|new| new.id.clone())))
            })
            .await
    }
}
