//! Documents that an import brings: inflated within a bound, read line by line, and what of them is
//! refused.

use std::io::{self, BufRead, BufReader, Read};

use bytes::{Buf, Bytes};
use flate2::bufread::MultiGzDecoder;
use scan::{ADVISORY_BYTES_MAX, BadAdvisory};

use crate::{Failure, InvalidParameter};

/// What documents may have after decompression. An updateinfo of today has 100 MiB.
const DOCUMENTS_BYTES_MAX: u64 = 512 * 1024 * 1024;
/// How many refusals are told.
const REFUSALS_MAX: usize = 20;

/// Documents that are refused.
#[derive(Default)]
pub(super) struct Refused {
    pub(super) count: u64,
    /// Why the first of them are.
    pub(super) told: Vec<String>,
}

impl Refused {
    pub(super) fn add(&mut self, why: String) {
        self.count += 1;
        if self.told.len() < REFUSALS_MAX {
            self.told.push(why);
        }
    }
}

/// Documents as they were before they were compressed with gzip, if they are.
pub(super) fn inflated(documents: Bytes) -> Box<dyn BufRead> {
    let is_compressed = documents.starts_with(&[0x1f, 0x8b]);
    let documents = documents.reader();
    if is_compressed {
        let plain = Capped { source: MultiGzDecoder::new(documents), left: DOCUMENTS_BYTES_MAX };
        Box::new(BufReader::new(plain))
    } else {
        Box::new(documents)
    }
}

/// Fails where `take` would end: what is left out must be said.
struct Capped<R> {
    source: R,
    left: u64,
}

impl<R: Read> Read for Capped<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(buffer)?;
        self.left = self.left.checked_sub(read as u64).ok_or_else(|| {
            let why = format!("the documents have more than {DOCUMENTS_BYTES_MAX} bytes");
            io::Error::new(io::ErrorKind::InvalidData, why)
        })?;
        Ok(read)
    }
}

/// Gives each line to `take`, but empty ones. What it refuses is told with the line's number.
pub(super) fn each_line(
    mut documents: impl BufRead,
    mut take: impl FnMut(&[u8]) -> Result<(), BadAdvisory>,
) -> io::Result<Refused> {
    let mut refused = Refused::default();
    let mut line = Vec::new();
    for number in 1_u64.. {
        line.clear();
        let longest = ADVISORY_BYTES_MAX as u64 + 2;
        if documents.by_ref().take(longest).read_until(b'\n', &mut line)? == 0 {
            break;
        }
        if line.len() as u64 == longest {
            let why = format!("line {number} is longer than {ADVISORY_BYTES_MAX} bytes");
            return Err(io::Error::new(io::ErrorKind::InvalidData, why));
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        if let Err(error) = take(line.trim_ascii()) {
            refused.add(format!("line {number}: {error}"));
        }
    }
    Ok(refused)
}

/// A document that is one whole.
pub(super) fn whole(documents: impl BufRead) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let longest = ADVISORY_BYTES_MAX as u64 + 1;
    if documents.take(longest).read_to_end(&mut bytes)? as u64 == longest {
        let why = format!("the document is longer than {ADVISORY_BYTES_MAX} bytes");
        return Err(io::Error::new(io::ErrorKind::InvalidData, why));
    }
    Ok(bytes)
}

/// The refusal of documents that cannot be read.
pub(super) fn invalid(why: &dyn std::error::Error) -> Failure {
    InvalidParameter { path: "Documents", constraint: why.to_string() }.into()
}
