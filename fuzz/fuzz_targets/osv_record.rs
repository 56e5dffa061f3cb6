//! Advisories of OSV: one that is read keeps its form, and judging by it ends.

#![no_main]

use libfuzzer_sys::fuzz_target;
use scan::{Advisory, Name, Package, PackageKind, Version, judge, parse_osv, rate};

fuzz_target!(|bytes: &[u8]| {
    let Ok(advisory) = parse_osv(bytes) else { return };
    let text = serde_json::to_string(&advisory).expect("an advisory has a form");
    let again: Advisory = serde_json::from_str(&text).expect("and is read from it");
    assert_eq!(again, advisory);
    let name = Name::parse("a").expect("a name");
    for version in ["1.0", "1:2.0-3", "v0.0.0-1", "x"] {
        let version = Version::parse(version).expect("a version");
        let package = Package::new(PackageKind::Node, name.clone(), version);
        for affected in &advisory.affected {
            let verdict = judge(&package, &package.version, affected);
            assert_eq!(judge(&package, &package.version, affected), verdict);
            rate(&advisory, affected, None);
        }
    }
});
