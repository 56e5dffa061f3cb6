//! The directory of a zip archive, and its entries. Everything is checked against the bytes that
//! are there; nothing is taken before.

use std::borrow::Cow;
use std::fmt;
use std::io::Read as _;

use flate2::read::DeflateDecoder;

/// The end of the directory, and the longest comment after it.
const END_BYTES: usize = 22;
const COMMENT_BYTES_MAX: usize = 0xffff;
const END: &[u8] = b"PK\x05\x06";
const END_64: &[u8] = b"PK\x06\x06";
const LOCATOR_64: &[u8] = b"PK\x06\x07";
const LOCATOR_64_BYTES: usize = 20;
const DIRECTORY_ENTRY: &[u8] = b"PK\x01\x02";
const LOCAL_ENTRY: &[u8] = b"PK\x03\x04";
const STORED: u16 = 0;
const DEFLATED: u16 = 8;

/// Why an archive, or an entry, cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ZipError {
    NotAnArchive,
    Malformed(&'static str),
    Unsupported(&'static str),
    TooManyEntries,
    TooManyBytes,
}

impl fmt::Display for ZipError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotAnArchive => "not a zip archive",
            Self::Malformed(what) | Self::Unsupported(what) => what,
            Self::TooManyEntries => "too many entries",
            Self::TooManyBytes => "too many bytes",
        })
    }
}

pub(crate) struct Zip<'a> {
    content: &'a [u8],
    /// Bytes before the archive, such as the script of one that runs by itself.
    start: usize,
    pub(crate) entries: Vec<ZipEntry<'a>>,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct ZipEntry<'a> {
    pub(crate) name: &'a [u8],
    method: u16,
    is_encrypted: bool,
    packed: u64,
    offset: u64,
}

/// Where the directory is.
struct Directory {
    /// Where it ends.
    end: usize,
    bytes: u64,
    offset: u64,
}

impl<'a> Zip<'a> {
    pub(crate) fn parse(content: &'a [u8], entries_max: usize) -> Result<Self, ZipError> {
        const CUT: ZipError = ZipError::Malformed("the directory is cut");
        let Directory { end, bytes, offset } = directory(content)?;
        let begin = usize::try_from(bytes).ok().and_then(|bytes| end.checked_sub(bytes));
        let begin = begin.ok_or(CUT)?;
        let start = usize::try_from(offset).ok().and_then(|offset| begin.checked_sub(offset));
        let mut rest = &content[begin..end];
        let mut entries = Vec::new();
        while rest.starts_with(DIRECTORY_ENTRY) {
            if entries.len() == entries_max {
                return Err(ZipError::TooManyEntries);
            }
            let (entry, length) = directory_entry(rest).ok_or(CUT)?;
            entries.push(entry);
            rest = &rest[length..];
        }
        Ok(Self { content, start: start.ok_or(CUT)?, entries })
    }

    /// The content of an entry, of at most `bytes_max`.
    pub(crate) fn open(
        &self,
        entry: &ZipEntry<'_>,
        bytes_max: u64,
    ) -> Result<Cow<'a, [u8]>, ZipError> {
        const CUT: ZipError = ZipError::Malformed("an entry is cut");
        if entry.is_encrypted {
            return Err(ZipError::Unsupported("an encrypted entry"));
        }
        let at = usize::try_from(entry.offset).ok().and_then(|at| at.checked_add(self.start));
        let local = at.and_then(|at| self.content.get(at..)).ok_or(CUT)?;
        let header = local.get(..30).filter(|header| header.starts_with(LOCAL_ENTRY));
        let header = header.ok_or(CUT)?;
        let skipped = 30 + usize::from(u16_at(header, 26)) + usize::from(u16_at(header, 28));
        let packed = usize::try_from(entry.packed).map_err(|_| CUT)?;
        let packed = local.get(skipped..).and_then(|rest| rest.get(..packed)).ok_or(CUT)?;
        match entry.method {
            STORED if packed.len() as u64 <= bytes_max => Ok(Cow::Borrowed(packed)),
            STORED => Err(ZipError::TooManyBytes),
            DEFLATED => inflate(packed, bytes_max).map(Cow::Owned),
            _ => Err(ZipError::Unsupported("an entry of an unknown compression")),
        }
    }
}

