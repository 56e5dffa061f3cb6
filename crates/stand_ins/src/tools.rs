//! Finds the programs that stand-ins run.

use std::path::{Path, PathBuf};

/// What `tests/install.sh` put there, if it did.
pub(crate) fn installed(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.tools").join(path)
}

/// A script of this crate's.
pub(crate) fn script(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(path)
}
