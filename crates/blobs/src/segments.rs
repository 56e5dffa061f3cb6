use std::ops::Range;

use names::{ByteRange, ObjectKey};

use crate::buffer::BATCH_SEGMENTS;
use crate::format::{Codec, HEADER_BYTES_MAX, Layout, Place, SEGMENT_BYTES, TAG_BYTES};
use crate::{Protection, StoreError, StoreReader};

const SEGMENT: u64 = SEGMENT_BYTES as u64;

/// The segments of one file that hold a range of its content, a batch at a time.
#[derive(Debug)]
pub(crate) struct Segments {
    source: Box<dyn StoreReader>,
    codec: Codec,
    size: u64,
    wanted: Range<u64>,
    next: u64,
    end: u64,
}

/// Segments that are read together: their place in the file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stretch {
    first: u64,
    count: usize,
    pub(crate) at: u64,
    pub(crate) length: usize,
}

impl Segments {
    /// Over the object's file, which must be the one that was written, as far as that can be
    /// known without reading its content: right key, right header, right length.
    pub(crate) fn open(
        mut source: Box<dyn StoreReader>,
        object: &ObjectKey,
        protection: &Protection,
        range: ByteRange,
    ) -> Result<Self, StoreError> {
        let codec = read_header(source.as_mut(), object, protection)?;
        Self::over(source, codec, range)
    }

    /// The same, for callers that already have the keys.
    pub(crate) fn over(
        source: Box<dyn StoreReader>,
        codec: Codec,
        range: ByteRange,
    ) -> Result<Self, StoreError> {
        let size = range.total();
        if source.length() != codec.layout().file_bytes(size) {
            return Err(codec.corrupt(source.length(), "its length is not what was written"));
        }
        // Reading to the end includes the last segment, even if it is empty: it is the proof that
        // this is the end.
        let end = if range.end() == size {
            Layout::segment_of(size) + 1
        } else {
            range.end().div_ceil(SEGMENT)
        };
        let next = Layout::segment_of(range.start());
        Ok(Self { source, codec, size, wanted: range.start()..range.end(), next, end })
    }

    /// Over the full segments of an upload that was parked at `offset`.
    pub(crate) fn prefix(
        source: Box<dyn StoreReader>,
        codec: Codec,
        offset: u64,
    ) -> Result<Self, StoreError> {
        let end = Layout::segment_of(offset);
        if source.length() < codec.layout().segment_at(end) {
            return Err(codec.corrupt(source.length(), "it is shorter than what was parked"));
        }
        Ok(Self { source, codec, size: offset, wanted: 0..end * SEGMENT, next: 0, end })
    }

    /// How much content is left.
    pub(crate) fn remaining(&self) -> u64 {
        self.wanted.end - self.wanted.start.max(self.next * SEGMENT).min(self.wanted.end)
    }

    /// The next stretch to read; `None` at the end.
    pub(crate) fn stretch(&self) -> Option<Stretch> {
        let left = self.end - self.next;
        let mut count = left.min(BATCH_SEGMENTS as u64);
        if left == count + 1 && Layout::content_in(self.next + count, self.size) == 0 {
            count = left;
        }
        let last = (self.next + count).checked_sub(1).filter(|_| count > 0)?;
        let (layout, tag_bytes) = (self.codec.layout(), self.codec.suite().tag_bytes());
        let at = layout.segment_at(self.next);
        let inner = usize::try_from(layout.segment_at(last) - at).expect("a batch's length");
        let length = inner + Layout::content_in(last, self.size) + tag_bytes;
        let count = usize::try_from(count).expect("a batch's segments");
        Some(Stretch { first: self.next, count, at, length })
    }

    /// The file.
    pub(crate) fn source(&mut self) -> &mut dyn StoreReader {
        self.source.as_mut()
    }

    /// Opens, in place, the stretch in `buffer`, and moves on to the next one.
    pub(crate) fn unseal(&mut self, stretch: Stretch, buffer: &mut [u8]) -> Result<(), StoreError> {
        let tag_bytes = self.codec.suite().tag_bytes();
        let mut rest = &mut buffer[..stretch.length];
        for index in (stretch.first..).take(stretch.count) {
            let length = Layout::content_in(index, self.size) + tag_bytes;
            let (segment, behind) = rest.split_at_mut(length);
            let last = index == Layout::segment_of(self.size);
            let place = if last { Place::Last } else { Place::Inner };
            if !self.codec.cipher().open_segment(index, place, segment) {
                let at = self.codec.layout().segment_at(index);
                return Err(self.codec.corrupt(at, "a segment is not what was written"));
            }
            rest = behind;
        }
        self.next += stretch.count as u64;
        Ok(())
    }

    /// The place of the wanted content in the buffer of an opened stretch.
    pub(crate) fn pieces(&self, stretch: Stretch) -> impl Iterator<Item = Range<usize>> + use<> {
        let (size, wanted) = (self.size, self.wanted.clone());
        let tag_bytes = self.codec.suite().tag_bytes();
        // Without tags in between, a stretch is one piece.
        let together = if tag_bytes == 0 { stretch.count } else { 1 };
        (0..stretch.count).step_by(together).filter_map(move |index| {
            let start = (stretch.first + index as u64) * SEGMENT;
            let end = (start + together as u64 * SEGMENT).min(size);
            let (from, to) = (start.max(wanted.start), end.min(wanted.end));
            let at = (index * (SEGMENT_BYTES + tag_bytes)) as u64;
            let place = |offset: u64| usize::try_from(at + offset - start).expect("in a batch");
            (from < to).then(|| place(from)..place(to))
        })
    }

    /// Reads the next stretch, waiting for it, and hands its pieces to `each`. False at the end.
    pub(crate) fn read_next(
        &mut self,
        buffer: &mut [u8],
        mut each: impl FnMut(&[u8]) -> Result<(), StoreError>,
    ) -> Result<bool, StoreError> {
        let Some(stretch) = self.stretch() else { return Ok(false) };
        self.source.read_at(stretch.at, &mut buffer[..stretch.length])?;
        self.unseal(stretch, buffer)?;
        for piece in self.pieces(stretch) {
            each(&buffer[piece])?;
        }
        Ok(true)
    }
}

const _: () = assert!(SEGMENT_BYTES > TAG_BYTES, "five segments fit only if the fifth is empty");

/// Reads the header of an object's file and derives its keys.
pub(crate) fn read_header(
    source: &mut dyn StoreReader,
    object: &ObjectKey,
    protection: &Protection,
) -> Result<Codec, StoreError> {
    let mut header = [0; HEADER_BYTES_MAX];
    let header = read_start(source, &mut header)?;
    Codec::recognise(header, object, protection).map_err(|what| StoreError::Corrupt {
        object: object.clone(),
        offset: 0,
        what,
    })
}

/// Fills `start` with the file's first bytes, as many as there are.
pub(crate) fn read_start<'a>(
    source: &mut dyn StoreReader,
    start: &'a mut [u8],
) -> Result<&'a [u8], StoreError> {
    let length = usize::try_from(source.length()).unwrap_or(usize::MAX).min(start.len());
    source.read_at(0, &mut start[..length])?;
    Ok(&start[..length])
}
