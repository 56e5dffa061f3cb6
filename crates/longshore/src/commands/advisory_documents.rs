//! Files of advisories, wherever they are: in folders, zip files, one by one, or line by line.

use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Read};
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;
use scan::AdvisoryArchive;

/// The longest record that the server takes.
const RECORD_BYTES_MAX: u64 = 32 * 1024 * 1024;
/// The longest file that is read into memory: NVD's of a year have 200 MiB.
const FILE_BYTES_MAX: u64 = 1024 * 1024 * 1024;
/// The longest file that is sent whole.
const WHOLE_BYTES_MAX: u64 = 64 * 1024 * 1024;
/// Folders in folders.
const DEPTH_MAX: u32 = 32;

/// A document of advisories.
#[derive(Clone, Copy)]
pub(super) struct Document<'a> {
    /// The name of its file.
    pub(super) name: &'a str,
    /// Where it is: the path of its file, behind it the file in an archive or the line.
    pub(super) place: &'a str,
    /// Its bytes.
    pub(super) bytes: &'a [u8],
    /// Whether each line is a record; otherwise the whole is one.
    pub(super) is_lines: bool,
}

type Take<'t> = &'t mut dyn FnMut(Document<'_>) -> io::Result<()>;

/// Gives every document at a path to `take`, in the order of their names.
pub(super) fn each_document(path: &Path, take: Take<'_>) -> io::Result<()> {
    walk(path, 0, take)
}

fn walk(path: &Path, depth: u32, take: Take<'_>) -> io::Result<()> {
    if depth > DEPTH_MAX {
        return Err(io::Error::other("folders are nested too deeply"));
    }
    if !path.is_dir() {
        return read_file(path, take);
    }
    let entries: io::Result<Vec<PathBuf>> =
        path.read_dir()?.map(|entry| Ok(entry?.path())).collect();
    let mut entries = entries?;
    entries.sort();
    for entry in entries {
        let is_link = entry.symlink_metadata()?.is_symlink();
        if !is_link && (entry.is_dir() || is_of_advisories(&entry)) {
            let read = walk(&entry, depth + 1, take);
            read.map_err(|error| io::Error::new(error.kind(), at(&entry, &error)))?;
        }
    }
    Ok(())
}

fn at(path: &Path, error: &io::Error) -> String {
    format!("{}: {error}", path.display())
}

/// Other files of a folder, such as a licence, are passed over.
fn is_of_advisories(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let name = name.strip_suffix(".gz").unwrap_or(name);
    ["json", "jsonl", "zip"].iter().any(|end| has_end(name, end)) && !name.starts_with('.')
}

fn has_end(name: &str, end: &str) -> bool {
    Path::new(name).extension().is_some_and(|found| found.eq_ignore_ascii_case(end))
}

fn read_file(path: &Path, take: Take<'_>) -> io::Result<()> {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    if has_end(name, "zip") {
        return read_zip(path, take);
    }
    let file = File::open(path)?;
    let plain = name.strip_suffix(".gz");
    let source: Box<dyn Read> = match plain {
        Some(_) => Box::new(MultiGzDecoder::new(BufReader::new(file))),
        None => Box::new(file),
    };
    let name = plain.unwrap_or(name);
    let place = &*path.to_string_lossy();
    if has_end(name, "jsonl") {
        return read_lines(source, (name, place), take);
    }
    let bytes = read_bounded(source, FILE_BYTES_MAX)?;
    take(Document { name, place, bytes: &bytes, is_lines: false })
}

fn read_lines(source: impl Read, (name, path): (&str, &str), take: Take<'_>) -> io::Result<()> {
    let mut lines = BufReader::new(source);
    let (mut line, mut number) = (Vec::new(), 0_u64);
    loop {
        line.clear();
        number += 1;
        if lines.by_ref().take(RECORD_BYTES_MAX).read_until(b'\n', &mut line)? == 0 {
            return Ok(());
        }
        // What is sent has newlines of its own.
        let bytes = line.strip_suffix(b"\n").unwrap_or(&line);
        take(Document { name, place: &format!("{path}, line {number}"), bytes, is_lines: true })?;
    }
}

fn read_zip(path: &Path, take: Take<'_>) -> io::Result<()> {
    let mut archive = AdvisoryArchive::open(File::open(path)?)?;
    while let Some((within, bytes)) = archive.next_file(FILE_BYTES_MAX)? {
        let name = within.rsplit('/').next().unwrap_or_default();
        if has_end(name, "json") {
            let place = &format!("{}, {within}", path.display());
            take(Document { name, place, bytes: &bytes, is_lines: false })?;
        }
    }
    Ok(())
}

/// A whole file as it is.
pub(super) fn read_whole(path: &Path) -> io::Result<Vec<u8>> {
    read_bounded(File::open(path)?, WHOLE_BYTES_MAX)
}

/// A list in text, as it was before it was compressed.
pub(super) fn read_list(path: &Path) -> io::Result<String> {
    let file = BufReader::new(File::open(path)?);
    let is_compressed = path.extension().is_some_and(|end| end == "gz");
    let source: Box<dyn Read> =
        if is_compressed { Box::new(MultiGzDecoder::new(file)) } else { Box::new(file) };
    let bytes = read_bounded(source, FILE_BYTES_MAX)?;
    String::from_utf8(bytes).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
}

fn read_bounded(source: impl Read, bytes_max: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.take(bytes_max + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > bytes_max {
        return Err(io::Error::other(format!("the file has more than {bytes_max} bytes")));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn documents_are_found_in_folders_and_line_by_line() {
        let folder = tempfile::tempdir().unwrap();
        let put = |name: &str, bytes: &[u8]| {
            let path = folder.path().join(name);
            path.parent().map(std::fs::create_dir_all).unwrap().unwrap();
            File::create(path).unwrap().write_all(bytes).unwrap();
        };
        put("b/CVE-1.json", b"{\n}");
        put("a.jsonl", b"{\"id\":1}\n{\"id\":2}\n");
        put("LICENSE", b"free");
        put(".hidden.json", b"{}");
        let mut found = Vec::new();
        each_document(folder.path(), &mut |document| {
            let text = String::from_utf8_lossy(document.bytes).into_owned();
            found.push((document.place.to_owned(), text, document.is_lines));
            Ok(())
        })
        .unwrap();
        let place = |end: &str| format!("{}/{end}", folder.path().display());
        let expected = [
            (place("a.jsonl, line 1"), "{\"id\":1}".to_owned(), true),
            (place("a.jsonl, line 2"), "{\"id\":2}".to_owned(), true),
            (place("b/CVE-1.json"), "{\n}".to_owned(), false),
        ];
        assert_eq!(found, expected);
    }
}
