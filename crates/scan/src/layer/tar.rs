//! The entries of a tar archive, read as Go's `archive/tar` reads them: that is what unpacks the
//! layer on the nodes, and what it does not see is not in the image.

use std::io::{self, Read};

const BLOCK_BYTES: usize = 512;
/// Go's limit for a header of extended attributes or a long name.
const SPECIAL_BYTES_MAX: u64 = 1024 * 1024;
/// What is skipped at once.
const SCRATCH_BYTES: usize = 64 * 1024;

#[derive(Debug)]
pub(crate) enum TarError {
    /// The stream failed, or its decompression.
    Io(io::Error),
    /// The first block is no header.
    NotAnArchive,
    CutShort,
    Malformed(&'static str),
}

impl From<io::Error> for TarError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EntryKind {
    File,
    /// A file with holes, whose content is not what the archive holds.
    Sparse,
    HardLink,
    Symlink,
    /// A folder, a device, a pipe.
    Other,
}

#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) name: Vec<u8>,
    pub(crate) target: Vec<u8>,
    pub(crate) kind: EntryKind,
    pub(crate) size: u64,
    pub(crate) is_executable: bool,
}

/// Headers that precede an entry and say more of it.
#[derive(Default)]
struct Extended {
    name: Option<Vec<u8>>,
    target: Option<Vec<u8>>,
    size: Option<u64>,
    is_sparse: bool,
}

pub(crate) struct Tar<R> {
    source: R,
    /// Bytes of the entry that were not read yet.
    content_left: u64,
    padding: u64,
    has_begun: bool,
    scratch: Vec<u8>,
}

impl<R: Read> Tar<R> {
    pub(crate) fn new(source: R) -> Self {
        let scratch = vec![0; SCRATCH_BYTES];
        Self { source, content_left: 0, padding: 0, has_begun: false, scratch }
    }

    pub(crate) fn source(&self) -> &R {
        &self.source
    }

    /// The next entry; what was not read of the last one is skipped.
    pub(crate) fn next(&mut self) -> Result<Option<Entry>, TarError> {
        let mut extended = Extended::default();
        loop {
            self.skip(self.content_left.saturating_add(self.padding))?;
            (self.content_left, self.padding) = (0, 0);
            let Some(block) = self.header()? else { return Ok(None) };
            let type_flag = block[156];
            self.set_content(number(&block[124..136])?);
            match type_flag {
                b'x' => self.special()?.read_pax(&mut extended)?,
                b'L' => extended.name = Some(self.special()?.text()),
                b'K' => extended.target = Some(self.special()?.text()),
                // Applies to all entries, and Go ignores it too.
                b'g' => drop(self.special()?),
                _ => return self.entry(&block, extended).map(Some),
            }
        }
    }

    /// What is left of the content of the entry.
    pub(crate) fn content_left(&self) -> u64 {
        self.content_left
    }

    /// Adds the whole content of the entry to `into`.
    pub(crate) fn read_content(&mut self, into: &mut Vec<u8>) -> Result<(), TarError> {
        let wanted = self.content_left;
        let got = (&mut self.source).take(wanted).read_to_end(into)? as u64;
        self.content_left -= got;
        if got == wanted { Ok(()) } else { Err(TarError::CutShort) }
    }

    /// Adds the first bytes of the content, at most `count`, to `into`.
    pub(crate) fn read_start(&mut self, count: u64, into: &mut Vec<u8>) -> Result<(), TarError> {
        let wanted = self.content_left.min(count);
        let got = (&mut self.source).take(wanted).read_to_end(into)? as u64;
        self.content_left -= got;
        if got == wanted { Ok(()) } else { Err(TarError::CutShort) }
    }

    fn entry(&mut self, block: &[u8; BLOCK_BYTES], extended: Extended) -> Result<Entry, TarError> {
        let name = extended.name.unwrap_or_else(|| name_of(block));
        let target = extended.target.unwrap_or_else(|| until_nul(&block[157..257]).to_vec());
        let kind = match block[156] {
            _ if extended.is_sparse => EntryKind::Sparse,
            b'0' | 0 if name.ends_with(b"/") => EntryKind::Other,
            b'0' | 0 | b'7' => EntryKind::File,
            b'1' => EntryKind::HardLink,
            b'2' => EntryKind::Symlink,
            b'S' => EntryKind::Sparse,
            _ => EntryKind::Other,
        };
        if let Some(size) = extended.size {
            self.set_content(size);
        }
        // Links, devices, folders and pipes have no content, whatever their size says.
        if matches!(block[156], b'1'..=b'6') {
            self.set_content(0);
        }
        if block[156] == b'S' {
            self.skip_sparse_map(block)?;
        }
        let is_executable = number(&block[100..108]).is_ok_and(|mode| mode & 0o111 != 0);
        Ok(Entry { name, target, kind, size: self.content_left, is_executable })
    }

    /// The next header, its sum checked. Two blocks of zeros end an archive, and so does the end of
    /// the stream between two entries.
    fn header(&mut self) -> Result<Option<[u8; BLOCK_BYTES]>, TarError> {
        let Some(block) = self.block()? else { return Ok(None) };
        let is_first = !std::mem::replace(&mut self.has_begun, true);
        if block.iter().all(|byte| *byte == 0) {
            return match self.block()? {
                Some(second) if second.iter().any(|byte| *byte != 0) => {
                    Err(TarError::Malformed("a block of zeros between entries"))
                }
                Some(_) | None => Ok(None),
            };
        }
        if has_its_sum(&block) {
            Ok(Some(block))
        } else if is_first {
            Err(TarError::NotAnArchive)
        } else {
            Err(TarError::Malformed("a header with a wrong sum"))
        }
    }

