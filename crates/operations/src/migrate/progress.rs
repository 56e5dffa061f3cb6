use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

/// How many reasons are told apart. Each disabled key has one of its own.
const REASONS_MAX: usize = 16;

/// The progress of a move, for display. Cheap to clone; all clones show the same.
#[derive(Debug, Clone, Default)]
pub struct Progress(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    rows: AtomicU64,
    objects: AtomicU64,
    objects_total: AtomicU64,
    bytes: AtomicU64,
    bytes_total: AtomicU64,
    copied_bytes: AtomicU64,
    /// How many objects could not be checked, for each reason.
    unchecked: Mutex<BTreeMap<String, u64>>,
}

/// The amounts that are done and that there are in total.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figures {
    /// Rows read.
    pub rows: u64,
    /// Objects that were copied and compared.
    pub objects: u64,
    /// Objects in all; nothing while that is not known.
    pub objects_total: u64,
    /// The bytes of layers among them.
    pub bytes: u64,
    /// The bytes of layers in all.
    pub bytes_total: u64,
    /// Bytes that were copied, now and not in a run before.
    pub copied_bytes: u64,
}

impl Progress {
    /// How far it is now.
    pub fn figures(&self) -> Figures {
        let Counts { rows, objects, objects_total, bytes, bytes_total, copied_bytes, .. } =
            &*self.0;
        let now = |count: &AtomicU64| count.load(Ordering::Relaxed);
        Figures {
            rows: now(rows),
            objects: now(objects),
            objects_total: now(objects_total),
            bytes: now(bytes),
            bytes_total: now(bytes_total),
            copied_bytes: now(copied_bytes),
        }
    }

    /// The objects whose content this run could not check, since their keys cannot be used: how
    /// many, for each reason. They were compared with the originals byte for byte.
    pub fn unchecked(&self) -> Vec<(String, u64)> {
        self.reasons().iter().map(|(why, objects)| (why.clone(), *objects)).collect()
    }

    pub(crate) fn note_unchecked(&self, why: String) {
        let mut reasons = self.reasons();
        let is_told = reasons.len() < REASONS_MAX || reasons.contains_key(&why);
        let why = if is_told { why } else { "other keys cannot be used".to_owned() };
        *reasons.entry(why).or_default() += 1;
    }

    fn reasons(&self) -> MutexGuard<'_, BTreeMap<String, u64>> {
        self.0.unchecked.lock().expect("no thread panics while holding it")
    }

    pub(crate) fn read_rows(&self, rows: usize) {
        self.0.rows.fetch_add(rows as u64, Ordering::Relaxed);
    }

    pub(crate) fn expect_objects(&self, objects: u64, bytes: u64) {
        self.0.objects_total.fetch_add(objects, Ordering::Relaxed);
        self.0.bytes_total.fetch_add(bytes, Ordering::Relaxed);
    }

    pub(crate) fn settle_objects(&self, objects: u64, bytes: u64) {
        self.0.objects.fetch_add(objects, Ordering::Relaxed);
        self.0.bytes.fetch_add(bytes, Ordering::Relaxed);
    }

    pub(crate) fn copy_bytes(&self, bytes: u64) {
        self.0.copied_bytes.fetch_add(bytes, Ordering::Relaxed);
    }
}
