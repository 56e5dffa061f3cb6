use std::fs::File;
use std::io;
use std::os::unix::fs::{FileExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;

use names::ObjectKey;
use rustix::fs::{FallocateFlags, fallocate, fdatasync, fstatvfs, ftruncate};
use rustix::io::Errno;

use super::key::Place;
use super::names::{remove, sync_folder};
use crate::{ObjectWriter, StoreError, StoreState};

/// From here on, setting room aside is worth its system call.
const ROOM_BYTES_MIN: u64 = 8 << 20;

/// How much is written before the disk is set to work on it: the last sync then finds little left.
const WRITE_BACK_BYTES: u64 = 32 << 20;

/// How much space objects leave free. Rows are usually on the same disk, and without space for rows
/// nothing could be deleted: a completely full disk would stay full.
const LEFT_FREE_BYTES: u64 = 32 << 20;

/// Writes one object's file. Holds the lock on it.
#[derive(Debug)]
pub(super) struct LocalWriter {
    root: PathBuf,
    object: ObjectKey,
    file: Arc<File>,
    length: u64,
    /// How much space has been reserved on the disk.
    room: u64,
    /// How much was written since the disk was last set to work.
    fresh: u64,
    write_back: Option<JoinHandle<Result<(), Errno>>>,
    /// Is the file's name durable?
    named: bool,
    failed: bool,
}

impl LocalWriter {
    pub(super) fn new(root: &Path, object: &ObjectKey, file: File) -> Self {
        let named = Self::reopened(root, object, file, 0);
        Self { named: false, ..named }
    }

    /// For a file that was parked, so its name is durable.
    pub(super) fn reopened(root: &Path, object: &ObjectKey, file: File, length: u64) -> Self {
        Self {
            root: root.to_owned(),
            object: object.clone(),
            file: Arc::new(file),
            length,
            room: 0,
            fresh: 0,
            write_back: None,
            named: true,
            failed: false,
        }
    }

    /// Reserves space on the disk, contiguous if possible, or learns now that there is none.
    pub(super) fn set_room_aside(&mut self, length: u64) -> Result<(), StoreError> {
        if length < ROOM_BYTES_MIN {
            return Ok(());
        }
        self.require_room(length)?;
        match fallocate(&*self.file, FallocateFlags::KEEP_SIZE, 0, length) {
            Ok(()) => {
                self.room = length;
                Ok(())
            }
            // Some file systems cannot reserve; then each write allocates.
            Err(Errno::OPNOTSUPP | Errno::NOSYS) => Ok(()),
            Err(source) => self.fail("set room aside for an object", source),
        }
    }

    /// Refuses to use the last free space of the disk.
    fn require_room(&mut self, length: u64) -> Result<(), StoreError> {
        // If the free space is unknown, the write itself finds out.
        let Ok(disk) = fstatvfs(&*self.file) else { return Ok(()) };
        if disk.f_bavail.saturating_mul(disk.f_frsize) >= length.saturating_add(LEFT_FREE_BYTES) {
            return Ok(());
        }
        self.failed = true;
        Err(StoreError::Full)
    }

    /// Ends the writer for good.
    fn fail<T>(
        &mut self,
        doing: &'static str,
        source: impl Into<io::Error>,
    ) -> Result<T, StoreError> {
        self.failed = true;
        Err(StoreError::from_io(doing, source))
    }

    /// Starts a sync of the written bytes on another thread, unless one is running.
    fn start_write_back(&mut self) -> Result<(), StoreError> {
        if self.write_back.as_ref().is_some_and(|running| !running.is_finished()) {
            return Ok(());
        }
        self.finish_write_back()?;
        let file = Arc::clone(&self.file);
        let started = std::thread::Builder::new()
            .name("write-back".to_owned())
            .spawn(move || fdatasync(&*file));
        match started {
            Ok(running) => {
                self.write_back = Some(running);
                self.fresh = 0;
                Ok(())
            }
            // If no thread can be started, the last sync does all the work.
            Err(_) => Ok(()),
        }
    }

    /// Waits for the other thread. The kernel reports an error of a file once, and may have
    /// reported it there.
    fn finish_write_back(&mut self) -> Result<(), StoreError> {
        let Some(running) = self.write_back.take() else { return Ok(()) };
        match running.join().expect("a sync does not panic") {
            Ok(()) => Ok(()),
            Err(source) => self.fail("sync an object", source),
        }
    }

    /// First the bytes, then the name.
    fn sync(&mut self) -> Result<(), StoreError> {
        if self.failed {
            return Err(StoreError::Failed);
        }
        self.finish_write_back()?;
        if let Err(source) = fdatasync(&*self.file) {
            return self.fail("sync an object", source);
        }
        if !self.named {
            sync_folder(&Place::ShelfOf(&self.object).path(&self.root))
                .inspect_err(|_| self.failed = true)?;
            self.named = true;
        }
        Ok(())
    }
}

impl ObjectWriter for LocalWriter {
    fn append(&mut self, bytes: &[u8]) -> Result<(), StoreError> {
        if self.failed {
            return Err(StoreError::Failed);
        }
        let length = self.length + bytes.len() as u64;
        if length > self.room {
            self.require_room(bytes.len() as u64)?;
        }
        if let Err(source) = self.file.write_all_at(bytes, self.length) {
            return self.fail("write an object", source);
        }
        self.length = length;
        self.fresh += bytes.len() as u64;
        if self.fresh >= WRITE_BACK_BYTES { self.start_write_back() } else { Ok(()) }
    }

    fn park(mut self: Box<Self>) -> Result<StoreState, StoreError> {
        self.sync()?;
        Ok(self.length.to_le_bytes().to_vec())
    }

    fn commit(mut self: Box<Self>) -> Result<(), StoreError> {
        if self.room > self.length {
            // Releases space that was reserved and not used.
            if let Err(source) = ftruncate(&*self.file, self.length) {
                return self.fail("give back room", source);
            }
        }
        self.sync()?;
        let metadata = self.file.metadata();
        match metadata.map_err(|source| StoreError::from_io("inspect an object", source))?.nlink() {
            // Deleted while it was written: there is nothing to give a receipt for.
            0 => Err(StoreError::NotFound(self.object.clone())),
            _ => Ok(()),
        }
    }

    fn discard(self: Box<Self>) -> Result<(), StoreError> {
        remove(&self.root, &self.object)
    }
}
