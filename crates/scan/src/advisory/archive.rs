//! The files of a zip archive of advisories, one after the other. The archive may be larger than
//! memory, and have more files than its first format could count.
//!
//! # Invariants
//! * What is read at once has a bound: the directory, and each file, which says its own.
//! * All files together are packed in at most the bytes of the archive: a small archive cannot name
//!   the same bytes over and over.

use std::io::{self, BufReader, Read, Seek, SeekFrom};

use flate2::read::DeflateDecoder;

const END_BYTES: u64 = 22;
const COMMENT_BYTES_MAX: u64 = 0xffff;
const END: &[u8] = b"PK\x05\x06";
const LOCATOR_64: &[u8] = b"PK\x06\x07";
const END_64: &[u8] = b"PK\x06\x06";
const ENTRY: &[u8] = b"PK\x01\x02";
const LOCAL: &[u8] = b"PK\x03\x04";
/// The directory of a million files.
const DIRECTORY_BYTES_MAX: u64 = 512 * 1024 * 1024;
const LARGE: u64 = 0xffff_ffff;

/// An archive under way.
#[derive(Debug)]
pub struct AdvisoryArchive<F> {
    file: F,
    directory: Vec<u8>,
    at: usize,
    /// The bytes of the archive that no file was made of yet.
    unused_bytes: u64,
}

/// A file as the directory names it.
struct Entry {
    name: String,
    method: u16,
    packed_bytes: u64,
    offset: u64,
}

impl<F: Read + Seek> AdvisoryArchive<F> {
    /// Reads the directory.
    pub fn open(mut file: F) -> io::Result<Self> {
        let length = file.seek(SeekFrom::End(0))?;
        let tail_bytes = length.min(END_BYTES + COMMENT_BYTES_MAX);
        let tail = read_at(&mut file, length - tail_bytes, tail_bytes)?;
        let end = tail.windows(END.len()).rposition(|bytes| bytes == END);
        let end = end.ok_or_else(|| wrong("it is no zip file"))?;
        if (tail.len() as u64) < end as u64 + END_BYTES + number(&tail, end + 20, 2)? {
            return Err(cut());
        }
        let (mut bytes, mut offset) = (number(&tail, end + 12, 4)?, number(&tail, end + 16, 4)?);
        if bytes == LARGE || offset == LARGE || number(&tail, end + 10, 2)? == 0xffff {
            let locator = end.checked_sub(20).ok_or_else(cut)?;
            if tail.get(locator..locator + 4) != Some(LOCATOR_64) {
                return Err(cut());
            }
            let end_64 = read_at(&mut file, number(&tail, locator + 8, 8)?, 56)?;
            if !end_64.starts_with(END_64) {
                return Err(cut());
            }
            (bytes, offset) = (number(&end_64, 40, 8)?, number(&end_64, 48, 8)?);
        }
        if bytes > DIRECTORY_BYTES_MAX {
            return Err(wrong("its directory is too long"));
        }
        let directory = read_at(&mut file, offset, bytes)?;
        Ok(Self { file, directory, at: 0, unused_bytes: length })
    }

    /// The next file, with its name. One of more than `bytes_max` bytes is an error.
    pub fn next_file(&mut self, bytes_max: u64) -> io::Result<Option<(String, Vec<u8>)>> {
        let Some(entry) = self.next_entry()? else { return Ok(None) };
        let unused_bytes = self.unused_bytes.checked_sub(entry.packed_bytes);
        self.unused_bytes =
            unused_bytes.ok_or_else(|| wrong("its files have more bytes than it has"))?;
        let local = read_at(&mut self.file, entry.offset, 30)?;
        if !local.starts_with(LOCAL) {
            return Err(wrong("its directory names what is no file"));
        }
        let skipped = number(&local, 26, 2)? + number(&local, 28, 2)?;
        self.file.seek(SeekFrom::Current(i64::try_from(skipped).map_err(|_| cut())?))?;
        let packed = BufReader::new(self.file.by_ref().take(entry.packed_bytes));
        let mut bytes = Vec::new();
        match entry.method {
            0 => packed.take(bytes_max + 1).read_to_end(&mut bytes)?,
            8 => DeflateDecoder::new(packed).take(bytes_max + 1).read_to_end(&mut bytes)?,
            _ => return Err(wrong("a file is compressed in an unknown way")),
        };
        if bytes.len() as u64 > bytes_max {
            return Err(wrong(&format!("{} has more than {bytes_max} bytes", entry.name)));
        }
        Ok(Some((entry.name, bytes)))
    }

