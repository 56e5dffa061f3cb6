//! Rotates the keys whose rotation is due.

use names::{KmsKeyArn, KmsKeyId, MaterialOrigin};

use super::schedule::after_days;
use crate::{Failure, Kms};

/// Keys that are looked for at once.
const AT_ONCE: u32 = 50;

impl Kms {
    /// Rotates every key whose rotation is due. Two nodes may do it at once: the second finds that
    /// it is not due any more.
    pub async fn rotate_due_keys(&self) -> Result<(), Failure> {
        let now = self.now();
        loop {
            let due = self.read(move |tx| Ok(tx.list_kms_keys_to_rotate(now, AT_ONCE)?)).await?;
            if due.is_empty() {
                return Ok(());
            }
            for key in due {
                self.rotate_if_due(key).await?;
            }
        }
    }

    async fn rotate_if_due(&self, id: KmsKeyId) -> Result<(), Failure> {
        let wanted = id.clone();
        let Some(key) = self.read(move |tx| Ok(tx.find_kms_key(&wanted)?)).await? else {
            return Ok(());
        };
        let (arn, now): (KmsKeyArn, _) = (key.arn, self.now());
        let rotation = self.rotation(&arn, MaterialOrigin::Automatic)?;
        self.write(move |tx| {
            let Some(key) = tx.find_kms_key(&id)? else { return Ok(()) };
            if key.rotates_at.is_none_or(|at| at > now) {
                return Ok(());
            }
            // Disabled keys are not due; this ends a rotation of one that is nevertheless.
            let next = key.rotation_days.filter(|_| key.is_enabled);
            if next.is_some() {
                rotation.put(tx, &arn)?;
            }
            let next_at = next.map(|days| after_days(now, days));
            Ok(tx.put_kms_key_rotation(&id, key.rotation_days, next_at)?)
        })
        .await
    }
}
