//! Packages and advisories, and the findings that come of them.

use std::collections::BTreeMap;

use names::Digest;
use proptest::prelude::*;
use scan::PackageKind::{Apk, Cargo, Composer, Deb, Gem, Go, Java, Node, Nuget, Python, Rpm};
use scan::{
    Advisory, Ecosystem, FindingCounts, Findings, ImageLayer, Installed, Inventory, Name, Package,
    PackageKey, PackageKind, Source, Verdict, Version, find, judge, lookups, merge, parse_osv,
    touched,
};

use crate::tarball::{Tarball, path};

fn package(kind: PackageKind, name: &str, version: &str) -> Package {
    Package::new(kind, Name::parse(name).expect("a name"), version_of(version))
}

fn version_of(text: &str) -> Version {
    Version::parse(text).expect("a version")
}

fn installed(package: Package) -> Installed {
    let layer = Digest::sha256(b"layer");
    Installed { package, path: path("var/lib/dpkg/status"), layer, is_vouched_for: false }
}

/// An advisory in short: events such as `introduced 1.0`, and versions.
fn record(id: &str, ecosystem: &str, name: &str, events: &str, more: &str) -> Advisory {
    let event = |pair: &str| {
        let (what, at) = pair.split_once(' ').expect("an event and a version");
        format!(r#"{{"{what}": "{at}"}}"#)
    };
    let events: Vec<String> = events.split(", ").filter(|e| !e.is_empty()).map(event).collect();
    let text = format!(
        r#"{{"id": "{id}", "affected": [{{"package": {{"ecosystem": "{ecosystem}", "name": "{name}"}},
        "ranges": [{{"type": "ECOSYSTEM", "events": [{}]}}]}}] {more}}}"#,
        events.join(", ")
    );
    parse_osv(text.as_bytes()).expect("a record")
}

#[test]
fn ranges_decide() {
    #[rustfmt::skip]
    let cases = [
        // events | version | fixed in | because
        ("introduced 0, fixed 2.0",                          "1.0",       Some(Some("2.0")),       "before the fix"),
        ("introduced 0, fixed 2.0",                          "2.0",       None,                    "the fix itself"),
        ("introduced 0",                                     "2.0",       Some(None),              "never fixed"),
        ("introduced 1.5",                                   "1.0",       None,                    "not yet there"),
        ("introduced 1.5",                                   "1.5",       Some(None),              "there from then on"),
        ("introduced 0, last_affected 2.0",                  "2.0",       Some(None),              "the last that has it"),
        ("introduced 0, last_affected 2.0",                  "2.0.1",     None,                    "after that"),
        ("introduced 1.0, fixed 1.5, introduced 2.0, fixed 2.3", "1.7",   None,                    "between two ranges"),
        ("introduced 1.0, fixed 1.5, introduced 2.0, fixed 2.3", "2.1",   Some(Some("2.3")),       "in the second"),
        ("fixed 2.3, introduced 2.0, fixed 1.5, introduced 1.0", "1.2",   Some(Some("1.5")),       "in any order"),
        ("introduced 0, limit 1.5",                          "1.7",       None,                    "after the limit"),
        ("introduced 0, limit 1.5, limit 2.0",               "1.7",       Some(None),              "before one limit"),
        ("fixed 2.0",                                        "1.0",       None,                    "nothing begins it"),
        ("introduced 1.0, fixed 1.0",                        "1.0",       Some(None),              "fixed and again introduced"),
        ("",                                                 "1.0",       None,                    "nothing at all"),
    ];
    for (events, version, fixed, because) in cases {
        let advisory = record("A-1", "npm", "a", events, "");
        let package = package(PackageKind::Node, "a", version);
        let verdict = judge(&package, &package.version, &advisory.affected[0]);
        let expected = match fixed {
            Some(fixed_in) => Verdict::Affected { fixed_in: fixed_in.map(version_of) },
            None => Verdict::NotAffected,
        };
        assert_eq!(verdict, expected, "{because}: {events} at {version}");
    }
}

