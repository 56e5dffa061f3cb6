//! SPDX 2.3, in JSON.

use serde_json::{Value, json};

use super::bill::Bill;
use super::purl::purl;
use crate::image::Installed;
use crate::release::OsRelease;

const NO_ASSERTION: &str = "NOASSERTION";
const IMAGE: &str = "SPDXRef-Image";

pub(super) fn write(bill: &Bill<'_>) -> String {
    let Bill { repository, image, release, packages, unread, program, .. } = bill;
    let mut container = json!({
        "SPDXID": IMAGE,
        "name": repository,
        "versionInfo": image.to_string(),
        "downloadLocation": NO_ASSERTION,
        "filesAnalyzed": false,
        "primaryPackagePurpose": "CONTAINER",
    });
    if !unread.is_empty() {
        container["comment"] = json!(format!("Not read: {}.", unread.join("; ")));
    }
    let describes = relationship("SPDXRef-DOCUMENT", "DESCRIBES", IMAGE);
    let contains = (0..packages.len()).map(|place| relationship(IMAGE, "CONTAINS", &id(place)));
    let packages =
        packages.iter().enumerate().map(|(place, package)| write_package(place, package, *release));
    let document = json!({
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": format!("{repository}@{image}"),
        "documentNamespace": format!("urn:uuid:{}", bill.uuid()),
        "creationInfo": {
            "created": bill.moment(),
            "creators": [format!("Tool: longshore-{program}")],
        },
        "packages": std::iter::once(container).chain(packages).collect::<Vec<_>>(),
        "relationships": std::iter::once(describes).chain(contains).collect::<Vec<_>>(),
    });
    document.to_string()
}

fn id(place: usize) -> String {
    format!("SPDXRef-Package-{place}")
}

fn relationship(of: &str, kind: &str, to: &str) -> Value {
    json!({ "spdxElementId": of, "relationshipType": kind, "relatedSpdxElement": to })
}

fn write_package(place: usize, installed: &Installed, release: Option<&OsRelease>) -> Value {
    let Installed { package, path, layer, .. } = installed;
    json!({
        "SPDXID": id(place),
        "name": package.name,
        "versionInfo": package.version,
        "downloadLocation": NO_ASSERTION,
        "filesAnalyzed": false,
        "sourceInfo": format!("found in {path} of the layer {layer}"),
        "externalRefs": [{
            "referenceCategory": "PACKAGE-MANAGER",
            "referenceType": "purl",
            "referenceLocator": purl(package, release),
        }],
    })
}
