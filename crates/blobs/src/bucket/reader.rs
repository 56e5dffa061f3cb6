use std::ops::Range;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::FutureExt as _;
use names::ObjectKey;
use object_store::path::Path;

use super::key::Place;
use super::service::{Denied, Found, Running, SharedService};
use crate::{StoreError, StoreReader};

/// How much of an object is read with its metadata: all of a small one, in one request.
pub(super) const FIRST_READ_BYTES: u64 = 256 << 10;

/// The longest read. At most two are in memory; at 30 ms for a request that is 130 MB/s.
const READ_BYTES_MAX: u64 = 4 << 20;

/// The end of a file that is not in its object.
#[derive(Debug)]
pub(super) enum Back {
    /// It is here, perhaps nothing.
    Here(Bytes),
    /// It is a separate object of this length.
    Beside { length: u64 },
}

/// Bytes of a file that are an object of the store.
#[derive(Debug)]
pub(super) struct Extent {
    pub(super) path: Path,
    pub(super) length: u64,
}

/// Reads one file: the bytes before its extents, the extents, and the bytes after them.
#[derive(Debug)]
pub(super) struct BucketReader {
    service: SharedService,
    object: ObjectKey,
    front: Bytes,
    extents: Vec<Extent>,
    /// Of all extents.
    size: u64,
    back: Back,
    /// Bytes of the extents in memory, and where they start.
    window: (u64, Bytes),
    /// Bytes that are being read because the window's are likely followed by them.
    ahead: Option<Ahead>,
    /// How long the next read ahead is.
    step: u64,
}

#[derive(Debug)]
struct Ahead {
    range: Range<u64>,
    running: Running<Result<Found, Denied>>,
}

/// Whether a read may wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Waiting {
    Allowed,
    Forbidden,
}

impl BucketReader {
    pub(super) fn new(
        service: &SharedService,
        object: &ObjectKey,
        front: Bytes,
        extents: Vec<Extent>,
        back: Back,
        start: Bytes,
    ) -> Self {
        let (service, object) = (Arc::clone(service), object.clone());
        let (window, step) = ((0, start), FIRST_READ_BYTES * 2);
        let size = extents.iter().map(|extent| extent.length).sum();
        Self { service, object, front, extents, size, back, window, ahead: None, step }
    }

    /// Reads some bytes at `offset` of the file: at least one, unless it would have to wait and may
    /// not.
    fn read_some(
        &mut self,
        offset: u64,
        into: &mut [u8],
        waiting: Waiting,
    ) -> Result<usize, StoreError> {
        let front = self.front.len() as u64;
        if let Some(count) = copy_from(&self.front, offset, into) {
            return Ok(count);
        }
        let offset = offset - front;
        if offset < self.size {
            let room = usize::try_from(self.size - offset).unwrap_or(usize::MAX).min(into.len());
            return self.read_object(offset, &mut into[..room], waiting);
        }
        if let Back::Beside { .. } = self.back {
            if waiting == Waiting::Forbidden {
                return Ok(0);
            }
            self.fetch_back()?;
        }
        let Back::Here(back) = &self.back else { return Ok(0) };
        copy_from(back, offset - self.size, into).ok_or_else(|| self.ends_early(offset + front))
    }

    fn read_object(
        &mut self,
        offset: u64,
        into: &mut [u8],
        waiting: Waiting,
    ) -> Result<usize, StoreError> {
        let in_window = |(start, bytes): &(u64, Bytes)| {
            offset.checked_sub(*start).filter(|at| *at < bytes.len() as u64)
        };
        if in_window(&self.window).is_none() {
            let is_ahead = self.ahead.as_ref().is_some_and(|ahead| ahead.range.contains(&offset));
            let finished = self.ahead.as_ref().is_some_and(|ahead| ahead.running.is_finished());
            match (is_ahead, waiting) {
                (true, _) if finished => self.take_ahead()?,
                (_, Waiting::Forbidden) => return Ok(0),
                (true, Waiting::Allowed) => self.take_ahead()?,
                (false, Waiting::Allowed) => self.seek(offset, into.len() as u64)?,
            }
        }
        let at = in_window(&self.window).ok_or_else(|| self.ends_early(offset))?;
        copy_from(&self.window.1, at, into).ok_or_else(|| self.ends_early(offset))
    }

