//! What the files of a layer say.

use scan::{FileFacts, Removal};

use crate::tarball::{Tarball, gzip, packages, path, read, unread};

const DPKG: &str = "\
Package: libssl3
Status: install ok installed
Priority: optional
Architecture: amd64
Source: openssl (3.0.20-1~deb12u1)
Version: 3.0.20-1~deb12u1+b2
Description: library
 A line that goes on: with a colon
 Version: 9

Package: gone
Status: deinstall ok config-files
Version: 1.0

Package: half
Status: install ok half-configured
Architecture: all
Version: 1:2.0-1
";

const APK: &str = "\
C:Q1abc=
P:libcrypto3
V:3.3.1-r0
A:x86_64
o:openssl
F:usr/lib
R:libcrypto.so.3
Z:Q1=
F:usr/bin
R:c_rehash

P:musl
V:1.2.5-r0
A:x86_64
o:musl
";

#[test]
fn each_kind_of_package_is_found() {
    let node = r#"{"name": "@babel/core", "version": "7.24.0", "scripts": {}}"#;
    let gemspec = "Gem::Specification.new do |s|\n  s.name = \"rake\".freeze\n  s.version = \"13.0.6\"\nend\n";
    let composer =
        r#"{"packages": [{"name": "symfony/console", "version": "v6.4.1"}], "dev": true}"#;
    let old_composer = r#"[{"name": "monolog/monolog", "version": "1.2.0"}]"#;
    let dotnet = r#"{"runtimeTarget": {}, "libraries": {"App/1.0.0": {"type": "project"},
        "Newtonsoft.Json/13.0.1": {"type": "package", "sha512": "x"}}}"#;
    let metadata =
        "Metadata-Version: 2.1\r\nName: Jinja2\r\nVersion: 2.11.2\r\n\r\nName: other\r\n";
    let site = "usr/lib/python3/dist-packages";
    let facts = Tarball::new()
        .file("./var/lib/dpkg/status", DPKG)
        .file("var/lib/dpkg/status.d/tzdata", "Package: tzdata\nVersion: 2024a-0+deb12u1\n")
        .file("usr/lib/apk/db/installed", APK)
        .file(&format!("{site}/Jinja2-2.11.2.dist-info/METADATA"), metadata)
        .file(&format!("{site}/six-1.16.0.egg-info"), "Name: six\nVersion: 1.16.0\n")
        .file(&format!("{site}/yaml.egg-info/PKG-INFO"), "Name: PyYAML\nVersion: 6.0\n")
        .file("app/node_modules/@babel/core/package.json", node)
        .file("app/node_modules/lodash/package.json", r#"{"name":"lodash","version":"4.17.15"}"#)
        .file("app/node_modules/lodash/fp/package.json", r#"{"name":"fp","version":"0"}"#)
        .file("app/node_modules/part/package.json", r#"{"type":"module"}"#)
        .file("usr/lib/ruby/gems/3.1.0/specifications/rake-13.0.6.gemspec", gemspec)
        .file("app/vendor/composer/installed.json", composer)
        .file("old/vendor/composer/installed.json", old_composer)
        .file("app/App.deps.json", dotnet)
        .facts();
    assert_eq!(unread(&facts), Vec::<String>::new());
    let expected = [
        "Nuget Newtonsoft.Json 13.0.1 app/App.deps.json",
        "Node @babel/core 7.24.0 app/node_modules/@babel/core/package.json",
        "Node lodash 4.17.15 app/node_modules/lodash/package.json",
        "Composer symfony/console 6.4.1 app/vendor/composer/installed.json",
        "Composer monolog/monolog 1.2.0 old/vendor/composer/installed.json",
        "Apk libcrypto3 3.3.1-r0 usr/lib/apk/db/installed",
        "Apk musl 1.2.5-r0 usr/lib/apk/db/installed",
        "Python Jinja2 2.11.2 usr/lib/python3/dist-packages/Jinja2-2.11.2.dist-info/METADATA",
        "Python six 1.16.0 usr/lib/python3/dist-packages/six-1.16.0.egg-info",
        "Python PyYAML 6.0 usr/lib/python3/dist-packages/yaml.egg-info/PKG-INFO",
        "Gem rake 13.0.6 usr/lib/ruby/gems/3.1.0/specifications/rake-13.0.6.gemspec",
        "Deb half 1:2.0-1 var/lib/dpkg/status",
        "Deb libssl3 3.0.20-1~deb12u1+b2 var/lib/dpkg/status",
        "Deb tzdata 2024a-0+deb12u1 var/lib/dpkg/status.d/tzdata",
    ];
    assert_eq!(packages(&facts), expected);
}

#[test]
fn packages_know_what_they_were_built_from() {
    let facts =
        Tarball::new().file("var/lib/dpkg/status", DPKG).file("lib/apk/db/installed", APK).facts();
    let sources = |place: &str| -> Vec<String> {
        let packages = facts.files[&path(place)].packages().iter();
        let text = |package: &scan::Package| {
            let arch = package.arch.as_ref().unwrap();
            format!(
                "{} {arch} {} {}",
                package.name,
                package.source_name(),
                package.source_version()
            )
        };
        packages.map(text).collect()
    };
    assert_eq!(
        sources("var/lib/dpkg/status"),
        ["half all half 1:2.0-1", "libssl3 amd64 openssl 3.0.20-1~deb12u1"]
    );
    assert_eq!(
        sources("lib/apk/db/installed"),
        ["libcrypto3 x86_64 openssl 3.3.1-r0", "musl x86_64 musl 1.2.5-r0"]
    );
}

#[test]
fn databases_say_which_files_are_theirs() {
    let list = "/.\n/usr\n/usr/bin/tool\n/usr/share/doc/x\n/usr/lib/python3/dist-packages/six-1.egg-info\n";
    let facts = Tarball::new()
        .file("var/lib/dpkg/info/python3-six.list", list)
        .file("var/lib/dpkg/status.d/a.md5sums", "0123  usr/bin/a\n4567  usr/share/b\n")
        .file("lib/apk/db/installed", APK)
        .facts();
    let owned = |place: &str| facts.files[&path(place)].owned().to_vec();
    assert_eq!(
        owned("var/lib/dpkg/info/python3-six.list"),
        [path("usr/bin/tool"), path("usr/lib/python3/dist-packages/six-1.egg-info")]
    );
    assert_eq!(owned("var/lib/dpkg/status.d/a.md5sums"), [path("usr/bin/a")]);
    assert_eq!(owned("lib/apk/db/installed"), [path("usr/bin/c_rehash")]);
}

#[test]
fn a_layer_is_the_same_in_each_compression() {
    let layer = Tarball::new()
        .file("etc/os-release", "ID=alpine\nVERSION_ID=3.20.1\n")
        .file("usr/share/large", vec![7; 300_000])
        .file("lib/apk/db/installed", APK);
    let expected = layer.clone().facts();
    assert_eq!(packages(&expected).len(), 2);
    assert_eq!(read(&layer.clone().gzip()), expected, "gzip");
    assert_eq!(read(&layer.clone().zstd()), expected, "zstd");
    // eStargz: a member for each chunk. zstd:chunked: frames, and one to be skipped.
    let plain = layer.plain();
    let members: Vec<u8> = plain.chunks(100_000).flat_map(gzip).collect();
    assert_eq!(read(&members), expected, "members of gzip");
    let skipped = [0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3];
    let level = ruzstd::encoding::CompressionLevel::Fastest;
    let frame = |chunk: &[u8]| ruzstd::encoding::compress_to_vec(chunk, level);
    let frames = plain.chunks(100_000).map(frame);
    let frames: Vec<u8> = frames.flat_map(|frame| [&skipped[..], &frame].concat()).collect();
    assert_eq!(read(&frames), expected, "frames of zstd");
}

#[test]
fn whiteouts_and_links_are_noted() {
    let facts = Tarball::new()
        .file("var/lib/.wh.dpkg", "")
        .file("app/node_modules/.wh..wh..opq", "")
        .file(".wh..wh.plnk", "")
        .file(".wh.root", "")
        .symlink("etc/os-release", "../usr/lib/os-release")
        .symlink("usr/bin/x", "y")
        .file("usr/lib/os-release", "ID=debian\nVERSION_ID=12\n")
        .hard_link("usr/lib/dpkg/status", "var/lib/dpkg/status")
        .facts();
    assert_eq!(
        facts.removals,
        [
            Removal::Path(path("root")),
            Removal::Path(path("var/lib/dpkg")),
            Removal::Within("app/node_modules".into()),
            Removal::Within("etc/os-release".into()),
            Removal::Within("usr/bin/x".into()),
        ]
    );
    let links: Vec<_> = facts.links.iter().map(|(from, to)| format!("{from} → {to}")).collect();
    assert_eq!(
        links,
        ["etc/os-release → usr/lib/os-release", "usr/lib/dpkg/status → var/lib/dpkg/status"]
    );
    assert!(matches!(facts.files[&path("usr/lib/os-release")], FileFacts::Release(_)));
}

#[test]
fn the_last_entry_of_a_name_counts() {
    let first = "Package: a\nVersion: 1\n";
    let second = "Package: b\nVersion: 1\n";
    let facts = Tarball::new()
        .file("var/lib/dpkg/status", first)
        .file("var/lib/dpkg/status", second)
        .facts();
    assert_eq!(packages(&facts), ["Deb b 1 var/lib/dpkg/status"]);
}

#[test]
fn long_names_are_read_in_both_manners() {
    let folder = format!("{}/node_modules/x", "d".repeat(150));
    let name = format!("{folder}/package.json");
    let node = r#"{"name":"x","version":"1.0.0"}"#;
    let record = format!("path={name}\n");
    // The length counts itself.
    let length = record.len() + 4;
    let pax = Tarball::new()
        .entry(b'x', "PaxHeaders/x", "", 0o644, format!("{length} {record}").as_bytes())
        .file("short", node)
        .facts();
    let gnu = Tarball::new()
        .entry(b'L', "././@LongLink", "", 0o644, format!("{name}\0").as_bytes())
        .file("short", node)
        .facts();
    let mut header = [0; 512];
    header[..12].copy_from_slice(b"package.json");
    header[100..108].copy_from_slice(b"0000644\0");
    header[124..136].copy_from_slice(format!("{:011o}\0", node.len()).as_bytes());
    header[156] = b'0';
    header[257..263].copy_from_slice(b"ustar\0");
    let prefix = folder.trim_start_matches('d');
    let prefix = format!("{}{prefix}", "d".repeat(100));
    header[345..345 + prefix.len()].copy_from_slice(prefix.as_bytes());
    let ustar = Tarball::new().block(header).raw(node.as_bytes()).facts();
    assert_eq!(packages(&pax), [format!("Node x 1.0.0 {name}")]);
    assert_eq!(packages(&gnu), [format!("Node x 1.0.0 {name}")]);
    assert_eq!(packages(&ustar), [format!("Node x 1.0.0 {prefix}/package.json")]);
}

#[test]
fn a_script_replaces_a_program_of_a_layer_below() {
    let facts = Tarball::new().program("usr/bin/tool", "#!/bin/sh\n").file("usr/x", "x").facts();
    assert_eq!(facts.files[&path("usr/bin/tool")], FileFacts::Packages(Vec::new()));
    assert!(!facts.files.contains_key(&path("usr/x")));
}