    fn next_entry(&mut self) -> io::Result<Option<Entry>> {
        let rest = self.directory.get(self.at..).unwrap_or_default();
        if !rest.starts_with(ENTRY) {
            return Ok(None);
        }
        if number(rest, 8, 2)? & 1 == 1 {
            return Err(wrong("a file is encrypted"));
        }
        let lengths = [number(rest, 28, 2)?, number(rest, 30, 2)?, number(rest, 32, 2)?];
        let [name, extra, comment] = lengths.map(|bytes| usize::try_from(bytes).unwrap_or(0));
        let name_bytes = rest.get(46..46 + name).ok_or_else(cut)?;
        let extra_bytes = rest.get(46 + name..46 + name + extra).ok_or_else(cut)?;
        let (mut packed_bytes, mut offset) = (number(rest, 20, 4)?, number(rest, 42, 4)?);
        let plain_bytes = number(rest, 24, 4)?;
        if let Some(large) = large_numbers(extra_bytes) {
            // In this order, and only those that did not fit.
            let mut at = if plain_bytes == LARGE { 8 } else { 0 };
            for value in [&mut packed_bytes, &mut offset] {
                if *value == LARGE {
                    *value = number(large, at, 8)?;
                    at += 8;
                }
            }
        }
        let entry = Entry {
            name: String::from_utf8_lossy(name_bytes).into_owned(),
            method: u16::try_from(number(rest, 10, 2)?).unwrap_or(u16::MAX),
            packed_bytes,
            offset,
        };
        self.at += 46 + name + extra + comment;
        Ok(Some(entry))
    }
}

/// The field of an entry for numbers that do not fit into four bytes.
fn large_numbers(mut extra: &[u8]) -> Option<&[u8]> {
    while extra.len() >= 4 {
        let (kind, bytes) = (number(extra, 0, 2).ok()?, number(extra, 2, 2).ok()?);
        let end = 4 + usize::try_from(bytes).ok()?;
        if kind == 1 {
            return extra.get(4..end);
        }
        extra = extra.get(end..)?;
    }
    None
}

fn read_at(file: &mut (impl Read + Seek), offset: u64, bytes: u64) -> io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(offset))?;
    let mut read = Vec::new();
    file.take(bytes).read_to_end(&mut read)?;
    if read.len() as u64 == bytes { Ok(read) } else { Err(cut()) }
}

/// A number of up to eight bytes, the lowest first.
fn number(bytes: &[u8], at: usize, length: usize) -> io::Result<u64> {
    let bytes = bytes.get(at..at + length).ok_or_else(cut)?;
    Ok(bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte)))
}

fn cut() -> io::Error {
    wrong("the zip file is cut")
}

