//! Layers, merged.

use names::Digest;
use scan::{ImageLayer, Inventory, LayerFacts, merge};

use crate::tarball::Tarball;

fn image(layers: Vec<Tarball>) -> Inventory {
    let facts: Vec<LayerFacts> = layers.into_iter().map(Tarball::facts).collect();
    let digests: Vec<Digest> = (0..facts.len()).map(digest).collect();
    let layers = digests.iter().zip(&facts);
    merge(layers.map(|(digest, facts)| ImageLayer { digest, facts }))
}

fn digest(number: usize) -> Digest {
    Digest::sha256(number.to_string().as_bytes())
}

/// A line for each package: name, version, the number of its layer, and who vouches for it.
fn lines(inventory: &Inventory) -> Vec<String> {
    let line = |installed: &scan::Installed| {
        let number = (0..9)
            .find(|number| digest(*number) == installed.layer)
            .expect("a layer of this image");
        let vouched = if installed.is_vouched_for { " vouched" } else { "" };
        format!("{} {} {number}{vouched}", installed.package.name, installed.package.version)
    };
    inventory.packages.iter().map(line).collect()
}

fn status(packages: &[(&str, &str)]) -> Tarball {
    let stanza =
        |(name, version): &(&str, &str)| format!("Package: {name}\nVersion: {version}\n\n");
    let text: String = packages.iter().map(stanza).collect();
    Tarball::new().file("var/lib/dpkg/status", text)
}

