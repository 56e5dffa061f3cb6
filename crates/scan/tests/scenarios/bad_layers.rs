//! Layers that lie, are cut, or are too much.

use std::io::{self, Read};
use std::time::Duration;

use scan::{Bounds, read_layer};

use crate::tarball::{Tarball, gzip, packages, read, read_within, unread};

const STATUS: &str = "Package: a\nVersion: 1\n";

#[test]
fn what_is_no_layer_is_said() {
    let layer = || Tarball::new().file("var/lib/dpkg/status", STATUS).file("x", vec![b'x'; 5000]);
    let mut wrong_sum = Tarball::new().file("var/lib/dpkg/status", STATUS).plain();
    wrong_sum[1024 + 7] = b'8';
    let torn = {
        let gzip = layer().gzip();
        gzip[..gzip.len() - 30].to_vec()
    };
    let torn_zstd = {
        let zstd = layer().zstd();
        zstd[..zstd.len() - 4].to_vec()
    };
    let mut garbled = layer().gzip();
    garbled[20..60].fill(0xff);
    #[rustfmt::skip]
    let cases: [(&str, Vec<u8>, &str, usize); 13] = [
        // what | bytes | unread | packages
        ("nothing",                    Vec::new(),                       "",                                        0),
        ("text",                       b"not a layer".to_vec(),          "layer: not an archive",                   0),
        ("a block of text",            vec![b'a'; 4096],                 "layer: not an archive",                   0),
        ("text in gzip",               gzip(b"not a layer"),             "layer: not an archive",                   0),
        ("a zip",                      b"PK\x03\x04aaaa".to_vec(),       "layer: not an archive",                   0),
        ("gzip without content",       vec![0x1f, 0x8b],                 "layer: ends too early",                   0),
        ("gzip that is cut",           torn,                             "layer: ends too early",                   1),
        ("zstd that is cut",           torn_zstd,                        "layer: ends too early",                   0),
        ("tar that is cut in a file",  layer().plain()[..3000].to_vec(), "layer: ends too early",                   1),
        ("tar that is cut in a header", layer().plain()[..1200].to_vec(), "layer: ends too early",                  1),
        ("a tar without its end",      layer().plain()[..512 + 512].to_vec(), "",                                   1),
        ("a header with a wrong sum",  Tarball::new().file("var/lib/dpkg/status", STATUS).raw(&[b'a'; 512]).plain(), "layer: malformed: a header with a wrong sum", 1),
        ("zeros between entries",      Tarball::new().file("var/lib/dpkg/status", STATUS).raw(&[0; 512]).file("x", "y").plain(), "layer: malformed: a block of zeros between entries", 1),
    ];
    for (what, bytes, expected, count) in cases {
        let facts = read(&bytes);
        assert_eq!(unread(&facts).join("; "), expected, "{what}");
        assert_eq!(packages(&facts).len(), count, "{what}");
    }
    assert_eq!(unread(&read(&garbled)).len(), 1);
}

#[test]
fn names_that_climb_are_counted_and_passed_over() {
    let facts = Tarball::new()
        .file("../../var/lib/dpkg/status", STATUS)
        .file("var/../../lib/dpkg/status", STATUS)
        .file("var/lib/.wh...", "")
        .file("./", "")
        .entry(b'5', "./", "", 0o755, b"")
        .file("var/lib/dpkg/status", STATUS)
        .facts();
    assert_eq!(unread(&facts), ["layer: 3 entries with unsafe names"]);
    assert_eq!(packages(&facts).len(), 1);
    assert_eq!(facts.removals, []);
}

#[test]
fn each_bound_ends_the_reading_and_says_so() {
    let status = || Tarball::new().file("var/lib/dpkg/status", STATUS);
    let bounds = Bounds::default;
    let zeros = || status().file("zeros", vec![0; 3 << 20]);
    let three = "Package: a\nVersion: 1\n\nPackage: b\nVersion: 1\n\nPackage: c\nVersion: 1\n";
    let many =
        || status().file("lib/apk/db/installed", "P:a\nV:1\n").file("usr/lib/dpkg/status", three);
    #[rustfmt::skip]
    let cases: [(Vec<u8>, Bounds, &str, bool); 6] = [
        // layer | bounds | unread | of size
        (zeros().gzip(),   Bounds { ratio_free_bytes: 1 << 20, ratio_max: 50, ..bounds() },         "layer: the layer is compressed beyond the allowed ratio",  true),
        (zeros().plain(),  Bounds { layer_bytes_max: 1 << 20, ..bounds() },          "layer: the layer has too many bytes",                      true),
        (many().plain(),   Bounds { entries_max: 1, ..bounds() },                    "layer: the layer has too many entries",                    true),
        (many().plain(),   Bounds { packages_max: 2, ..bounds() },                   "usr/lib/dpkg/status: the layer has too many packages",     false),
        (many().plain(),   Bounds { file_bytes_max: 30, ..bounds() },                "usr/lib/dpkg/status: the file is too large",               false),
        (zeros().gzip(),   bounds(),                                                 "",                                                         false),
    ];
    for (layer, bounds, expected, is_of_size) in cases {
        let facts = read_within(&layer, &bounds);
        assert_eq!(unread(&facts).join("; "), expected);
        let of_size = facts.unread.iter().any(|unread| match unread.why {
            scan::Why::Bound(bound) => bound.is_of_size(),
            _ => false,
        });
        assert_eq!(of_size, is_of_size, "{expected}");
        assert!(packages(&facts).contains(&"Deb a 1 var/lib/dpkg/status".to_owned()), "{expected}");
    }
    let late = std::cell::Cell::new(0);
    let clock = || {
        late.set(late.get() + 100);
        Duration::from_secs(late.get())
    };
    let facts = read_layer(&many().plain()[..], &Bounds::default(), &clock).unwrap();
    assert_eq!(unread(&facts), ["layer: reading the layer took too long"]);
}

