//! Bills of materials of a small image.

use std::collections::BTreeSet;

use names::{Digest, Timestamp};
use scan::{
    Bill, BillFormat, Installed, LayerPath, Name, OsRelease, Package, PackageKind, Source, Version,
};
use serde_json::Value;

fn installed(kind: PackageKind, name: &str, version: &str, path: &str) -> Installed {
    Installed {
        package: Package::new(
            kind,
            Name::parse(name).expect("the sample is sound"),
            Version::parse(version).expect("the sample is sound"),
        ),
        path: LayerPath::parse(path.as_bytes()).expect("the sample is sound"),
        layer: Digest::sha256(b"layer"),
        is_vouched_for: false,
    }
}

fn bill(format: BillFormat) -> Value {
    let release = OsRelease::parse(b"ID=debian\nVERSION_ID=12\n").expect("the sample is sound");
    let status = "var/lib/dpkg/status";
    let mut library = installed(PackageKind::Deb, "libssl3", "3.0.9-1", status);
    library.package.source = Some(Source {
        name: Name::parse("openssl").expect("the sample is sound"),
        version: Version::parse("3.0.9-1").expect("the sample is sound"),
    });
    let packages = [
        library,
        installed(PackageKind::Node, "@types/node", "20.1.0", "app/a/package.json"),
        installed(PackageKind::Node, "@types/node", "20.1.0", "app/b/package.json"),
    ];
    let image = Digest::sha256(b"image");
    let bill = Bill {
        repository: "team/web",
        image: &image,
        release: Some(&release),
        packages: &packages,
        unread: &["sha256:ab: app/a.jar: not a zip archive".to_owned()],
        made_at: Timestamp::from_seconds(1_700_000_000),
        program: "1.2.3",
    };
    let text = bill.write(format);
    assert_eq!(bill.write(format), text, "the same gives the same");
    serde_json::from_str(&text).expect("the sample is sound")
}

#[test]
fn a_bill_of_cyclonedx_has_a_component_for_each_place_of_a_package() {
    let bill = bill(BillFormat::CycloneDx);
    assert_eq!((&bill["bomFormat"], &bill["specVersion"]), (&"CycloneDX".into(), &"1.6".into()));
    assert_eq!(bill["metadata"]["timestamp"], "2023-11-14T22:13:20Z");
    assert_eq!(bill["metadata"]["component"]["name"], "team/web");
    assert_eq!(bill["compositions"][0]["aggregate"], "incomplete", "a part was not read");
    let not_read = &bill["metadata"]["properties"][0]["value"];
    assert_eq!(not_read, "sha256:ab: app/a.jar: not a zip archive");
    let components = bill["components"].as_array().unwrap();
    let names: Vec<_> = components.iter().map(|it| it["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["debian", "libssl3", "node", "node"]);
    assert_eq!(components[1]["purl"], "pkg:deb/debian/libssl3@3.0.9-1?distro=debian-12");
    assert_eq!(components[1]["properties"][2]["value"], "openssl 3.0.9-1");
    assert_eq!(components[2]["group"], "@types");
    let refs: BTreeSet<_> = components.iter().map(|it| it["bom-ref"].as_str().unwrap()).collect();
    assert_eq!(refs.len(), 4, "each has a name of its own");
    let serial = bill["serialNumber"].as_str().unwrap();
    let parts: Vec<usize> = serial["urn:uuid:".len()..].split('-').map(str::len).collect();
    assert_eq!(parts, [8, 4, 4, 4, 12], "{serial}");
}

#[test]
fn a_bill_of_spdx_says_that_the_image_contains_its_packages() {
    let bill = bill(BillFormat::Spdx);
    assert_eq!(
        (&bill["spdxVersion"], &bill["dataLicense"]),
        (&"SPDX-2.3".into(), &"CC0-1.0".into())
    );
    let packages = bill["packages"].as_array().unwrap();
    assert_eq!(packages.len(), 4);
    assert_eq!(packages[0]["primaryPackagePurpose"], "CONTAINER");
    assert_eq!(packages[0]["comment"], "Not read: sha256:ab: app/a.jar: not a zip archive.");
    let url = &packages[2]["externalRefs"][0]["referenceLocator"];
    assert_eq!(url, "pkg:npm/%40types/node@20.1.0");
    let relationships = bill["relationships"].as_array().unwrap();
    let told: Vec<_> = relationships
        .iter()
        .map(|it| {
            (it["relationshipType"].as_str().unwrap(), it["relatedSpdxElement"].as_str().unwrap())
        })
        .collect();
    let expected = [
        ("DESCRIBES", "SPDXRef-Image"),
        ("CONTAINS", "SPDXRef-Package-0"),
        ("CONTAINS", "SPDXRef-Package-1"),
        ("CONTAINS", "SPDXRef-Package-2"),
    ];
    assert_eq!(told, expected);
}
