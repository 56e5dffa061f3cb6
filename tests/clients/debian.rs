//! The Debian that `tests/install.sh` made: an image's worth of real files.

use std::path::{Path, PathBuf};

use black_box::{Invocation, root};

/// The tarball of its root folder.
pub(crate) fn tarball() -> PathBuf {
    let path = root().join(".tools/debian.tar.gz");
    assert!(path.exists(), "{} is not there: run tests/install.sh", path.display());
    path
}

/// What its `/etc/debian_version` says, read from the tarball.
pub(crate) fn version(home: &Path) -> String {
    let tarball = tarball();
    Invocation::new("tar", home)
        .args(["-xzOf".as_ref(), tarball.as_os_str(), "./etc/debian_version".as_ref()])
        .succeeds()
}
