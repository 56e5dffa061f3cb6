//! A folder that fails on request.

use std::path::Path;
use std::sync::{Arc, Mutex};

use blobs::{FileMetadata, FileStore, LocalFiles, StoreError};

/// How a put fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Failing {
    /// Nothing is written.
    Before,
    /// The file is written, and the answer is lost.
    After,
}

/// Puts that fail.
#[derive(Debug, Clone, Default)]
pub(crate) struct Faults(Arc<Mutex<Option<(u32, Failing)>>>);

impl Faults {
    /// Lets the nth put from now on fail.
    pub(crate) fn fail(&self, nth: u32, how: Failing) {
        *self.0.lock().unwrap() = Some((nth, how));
    }

    pub(crate) fn clear(&self) {
        *self.0.lock().unwrap() = None;
    }

    fn next(&self) -> Option<Failing> {
        let mut armed = self.0.lock().unwrap();
        let (nth, how) = armed.as_mut()?;
        *nth = nth.saturating_sub(1);
        (*nth == 0).then_some(*how)
    }
}

/// The folder.
#[derive(Debug)]
pub(crate) struct Folder {
    files: LocalFiles,
    faults: Faults,
}

impl Folder {
    pub(crate) fn open(root: &Path, faults: Faults) -> Self {
        Self { files: LocalFiles::open(root).unwrap(), faults }
    }
}

impl FileStore for Folder {
    fn put(&self, key: &str, bytes: &[u8], metadata: &FileMetadata) -> Result<(), StoreError> {
        match self.faults.next() {
            None => self.files.put(key, bytes, metadata),
            Some(Failing::Before) => Err(StoreError::Full),
            Some(Failing::After) => {
                self.files.put(key, bytes, metadata)?;
                Err(StoreError::Failed)
            }
        }
    }

    fn read(&self, key: &str, bytes_max: u64) -> Result<Option<Vec<u8>>, StoreError> {
        self.files.read(key, bytes_max)
    }

    fn list(&self, folder: &str, after: &str, limit: usize) -> Result<Vec<String>, StoreError> {
        self.files.list(folder, after, limit)
    }
}
