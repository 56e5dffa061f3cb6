use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::StoreError;

/// Counts reads of content that ended because the object is corrupt. Clones count together.
#[derive(Debug, Clone, Default)]
pub(crate) struct CorruptReads(Arc<AtomicU64>);

impl CorruptReads {
    /// Counts the error, if it is of that kind.
    pub(crate) fn note(&self, error: &StoreError) {
        if let StoreError::Corrupt { .. } = error {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }

    pub(crate) fn count(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}