proptest! {
    /// A range of whole numbers is judged as one would by hand.
    #[test]
    fn any_range_is_judged_as_by_hand(
        ends in proptest::collection::btree_set(1_u32..60, 0..6),
        from_the_first in any::<bool>(),
        version in 0_u32..62,
        turn in any::<prop::sample::Index>(),
    ) {
        // In turn the range begins and ends.
        let mut begins = !from_the_first;
        let mut is_affected = from_the_first;
        let mut fix = None;
        let mut events =
            if from_the_first { vec!["introduced 0".to_owned()] } else { Vec::new() };
        for end in &ends {
            let word = if begins { "introduced" } else { "fixed" };
            events.push(format!("{word} 1.{end}"));
            if *end <= version {
                is_affected = begins;
            } else if !begins && fix.is_none() {
                fix = Some(version_of(&format!("1.{end}")));
            }
            begins = !begins;
        }
        if !events.is_empty() {
            let turn = turn.index(events.len());
            events.rotate_left(turn);
        }
        let advisory = record("A-1", "Debian:12", "a", &events.join(", "), "");
        let package = package(Deb, "a", &format!("1.{version}"));
        let verdict = judge(&package, &package.version, &advisory.affected[0]);
        let expected = if is_affected {
            Verdict::Affected { fixed_in: fix }
        } else {
            Verdict::NotAffected
        };
        prop_assert_eq!(verdict, expected);
    }
}

#[test]
fn versions_are_compared_as_their_ecosystem_does() {
    #[rustfmt::skip]
    let cases = [
        // kind    ecosystem            version                fix                    affected
        (Deb,      "Debian:12",         "1.0-1+deb12u2",       "1.0-1+deb12u10",      true),
        (Deb,      "Debian:12",         "2:1.0-1",             "1:9.0-1",             false),
        (Deb,      "Ubuntu:22.04:LTS",  "1.0-1ubuntu0.9",      "1.0-1ubuntu0.10",     true),
        (Apk,      "Alpine:v3.20",      "1.2.3-r9",            "1.2.3-r10",           true),
        (Rpm,      "Rocky Linux:9",     "1.0-9.el9",           "1.0-10.el9",          true),
        (Rpm,      "AlmaLinux:8",       "18.1-1.module_el8",   "18.2-1.module_el8",   true),
        (Rpm,      "AlmaLinux:8",       "18.1-1.el8",          "18.2-1.module_el8",   false),
        (Rpm,      "AlmaLinux:8",       "18.1-1.module_el8",   "18.2-1.el8",          false),
        (Python,   "PyPI",              "1.0rc1",              "1.0",                 true),
        (Go,       "Go",                "v0.0.0-20220715151400-c0bba94af5f8", "0.1.0", true),
        (Cargo,    "crates.io",         "0.3.9",               "0.3.10",              true),
        (Java,     "Maven",             "2.0-beta9",           "2.0",                 true),
        (Gem,      "RubyGems",          "1.0.0.rc1",           "1.0.0",               true),
        (Composer, "Packagist",         "6.4.1",               "v6.4.10",             true),
        (Nuget,    "NuGet",             "13.0.1-beta2",        "13.0.1",              true),
    ];
    for (kind, ecosystem, version, fix, affected) in cases {
        let advisory = record("A-1", ecosystem, "a", &format!("introduced 0, fixed {fix}"), "");
        let package = package(kind, "a", version);
        let verdict = judge(&package, &package.version, &advisory.affected[0]);
        let is_affected = matches!(verdict, Verdict::Affected { .. });
        assert_eq!(is_affected, affected, "{ecosystem} {version} {fix}: {verdict:?}");
    }
}

#[test]
fn what_cannot_be_compared_is_unknown() {
    let advisory = record("A-1", "npm", "a", "introduced 0, fixed 2.0", "");
    let strange = package(PackageKind::Node, "a", "workspace:*");
    let verdict = judge(&strange, &strange.version, &advisory.affected[0]);
    assert_eq!(verdict, Verdict::Unknown);
    let named = r#", "withdrawn": null"#;
    let mut listed = record("A-1", "npm", "a", "introduced 0, fixed latest", named);
    listed.affected[0].versions.insert(version_of("1.0"));
    let known = package(PackageKind::Node, "a", "1.0");
    let verdict = judge(&known, &known.version, &listed.affected[0]);
    assert_eq!(verdict, Verdict::Affected { fixed_in: None }, "the list of versions decides");
}

