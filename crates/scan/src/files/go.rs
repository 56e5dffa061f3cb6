use std::fmt::Write as _;

use memchr::memmem;

use super::listing::Listing;
use crate::layer::Why;
use crate::package::PackageKind;

const MAGIC: &[u8] = b"\xff Go buildinf:";
/// The magic, the size of a pointer and flags, filled up.
const HEADER_BYTES: usize = 32;
/// Where the linker puts it.
const ALIGNMENT: usize = 16;
/// Says that the texts follow the header, since Go 1.18.
const TEXTS_FOLLOW: u8 = 2;
/// What surrounds the list of modules.
const MARK_BYTES: usize = 16;

/// Finds the build information in a program without named sections.
pub(crate) fn find(content: &[u8]) -> Option<&[u8]> {
    let starts = memmem::find_iter(content, MAGIC);
    let mut aligned = starts.filter(|start| start.is_multiple_of(ALIGNMENT));
    aligned.next().map(|start| &content[start..])
}

/// Reads build information: Go's version, and the modules that the program was built from.
/// `memory` gives so many bytes at an address of the program.
pub(crate) fn read_build<'a>(
    build: &'a [u8],
    memory: impl Fn(u64, u64) -> Option<&'a [u8]>,
) -> Listing {
    let Some(&[pointer_bytes, flags]) = build.strip_prefix(MAGIC).and_then(<[u8]>::first_chunk)
    else {
        return Listing::failed(Why::malformed("Go's build information"));
    };
    let texts = if flags & TEXTS_FOLLOW == 0 {
        let pointers = Pointers { bytes: pointer_bytes.into(), is_big_endian: flags != 0 };
        pointers.texts(build, memory)
    } else {
        texts(build)
    };
    let Some((version, modules)) = texts else {
        return Listing::failed(Why::malformed("Go's build information is cut"));
    };
    let mut listing = Listing::default();
    if let Some(version) = std::str::from_utf8(version).ok().and_then(release_of_go) {
        listing.add(PackageKind::Go, "stdlib", &version);
    }
    let end = modules.len().saturating_sub(MARK_BYTES);
    if let Some(modules) = modules.get(MARK_BYTES..end) {
        read_modules(&String::from_utf8_lossy(modules), &mut listing);
    }
    listing
}

/// Both texts, which follow the header.
fn texts(build: &[u8]) -> Option<(&[u8], &[u8])> {
    let (version, rest) = text(build.get(HEADER_BYTES..)?)?;
    Some((version, text(rest)?.0))
}

/// Before Go 1.18, the header points at the texts as the program sees them: at an address, and
/// there an address and a length.
struct Pointers {
    bytes: usize,
    is_big_endian: bool,
}

impl Pointers {
    fn texts<'a>(
        &self,
        build: &[u8],
        memory: impl Fn(u64, u64) -> Option<&'a [u8]>,
    ) -> Option<(&'a [u8], &'a [u8])> {
        let text = |at: usize| {
            let header = memory(self.read(build, at)?, 2 * self.bytes as u64)?;
            let (address, length) = (self.read(header, 0)?, self.read(header, self.bytes)?);
            // A text that is not there is no text: programs before modules have none.
            if length == 0 { Some(&[][..]) } else { memory(address, length) }
        };
        let start = MAGIC.len() + 2;
        Some((text(start)?, text(start + self.bytes)?))
    }

    fn read(&self, bytes: &[u8], at: usize) -> Option<u64> {
        let number = bytes.get(at..)?.get(..self.bytes)?;
        let add = |sum, byte: &u8| sum << 8 | u64::from(*byte);
        match self.bytes {
            4 | 8 if self.is_big_endian => Some(number.iter().fold(0, add)),
            4 | 8 => Some(number.iter().rev().fold(0, add)),
            _ => None,
        }
    }
}

/// A text with its length in front.
fn text(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut length = 0_u64;
    for (index, byte) in bytes.iter().take(9).enumerate() {
        length |= u64::from(byte & 0x7f) << (7 * index);
        if byte & 0x80 == 0 {
            let rest = &bytes[index + 1..];
            return rest.split_at_checked(usize::try_from(length).ok()?);
        }
    }
    None
}

/// Lines `mod`, `dep` and `=>`, which replaces the line before it: path, version, sum.
fn read_modules(text: &str, listing: &mut Listing) {
    let mut last: Option<(&str, &str)> = None;
    for line in text.lines() {
        let mut words = line.split('\t');
        match (words.next(), words.next(), words.next()) {
            (Some("mod" | "dep"), Some(path), version) => {
                add(last.take(), listing);
                last = Some((path, version.unwrap_or_default()));
            }
            (Some("=>"), Some(path), version) => last = Some((path, version.unwrap_or_default())),
            _ => {}
        }
    }
    add(last, listing);
}

/// A module that was built from a folder has no version, or `(devel)`.
fn add(module: Option<(&str, &str)>, listing: &mut Listing) {
    let Some((path, version)) = module.filter(|(_, version)| version.starts_with('v')) else {
        return;
    };
    listing.add(PackageKind::Go, path, version);
}

/// Go's release as a semantic version: `go1.21rc2` is `1.21.0-rc.2`. A development version has
/// none.
fn release_of_go(text: &str) -> Option<String> {
    let word = text.split([' ', '-', '+']).next()?.strip_prefix("go")?;
    let end = word.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(word.len());
    let (numbers, early) = word.split_at(end);
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<&str> = numbers.split('.').collect();
    if parts.len() > 3 || !parts.iter().all(|part| is_number(part)) {
        return None;
    }
    let mut release = numbers.to_owned();
    (parts.len()..3).for_each(|_| release.push_str(".0"));
    if !early.is_empty() {
        let digits = early.find(|c: char| c.is_ascii_digit()).unwrap_or(early.len());
        let (kind, number) = early.split_at(digits);
        write!(release, "-{kind}").ok()?;
        if !number.is_empty() {
            write!(release, ".{number}").ok()?;
        }
    }
    Some(release)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_of_go_are_semantic_versions() {
        #[rustfmt::skip]
        let cases = [
            ("go1.21.3",               Some("1.21.3")),
            ("go1.21",                 Some("1.21.0")),
            ("go1.21rc2",              Some("1.21.0-rc.2")),
            ("go1.22.1 X:boringcrypto", Some("1.22.1")),
            ("go1.19.4-fips",          Some("1.19.4")),
            ("devel go1.22-1234",      None),
            ("go",                     None),
            ("go1.2.3.4",              None),
        ];
        for (text, release) in cases {
            assert_eq!(release_of_go(text).as_deref(), release, "{text}");
        }
    }
}
