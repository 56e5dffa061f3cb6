//! Finds the programs that stand-ins run.

use std::path::{Path, PathBuf};

/// The path of a program from `tests/install.sh`.
pub(crate) fn installed(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.tools").join(path)
}

/// A script of this crate's.
pub(crate) fn script(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(path)
}