#[test]
fn packages_are_looked_up_by_the_names_that_advisories_use() {
    let source = |mut package: Package| {
        let name = Name::parse("openssl").expect("a name");
        package.source = Some(Source { name, version: version_of("3.0-1") });
        package
    };
    #[rustfmt::skip]
    let cases: [(Package, &str, &[&str]); 9] = [
        // package                                           system              keys
        (source(package(Deb, "libssl3", "3.0-1+b1")),        "Debian:12",        &["Debian:12/openssl 3.0-1"]),
        (package(Deb, "bash", "5.2-2"),                      "Debian:12",        &["Debian:12/bash 5.2-2"]),
        (source(package(Apk, "libssl3", "3.0-r1")),          "Alpine:v3.20",     &["Alpine:v3.20/openssl 3.0-1"]),
        (source(package(Rpm, "openssl-libs", "1:3.0-1")),    "AlmaLinux:9",      &["AlmaLinux:9/openssl 3.0-1", "AlmaLinux:9/openssl-libs 1:3.0-1"]),
        (package(Deb, "bash", "5.1-6ubuntu1+esm1"),          "Ubuntu:22.04:LTS", &["Ubuntu:22.04:LTS/bash 5.1-6ubuntu1+esm1", "Ubuntu:Pro:22.04:LTS/bash 5.1-6ubuntu1+esm1"]),
        (package(Rpm, "bash", "5.1-6.el9"),                  "Red Hat:enterprise_linux:9::baseos", &["Red Hat:enterprise_linux:9::baseos/bash 5.1-6.el9", "Red Hat:enterprise_linux:9::appstream/bash 5.1-6.el9", "Red Hat:enterprise_linux:9::crb/bash 5.1-6.el9"]),
        (package(Python, "Jaraco.Text", "3.0"),              "Debian:12",        &["PyPI/jaraco-text 3.0"]),
        (package(Node, "@babel/core", "7.0.0"),              "",                 &["npm/@babel/core 7.0.0"]),
        (package(Deb, "bash", "5.2-2"),                      "",                 &[]),
    ];
    for (package, system, keys) in cases {
        let system: Option<Ecosystem> = system.parse().ok();
        let found = lookups(&installed(package.clone()), system.as_ref());
        let found: Vec<String> =
            found.iter().map(|lookup| format!("{} {}", lookup.key, lookup.version)).collect();
        assert_eq!(found, keys);
        let vouched = Installed { is_vouched_for: true, ..installed(package.clone()) };
        assert_eq!(
            lookups(&vouched, system.as_ref()).is_empty(),
            !package.kind.is_of_os() || keys.is_empty()
        );
    }
}

/// An index as rows would hold it.
fn index(advisories: &[Advisory]) -> BTreeMap<PackageKey, Vec<&Advisory>> {
    let mut index: BTreeMap<PackageKey, Vec<&Advisory>> = BTreeMap::new();
    for advisory in advisories {
        for key in advisory.keys() {
            index.entry(key.clone()).or_default().push(advisory);
        }
    }
    index
}

fn findings(inventory: &Inventory, advisories: &[Advisory]) -> Findings {
    let index = index(advisories);
    find(inventory, |key| index.get(key).cloned().unwrap_or_default(), |_| None)
}

fn lines(found: &Findings) -> Vec<String> {
    let line = |finding: &scan::Finding| {
        let fixed = finding.fixed_in.as_ref().map_or("-", Version::as_str);
        let related: Vec<&str> = finding.related.iter().map(Name::as_str).collect();
        format!(
            "{} {} {} {fixed} by {} {}",
            finding.rated.severity.as_str(),
            finding.vulnerability,
            finding.installed.package.name,
            finding.advisory,
            related.join(" ")
        )
    };
    found.findings.iter().map(|finding| line(finding).trim_end().to_owned()).collect()
}

