//! Erases keys whose deletion is due: what they encrypted can never be read again.

use names::KmsKeyId;

use crate::{Failure, Kms};

/// Keys that are erased in one transaction.
const AT_ONCE: u32 = 20;

impl Kms {
    /// Erases the keys whose deletion is due, with everything beside them. A crash between two
    /// rounds leaves keys that are not found any more; the next round erases them.
    pub async fn erase_due_keys(&self) -> Result<(), Failure> {
        let now = self.now();
        loop {
            let due = self.read(move |tx| Ok(tx.list_kms_keys_to_delete(now, AT_ONCE)?)).await?;
            if due.is_empty() {
                return Ok(());
            }
            for key in due {
                tracing::info!(kms.key = key.as_str(), "erases a key whose deletion is due");
                self.erase(key).await?;
            }
        }
    }

    async fn erase(&self, id: KmsKeyId) -> Result<(), Failure> {
        let now = self.now();
        self.write(move |tx| {
            // The deletion may have been called off since.
            let found = tx.find_kms_key(&id)?;
            if found.is_none_or(|key| key.delete_at.is_none_or(|at| at > now)) {
                return Ok(());
            }
            tx.delete_kms_grants(&id)?;
            tx.delete_kms_tags(&id)?;
            tx.delete_kms_aliases_of_key(&id)?;
            tx.delete_kms_materials(&id)?;
            Ok(tx.delete_kms_key(&id)?)
        })
        .await
    }
}
