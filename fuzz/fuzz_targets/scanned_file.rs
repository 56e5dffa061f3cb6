//! Files of a layer that name packages, of each kind: one that is garbled takes no other along.

#![no_main]

use std::time::Duration;

use libfuzzer_sys::fuzz_target;
use scan::{Bounds, LayerPath, read_layer};

const PATHS: [&str; 18] = [
    "bin/tool",
    "etc/os-release",
    "usr/lib/dpkg/status",
    "var/lib/dpkg/info/a.list",
    "var/lib/dpkg/status.d/a",
    "var/lib/dpkg/status.d/a.md5sums",
    "lib/apk/db/installed",
    "var/lib/rpm/rpmdb.sqlite",
    "var/lib/rpm/rpmdb.sqlite-wal",
    "var/lib/rpm/Packages.db",
    "var/lib/rpm/Packages",
    "a.dist-info/METADATA",
    "a.egg-info/PKG-INFO",
    "node_modules/a/package.json",
    "a.jar",
    "specifications/a.gemspec",
    "composer/installed.json",
    "a.deps.json",
];
const STATUS: &str = "var/lib/dpkg/status";

fn entry(path: &str, content: &[u8]) -> Vec<u8> {
    let mut header = [0; 512];
    header[..path.len()].copy_from_slice(path.as_bytes());
    header[124..135].copy_from_slice(format!("{:011o}", content.len()).as_bytes());
    header[156] = b'0';
    header[148..156].fill(b' ');
    let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
    header[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
    let mut entry = [&header[..], content].concat();
    entry.resize(entry.len().next_multiple_of(512), 0);
    entry
}

fuzz_target!(|input: (u8, &[u8])| {
    let (kind, content) = input;
    let path = PATHS[usize::from(kind) % PATHS.len()];
    let other = entry(STATUS, b"Package: a\nVersion: 1\n");
    let layer = [entry(path, content), other].concat();
    let bounds = Bounds::default();
    let facts = read_layer(&layer[..], &bounds, &|| Duration::ZERO).expect("a slice");
    let status = LayerPath::parse(STATUS.as_bytes()).expect("a path");
    assert_eq!(facts.files[&status].packages().len(), 1);
});
