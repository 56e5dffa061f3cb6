use super::fields::{field, lines, without_mark};
use super::listing::Listing;
use crate::package::PackageKind;

/// Reads the metadata of an installed distribution: `METADATA`, `PKG-INFO` or an egg-info file. The
/// head is like that of a mail; the description after it is not read.
pub(crate) fn read_metadata(content: &[u8]) -> Listing {
    let mut listing = Listing::default();
    let (mut name, mut version) = (None, None);
    for line in lines(without_mark(content)) {
        if line.is_empty() {
            break;
        }
        match field(line) {
            Some(("Name", value)) if name.is_none() => name = Some(value),
            Some(("Version", value)) if version.is_none() => version = Some(value),
            Some(_) | None => {}
        }
    }
    match (name, version) {
        (Some(name), Some(version)) => drop(listing.add(PackageKind::Python, &name, &version)),
        (None, _) | (_, None) => listing.wrong("no name or no version"),
    }
    listing
}
