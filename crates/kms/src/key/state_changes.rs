//! EnableKey, DisableKey, ScheduleKeyDeletion, CancelKeyDeletion, UpdateKeyDescription.

use std::time::Duration;

use names::{KmsKeyArn, Timestamp};

use super::{DescribedKey, require_alive};
use crate::kms::require_key;
use crate::rotation::next_rotation;
use crate::{Failure, Kms, KmsKey, KmsRefusal};

/// How many days a key can wait for its deletion.
const WINDOW_DAYS: std::ops::RangeInclusive<i64> = 7..=30;

const SECONDS_PER_DAY: u64 = 86_400;

impl Kms {
    /// Lets a key be used.
    pub async fn enable_key(&self, arn: &KmsKeyArn) -> Result<(), Failure> {
        self.change_state(arn, |tx, key| {
            require_alive(&key)?;
            if key.is_enabled {
                return Ok(key);
            }
            let rotates_at = next_rotation(tx, &key)?;
            Ok(KmsKey { is_enabled: true, rotates_at, ..key })
        })
        .await
        .map(drop)
    }

    /// Lets a key not be used for now.
    pub async fn disable_key(&self, arn: &KmsKeyArn) -> Result<(), Failure> {
        self.change_state(arn, |_, key| {
            require_alive(&key)?;
            Ok(KmsKey { is_enabled: false, rotates_at: None, ..key })
        })
        .await
        .map(drop)
    }

    /// Lets a key wait for its deletion, for so many days.
    pub async fn schedule_key_deletion(
        &self,
        arn: &KmsKeyArn,
        days: i64,
    ) -> Result<DescribedKey, Failure> {
        if !WINDOW_DAYS.contains(&days) {
            let text = format!("PendingWindowInDays should be between 7 and 30, but it is {days}");
            return Err(KmsRefusal::Validation(text).into());
        }
        let seconds = days.unsigned_abs() * SECONDS_PER_DAY;
        let at: Timestamp = self.now().plus(Duration::from_secs(seconds));
        self.change_state(arn, move |_, key| {
            require_alive(&key)?;
            Ok(KmsKey { is_enabled: false, delete_at: Some(at), rotates_at: None, ..key })
        })
        .await
    }

    /// Calls off the deletion of a key, which is disabled after that.
    pub async fn cancel_key_deletion(&self, arn: &KmsKeyArn) -> Result<(), Failure> {
        self.change_state(arn, |_, key| {
            if key.delete_at.is_none() {
                return Err(KmsRefusal::NotPendingDeletion(key.arn).into());
            }
            Ok(KmsKey { is_enabled: false, delete_at: None, rotates_at: None, ..key })
        })
        .await
        .map(drop)
    }

    /// Changes what its owner wrote about a key.
    pub async fn update_key_description(
        &self,
        arn: &KmsKeyArn,
        description: &str,
    ) -> Result<(), Failure> {
        let (arn, description, now) = (arn.clone(), description.to_owned(), self.now());
        self.write(move |tx| {
            require_alive(&require_key(tx, &arn, now)?)?;
            Ok(tx.put_kms_key_description(&arn.id, &description)?)
        })
        .await
    }

    async fn change_state(
        &self,
        arn: &KmsKeyArn,
        mut change: impl FnMut(&mut db::Tx<'_>, KmsKey) -> Result<KmsKey, Failure> + Send + 'static,
    ) -> Result<DescribedKey, Failure> {
        let (arn, now) = (arn.clone(), self.now());
        self.write(move |tx| {
            let key = require_key(tx, &arn, now)?;
            let key = change(tx, key)?;
            tx.put_kms_key_state(&arn.id, key.is_enabled, key.delete_at, key.rotates_at)?;
            if key.is_enabled {
                tx.wake_jobs(&arn.to_string(), now)?;
            }
            Ok(DescribedKey::of(key))
        })
        .await
    }
}