    /// A block; `None` at the end of the stream.
    fn block(&mut self) -> Result<Option<[u8; BLOCK_BYTES]>, TarError> {
        let mut block = [0; BLOCK_BYTES];
        let mut got = 0;
        while got < BLOCK_BYTES {
            match self.source.read(&mut block[got..]) {
                Ok(0) if got == 0 => return Ok(None),
                Ok(0) if !self.has_begun => return Err(TarError::NotAnArchive),
                Ok(0) => return Err(TarError::CutShort),
                Ok(count) => got += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(Some(block))
    }

    fn set_content(&mut self, size: u64) {
        self.content_left = size;
        self.padding = size.wrapping_neg() % BLOCK_BYTES as u64;
    }

    fn skip(&mut self, mut count: u64) -> Result<(), TarError> {
        while count > 0 {
            let step = usize::try_from(count).unwrap_or(usize::MAX).min(SCRATCH_BYTES);
            match self.source.read(&mut self.scratch[..step]) {
                Ok(0) => return Err(TarError::CutShort),
                Ok(got) => count -= got as u64,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    fn special(&mut self) -> Result<Special, TarError> {
        if self.content_left > SPECIAL_BYTES_MAX {
            return Err(TarError::Malformed("an extended header that is too long"));
        }
        let mut content = Vec::new();
        self.read_content(&mut content)?;
        Ok(Special(content))
    }

    /// The map of an old sparse file goes on in further blocks before the content.
    fn skip_sparse_map(&mut self, block: &[u8; BLOCK_BYTES]) -> Result<(), TarError> {
        let mut goes_on = block[482] != 0;
        while goes_on {
            goes_on = self.block()?.ok_or(TarError::CutShort)?[504] != 0;
        }
        Ok(())
    }
}

/// The content of an entry that describes the next one.
struct Special(Vec<u8>);

impl Special {
    fn text(self) -> Vec<u8> {
        until_nul(&self.0).to_vec()
    }

    /// Lines `LENGTH KEY=VALUE`, in which the length counts the whole line.
    fn read_pax(self, extended: &mut Extended) -> Result<(), TarError> {
        const BAD: TarError = TarError::Malformed("an extended header that makes no sense");
        let mut rest = &self.0[..];
        while !rest.is_empty() {
            let digits = rest.iter().position(|byte| *byte == b' ').ok_or(BAD)?;
            let length =
                std::str::from_utf8(&rest[..digits]).ok().and_then(|text| text.parse().ok());
            let length: usize = length.ok_or(BAD)?;
            if length > rest.len() || length < digits + 3 || rest[length - 1] != b'\n' {
                return Err(BAD);
            }
            let record = &rest[digits + 1..length - 1];
            let equals = record.iter().position(|byte| *byte == b'=').ok_or(BAD)?;
            let (key, value) = (&record[..equals], &record[equals + 1..]);
            match key {
                b"path" => extended.name = Some(value.to_vec()),
                b"GNU.sparse.name" => {
                    extended.name = Some(value.to_vec());
                    extended.is_sparse = true;
                }
                b"linkpath" => extended.target = Some(value.to_vec()),
                b"size" => {
                    let size = std::str::from_utf8(value).ok().and_then(|text| text.parse().ok());
                    extended.size = Some(size.ok_or(BAD)?);
                }
                _ if key.starts_with(b"GNU.sparse.") => extended.is_sparse = true,
                _ => {}
            }
            rest = &rest[length..];
        }
        Ok(())
    }
}

fn name_of(block: &[u8; BLOCK_BYTES]) -> Vec<u8> {
    let name = until_nul(&block[..100]);
    let prefix = match &block[257..263] {
        b"ustar\0" => until_nul(&block[345..500]),
        _ => &[],
    };
    match prefix {
        [] => name.to_vec(),
        prefix => [prefix, b"/", name].concat(),
    }
}

fn until_nul(field: &[u8]) -> &[u8] {
    field.split(|byte| *byte == 0).next().unwrap_or(field)
}

/// A number in octal, or in base 256 if its first bit is set.
fn number(field: &[u8]) -> Result<u64, TarError> {
    const BAD: TarError = TarError::Malformed("a header with a number that is none");
    if field[0] & 0x80 != 0 {
        // A set second bit means a negative number.
        let is_positive = field[0] & 0x40 == 0;
        let (first, rest) = (u64::from(field[0] & 0x3f), &field[1..]);
        let add = |sum: u64, byte: &u8| sum.checked_mul(256)?.checked_add(u64::from(*byte));
        return rest.iter().try_fold(first, add).filter(|_| is_positive).ok_or(BAD);
    }
    let text = until_nul(field).trim_ascii();
    let add = |sum: u64, byte: &u8| match byte {
        b'0'..=b'7' => sum.checked_mul(8)?.checked_add(u64::from(byte - b'0')),
        _ => None,
    };
    text.iter().try_fold(0, add).ok_or(BAD)
}

/// Whether the header's sum is right, with bytes taken as unsigned or, as some old programs did,
/// as signed.
fn has_its_sum(block: &[u8; BLOCK_BYTES]) -> bool {
    let Ok(sum) = number(&block[148..156]) else { return false };
    let bytes = || block[..148].iter().chain(b"        ").chain(&block[156..]);
    let unsigned: u64 = bytes().map(|byte| u64::from(*byte)).sum();
    let signed: i64 = bytes().map(|byte| i64::from(byte.cast_signed())).sum();
    sum == unsigned || i64::try_from(sum) == Ok(signed)
}