fn wrong(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write as _};

    use flate2::Compression;
    use flate2::write::DeflateEncoder;

    use super::*;

    fn put(into: &mut Vec<u8>, value: usize, length: usize) {
        into.extend_from_slice(&(value as u64).to_le_bytes()[..length]);
    }

    /// An archive of these files; every other one is compressed.
    fn archive(files: &[(&str, &str)]) -> Vec<u8> {
        let (mut bytes, mut directory) = (Vec::new(), Vec::new());
        for (place, (name, text)) in files.iter().enumerate() {
            let method = if place % 2 == 0 { 0 } else { 8 };
            let mut deflating = DeflateEncoder::new(Vec::new(), Compression::fast());
            deflating.write_all(text.as_bytes()).unwrap();
            let deflated = deflating.finish().unwrap();
            let packed = if method == 0 { text.as_bytes() } else { &deflated };
            let offset = bytes.len();
            bytes.extend_from_slice(LOCAL);
            bytes.extend_from_slice(&[0; 22]);
            put(&mut bytes, name.len(), 2);
            put(&mut bytes, 0, 2);
            bytes.extend_from_slice(name.as_bytes());
            bytes.extend_from_slice(packed);
            directory.extend_from_slice(ENTRY);
            directory.extend_from_slice(&[0; 6]);
            put(&mut directory, method, 2);
            directory.extend_from_slice(&[0; 8]);
            put(&mut directory, packed.len(), 4);
            put(&mut directory, text.len(), 4);
            put(&mut directory, name.len(), 2);
            directory.extend_from_slice(&[0; 12]);
            put(&mut directory, offset, 4);
            directory.extend_from_slice(name.as_bytes());
        }
        let offset = bytes.len();
        bytes.extend_from_slice(&directory);
        bytes.extend_from_slice(END);
        bytes.extend_from_slice(&[0; 6]);
        put(&mut bytes, files.len(), 2);
        put(&mut bytes, directory.len(), 4);
        put(&mut bytes, offset, 4);
        put(&mut bytes, 0, 2);
        bytes
    }

    fn read(bytes: &[u8]) -> io::Result<Vec<(String, String)>> {
        let mut archive = AdvisoryArchive::open(Cursor::new(bytes))?;
        let mut files = Vec::new();
        while let Some((name, bytes)) = archive.next_file(100)? {
            files.push((name, String::from_utf8_lossy(&bytes).into_owned()));
        }
        Ok(files)
    }

    #[test]
    fn files_are_read_in_the_order_of_the_directory() {
        let files = [("a.json", "{}"), ("b/c.json", "{\"id\":1}"), ("d", "")];
        let expected = files.map(|(name, text)| (name.to_owned(), text.to_owned()));
        assert_eq!(read(&archive(&files)).unwrap(), expected);
        assert_eq!(read(&archive(&[])).unwrap(), []);
    }

    /// The place of the directory, of its end, and of the only file's entry in it.
    fn places(archive: &[u8]) -> (usize, usize) {
        let end = archive.len() - usize::try_from(END_BYTES).unwrap();
        (usize::try_from(number(archive, end + 16, 4).unwrap()).unwrap(), end)
    }

    /// An archive of one file, changed by an edit of the bytes at a place.
    fn edited(at: impl Fn(usize, usize) -> usize, bytes: &[u8]) -> Vec<u8> {
        let mut archive = archive(&[("a.json", "{\"id\":1}")]);
        let (directory, end) = places(&archive);
        let at = at(directory, end);
        archive[at..at + bytes.len()].copy_from_slice(bytes);
        archive
    }

    /// An archive whose directory names the same file so many times.
    fn repeated(times: usize) -> Vec<u8> {
        let mut archive = archive(&[("a.json", &"x".repeat(100))]);
        let (directory, end) = places(&archive);
        let entry = archive[directory..end].to_vec();
        let mut tail = archive.split_off(end);
        let length = u32::try_from(entry.len() * times).unwrap();
        tail[12..16].copy_from_slice(&length.to_le_bytes());
        archive.truncate(directory);
        archive.extend(entry.repeat(times));
        archive.extend(tail);
        archive
    }

    #[test]
    fn archives_that_lie_are_refused_with_a_reason() {
        let entry = |field: usize| move |directory: usize, _: usize| directory + field;
        let end = |field: usize| move |_: usize, end: usize| end + field;
        #[rustfmt::skip]
        let cases: [(Vec<u8>, &str, &str); 14] = [
            // archive | refused with | because
            (Vec::new(),                                   "no zip file",                      "it is empty"),
            (b"{\"id\":1}".to_vec(),                       "no zip file",                      "it is a document"),
            (b"PK\x05\x06".to_vec(),                       "is cut",                           "the end has no fields"),
            (edited(end(20), &[9, 0]),                     "is cut",                           "the comment is missing"),
            (edited(end(16), &[0xff; 4]),                  "is cut",                           "there is no locator of large archives"),
            (edited(end(12), &[0xff, 0xff, 0xff, 0x7f]),   "directory is too long",            "it claims 2 GiB"),
            (edited(end(12), &[0xff, 0xff, 0, 0]),         "is cut",                           "the directory ends after the archive"),
            (edited(entry(8), &[1, 0]),                    "is encrypted",                     "the password is unknown"),
            (edited(entry(10), &[99, 0]),                  "in an unknown way",                "that compression is not known"),
            (edited(entry(28), &[0xff, 0xff]),             "is cut",                           "the name ends after the directory"),
            (edited(entry(42), &[0xff, 0xff, 0xff, 0x7f]), "is cut",                           "the file begins after the archive"),
            (edited(entry(42), &[3, 0, 0, 0]),             "names what is no file",            "the file begins elsewhere"),
            (edited(entry(20), &[0xff, 0xff, 0xff, 0x7f]), "more bytes than it has",           "the file claims 2 GiB"),
            (repeated(1_000),                              "more bytes than it has",           "a thousand files are made of the same bytes"),
        ];
        for (archive, refused, because) in cases {
            let why = read(&archive).map(|_| ()).unwrap_err().to_string();
            assert!(why.contains(refused), "{because}: {why}");
        }
        assert_eq!(read(&repeated(2)).unwrap().len(), 2, "as long as there are as many bytes");
    }

    #[test]
    fn what_is_no_archive_is_refused_and_never_a_panic() {
        let long = "x".repeat(101);
        let sound = archive(&[("a.json", "{}"), ("b.json", "{\"id\":1}")]);
        assert!(read(b"").is_err() && read(b"{}").is_err());
        assert!(read(&archive(&[("a", &long)])).is_err(), "a file over the bound");
        for end in 0..sound.len() {
            assert!(read(&sound[..end]).is_err(), "cut at {end}");
        }
        for at in 0..sound.len() {
            for value in [0, 1, 0x7f, 0xff] {
                let mut garbled = sound.clone();
                garbled[at] = value;
                // A changed content may still be one.
                drop(read(&garbled).map_err(|error| error.to_string()));
            }
        }
    }
}
