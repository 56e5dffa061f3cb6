use std::fs::{DirBuilder, File, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use names::{ObjectKey, Timestamp};
use rustix::fs::{FlockOperation, flock};

use super::key::{Place, SHELVES, shelf_of};
use super::lock::FolderLock;
use super::names::{remove, sync_folder};
use super::reader::LocalReader;
use super::writer::LocalWriter;
use crate::{Apart, Expected, ObjectStore, ObjectWriter, Reopened, StoreError, StoreReader};

/// Objects in a folder. The folder is locked exclusively while the store lives, unless it was
/// opened for reading.
#[derive(Debug)]
pub struct LocalStore {
    root: PathBuf,
    /// The folder's lock, or a share of it.
    _lock: Option<FolderLock>,
    access: Access,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Access {
    Write,
    Read,
}

impl LocalStore {
    /// Opens a data folder, and creates it if necessary. It waits for the disk: call it once, at
    /// start.
    pub fn open(root: &Path) -> Result<Self, StoreError> {
        make_folders(root)?;
        let lock = Some(FolderLock::take(root)?);
        Ok(Self { root: root.to_owned(), _lock: lock, access: Access::Write })
    }

    /// Opens a data folder for reading: while the store lives, others may read it too, and no
    /// process may write to it.
    pub fn open_shared(root: &Path) -> Result<Self, StoreError> {
        let lock = Some(FolderLock::share(root)?);
        Ok(Self { _lock: lock, ..Self::open_beside(root)? })
    }

    /// Reads a data folder while another process may write to it. Committed objects exist until
    /// they are deleted.
    pub fn open_beside(root: &Path) -> Result<Self, StoreError> {
        Place::Objects
            .path(root)
            .metadata()
            .map_err(|source| StoreError::from_io("open the data folder", source))?;
        Ok(Self { root: root.to_owned(), _lock: None, access: Access::Read })
    }

    fn require_write(&self) -> Result<(), StoreError> {
        match self.access {
            Access::Write => Ok(()),
            Access::Read => Err(StoreError::WritesRefused),
        }
    }

    fn open_file(&self, object: &ObjectKey, options: &OpenOptions) -> Result<File, StoreError> {
        options.open(Place::Object(object).path(&self.root)).map_err(|source| match source.kind() {
            io::ErrorKind::NotFound => StoreError::NotFound(object.clone()),
            io::ErrorKind::AlreadyExists => StoreError::Exists(object.clone()),
            _ => StoreError::from_io("open an object", source),
        })
    }

    /// Adds the keys of one shelf after `after` to `keys`, in order.
    fn list_shelf(
        &self,
        number: u16,
        after: Option<&ObjectKey>,
        keys: &mut Vec<ObjectKey>,
    ) -> Result<(), StoreError> {
        let failed = |source| StoreError::from_io("list objects", source);
        let start = keys.len();
        for entry in std::fs::read_dir(Place::Shelf(number).path(&self.root)).map_err(failed)? {
            let name = entry.map_err(failed)?.file_name();
            // A name that is not an object key is not ours.
            let key = name.to_str().and_then(|name| ObjectKey::parse(name).ok());
            keys.extend(key.filter(|key| after.is_none_or(|after| key > after)));
        }
        keys[start..].sort_unstable();
        Ok(())
    }
}

impl ObjectStore for LocalStore {
    fn short_bytes_max(&self) -> usize {
        0
    }

    fn put(
        &self,
        object: &ObjectKey,
        file: Vec<u8>,
        apart: Option<Apart>,
    ) -> Result<(), StoreError> {
        let mut writer =
            self.create(object, Expected { length: Some(file.len() as u64), apart })?;
        writer.append(&file)?;
        writer.commit()
    }

    fn create(
        &self,
        object: &ObjectKey,
        expected: Expected,
    ) -> Result<Box<dyn ObjectWriter>, StoreError> {
        self.require_write()?;
        let options = OpenOptions::new().write(true).create_new(true).mode(0o600).clone();
        let file = self.open_file(object, &options)?;
        lock_object(&file, object)?;
        let mut writer = LocalWriter::new(&self.root, object, file);
        match writer.set_room_aside(expected.length.unwrap_or(0)) {
            Ok(()) => Ok(Box::new(writer)),
            Err(error) => {
                // The object was not created. If the removal fails, an empty file without a row
                // stays.
                let _ = remove(&self.root, object);
                Err(error)
            }
        }
    }

    fn reopen(&self, object: &ObjectKey, state: &[u8]) -> Result<Reopened, StoreError> {
        self.require_write()?;
        let length = parked_length(state)?;
        let file = self.open_file(object, OpenOptions::new().write(true))?;
        lock_object(&file, object)?;
        let found = file
            .metadata()
            .map_err(|source| StoreError::from_io("inspect an object", source))?
            .len();
        if found > length {
            return Ok(Reopened::Torn);
        }
        if found < length {
            let what = "it is shorter than what was parked";
            return Err(StoreError::Corrupt { object: object.clone(), offset: found, what });
        }
        Ok(Reopened::Ready(Box::new(LocalWriter::reopened(&self.root, object, file, length))))
    }

    fn salvage(
        &self,
        object: &ObjectKey,
        _state: &[u8],
    ) -> Result<Box<dyn StoreReader>, StoreError> {
        self.open(object)
    }

    fn open(&self, object: &ObjectKey) -> Result<Box<dyn StoreReader>, StoreError> {
        let file = self.open_file(object, OpenOptions::new().read(true))?;
        Ok(Box::new(LocalReader::new(object, file)?))
    }

    fn is_used(&self, object: &ObjectKey) -> Result<bool, StoreError> {
        let found = Place::Object(object).path(&self.root).try_exists();
        found.map_err(|source| StoreError::from_io("look for an object", source))
    }

    fn delete(&self, object: &ObjectKey) -> Result<(), StoreError> {
        self.require_write()?;
        remove(&self.root, object)
    }

    fn list(&self, after: Option<&ObjectKey>, limit: usize) -> Result<Vec<ObjectKey>, StoreError> {
        let mut keys = Vec::new();
        for shelf in after.map_or(0, shelf_of)..SHELVES {
            if keys.len() >= limit {
                break;
            }
            self.list_shelf(shelf, after, &mut keys)?;
        }
        keys.truncate(limit);
        Ok(keys)
    }

    fn has_addresses(&self) -> bool {
        false
    }

    fn presigned(
        &self,
        _object: &ObjectKey,
        _now: Timestamp,
        _life: Duration,
    ) -> Result<Option<String>, StoreError> {
        Ok(None)
    }
}

/// The length of a parked object.
pub(super) fn parked_length(state: &[u8]) -> Result<u64, StoreError> {
    let length =
        state.try_into().map_err(|_| StoreError::BadParked("its store state is damaged"))?;
    Ok(u64::from_le_bytes(length))
}

fn lock_object(file: &File, object: &ObjectKey) -> Result<(), StoreError> {
    match flock(file, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => Ok(()),
        Err(rustix::io::Errno::WOULDBLOCK) => Err(StoreError::Busy(object.clone())),
        Err(source) => Err(StoreError::from_io("lock an object", source)),
    }
}

/// Makes the folders and their names durable, from the bottom up. A crash in between leaves some of
/// them; the next start makes the rest and syncs all.
fn make_folders(root: &Path) -> Result<(), StoreError> {
    let failed = |source| StoreError::from_io("make the folders of the data folder", source);
    let mut builder = DirBuilder::new();
    builder.recursive(true).mode(0o700);
    for shelf in 0..SHELVES {
        builder.create(Place::Shelf(shelf).path(root)).map_err(failed)?;
    }
    sync_folder(&Place::Objects.path(root))?;
    sync_folder(root)?;
    match root.canonicalize().map_err(failed)?.parent().map_or(Ok(()), sync_folder) {
        // A folder that we may not read is not one that we have just made.
        Err(StoreError::Io { source, .. }) if source.kind() == io::ErrorKind::PermissionDenied => {
            Ok(())
        }
        synced => synced,
    }
}
