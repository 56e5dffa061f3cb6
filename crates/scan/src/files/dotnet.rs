use std::collections::BTreeMap;

use serde::Deserialize;

use super::fields::without_mark;
use super::listing::Listing;
use crate::layer::Why;
use crate::package::PackageKind;

#[derive(Deserialize)]
struct Dependencies {
    #[serde(default)]
    libraries: BTreeMap<String, Library>,
}

#[derive(Deserialize)]
struct Library {
    r#type: Option<String>,
}

/// Reads the `*.deps.json` beside a deployed program: which packages it was built from.
pub(crate) fn read_dependencies(content: &[u8]) -> Listing {
    let dependencies: Dependencies = match serde_json::from_slice(without_mark(content)) {
        Ok(dependencies) => dependencies,
        Err(error) => return Listing::failed(Why::malformed(error)),
    };
    let mut listing = Listing::default();
    for (library, Library { r#type }) in dependencies.libraries {
        // Others are the program itself and the projects beside it.
        let is_package = r#type.is_some_and(|kind| kind.eq_ignore_ascii_case("package"));
        match library.split_once('/') {
            Some((name, version)) if is_package => {
                listing.add(PackageKind::Nuget, name, version);
            }
            None if is_package => listing.wrong("a library without a version"),
            Some(_) | None => {}
        }
    }
    listing
}
