//! rpm's databases, in each form: recorded ones (`rpm/record.sh`), and what became of them.

use std::io::Read as _;

use flate2::read::GzDecoder;
use proptest::prelude::*;
use scan::{LayerFacts, Package};

use crate::tarball::{Tarball, packages, path, unread};

const SQLITE: &[u8] = include_bytes!("rpm/rpmdb.sqlite.gz");
const NDB: &[u8] = include_bytes!("rpm/Packages.db.gz");
const BDB: &[u8] = include_bytes!("rpm/Packages.gz");
/// What rpm itself says of them.
const PACKAGES: &str = include_str!("rpm/packages.txt");

const PLACES: [(&str, &[u8]); 3] = [
    ("var/lib/rpm/rpmdb.sqlite", SQLITE),
    ("usr/lib/sysimage/rpm/Packages.db", NDB),
    ("var/lib/rpm/Packages", BDB),
];

fn unpacked(gzip: &[u8]) -> Vec<u8> {
    let mut content = Vec::new();
    GzDecoder::new(gzip).read_to_end(&mut content).expect("a recorded file");
    content
}

fn read(place: &str, content: &[u8]) -> LayerFacts {
    Tarball::new().file(place, content).facts()
}

#[test]
fn each_form_says_what_rpm_says() {
    for (place, gzip) in PLACES {
        let facts = read(place, &unpacked(gzip));
        assert_eq!(unread(&facts), Vec::<String>::new(), "{place}");
        let line = |package: &Package| {
            let source = package.source.as_ref().expect("another name or version");
            let version = source.version.as_str().rsplit_once(':').map_or("", |(_, rest)| rest);
            let version = if version.is_empty() { source.version.as_str() } else { version };
            let arch = package.arch.as_ref().expect("an architecture");
            let source = format!("{}-{version}.src.rpm", source.name);
            format!("{} {} {arch} {source}", package.name, package.version)
        };
        let found = facts.files[&path(place)].packages();
        let made = |package: &&Package| package.name.as_str() != "made";
        let found: Vec<String> = found.iter().filter(made).map(line).collect();
        let expected: Vec<&str> =
            PACKAGES.lines().filter(|line| !line.starts_with("made ")).collect();
        assert_eq!(found, expected, "{place}");
        assert!(packages(&facts).contains(&format!("Rpm made 2:1.4.0-3.el9 {place}")), "{place}");
        let metadata = "usr/lib/python3/site-packages/made-1.5.dist-info/METADATA";
        let owned = facts.files[&path(place)].owned();
        assert_eq!(owned, [path("usr/bin/made"), path(metadata)], "{place}");
    }
}

#[test]
fn a_list_in_place_of_a_database_is_read() {
    let list = "openssl-libs\t3.3.0-1.azl3\t1\t2\tMicrosoft Corporation\t(none)\t9\tx86_64\t0\topenssl-3.3.0-1.azl3.src.rpm\n\
                vim\t9.0-1.azl3\t1\t2\tMicrosoft Corporation\t2\t9\tx86_64\t2\tvim-9.0-1.azl3.src.rpm\n\
                cut\t1\n";
    let place = "var/lib/rpmmanifest/container-manifest-2";
    let facts = read(place, list.as_bytes());
    assert_eq!(
        packages(&facts),
        [format!("Rpm openssl-libs 3.3.0-1.azl3 {place}"), format!("Rpm vim 2:9.0-1.azl3 {place}")]
    );
    assert_eq!(facts.files[&path(place)].packages()[0].source_name().as_str(), "openssl");
    let said = format!("{place}: malformed: 1 entries; the first: a line without ten columns");
    assert_eq!(unread(&facts), [said]);
}

#[test]
fn a_database_that_is_cut_says_so_and_gives_what_is_left() {
    for (place, gzip) in PLACES {
        let content = unpacked(gzip);
        for part in [1, 2, 3, 5, 8] {
            let facts = read(place, &content[..content.len() * part / 9]);
            let count = packages(&facts).len();
            assert!(!unread(&facts).is_empty() || count == 3, "{place}, {part} of 9: {count}");
        }
    }
}

#[test]
fn headers_that_overlap_end_the_reading() {
    // Every slot points at the same, large header.
    let content = unpacked(NDB);
    let largest = (1..4).max_by_key(|slot| content[32 + 16 * (slot - 1) + 12]).unwrap_or(1);
    let slot: Vec<u8> = content[32 + 16 * (largest - 1)..][..16].to_vec();
    let mut content = content;
    for place in content[32..4096].chunks_exact_mut(16) {
        place.copy_from_slice(&slot);
    }
    let facts = read("var/lib/rpm/Packages.db", &content);
    assert!(unread(&facts)[0].ends_with("malformed: headers that overlap"), "{:?}", unread(&facts));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn bytes_that_change_never_stop_the_reading(
        form in 0_usize..3,
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..40),
    ) {
        let (place, gzip) = PLACES[form];
        let mut content = unpacked(gzip);
        for (at, byte) in changes {
            let at = at.index(content.len());
            content[at] = byte;
        }
        let facts = Tarball::new()
            .file(place, content)
            .file("var/lib/dpkg/status", "Package: a\nVersion: 1\n")
            .facts();
        prop_assert!(packages(&facts).contains(&"Deb a 1 var/lib/dpkg/status".to_owned()));
    }
}
