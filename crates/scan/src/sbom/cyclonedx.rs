//! CycloneDX 1.6, in JSON.

use serde_json::{Value, json};

use super::bill::Bill;
use super::purl::{parts, purl};
use crate::image::Installed;
use crate::release::OsRelease;

pub(super) fn write(bill: &Bill<'_>) -> String {
    let Bill { repository, image, release, packages, unread, program, .. } = bill;
    let is_whole = if unread.is_empty() { "unknown" } else { "incomplete" };
    let not_read = unread.iter().map(|what| property("longshore:not-read", what));
    let system = release.map(write_system);
    let packages =
        packages.iter().enumerate().map(|(place, package)| write_package(place, package, *release));
    let document = json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": format!("urn:uuid:{}", bill.uuid()),
        "version": 1,
        "metadata": {
            "timestamp": bill.moment(),
            "tools": { "components": [
                { "type": "application", "name": "longshore", "version": program },
            ] },
            "component": {
                "type": "container",
                "bom-ref": image.to_string(),
                "name": repository,
                "version": image.to_string(),
            },
            "properties": not_read.collect::<Vec<_>>(),
        },
        "compositions": [{ "aggregate": is_whole, "assemblies": [image.to_string()] }],
        "components": system.into_iter().chain(packages).collect::<Vec<_>>(),
    });
    document.to_string()
}

fn property(name: &str, value: &str) -> Value {
    json!({ "name": name, "value": value })
}

fn write_system(release: &OsRelease) -> Value {
    let mut component = json!({
        "type": "operating-system",
        "bom-ref": "operating-system",
        "name": release.id,
    });
    if let Some(version) = &release.version_id {
        component["version"] = json!(version);
    }
    component
}

fn write_package(place: usize, installed: &Installed, release: Option<&OsRelease>) -> Value {
    let Installed { package, path, layer, .. } = installed;
    let (namespace, name) = parts(package, release);
    let url = purl(package, release);
    let mut properties = vec![
        property("longshore:path", path.as_str()),
        property("longshore:layer", layer.as_str()),
    ];
    if let Some(source) = &package.source {
        let text = format!("{} {}", source.name, source.version);
        properties.push(property("longshore:source", &text));
    }
    let mut component = json!({
        "type": "library",
        "bom-ref": format!("{place}-{url}"),
        "name": name,
        "version": package.version,
        "purl": url,
        "properties": properties,
    });
    if let Some(group) = namespace.filter(|_| !package.kind.is_of_os()) {
        component["group"] = json!(group);
    }
    component
}
