use serde::Deserialize;

use super::fields::without_mark;
use super::listing::Listing;
use crate::layer::Why;
use crate::package::PackageKind;

/// Composer's list of what is installed: a list in the first Composer, an object in the second.
#[derive(Deserialize)]
#[serde(untagged)]
enum Installed {
    Object { packages: Vec<Entry> },
    List(Vec<Entry>),
}

#[derive(Deserialize)]
struct Entry {
    name: Option<String>,
    version: Option<String>,
}

/// Reads Composer's `installed.json`.
pub(crate) fn read_installed(content: &[u8]) -> Listing {
    let entries = match serde_json::from_slice(without_mark(content)) {
        Ok(Installed::Object { packages } | Installed::List(packages)) => packages,
        Err(error) => return Listing::failed(Why::malformed(error)),
    };
    let mut listing = Listing::default();
    for entry in entries {
        let (Some(name), Some(version)) = (entry.name, entry.version) else {
            listing.wrong("an entry without a name or a version");
            continue;
        };
        listing.add(PackageKind::Composer, &name, without_v(&version));
    }
    listing
}

/// `v6.4.1` is `6.4.1`.
fn without_v(version: &str) -> &str {
    let rest = version.strip_prefix(['v', 'V']);
    rest.filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())).unwrap_or(version)
}