    /// Makes the bytes that were read ahead the window, and reads further ahead.
    fn take_ahead(&mut self) -> Result<(), StoreError> {
        let Some(Ahead { range, running }) = self.ahead.take() else { return Ok(()) };
        let found = if running.is_finished() {
            running.finish().now_or_never().unwrap_or(Err(StoreError::Failed))?
        } else {
            self.service.wait(running.finish())?
        };
        let found = found.map_err(|denied| denied.about(&self.object))?;
        self.window = (range.start, found.bytes);
        self.read_ahead();
        Ok(())
    }

    /// Reads at another place. A reader that continues where the window ended is likely to
    /// continue.
    fn seek(&mut self, offset: u64, wanted: u64) -> Result<(), StoreError> {
        let goes_on = offset == self.window.0 + self.window.1.len() as u64;
        self.ahead = None;
        let length = wanted.clamp(FIRST_READ_BYTES, READ_BYTES_MAX);
        let (path, within) = self.place(offset, length).ok_or_else(|| self.ends_early(offset))?;
        let found = self.service.wait(self.service.read(&path, within));
        self.window = (offset, found.map_err(|denied| denied.about(&self.object))?.bytes);
        if goes_on {
            self.read_ahead();
        }
        Ok(())
    }

    fn read_ahead(&mut self) {
        let start = self.window.0 + self.window.1.len() as u64;
        if self.window.1.is_empty() {
            return;
        }
        let Some((path, within)) = self.place(start, self.step) else { return };
        self.step = (self.step * 2).min(READ_BYTES_MAX);
        let range = start..start + (within.end - within.start);
        let service = Arc::clone(&self.service);
        let running = self.service.start(async move { service.read(&path, within).await });
        self.ahead = Some(Ahead { range, running });
    }

    /// The place of the bytes from `offset` on: `length` of them, or up to the end of their extent.
    fn place(&self, offset: u64, length: u64) -> Option<(Path, Range<u64>)> {
        let mut start = offset;
        for extent in &self.extents {
            if start < extent.length {
                let end = extent.length.min(start + length);
                return Some((extent.path.clone(), start..end));
            }
            start -= extent.length;
        }
        None
    }

    fn fetch_back(&mut self) -> Result<(), StoreError> {
        let Back::Beside { length } = self.back else { return Ok(()) };
        let path = self.service.path(Place::End(&self.object));
        let found = self.service.wait(self.service.read(&path, 0..length.max(1)));
        let corrupt =
            |what| StoreError::Corrupt { object: self.object.clone(), offset: self.size, what };
        match found {
            Ok(found) if found.size == length => {
                self.back = Back::Here(found.bytes);
                Ok(())
            }
            Ok(_) => Err(corrupt("its end is not what was written")),
            Err(Denied::NotFound) => Err(corrupt("its end is not there")),
            Err(other) => Err(other.about(&self.object)),
        }
    }

    fn ends_early(&self, offset: u64) -> StoreError {
        let what = "its file ends too early";
        StoreError::Corrupt { object: self.object.clone(), offset, what }
    }
}

impl StoreReader for BucketReader {
    fn length(&self) -> u64 {
        let back = match &self.back {
            Back::Here(bytes) => bytes.len() as u64,
            Back::Beside { length } => *length,
        };
        self.front.len() as u64 + self.size + back
    }

    fn read_ready(&mut self, offset: u64, into: &mut [u8]) -> Result<usize, StoreError> {
        let mut filled = 0;
        while filled < into.len() && offset + (filled as u64) < self.length() {
            let at = offset + filled as u64;
            match self.read_some(at, &mut into[filled..], Waiting::Forbidden)? {
                0 => break,
                count => filled += count,
            }
        }
        Ok(filled)
    }

    fn read_at(&mut self, offset: u64, into: &mut [u8]) -> Result<(), StoreError> {
        if offset.checked_add(into.len() as u64).is_none_or(|end| end > self.length()) {
            return Err(self.ends_early(offset));
        }
        let mut filled = 0;
        while filled < into.len() {
            let at = offset + filled as u64;
            filled += self.read_some(at, &mut into[filled..], Waiting::Allowed)?;
        }
        Ok(())
    }
}

/// Copies the bytes at `offset`; `None` if `bytes` ends before it.
fn copy_from(bytes: &Bytes, offset: u64, into: &mut [u8]) -> Option<usize> {
    let at = usize::try_from(offset).ok().filter(|at| *at < bytes.len())?;
    let count = into.len().min(bytes.len() - at);
    into[..count].copy_from_slice(&bytes[at..at + count]);
    Some(count)
}