#[test]
fn a_number_that_lies_ends_the_reading() {
    let header = |size: &[u8; 12]| {
        let mut header = [0; 512];
        header[..1].copy_from_slice(b"x");
        header[124..136].copy_from_slice(size);
        header[156] = b'0';
        Tarball::new().file("var/lib/dpkg/status", STATUS).block(header).plain()
    };
    #[rustfmt::skip]
    let cases = [
        // size                                            unread
        (b"zzzzzzzzzzz\0",                                 "layer: malformed: a header with a number that is none"),
        (b"77777777777\0",                                 "layer: ends too early"),
        (b"\x80\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff",    "layer: ends too early"),
        (b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", "layer: malformed: a header with a number that is none"),
    ];
    for (size, expected) in cases {
        let facts = read(&header(size));
        assert_eq!(unread(&facts), [expected]);
        assert_eq!(packages(&facts).len(), 1);
    }
    let long = Tarball::new().entry(b'L', "x", "", 0, &vec![b'a'; 2 << 20]).facts();
    assert_eq!(unread(&long), ["layer: malformed: an extended header that is too long"]);
    for record in
        ["11 path=x\n", "8 path=", "x path=y\n", "99999999999999999999 path=x\n", "5 a\n\n"]
    {
        let facts = Tarball::new().entry(b'x', "x", "", 0, record.as_bytes()).facts();
        let expected = "layer: malformed: an extended header that makes no sense";
        assert_eq!(unread(&facts), [expected], "{record:?}");
    }
}

#[test]
fn files_that_make_no_sense_are_said_and_the_rest_goes_on() {
    let long = "9".repeat(300);
    let garbage = vec![0xff; 3000];
    let deep = "[".repeat(100_000);
    #[rustfmt::skip]
    let cases: [(&str, Vec<u8>, &str); 16] = [
        // path | content | what is said
        ("usr/lib/dpkg/status",              b"Package: a\n\nVersion: 1\n".to_vec(),     "malformed: 2 entries; the first: a stanza without a name or a version"),
        ("usr/lib/dpkg/status",              format!("Package: a\nVersion: {long}\n").into(), "malformed: 1 entries; the first: a version is empty, too long or has control characters"),
        ("usr/lib/dpkg/status",              b"Package: a\x07b\nVersion: 1\n".to_vec(),  "malformed: 1 entries; the first: a name is empty, too long or has control characters"),
        ("lib/apk/db/installed",             b"P:a\n\n".to_vec(),                        "malformed: 1 entries; the first: an entry without a name or a version"),
        ("etc/os-release",                   garbage.clone(),                            "malformed: no ID"),
        ("x/node_modules/y/package.json",    deep.clone().into(),                        "malformed: recursion limit exceeded at line 1 column 128"),
        ("x/node_modules/y/package.json",    b"{\"name\":".to_vec(),                     "malformed: EOF while parsing a value at line 1 column 8"),
        ("vendor/composer/installed.json",   b"{}".to_vec(),                             "malformed: data did not match any variant of untagged enum Installed"),
        ("a.deps.json",                      garbage.clone(),                            "malformed: expected value at line 1 column 1"),
        ("y.dist-info/METADATA",             garbage.clone(),                            "malformed: 1 entries; the first: no name or no version"),
        ("specifications/y.gemspec",         garbage.clone(),                            "malformed: 1 entries; the first: no name or no version"),
        ("y.jar",                            garbage.clone(),                            "malformed: not a zip archive"),
        ("var/lib/rpm/rpmdb.sqlite",         garbage.clone(),                            "malformed: not a database of SQLite"),
        ("var/lib/rpm/Packages.db",          garbage.clone(),                            "malformed: not a database of rpm"),
        ("var/lib/rpm/Packages",             garbage,                                    "malformed: not a hash of Berkeley DB"),
        ("var/lib/rpm/rpmdb.sqlite-wal",     b"x".to_vec(),                              "not supported: changes of the database that were never merged"),
    ];
    for (path, content, expected) in cases {
        let facts = Tarball::new().file(path, content).file("var/lib/dpkg/status", STATUS).facts();
        assert_eq!(unread(&facts), [format!("{path}: {expected}")]);
        assert_eq!(packages(&facts), ["Deb a 1 var/lib/dpkg/status"], "{path}");
        assert!(facts.files.len() == 2, "{path} hides the one below it");
    }
    let sparse = Tarball::new().entry(b'S', "etc/os-release", "", 0, b"x").facts();
    assert_eq!(unread(&sparse), ["etc/os-release: not supported: a sparse file"]);
}

/// A stream that fails after some bytes.
struct Failing<'a>(&'a [u8]);

impl Read for Failing<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self.0.read(into)? {
            0 => Err(io::Error::new(io::ErrorKind::ConnectionReset, "the store went away")),
            count => Ok(count),
        }
    }
}

#[test]
fn a_stream_that_fails_is_an_error_and_no_fact() {
    for layer in [
        Tarball::new().file("var/lib/dpkg/status", STATUS).gzip(),
        Tarball::new().file("var/lib/dpkg/status", STATUS).plain(),
        Tarball::new().file("var/lib/dpkg/status", STATUS).zstd(),
        Vec::new(),
    ] {
        let stream = Failing(&layer[..layer.len() / 2]);
        let error = read_layer(stream, &Bounds::default(), &|| Duration::ZERO).unwrap_err();
        assert_eq!(error.to_string(), "the store went away");
    }
}
