use std::fs::File;
use std::io::{self, IoSliceMut};
use std::os::unix::fs::FileExt;

use names::ObjectKey;
use rustix::fs::{Advice, fadvise};
use rustix::io::{Errno, ReadWriteFlags, preadv2};

use crate::{StoreError, StoreReader};

/// Below this, telling the kernel how the file will be read costs more than it gains.
const ADVICE_BYTES_MIN: u64 = 1 << 20;

/// Reads one object's file.
#[derive(Debug)]
pub(super) struct LocalReader {
    object: ObjectKey,
    file: File,
    length: u64,
    /// Whether the file system can read without blocking.
    ready_reads: bool,
}

impl LocalReader {
    pub(super) fn new(object: &ObjectKey, file: File) -> Result<Self, StoreError> {
        let metadata = file.metadata();
        let length =
            metadata.map_err(|source| StoreError::from_io("inspect an object", source))?.len();
        if length >= ADVICE_BYTES_MIN {
            // This is only a hint: if it fails, reading is slower but correct.
            let _ = fadvise(&file, 0, None, Advice::Sequential);
        }
        Ok(Self { object: object.clone(), file, length, ready_reads: true })
    }
}

impl StoreReader for LocalReader {
    fn length(&self) -> u64 {
        self.length
    }

    fn read_ready(&mut self, offset: u64, into: &mut [u8]) -> Result<usize, StoreError> {
        if !self.ready_reads {
            return Ok(0);
        }
        let mut into = [IoSliceMut::new(into)];
        match preadv2(&self.file, &mut into, offset, ReadWriteFlags::NOWAIT) {
            Ok(count) => Ok(count),
            Err(Errno::AGAIN | Errno::INTR) => Ok(0),
            Err(Errno::OPNOTSUPP | Errno::NOSYS | Errno::INVAL) => {
                self.ready_reads = false;
                Ok(0)
            }
            Err(source) => Err(StoreError::from_io("read an object", source)),
        }
    }

    fn read_at(&mut self, offset: u64, into: &mut [u8]) -> Result<(), StoreError> {
        self.file.read_exact_at(into, offset).map_err(|source| match source.kind() {
            io::ErrorKind::UnexpectedEof => {
                let what = "its file ends too early";
                StoreError::Corrupt { object: self.object.clone(), offset, what }
            }
            _ => StoreError::from_io("read an object", source),
        })
    }
}