fn inflate(packed: &[u8], bytes_max: u64) -> Result<Vec<u8>, ZipError> {
    let mut content = Vec::new();
    let mut inflated = DeflateDecoder::new(packed).take(bytes_max.saturating_add(1));
    match inflated.read_to_end(&mut content) {
        Ok(_) if content.len() as u64 <= bytes_max => Ok(content),
        Ok(_) => Err(ZipError::TooManyBytes),
        Err(_) => Err(ZipError::Malformed("an entry does not inflate")),
    }
}

/// Finds the directory from the end of the archive.
fn directory(content: &[u8]) -> Result<Directory, ZipError> {
    let last = content.len().checked_sub(END_BYTES).ok_or(ZipError::NotAnArchive)?;
    let first = last.saturating_sub(COMMENT_BYTES_MAX);
    let found = (first..=last).rev().find(|at| content[*at..].starts_with(END));
    let at = found.ok_or(ZipError::NotAnArchive)?;
    let end = &content[at..];
    let (bytes, offset) = (u32_at(end, 12), u32_at(end, 16));
    if bytes != u32::MAX && offset != u32::MAX && u16_at(end, 10) != u16::MAX {
        return Ok(Directory { end: at, bytes: bytes.into(), offset: offset.into() });
    }
    let directory = directory_64(content, at);
    directory.ok_or(ZipError::Malformed("the directory of a large archive is cut"))
}

fn directory_64(content: &[u8], end: usize) -> Option<Directory> {
    let locator = content.get(end.checked_sub(LOCATOR_64_BYTES)?..end)?;
    if !locator.starts_with(LOCATOR_64) {
        // 65535 entries or 4 GiB, exactly.
        let bytes = u32_at(&content[end..], 12).into();
        return Some(Directory { end, bytes, offset: u32_at(&content[end..], 16).into() });
    }
    let at = usize::try_from(u64_at(locator, 8)).ok()?;
    let record = content.get(at..)?.get(..56).filter(|record| record.starts_with(END_64))?;
    Some(Directory { end: at, bytes: u64_at(record, 40), offset: u64_at(record, 48) })
}

/// The entry at the start of `rest`, and its length.
fn directory_entry(rest: &[u8]) -> Option<(ZipEntry<'_>, usize)> {
    let header = rest.get(..46)?;
    let (name, extra, comment) = (u16_at(header, 28), u16_at(header, 30), u16_at(header, 32));
    let name_end = 46 + usize::from(name);
    let extra_end = name_end + usize::from(extra);
    let length = extra_end + usize::from(comment);
    let mut entry = ZipEntry {
        name: rest.get(46..name_end)?,
        method: u16_at(header, 10),
        is_encrypted: u16_at(header, 8) & 1 != 0,
        packed: u32_at(header, 20).into(),
        offset: u32_at(header, 42).into(),
    };
    let is_large = u32_at(header, 24) == u32::MAX;
    entry.read_large(rest.get(name_end..extra_end)?, is_large);
    rest.get(..length)?;
    Some((entry, length))
}

impl ZipEntry<'_> {
    /// Sizes and offsets over 4 GiB are in an extra field, those that need to be.
    fn read_large(&mut self, mut extra: &[u8], has_large_size: bool) {
        while let Some((header, rest)) = extra.split_at_checked(4) {
            let Some((field, rest)) = rest.split_at_checked(u16_at(header, 2).into()) else {
                return;
            };
            extra = rest;
            if u16_at(header, 0) != 1 {
                continue;
            }
            let mut numbers = field.chunks_exact(8).map(|chunk| u64_at(chunk, 0));
            if has_large_size {
                numbers.next();
            }
            for place in [&mut self.packed, &mut self.offset] {
                if *place == u64::from(u32::MAX) {
                    *place = numbers.next().unwrap_or(*place);
                }
            }
        }
    }
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes(bytes[at..at + 2].try_into().expect("two bytes"))
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(bytes[at..at + 4].try_into().expect("four bytes"))
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    u64::from_le_bytes(bytes[at..at + 8].try_into().expect("eight bytes"))
}
