//! Java archives, and archives inside of them.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::DeflateEncoder;
use scan::{Bounds, LayerFacts};

use crate::tarball::{Tarball, packages, read_within, unread};

/// A zip archive, written entry by entry.
#[derive(Default, Clone)]
struct Zip {
    content: Vec<u8>,
    directory: Vec<u8>,
    count: u16,
}

impl Zip {
    fn stored(self, name: &str, content: &[u8]) -> Self {
        self.entry(name, 0, content)
    }

    fn deflated(self, name: &str, content: &[u8]) -> Self {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(content).expect("memory takes all");
        self.entry(name, 8, &encoder.finish().expect("memory takes all"))
    }

    fn entry(mut self, name: &str, method: u8, packed: &[u8]) -> Self {
        let offset = u32::try_from(self.content.len()).expect("a small archive").to_le_bytes();
        let size = u32::try_from(packed.len()).expect("a small entry").to_le_bytes();
        let length = u16::try_from(name.len()).expect("a short name").to_le_bytes();
        let shared = [&[20, 0, 0, 0, method, 0][..], &[0; 8], &size, &size, &length, &[0; 2]];
        let shared = shared.concat();
        self.content.extend([b"PK\x03\x04", &shared[..], name.as_bytes(), packed].concat());
        let place = [&[0; 10][..], &offset].concat();
        let entry = [&b"PK\x01\x02\x14\0"[..], &shared, &place, name.as_bytes()];
        self.directory.extend(entry.concat());
        self.count += 1;
        self
    }

    fn finish(self) -> Vec<u8> {
        let number = |length: usize| u32::try_from(length).expect("small").to_le_bytes();
        let count = self.count.to_le_bytes();
        let end = [&b"PK\x05\x06\0\0\0\0"[..], &count, &count, &number(self.directory.len())];
        let offset = number(self.content.len());
        [self.content, self.directory, end.concat(), offset.to_vec(), vec![0; 2]].concat()
    }
}

fn properties(group: &str, artifact: &str, version: &str) -> Vec<u8> {
    format!("#made\ngroupId={group}\r\nartifactId={artifact}\nversion = {version}\n").into()
}

fn jar(group: &str, artifact: &str, version: &str) -> Zip {
    let name = format!("META-INF/maven/{group}/{artifact}/pom.properties");
    Zip::default().deflated(&name, &properties(group, artifact, version))
}

fn read(name: &str, content: &[u8]) -> LayerFacts {
    Tarball::new().file(name, content).facts()
}

#[test]
fn archives_name_their_coordinates_and_those_inside() {
    let inner = jar("org.example", "inner", "2.0").finish();
    let shaded = jar("org.example", "outer", "1.0")
        .deflated("META-INF/maven/g/shaded/pom.properties", &properties("g", "shaded", "3"))
        .deflated("org/Example.class", &[0; 1000])
        .finish();
    let war = Zip::default()
        .stored("WEB-INF/lib/inner-2.0.jar", &inner)
        .deflated("WEB-INF/lib/shaded.jar", &shaded)
        .stored("META-INF/MANIFEST.MF", b"Manifest-Version: 1.0\nImplementation-Version: 9\n")
        .finish();
    let facts = read("srv/app.war", &war);
    let expected = [
        "Java app 9 srv/app.war",
        "Java g:shaded 3 srv/app.war",
        "Java org.example:inner 2.0 srv/app.war",
        "Java org.example:outer 1.0 srv/app.war",
    ];
    assert_eq!(packages(&facts), expected);
    // A program in front, as archives have it that run by themselves.
    let script = [b"#!/bin/sh\nexec java -jar $0\n".to_vec(), war].concat();
    let facts = read("srv/app.jar", &script);
    assert_eq!(packages(&facts).len(), 4);
    assert_eq!(unread(&facts), Vec::<String>::new());
}

#[test]
fn archives_that_lie_are_said_and_the_rest_goes_on() {
    let good = || jar("g", "good", "1");
    let nested = (0..9).fold(good().finish(), |inner, depth| {
        jar("g", &format!("level{depth}"), "1").stored("inner.jar", &inner).finish()
    });
    let bomb = good().deflated("lib/large.jar", &vec![0; 3 << 20]).finish();
    let unknown = good().entry("META-INF/maven/a/b/pom.properties", 12, b"x").finish();
    let garbled = good().entry("META-INF/maven/a/b/pom.properties", 8, b"\xff\xff\xff").finish();
    let unnamed = Zip::default().stored("a.class", b"").finish();
    let placeholder = good()
        .stored("META-INF/maven/a/b/pom.properties", &properties("a", "b", "${version}"))
        .finish();
    let many = (0..20).fold(good(), |zip, number| zip.stored(&number.to_string(), b"")).finish();
    let cut = good().finish();
    let mut outside = good().finish();
    let end = outside.len() - 6;
    outside[end..end + 4].copy_from_slice(&[0xf0; 4]);
    let bounds =
        Bounds { archive_bytes_max: 1 << 20, archive_entries_max: 15, ..Bounds::default() };
    #[rustfmt::skip]
    let cases = [
        // archive, what is said, packages
        (nested,                       "archives are nested too deeply",                                             5),
        (bomb,                         "the archive holds too many bytes",                                           1),
        (many,                         "the archive has too many entries",                                           0),
        (unknown,                      "not supported: an entry of an unknown compression; malformed: 1 entries; the first: a pom.properties without coordinates", 1),
        (garbled,                      "malformed: an entry does not inflate; malformed: 1 entries; the first: a pom.properties without coordinates", 1),
        (placeholder,                  "malformed: 1 entries; the first: a pom.properties without coordinates",      1),
        (unnamed,                      "not supported: x.jar names no Maven coordinates",                            0),
        (cut[..cut.len() - 30].to_vec(), "malformed: not a zip archive",                                             0),
        (outside,                      "malformed: the directory is cut",                                            0),
        (b"PK\x05\x06".to_vec(),       "malformed: not a zip archive",                                               0),
    ];
    for (archive, expected, count) in cases {
        let layer = Tarball::new().file("x.jar", archive).plain();
        let facts = read_within(&layer, &bounds);
        let said: Vec<String> = facts.unread.iter().map(|unread| unread.why.to_string()).collect();
        assert_eq!(said.join("; "), expected);
        assert_eq!(packages(&facts).len(), count, "{expected}");
    }
}
