use super::coordinates::Coordinates;
use super::zip::{Zip, ZipEntry, ZipError};
use crate::bounds::{Bound, Bounds};
use crate::files::listing::Listing;
use crate::layer::Why;
use crate::package::PackageKind;

/// Properties and manifests are small.
const TEXT_BYTES_MAX: u64 = 1024 * 1024;
const MANIFEST: &[u8] = b"META-INF/MANIFEST.MF";

/// What an archive and those inside of it may still cost.
struct Budget {
    entries: usize,
    bytes: u64,
    depth: u32,
}

/// Reads a Java archive: the Maven coordinates of what it is and of what was packed into it.
pub(crate) fn read_archive(file_name: &str, content: &[u8], bounds: &Bounds) -> Listing {
    let mut budget = Budget {
        entries: bounds.archive_entries_max,
        bytes: bounds.archive_bytes_max,
        depth: bounds.archive_depth_max,
    };
    let mut listing = Listing::default();
    budget.read(file_name, content, &mut listing);
    listing
}

impl Budget {
    fn read(&mut self, file_name: &str, content: &[u8], listing: &mut Listing) {
        let zip = match Zip::parse(content, self.entries) {
            Ok(zip) => zip,
            Err(error) => return listing.problem(why(error)),
        };
        self.entries -= zip.entries.len();
        let found_before = listing.packages().len();
        let mut manifest = None;
        for entry in &zip.entries {
            if entry.name == MANIFEST {
                manifest = self.text(&zip, entry, listing);
            } else if is_properties(entry.name) {
                let text = self.text(&zip, entry, listing);
                match text.as_deref().and_then(Coordinates::of_properties) {
                    Some(found) => add(&found, listing),
                    None => listing.wrong("a pom.properties without coordinates"),
                }
            }
        }
        if listing.packages().len() == found_before {
            match Coordinates::of_archive(file_name, manifest.as_deref()) {
                Some(found) => add(&found, listing),
                None => listing.problem(Why::unsupported(format_args!(
                    "{file_name} names no Maven coordinates"
                ))),
            }
        }
        for entry in zip.entries.iter().filter(|entry| is_archive(entry.name)) {
            self.read_inner(&zip, entry, listing);
        }
    }

    fn read_inner(&mut self, zip: &Zip<'_>, entry: &ZipEntry<'_>, listing: &mut Listing) {
        if self.depth == 0 {
            return listing.problem(Why::Bound(Bound::ArchiveDepth));
        }
        let content = match zip.open(entry, self.bytes) {
            Ok(content) => content,
            Err(error) => return listing.problem(why(error)),
        };
        self.bytes -= content.len() as u64;
        self.depth -= 1;
        let name = String::from_utf8_lossy(entry.name);
        self.read(name.rsplit('/').next().unwrap_or_default(), &content, listing);
        self.depth += 1;
    }

    fn text(
        &mut self,
        zip: &Zip<'_>,
        entry: &ZipEntry<'_>,
        listing: &mut Listing,
    ) -> Option<Vec<u8>> {
        match zip.open(entry, self.bytes.min(TEXT_BYTES_MAX)) {
            Ok(text) => {
                self.bytes -= text.len() as u64;
                Some(text.into_owned())
            }
            Err(error) => {
                listing.problem(why(error));
                None
            }
        }
    }
}

fn add(found: &Coordinates, listing: &mut Listing) {
    listing.add(PackageKind::Java, &found.name(), &found.version);
}

fn is_properties(name: &[u8]) -> bool {
    name.starts_with(b"META-INF/maven/") && name.ends_with(b"/pom.properties")
}

fn is_archive(name: &[u8]) -> bool {
    [&b".jar"[..], b".war", b".ear", b".par"].iter().any(|end| name.ends_with(end))
}

fn why(error: ZipError) -> Why {
    match error {
        ZipError::TooManyEntries => Why::Bound(Bound::ArchiveEntries),
        ZipError::TooManyBytes => Why::Bound(Bound::ArchiveBytes),
        ZipError::Unsupported(what) => Why::unsupported(what),
        ZipError::NotAnArchive | ZipError::Malformed(_) => Why::malformed(error),
    }
}
