use serde::Deserialize;

use super::fields::without_mark;
use super::listing::Listing;
use crate::layer::Why;
use crate::package::PackageKind;

#[derive(Deserialize)]
struct Manifest {
    name: Option<serde_json::Value>,
    version: Option<serde_json::Value>,
}

/// Reads the `package.json` of an installed package. One without a name or a version is a part of
/// another package.
pub(crate) fn read_manifest(content: &[u8]) -> Listing {
    let manifest: Manifest = match serde_json::from_slice(without_mark(content)) {
        Ok(manifest) => manifest,
        Err(error) => return Listing::failed(Why::malformed(error)),
    };
    let mut listing = Listing::default();
    if let (Some(name), Some(version)) =
        (text(manifest.name.as_ref()), text(manifest.version.as_ref()))
    {
        listing.add(PackageKind::Node, name, version);
    }
    listing
}

fn text(value: Option<&serde_json::Value>) -> Option<&str> {
    value?.as_str().filter(|text| !text.is_empty())
}