fn image() -> Inventory {
    let status = "Package: libssl3\nVersion: 3.0-1\nSource: openssl\n\n\
                  Package: libssl-dev\nVersion: 3.0-1\nSource: openssl\n\n\
                  Package: node-x\nVersion: 1.0-1\n";
    let facts = Tarball::new()
        .file("etc/os-release", "ID=debian\nVERSION_ID=12\n")
        .file("var/lib/dpkg/status", status)
        .file("var/lib/dpkg/info/node-x.list", "/usr/lib/node_modules/x/package.json\n")
        .file("usr/lib/node_modules/x/package.json", r#"{"name":"x","version":"1.0.0"}"#)
        .file("app/node_modules/x/package.json", r#"{"name":"x","version":"1.0.0"}"#)
        .file("app/node_modules/y/package.json", r#"{"name":"y","version":"next"}"#)
        .facts();
    let digest = Digest::sha256(b"layer");
    merge([ImageLayer { digest: &digest, facts: &facts }])
}

#[test]
fn each_vulnerability_of_a_package_is_one_finding() {
    let critical = r#", "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}]"#;
    let alias = |ids: &str| format!(r#", "aliases": [{ids}]"#);
    let errata = r#", "upstream": ["CVE-2024-1", "CVE-2024-2"]"#;
    let gone = r#", "withdrawn": "2024-01-01T00:00:00Z""#;
    let advisories = [
        record("DEBIAN-CVE-2024-1", "Debian:12", "openssl", "introduced 0", critical),
        record("DSA-1-1", "Debian:12", "openssl", "introduced 0, fixed 3.0-2", errata),
        record("DEBIAN-CVE-2024-3", "Debian:12", "openssl", "introduced 0", gone),
        record("DEBIAN-CVE-2024-4", "Debian:11", "openssl", "introduced 0", ""),
        record("GHSA-aaaa", "npm", "x", "introduced 0, fixed 1.1.0", &alias(r#""CVE-2024-9""#)),
        record("OTHER-1", "npm", "x", "introduced 0", &alias(r#""GHSA-aaaa""#)),
        record("OTHER-2", "npm", "x", "introduced 0, fixed 2.0.0", &alias(r#""MORE-2""#)),
        record("MORE-2", "npm", "x", "introduced 0", &alias(r#""OTHER-2""#)),
        record("GHSA-bbbb", "npm", "y", "introduced 0, fixed 1.0.0", ""),
    ];
    let found = findings(&image(), &advisories);
    assert_eq!(
        lines(&found),
        [
            "CRITICAL CVE-2024-1 libssl-dev 3.0-2 by DEBIAN-CVE-2024-1 DEBIAN-CVE-2024-1 DSA-1-1",
            "CRITICAL CVE-2024-1 libssl3 3.0-2 by DEBIAN-CVE-2024-1 DEBIAN-CVE-2024-1 DSA-1-1",
            "UNDEFINED CVE-2024-2 libssl-dev 3.0-2 by DSA-1-1 DSA-1-1",
            "UNDEFINED CVE-2024-2 libssl3 3.0-2 by DSA-1-1 DSA-1-1",
            "UNDEFINED CVE-2024-9 x 1.1.0 by GHSA-aaaa GHSA-aaaa OTHER-1",
            "UNDEFINED MORE-2 x 2.0.0 by MORE-2 OTHER-2",
        ]
    );
    assert_eq!(found.findings[4].installed.path, path("app/node_modules/x/package.json"));
    let counts: Vec<_> = FindingCounts::of(&found.findings).iter().collect();
    assert_eq!(counts, [(scan::Severity::Critical, 2), (scan::Severity::Undefined, 4)]);
    let unjudged: Vec<String> =
        found.unjudged.iter().map(|one| format!("{} {}", one.advisory, one.key)).collect();
    assert_eq!(unjudged, ["GHSA-bbbb npm/y"]);
}

#[test]
fn a_changed_advisory_touches_only_what_it_names() {
    let old = record("A-1", "npm", "x", "introduced 0", "");
    let new = record("A-1", "npm", "y", "introduced 0", "");
    let keys = |old, new| -> Vec<String> {
        touched(old, new).into_iter().map(ToString::to_string).collect()
    };
    assert_eq!(keys(Some(&old), Some(&new)), ["npm/x", "npm/y"]);
    assert_eq!(keys(None, Some(&new)), ["npm/y"]);
    assert_eq!(keys(Some(&old), None), ["npm/x"]);
    assert!(keys(None, None).is_empty());
}
