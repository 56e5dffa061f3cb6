//! The right to write an object, within this process. Between processes the claims of turns decide
//! (`writer`).

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use names::ObjectKey;

use crate::StoreError;

/// The objects that this process is writing.
#[derive(Debug, Default)]
pub(super) struct Writing(Mutex<HashSet<ObjectKey>>);

/// The right to write an object, in this process.
#[derive(Debug)]
pub(super) struct Hold {
    writing: Arc<Writing>,
    object: ObjectKey,
}

impl Writing {
    pub(super) fn hold(self: &Arc<Self>, object: &ObjectKey) -> Result<Hold, StoreError> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if held.insert(object.clone()) {
            Ok(Hold { writing: Arc::clone(self), object: object.clone() })
        } else {
            Err(StoreError::Busy(object.clone()))
        }
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        let mut held = self.writing.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.remove(&self.object);
    }
}
