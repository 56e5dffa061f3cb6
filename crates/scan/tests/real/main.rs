//! Real layers, against what the package managers themselves say: a Debian that debootstrap made,
//! and the Python, Node and Go that `tests/install.sh` installs for other tests.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use scan::{Bounds, Ecosystem, LayerFacts, PackageKey, PackageKind, read_layer};
use stand_ins::skipped;

/// A file or a folder that `tests/install.sh` made, if it is there.
fn tool(what: &str, path: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.tools").join(path);
    let found = path.canonicalize().ok();
    if found.is_none() {
        skipped(what, "run tests/install.sh first");
    }
    found
}

/// What a command says, if it is there and succeeds.
fn said(what: &str, command: &mut Command) -> Option<String> {
    match command.output() {
        Ok(output) if output.status.success() => Some(String::from_utf8(output.stdout).unwrap()),
        Ok(output) => {
            skipped(what, &String::from_utf8_lossy(&output.stderr));
            None
        }
        Err(error) => {
            skipped(what, &error.to_string());
            None
        }
    }
}

/// Reads a folder as a layer, as `tar` streams it.
fn layer_of(folder: &Path) -> LayerFacts {
    let mut tar = Command::new("tar");
    tar.arg("-C").arg(folder).args(["-cf", "-", "."]).stdout(Stdio::piped());
    let mut tar = tar.spawn().unwrap();
    let facts =
        read_layer(tar.stdout.take().unwrap(), &Bounds::default(), &|| Duration::ZERO).unwrap();
    tar.wait().unwrap();
    facts
}

/// A line for each package of a kind: its place in the layer, its name and its version.
fn listed(facts: &LayerFacts, kind: PackageKind) -> BTreeSet<String> {
    let packages = facts
        .files
        .iter()
        .flat_map(|(path, file)| file.packages().iter().map(move |package| (path, package)));
    let packages = packages.filter(|(_, package)| package.kind == kind);
    packages
        .map(|(path, package)| format!("{} {} {}", path.folder(), package.name, package.version))
        .collect()
}

#[test]
fn a_debian_has_the_packages_that_dpkg_lists() {
    const WHAT: &str = "the packages of a Debian";
    let Some(archive) = tool(WHAT, "debian.tar.gz") else { return };
    let root = tempfile::tempdir().unwrap();
    let mut unpack = Command::new("tar");
    unpack.arg("-xzf").arg(&archive).arg("-C").arg(root.path()).arg("./var/lib/dpkg");
    assert!(unpack.status().unwrap().success());
    let mut query = Command::new("dpkg-query");
    query.arg("--admindir").arg(root.path().join("var/lib/dpkg")).args([
        "-W",
        "-f",
        "${db:Status-Status} ${Package} ${Version} ${Architecture} ${source:Package} \
         ${source:Version}\n",
    ]);
    let Some(expected) = said(WHAT, &mut query) else { return };
    let installed = expected.lines().filter_map(|line| line.strip_prefix("installed "));
    let expected: BTreeSet<String> = installed.map(str::to_owned).collect();

    let file = File::open(&archive).unwrap();
    let facts = read_layer(file, &Bounds::default(), &|| Duration::ZERO).unwrap();
    assert_eq!(facts.unread, []);
    let packages = facts.files.values().flat_map(scan::FileFacts::packages);
    let debs = packages.filter(|package| package.kind == PackageKind::Deb);
    let found: BTreeSet<String> = debs
        .map(|package| {
            let (source, version) = (package.source_name(), package.source_version());
            let arch = package.arch.as_ref().unwrap();
            format!("{} {} {arch} {source} {version}", package.name, package.version)
        })
        .collect();
    assert_eq!(found, expected);
    assert!(found.len() > 50, "a Debian has more than {} packages", found.len());
}

#[test]
fn an_environment_of_python_has_the_packages_that_pip_lists() {
    const WHAT: &str = "the packages of Python";
    let Some(environment) = tool(WHAT, "venv") else { return };
    let mut pip = Command::new(environment.join("bin/python"));
    pip.args(["-m", "pip", "list", "--format=freeze", "--disable-pip-version-check"]);
    let Some(expected) = said(WHAT, &mut pip) else { return };
    let key = |name: &str| PackageKey::new(Ecosystem::new(scan::Family::PyPi, ""), name).unwrap();
    let line = |(name, version): (&str, &str)| format!("{} {version}", key(name).name());
    let expected: BTreeSet<String> =
        expected.lines().filter_map(|line| line.split_once("==")).map(line).collect();

    let facts = layer_of(&environment);
    let packages = facts.files.values().flat_map(scan::FileFacts::packages);
    let packages = packages.filter(|package| package.kind == PackageKind::Python);
    let found: BTreeSet<String> =
        packages.map(|package| line((package.name.as_str(), package.version.as_str()))).collect();
    assert_eq!(found, expected);
    assert!(!found.is_empty());
}

#[test]
fn a_folder_of_node_has_the_packages_that_npm_lists() {
    const WHAT: &str = "the packages of Node";
    let Some(folder) = tool(WHAT, "node") else { return };
    let mut npm = Command::new("npm");
    npm.current_dir(&folder).args(["ls", "--all", "--parseable", "--long"]);
    let Some(expected) = said(WHAT, &mut npm) else { return };
    let line = |line: &str| {
        let (path, package) = line.split_once(':')?;
        let path = Path::new(path).strip_prefix(&folder).ok()?;
        let (name, version) = package.split(':').next()?.rsplit_once('@')?;
        (!version.is_empty()).then(|| format!("{} {name} {version}", path.display()))
    };
    let expected: BTreeSet<String> = expected.lines().filter_map(line).collect();
    let found = listed(&layer_of(&folder), PackageKind::Node);
    assert_eq!(found, expected);
    assert!(!found.is_empty());
}

#[test]
fn programs_of_go_have_the_modules_that_go_lists() {
    const WHAT: &str = "the modules of programs of Go";
    let Some(folder) = tool(WHAT, "bin") else { return };
    let mut go = Command::new("go");
    let Some(expected) = said(WHAT, go.args(["version", "-m"]).arg(&folder)) else { return };
    let facts = layer_of(&folder);
    let mut modules = BTreeSet::new();
    let mut last = None;
    for line in expected.lines() {
        let words: Vec<&str> = line.trim().split('\t').collect();
        match words[..] {
            ["mod" | "dep", path, version, ..] => {
                modules.extend(last.take());
                last = Some(format!("{path} {version}"));
            }
            ["=>", path, version, ..] => last = Some(format!("{path} {version}")),
            _ => {}
        }
    }
    modules.extend(last);
    modules.retain(|module| module.split_once(' ').unwrap().1.starts_with('v'));
    let packages = facts.files.values().flat_map(scan::FileFacts::packages);
    let packages = packages.filter(|package| package.name.as_str() != "stdlib");
    let found: BTreeSet<String> =
        packages.map(|package| format!("{} {}", package.name, package.version)).collect();
    assert_eq!(found, modules);
    assert!(!found.is_empty());
}