fn node(name: &str) -> Tarball {
    let manifest = format!(r#"{{"name":"{name}","version":"1.0.0"}}"#);
    Tarball::new().file(&format!("app/node_modules/{name}/package.json"), manifest)
}

#[test]
fn a_database_of_an_upper_layer_replaces_the_one_below() {
    let inventory = image(vec![
        status(&[("a", "1"), ("b", "1"), ("c", "1")]),
        node("x"),
        status(&[("a", "1"), ("b", "2")]),
        status(&[("a", "1"), ("b", "2"), ("c", "1")]),
    ]);
    // `c` was away in between.
    assert_eq!(lines(&inventory), ["x 1.0.0 1", "a 1 0", "b 2 2", "c 1 3"]);
}

#[test]
fn whiteouts_take_away_what_is_below_and_nothing_above() {
    let gone = |name: &str| Tarball::new().file(name, "");
    #[rustfmt::skip]
    let cases: [(Vec<Tarball>, &[&str], &str); 8] = [
        // layers                                                        packages       because
        (vec![node("x"), gone("app/.wh.node_modules")],                  &[],           "a folder"),
        (vec![node("x"), gone("app/node_modules/x/.wh.package.json")],   &[],           "a file"),
        (vec![node("x"), gone("app/node_modules/.wh.y")],                &["x 1.0.0 0"], "another folder"),
        (vec![node("xy"), gone("app/node_modules/.wh.x")],               &["xy 1.0.0 0"], "a name that begins alike"),
        (vec![node("x"), node("y").file("app/.wh..wh..opq", "")],        &["y 1.0.0 1"], "an opaque folder, and what its layer puts there"),
        (vec![node("x"), Tarball::new().symlink("app", "/srv/app")],     &[],           "a link in place of a folder"),
        (vec![node("x"), gone(".wh..wh..opq")],                          &[],           "an opaque root"),
        (vec![node("x"), gone("app/.wh.node_modules"), node("x")],       &["x 1.0.0 2"], "brought back"),
    ];
    for (layers, packages, because) in cases {
        assert_eq!(lines(&image(layers)), packages, "{because}");
    }
}

#[test]
fn files_of_packages_of_the_system_are_vouched_for() {
    let list = "/usr/lib/node_modules/x/package.json\n/lib/node_modules/y/package.json\n";
    let manifest = |name: &str| format!(r#"{{"name":"{name}","version":"1.0.0"}}"#);
    let debian = Tarball::new()
        .file("usr/lib/node_modules/x/package.json", manifest("x"))
        .file("usr/lib/node_modules/y/package.json", manifest("y"))
        .file("usr/lib/node_modules/z/package.json", manifest("z"))
        .file("var/lib/dpkg/info/node-x.list", list);
    let own = Tarball::new().file("usr/lib/node_modules/w/package.json", manifest("w"));
    let inventory = image(vec![debian, own]);
    assert_eq!(
        lines(&inventory),
        ["w 1.0.0 1", "x 1.0.0 0 vouched", "y 1.0.0 0 vouched", "z 1.0.0 0"]
    );
}

#[test]
fn a_package_of_others_vouches_for_nothing() {
    let status = "Package: nodejs\nVersion: 18.0-1nodesource1\nArchitecture: amd64\n\
                  Maintainer: Ivan Iguaran <ivan@nodesource.com>\n\n\
                  Package: node-y\nVersion: 1.0-1\n\
                  Maintainer: A Person <a.person@example.org>\n";
    let manifest = |name: &str| format!(r#"{{"name":"{name}","version":"1.0.0"}}"#);
    let inventory = image(vec![
        Tarball::new()
            .file("var/lib/dpkg/status", status)
            .file("var/lib/dpkg/info/nodejs:amd64.list", "/usr/lib/node_modules/x/package.json\n")
            .file("var/lib/dpkg/info/node-y.list", "/usr/lib/node_modules/y/package.json\n")
            .file("usr/lib/node_modules/x/package.json", manifest("x"))
            .file("usr/lib/node_modules/y/package.json", manifest("y")),
    ]);
    assert_eq!(
        lines(&inventory),
        ["x 1.0.0 0", "y 1.0.0 0 vouched", "node-y 1.0-1 0", "nodejs 18.0-1nodesource1 0"]
    );
    let debian = "Debian:12".parse().ok();
    let keys = |at: usize| scan::lookups(&inventory.packages[at], debian.as_ref()).len();
    assert_eq!((keys(0), keys(1), keys(2), keys(3)), (1, 0, 1, 0));
}

#[test]
fn the_release_is_found_through_links() {
    let debian = "ID=debian\nVERSION_ID=12\n";
    let alpine = "ID=alpine\nVERSION_ID=3.20.1\n";
    let tar = Tarball::new;
    let looping = || tar().symlink("etc/os-release", "/usr/lib/os-release");
    #[rustfmt::skip]
    let cases: [(Vec<Tarball>, Option<&str>, usize, &str); 7] = [
        // layers | id | unread | because
        (vec![tar().file("etc/os-release", debian)],                                         Some("debian"), 0, "a file"),
        (vec![tar().file("usr/lib/os-release", debian)],                                     Some("debian"), 0, "the other place"),
        (vec![tar().file("usr/lib/os-release", debian), looping()],                          Some("debian"), 0, "a link in a layer above"),
        (vec![looping().symlink("usr/lib/os-release", "/etc/os-release")],                   None,           2, "a loop"),
        (vec![tar().file("etc/os-release", debian).file("usr/lib/os-release", alpine)],      Some("debian"), 0, "`etc` is first"),
        (vec![tar().symlink("etc/os-release", "/opt/release")],                              None,           1, "a link to a file that is not read"),
        (vec![tar().file("etc/os-release", debian), tar().file("etc/.wh.os-release", "")],   None,           0, "taken away"),
    ];
    for (layers, id, unread, because) in cases {
        let inventory = image(layers);
        assert_eq!(
            inventory.release.map(|release| release.id.to_string()).as_deref(),
            id,
            "{because}"
        );
        assert_eq!(inventory.unread.len(), unread, "{because}");
    }
}

#[test]
fn what_could_not_be_read_stays_until_its_file_goes() {
    let bad = || Tarball::new().file("var/lib/rpm/rpmdb.sqlite", "x");
    let gone = Tarball::new().file("var/lib/.wh.rpm", "");
    assert_eq!(image(vec![bad(), node("x")]).unread.len(), 1);
    assert_eq!(image(vec![bad(), gone]).unread, []);
    let cut = Tarball::new().entry(b'x', "x", "", 0, b"?");
    assert_eq!(image(vec![cut, node("x")]).unread[0].0, digest(0));
}

#[test]
fn facts_keep_their_form() {
    let layer = status(&[("a", "1")])
        .file("etc/os-release", "ID=debian\nVERSION_ID=12\n")
        .file("var/lib/dpkg/info/a.list", "/usr/bin/a\n")
        .file("app/.wh.x", "")
        .file("var/lib/rpm/rpmdb.sqlite", "x")
        .facts();
    let text = serde_json::to_string(&layer).unwrap();
    assert_eq!(serde_json::from_str::<LayerFacts>(&text).unwrap(), layer);
    let climbing = text.replace("usr/bin/a", "../bin/a");
    assert!(serde_json::from_str::<LayerFacts>(&climbing).is_err());
}
