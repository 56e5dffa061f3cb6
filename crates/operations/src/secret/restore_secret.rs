//! RestoreSecret.

use db::Secret;
use names::SecretRef;

use super::versions::require_secret;
use crate::{Failure, Operations};

impl Operations {
    /// Calls off the deletion of a secret, if it was asked for.
    pub async fn restore_secret(&self, wanted: &SecretRef) -> Result<Secret, Failure> {
        let (wanted, now) = (wanted.clone(), self.now());
        self.db
            .write(move |tx| {
                let secret = require_secret(tx, &wanted, now)?;
                if secret.delete_at.is_none() {
                    return Ok(secret);
                }
                let secret =
                    Secret { deleted_at: None, delete_at: None, changed_at: now, ..secret };
                tx.put_secret_facts(&secret)?;
                Ok::<_, Failure>(secret)
            })
            .await
    }
}
