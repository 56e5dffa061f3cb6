use std::fs::{DirBuilder, File, OpenOptions};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

use rustix::fs::{FlockOperation, flock};

use super::key::Place;
use crate::StoreError;

/// A lock on a data folder: exclusive until dropped, or shared with other readers.
#[derive(Debug)]
pub struct FolderLock {
    /// The lock dies with it.
    _file: File,
}

impl FolderLock {
    /// Locks a data folder exclusively, and creates it if necessary.
    pub fn take(root: &Path) -> Result<Self, StoreError> {
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(root)
            .map_err(|source| StoreError::from_io("make the data folder", source))?;
        let file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(Place::Lock.path(root))
            .map_err(|source| StoreError::from_io("open the lock of the data folder", source))?;
        Self::hold(root, file, FlockOperation::NonBlockingLockExclusive)
    }

    /// Locks an existing data folder for shared reading: no process can lock it exclusively.
    pub fn share(root: &Path) -> Result<Self, StoreError> {
        let file = File::open(Place::Lock.path(root))
            .map_err(|source| StoreError::from_io("open the lock of the data folder", source))?;
        Self::hold(root, file, FlockOperation::NonBlockingLockShared)
    }

    fn hold(root: &Path, file: File, how: FlockOperation) -> Result<Self, StoreError> {
        match flock(&file, how) {
            Ok(()) => Ok(Self { _file: file }),
            Err(rustix::io::Errno::WOULDBLOCK) => {
                Err(StoreError::InUse { folder: root.to_owned() })
            }
            Err(source) => Err(StoreError::from_io("lock the data folder", source)),
        }
    }
}
