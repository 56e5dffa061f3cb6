use std::io::Read as _;

use flate2::read::ZlibDecoder;
use serde::Deserialize;

use super::listing::Listing;
use crate::layer::Why;
use crate::package::PackageKind;

/// The limit of the crate that reads this format elsewhere. Real lists stay below 100 KiB.
const JSON_BYTES_MAX: u64 = 8 * 1024 * 1024;

#[derive(Deserialize)]
struct Dependencies {
    packages: Vec<Crate>,
}

#[derive(Deserialize)]
struct Crate {
    name: String,
    version: String,
    source: Option<String>,
    kind: Option<String>,
}

/// Reads the section that `cargo auditable` adds: compressed JSON. What ran only during the build
/// is not in the program; a crate from a folder is the program's own.
pub(crate) fn read_dependencies(section: &[u8]) -> Listing {
    let mut json = Vec::new();
    let limit = JSON_BYTES_MAX + 1;
    if let Err(error) = ZlibDecoder::new(section).take(limit).read_to_end(&mut json) {
        return Listing::failed(Why::malformed(error));
    }
    if json.len() as u64 > JSON_BYTES_MAX {
        return Listing::failed(Why::malformed("the list of crates is too long"));
    }
    let dependencies: Dependencies = match serde_json::from_slice(&json) {
        Ok(dependencies) => dependencies,
        Err(error) => return Listing::failed(Why::malformed(error)),
    };
    let mut listing = Listing::default();
    for Crate { name, version, source, kind } in dependencies.packages {
        let is_own = source.as_deref().is_none_or(|source| source == "local");
        if !is_own && kind.as_deref() != Some("build") {
            listing.add(PackageKind::Cargo, &name, &version);
        }
    }
    listing
}
