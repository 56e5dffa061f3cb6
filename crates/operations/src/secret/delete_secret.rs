//! DeleteSecret, and the erasure of secrets whose time has come.

use std::time::Duration;

use db::Secret;
use names::{SecretRef, Timestamp};

use super::refusal::SecretRefusal;
use super::versions::require_secret;
use crate::{Failure, Operations};

/// How a secret is to be deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecretDeletion {
    /// After as many days, until which it can be restored.
    After(i64),
    /// At once.
    AtOnce,
}

/// The days after which a secret is erased, unless others are given, and which may be.
const DAYS: i64 = 30;
const DAYS_MIN: i64 = 7;
const DAYS_MAX: i64 = 30;

/// Secrets that are erased in one transaction.
const AT_ONCE: u32 = 20;

impl SecretDeletion {
    /// What is asked for with these words.
    pub fn read(days: Option<i64>, is_forced: Option<bool>) -> Result<Self, SecretRefusal> {
        match (days, is_forced.unwrap_or_default()) {
            (Some(_), true) => Err(SecretRefusal::WindowWithForce),
            (None, true) => Ok(Self::AtOnce),
            (days, false) => match days.unwrap_or(DAYS) {
                days @ DAYS_MIN..=DAYS_MAX => Ok(Self::After(days)),
                _ => Err(SecretRefusal::InvalidWindow),
            },
        }
    }
}

impl Operations {
    /// Deletes a secret at once, or asks for its deletion. Returns it, and when it is erased.
    pub async fn delete_secret(
        &self,
        wanted: &SecretRef,
        deletion: SecretDeletion,
    ) -> Result<(Secret, Timestamp), Failure> {
        let (wanted, now) = (wanted.clone(), self.now());
        self.db
            .write(move |tx| {
                let secret = require_secret(tx, &wanted, now)?;
                let SecretDeletion::After(days) = deletion else {
                    tx.delete_secret(&secret.arn)?;
                    return Ok((secret, now));
                };
                if secret.delete_at.is_some() {
                    return Err(SecretRefusal::AlreadyScheduled.into());
                }
                let at = now.plus(Duration::from_hours(24 * days.unsigned_abs()));
                let secret = Secret {
                    deleted_at: Some(now),
                    delete_at: Some(at),
                    changed_at: now,
                    ..secret
                };
                tx.put_secret_facts(&secret)?;
                Ok::<_, Failure>((secret, at))
            })
            .await
    }

    /// Erases the secrets whose time has come. They are not found any more before that.
    pub async fn erase_due_secrets(&self) -> Result<(), Failure> {
        let now = self.now();
        loop {
            let erased: Result<_, Failure> = self
                .db
                .write(move |tx| {
                    let due = tx.list_secrets_to_delete(now, AT_ONCE)?;
                    for arn in &due {
                        tx.delete_secret(arn)?;
                    }
                    Ok(due)
                })
                .await;
            let erased = erased?;
            for arn in &erased {
                tracing::info!(secret.arn = %arn, "erased a secret whose deletion was due");
            }
            if erased.is_empty() {
                return Ok(());
            }
        }
    }
}
