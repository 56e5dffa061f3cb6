use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::Semaphore;

/// Layers that are being read on this node.
pub(crate) struct Reading {
    /// All but one of the processors, so that requests find one.
    pub(super) places: Semaphore,
    /// One at a time reads each layer; the next finds its facts.
    turns: Mutex<HashMap<i64, Arc<tokio::sync::Mutex<()>>>>,
}

impl Default for Reading {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self { places: Semaphore::new(cores.saturating_sub(1).max(1)), turns: Mutex::default() }
    }
}

impl Reading {
    /// The turn of a layer. It is held while the layer is read.
    pub(super) fn turn(&self, blob: i64) -> Arc<tokio::sync::Mutex<()>> {
        let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
        turns.retain(|_, turn| Arc::strong_count(turn) > 1);
        turns.entry(blob).or_default().clone()
    }
}
