use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use names::ObjectKey;

use crate::StoreError;

/// How many objects are remembered at most until they are taken. Others are noted by the next read
/// of them.
const OBJECTS_MAX: usize = 1024;

/// Counts reads of content that ended because the object is corrupt or missing, and remembers the
/// objects. Clones count together.
#[derive(Debug, Clone, Default)]
pub(crate) struct CorruptReads(Arc<Noted>);

#[derive(Debug, Default)]
struct Noted {
    count: AtomicU64,
    objects: Mutex<BTreeSet<ObjectKey>>,
}

impl CorruptReads {
    /// Counts the error, if it is of that kind.
    pub(crate) fn note(&self, error: &StoreError) {
        let (StoreError::Corrupt { object, .. } | StoreError::NotFound(object)) = error else {
            return;
        };
        self.0.count.fetch_add(1, Ordering::Relaxed);
        let mut objects = self.0.objects.lock().expect("no thread panics while holding it");
        if objects.len() < OBJECTS_MAX {
            objects.insert(object.clone());
        }
    }

    pub(crate) fn count(&self) -> u64 {
        self.0.count.load(Ordering::Relaxed)
    }

    /// The objects, each once; they are forgotten.
    pub(crate) fn take(&self) -> Vec<ObjectKey> {
        let mut objects = self.0.objects.lock().expect("no thread panics while holding it");
        std::mem::take(&mut *objects).into_iter().collect()
    }
}
