//! Base images, for a machine that can pull none.
//!
//! The Dockerfile takes its bases as build arguments. The builder here is a Debian whose `cargo`
//! checks that it was given everything a real one needs, and returns the binary under test instead
//! of compiling for half an hour. The runtime is the libraries of that binary, and certificates:
//! less than the Dockerfile's own base has.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use black_box::{Docker, Invocation, longshore, root};

/// The image under test.
pub(crate) const IMAGE: &str = "longshore:under-test";

/// Which of docker's builders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Builder {
    /// The one of old, which `docker build` falls back to where there is no buildx.
    Legacy,
    /// BuildKit, by the client that has a way to it built in: Debian's.
    BuildKit,
}

/// Builds the project's Dockerfile on these bases, as `tag`.
pub(crate) fn build(docker: &Docker, builder: Builder, tag: &str) {
    let (program, switch) = match builder {
        Builder::Legacy => ("docker", "0"),
        Builder::BuildKit => ("/usr/bin/docker", "1"),
    };
    let arguments = ["BUILDER=builder", "RUNTIME=runtime", "REVISION=under-test"];
    docker
        .docker_of(program, ["build", "--network", "none", "--tag", tag])
        .args(arguments.iter().flat_map(|argument| ["--build-arg", argument]))
        .args([root()])
        .env("DOCKER_BUILDKIT", switch)
        .succeeds();
}

/// Makes the bases `builder` and `runtime`.
pub(crate) fn make(docker: &Docker) {
    let builder = Root::debian(docker, "builder");
    fs::create_dir(builder.path("ready")).unwrap();
    fs::copy(longshore(), builder.path("ready/longshore")).unwrap();
    fs::write(builder.path("ready/wanted"), tracked_sources(docker.folder())).unwrap();
    write_script(&builder.path("usr/local/bin/cargo"), CARGO);
    builder.import(docker, "builder", &[]);

    let runtime = Root::empty(docker, "runtime");
    runtime.add_linked(&longshore());
    runtime.add(Path::new("/etc/ssl/certs/ca-certificates.crt"));
    runtime.import(docker, "runtime", &[]);
}

/// The Debian of `tests/install.sh`.
pub(crate) fn debian_tarball() -> PathBuf {
    let tarball = root().join(".tools/debian.tar.gz");
    assert!(tarball.exists(), "{} is not there: run tests/install.sh", tarball.display());
    tarball
}

pub(crate) fn write_script(path: &Path, text: &str) {
    fs::write(path, text).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

/// What a build reads: the crates, and the manifests of the whole workspace, without which cargo
/// reads none.
fn tracked_sources(home: &Path) -> String {
    let listed = Invocation::new("git", home)
        .args(["-C".as_ref(), root().as_os_str()])
        .args([
            "-c",
            "safe.directory=*",
            "ls-files",
            "--",
            "Cargo.lock",
            ".cargo",
            "crates",
            "fuzz/fuzz_targets",
            "*Cargo.toml",
        ])
        .succeeds();
    let lines: Vec<&str> = listed.lines().collect();
    assert!(lines.len() > 100, "git lists only {} files", lines.len());
    lines.join("\n") + "\n"
}

const CARGO: &str = r#"#!/bin/sh
set -eu
test "$*" = "build --locked --profile dist --package longshore"
while read -r path; do
    test -e "$path" || { echo "the context lacks $path" >&2; exit 1; }
done </ready/wanted
for path in .git .tools .env longshore-data; do
    test ! -e "$path" || { echo "the context has $path" >&2; exit 1; }
done
mkdir -p target/dist
cp /ready/longshore target/dist/longshore
"#;

/// A root folder in the making, in which `/bin`, `/lib` and their kin are links into `/usr`.
pub(crate) struct Root(PathBuf);

impl Root {
    /// One with nothing in it.
    pub(crate) fn empty(docker: &Docker, name: &str) -> Self {
        let path = docker.folder().join(name);
        for folder in ["bin", "sbin", "lib", "lib64"] {
            fs::create_dir_all(path.join("usr").join(folder)).unwrap();
            symlink(Path::new("usr").join(folder), path.join(folder)).unwrap();
        }
        Self(path)
    }

    /// The Debian of `tests/install.sh`.
    pub(crate) fn debian(docker: &Docker, name: &str) -> Self {
        let path = docker.folder().join(name);
        fs::create_dir_all(&path).unwrap();
        Invocation::new("tar", &path)
            .args(["--extract", "--numeric-owner", "--file"])
            .args([debian_tarball()])
            .succeeds();
        Self(path)
    }

    /// Where a path is while the folder is in the making.
    pub(crate) fn path(&self, inside: &str) -> PathBuf {
        self.0.join(inside)
    }

    /// Adds a file or folder of this machine at its own path, whole where it is a link.
    pub(crate) fn add(&self, path: &Path) {
        let parent = path.parent().unwrap().canonicalize().unwrap();
        Invocation::new("cp", &self.0)
            // A link that is there is replaced, not followed: an absolute one leads out of the
            // folder.
            .args(["--recursive", "--dereference", "--parents", "--remove-destination"])
            .args([&parent.join(path.file_name().unwrap()), &self.0])
            .succeeds();
    }

    /// Adds the libraries that a program links, and the loader.
    pub(crate) fn add_linked(&self, program: &Path) {
        // A program that links nothing makes ldd fail, and is right.
        let listed = Invocation::new("ldd", &self.0).args([program]).run();
        let paths = listed
            .stdout
            .lines()
            .filter_map(|line| line.split_whitespace().find(|word| word.starts_with('/')));
        paths.for_each(|path| self.add(Path::new(path)));
    }

    /// Makes an image of it. `changes` are lines as in a Dockerfile.
    pub(crate) fn import(&self, docker: &Docker, tag: &str, changes: &[&str]) {
        let tarball = self.0.with_extension("tar");
        Invocation::new("tar", &self.0)
            .args(["--create", "--numeric-owner", "--file"])
            .args([tarball.as_os_str(), ".".as_ref()])
            .succeeds();
        let changes = changes.iter().flat_map(|change| ["--change", change]);
        docker
            .docker(["import"].into_iter().chain(changes))
            .args([tarball.as_os_str(), tag.as_ref()])
            .succeeds();
        fs::remove_file(tarball).unwrap();
    }
}
