use std::collections::HashSet;
use std::sync::{Arc, Mutex};

use names::UploadId;

/// Which uploads a request of this process is writing to at this moment.
///
/// Two requests on one upload would interleave their bytes. The second is refused at once rather
/// than made to wait: a client that sends two chunks at a time has lost track. Nothing rests on
/// this set: across nodes, and so in truth, the version in the upload's row decides
/// (`upload_turns`).
#[derive(Clone, Default)]
pub(crate) struct UploadClaims(Arc<Mutex<HashSet<UploadId>>>);

/// The right to write to an upload, until dropped.
pub(crate) struct UploadClaim {
    held: Arc<Mutex<HashSet<UploadId>>>,
    upload: UploadId,
}

impl UploadClaims {
    pub(crate) fn claim(&self, upload: &UploadId) -> Option<UploadClaim> {
        let mut held = self.0.lock().expect("no thread panics while holding the set");
        held.insert(upload.clone())
            .then(|| UploadClaim { held: self.0.clone(), upload: upload.clone() })
    }
}

impl Drop for UploadClaim {
    fn drop(&mut self) {
        self.held.lock().expect("no thread panics while holding the set").remove(&self.upload);
    }
}
