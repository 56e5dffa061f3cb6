//! Good inputs, garbled: no reader stops, and none takes the others along.

use proptest::prelude::*;
use proptest::sample::Index;
use scan::{Ecosystem, parse_osv, read_updateinfo};

use crate::tarball::{Tarball, packages, read};

/// Files that the readers look for, with good content.
const FILES: [(&str, &str); 12] = [
    ("etc/os-release", "ID=debian\nVERSION_ID=\"12\"\nPRETTY_NAME='x'\n"),
    (
        "usr/lib/dpkg/status",
        "Package: a\nStatus: install ok installed\nSource: b (1)\nVersion: 2\n\n",
    ),
    ("var/lib/dpkg/info/a.list", "/.\n/usr/bin/a\n/usr/lib/node_modules/a/package.json\n"),
    ("lib/apk/db/installed", "P:a\nV:1-r0\nA:x86_64\no:b\nF:usr/bin\nR:a\n\nP:b\nV:2\n"),
    ("a.dist-info/METADATA", "Metadata-Version: 2.1\nName: a\nVersion: 1.0\n\ntext\n"),
    ("node_modules/a/package.json", r#"{"name": "a", "version": "1.0.0", "x": [1, {"y": null}]}"#),
    ("specifications/a.gemspec", "s.name = \"a\".freeze\ns.version = \"1.0\"\n"),
    ("composer/installed.json", r#"{"packages": [{"name": "a/b", "version": "v1.0"}]}"#),
    ("a.deps.json", r#"{"libraries": {"A/1.0": {"type": "package"}}}"#),
    ("a.md5sums", "0123  usr/bin/a\n"),
    ("bin/a", "\u{7f}ELF\u{2}\u{1}\u{1}"),
    ("a.jar", "PK\u{5}\u{6}\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"),
];

/// Changes of bytes: at a place, to a value.
fn changes() -> impl Strategy<Value = Vec<(Index, u8)>> {
    proptest::collection::vec((any::<Index>(), any::<u8>()), 1..20)
}

fn change(content: &mut [u8], changes: &[(Index, u8)]) {
    for (at, byte) in changes {
        let at = at.index(content.len());
        content[at] = *byte;
    }
}

fn survivor() -> Tarball {
    Tarball::new().file("var/lib/dpkg/status", "Package: a\nVersion: 1\n")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn a_garbled_file_takes_no_other_along(
        which in any::<Index>(), changes in changes(), cut in any::<Index>(),
    ) {
        let (path, content) = FILES[which.index(FILES.len())];
        let mut content = content.as_bytes().to_vec();
        change(&mut content, &changes);
        content.truncate(cut.index(content.len()) + 1);
        let facts = survivor().program(path, content).facts();
        prop_assert!(packages(&facts).contains(&"Deb a 1 var/lib/dpkg/status".to_owned()));
    }

    #[test]
    fn a_garbled_layer_keeps_what_came_before(
        form in 0..3, changes in changes(), cut in any::<Index>(),
    ) {
        let files = FILES.iter();
        let layer = files.fold(survivor(), |layer, (path, content)| layer.file(path, content));
        let mut bytes = match form {
            0 => layer.plain(),
            1 => layer.gzip(),
            _ => layer.zstd(),
        };
        let whole = read(&bytes);
        prop_assert!(packages(&whole).len() >= 9);
        // Of a plain archive, the first entry stays as it is.
        let first = if form == 0 { 1024 } else { 4 };
        change(&mut bytes[first..], &changes);
        bytes.truncate(first + cut.index(bytes.len() - first));
        let facts = read(&bytes);
        if form == 0 {
            prop_assert!(packages(&facts).contains(&"Deb a 1 var/lib/dpkg/status".to_owned()));
        }
        prop_assert!(facts.size_bytes < 1 << 30);
    }

    #[test]
    fn any_bytes_are_a_layer_that_says_what_is_wrong(
        magic in prop_oneof![
            Just(&b""[..]),
            Just(&b"\x1f\x8b\x08\0\0\0\0\0\0\x03"[..]),
            Just(&b"\x28\xb5\x2f\xfd"[..]),
            Just(&b"\x50\x2a\x4d\x18"[..]),
        ],
        bytes in proptest::collection::vec(any::<u8>(), 0..2000),
    ) {
        let facts = read(&[magic, &bytes].concat());
        prop_assert!(facts.files.is_empty());
        let is_empty = magic.is_empty() && bytes.is_empty();
        // Zeros are an archive without entries.
        let is_zeros = magic.is_empty() && bytes.iter().all(|byte| *byte == 0);
        prop_assert!(!facts.unread.is_empty() || is_empty || is_zeros || magic.len() == 4);
    }

    #[test]
    fn a_garbled_advisory_is_refused_or_read(changes in changes()) {
        let record = r#"{"id": "A", "aliases": ["CVE-1"], "modified": "2024-01-02T03:04:05Z",
            "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],
            "affected": [{"package": {"ecosystem": "npm", "name": "a"}, "versions": ["1"],
            "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "1.0"}]}]}]}"#;
        let mut bytes = record.as_bytes().to_vec();
        change(&mut bytes, &changes);
        if let Ok(advisory) = parse_osv(&bytes) {
            let text = serde_json::to_string(&advisory).unwrap();
            prop_assert_eq!(serde_json::from_str::<scan::Advisory>(&text).unwrap(), advisory);
        }
        let xml = "<updates><update type=\"security\"><id>A</id><issued date=\"2024-01-02\"/>\
            <pkglist><collection><package name=\"a\" arch=\"x\" version=\"1\" release=\"1\"/>\
            </collection></pkglist></update></updates>";
        let mut bytes = xml.as_bytes().to_vec();
        change(&mut bytes, &changes);
        let ecosystem: Ecosystem = "Fedora:43".parse().unwrap();
        let mut count = 0;
        let _ = read_updateinfo(&bytes[..], &ecosystem, |_| count += 1);
        prop_assert!(count <= 1);
    }
}
