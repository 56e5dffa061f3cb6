//! Paths of the workspace.

use std::env;
use std::path::{Path, PathBuf};

/// The top of the repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("this package is a folder of the repository")
}

/// A client that `tests/install.sh` built.
pub fn tool(name: &str) -> PathBuf {
    installed(&format!("bin/{name}"))
}

/// A client that `tests/install.sh` builds on demand; `None` if it did not.
pub fn find_tool(name: &str) -> Option<PathBuf> {
    Some(root().join(".tools/bin").join(name)).filter(|path| path.exists())
}

/// A folder with `node_modules` of `tests/tools/NAME`; `None` if it was not installed.
pub fn find_node_modules(name: &str) -> Option<PathBuf> {
    Some(root().join(".tools").join(name)).filter(|path| path.join("node_modules").exists())
}

/// A program of the Python environment that `tests/install.sh` made: `aws`, or `python` itself.
pub fn python(name: &str) -> PathBuf {
    installed(&format!("venv/bin/{name}"))
}

fn installed(path: &str) -> PathBuf {
    let path = root().join(".tools").join(path);
    assert!(path.exists(), "{} is not there: run tests/install.sh", path.display());
    path
}

/// The server under test: `LONGSHORE_BIN`, or the one built beside this test.
pub fn longshore() -> PathBuf {
    if let Some(named) = env::var_os("LONGSHORE_BIN") {
        return named.into();
    }
    let this = env::current_exe().expect("a running test has a path");
    let built = this
        .parent()
        .and_then(Path::parent)
        .expect("a test lies in PROFILE/deps")
        .join("longshore");
    assert!(built.exists(), "{} is not there: run cargo build -p longshore", built.display());
    built
}
