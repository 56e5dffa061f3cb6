use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use db::{Db, Tx};
use iam::Iam;
use keys::Keyring;
use names::{Clock, KmsKeyArn, Timestamp};

use crate::{Failure, KmsKey, KmsRefusal};

/// The verbs of KMS, and their dependencies.
pub struct Kms {
    pub(crate) db: Db,
    pub(crate) iam: Arc<Iam>,
    pub(crate) keyring: Arc<Keyring>,
    pub(crate) clock: Arc<dyn Clock>,
    /// Counts the writes of this process.
    epoch: AtomicU64,
}

impl fmt::Debug for Kms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Kms").finish_non_exhaustive()
    }
}

/// A page of a list: from after `after` on, at most `limit` rows.
#[derive(Debug, Clone)]
pub struct Page<P> {
    /// The position that the page before ended at.
    pub after: Option<P>,
    /// How many rows.
    pub limit: u32,
}

impl Kms {
    /// The verbs over these rows.
    pub fn new(db: Db, iam: Arc<Iam>, keyring: Arc<Keyring>, clock: Arc<dyn Clock>) -> Self {
        Self { db, iam, keyring, clock, epoch: AtomicU64::new(0) }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(crate) async fn read<T: Send + 'static>(
        &self,
        look: impl FnMut(&mut Tx<'_>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        self.db.read(look).await
    }

    pub(crate) async fn write<T: Send + 'static>(
        &self,
        change: impl FnMut(&mut Tx<'_>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let changed = self.db.write(change).await;
        // Even if it failed: a fault may hide a commit.
        self.epoch.fetch_add(1, Ordering::Release);
        changed
    }

    /// What was learnt about keys before the last write of this process has another epoch.
    pub(crate) fn epoch(&self) -> u64 {
        self.epoch.load(Ordering::Acquire)
    }
}

/// The key, unless its deletion is due.
pub(crate) fn require_key(
    tx: &mut Tx<'_>,
    arn: &KmsKeyArn,
    now: Timestamp,
) -> Result<KmsKey, Failure> {
    let found = tx
        .find_kms_key(&arn.id)?
        .filter(|key| key.arn.registry == arn.registry && key.delete_at.is_none_or(|at| at > now));
    Ok(found.ok_or_else(|| KmsRefusal::KeyNotFound(arn.clone()))?)
}
