//! Small files that hold secrets: readable only by the owner, written whole and durably.
//!
//! Order of a write: a new file beside the target (mode 0600, synced), then the rename, then a sync
//! of the folder. A crash before the rename leaves a `*.new-…` file that is never read.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::entropy::random;

/// A keyring of a thousand roots is a tenth of this.
const BYTES_MAX: u64 = 1 << 20;

/// Why a secret file could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum SecretFileError {
    /// The file does not exist.
    #[error("{} does not exist", path.display())]
    NotFound {
        /// The file.
        path: PathBuf,
    },
    /// There is such a file already, and it is not overwritten.
    #[error("{} already exists and is not overwritten", path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// Users other than the owner may read or write it.
    #[error("{0} holds a secret and is readable by others (mode {mode:04o}): run `chmod 600 {0}`", path.display())]
    Exposed {
        /// The file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// It is larger than any secret, or no regular file.
    #[error("{} is not a secret file of Longshore", path.display())]
    Unfit {
        /// The file.
        path: PathBuf,
    },
    /// The system refused.
    #[error("cannot {doing} {}", path.display())]
    Io {
        /// The action that failed.
        doing: &'static str,
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
}

/// Writes a new file; refuses to overwrite one. Durable when it returns.
pub fn create(path: &Path, contents: &[u8]) -> Result<(), SecretFileError> {
    let staged = stage(path, contents)?;
    // Unlike a rename, a hard link fails on every file system if the name is taken.
    let linked = std::fs::hard_link(&staged, path);
    let unlinked = rustix::fs::unlink(&staged).map_err(io::Error::from);
    linked.map_err(|source| match source.kind() {
        io::ErrorKind::AlreadyExists => SecretFileError::Exists { path: path.to_owned() },
        _ => failed("name", path)(source),
    })?;
    unlinked.map_err(failed("unlink", &staged))?;
    sync_folder_of(path)
}

/// Writes a file, or replaces an existing one. It is durable when this returns; after a crash it is
/// either the old one or the new one, whole.
pub fn replace(path: &Path, contents: &[u8]) -> Result<(), SecretFileError> {
    let staged = stage(path, contents)?;
    std::fs::rename(&staged, path).map_err(failed("name", path))?;
    sync_folder_of(path)
}

/// Reads a file that only its owner can read.
pub fn read(path: &Path) -> Result<Zeroizing<Vec<u8>>, SecretFileError> {
    read_kept_from(path, 0o077)
}

/// Reads a file that the operator or an orchestrator provided: our group may read it too.
/// Orchestrators mount secrets like this, because the group is the only thing that they share with
/// the process.
pub fn read_handed(path: &Path) -> Result<Zeroizing<Vec<u8>>, SecretFileError> {
    read_kept_from(path, 0o037)
}

/// Reads a file, if it gives no user the rights in `others`.
fn read_kept_from(path: &Path, others: u32) -> Result<Zeroizing<Vec<u8>>, SecretFileError> {
    let file = File::open(path).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => SecretFileError::NotFound { path: path.to_owned() },
        _ => failed("open", path)(source),
    })?;
    let metadata = file.metadata().map_err(failed("inspect", path))?;
    if !metadata.is_file() || metadata.len() > BYTES_MAX {
        return Err(SecretFileError::Unfit { path: path.to_owned() });
    }
    let mode = metadata.permissions().mode() & 0o7777;
    if mode & others != 0 {
        return Err(SecretFileError::Exposed { path: path.to_owned(), mode });
    }
    // Room for all of it at once, so that no outgrown buffer is left behind unwiped.
    let room = usize::try_from(metadata.len()).expect("a megabyte at most") + 1;
    let mut contents = Zeroizing::new(Vec::with_capacity(room));
    file.take(BYTES_MAX).read_to_end(&mut contents).map_err(failed("read", path))?;
    Ok(contents)
}

/// A synced file with these contents beside `path`.
fn stage(path: &Path, contents: &[u8]) -> Result<PathBuf, SecretFileError> {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".new-{}", hex::encode(random::<8>())));
    let staged = PathBuf::from(name);
    let written = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&staged)
        .and_then(|mut file| file.write_all(contents).and_then(|()| file.sync_all()));
    match written {
        Ok(()) => Ok(staged),
        Err(source) => {
            // The write's error is the one worth telling; a name that was never made is no news.
            let _ = rustix::fs::unlink(&staged);
            Err(failed("write", &staged)(source))
        }
    }
}

fn sync_folder_of(path: &Path) -> Result<(), SecretFileError> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed("sync", folder))
}

fn failed(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> SecretFileError {
    let path = path.to_owned();
    move |source| SecretFileError::Io { doing, path, source }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(path: &Path) -> u32 {
        std::fs::metadata(path).unwrap().permissions().mode() & 0o7777
    }

    #[test]
    fn a_secret_is_the_owners_alone_and_reads_back() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret");
        create(&path, b"first").unwrap();
        assert_eq!(mode(&path), 0o600);
        assert_eq!(read(&path).unwrap().as_slice(), b"first");
        replace(&path, b"second").unwrap();
        assert_eq!(mode(&path), 0o600);
        assert_eq!(read(&path).unwrap().as_slice(), b"second");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing staged is left");
    }

    #[test]
    fn a_secret_is_not_overwritten_by_create() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret");
        create(&path, b"first").unwrap();
        assert!(matches!(create(&path, b"second"), Err(SecretFileError::Exists { .. })));
        assert_eq!(read(&path).unwrap().as_slice(), b"first");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing staged is left");
    }

    #[test]
    fn a_secret_that_others_may_touch_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret");
        create(&path, b"known").unwrap();
        for exposed in [0o640, 0o604, 0o620, 0o602, 0o601] {
            std::fs::set_permissions(&path, PermissionsExt::from_mode(exposed)).unwrap();
            let refused = read(&path).unwrap_err();
            assert!(matches!(refused, SecretFileError::Exposed { mode, .. } if mode == exposed));
            assert!(refused.to_string().contains(&format!("{exposed:04o}")), "{refused}");
        }
        std::fs::set_permissions(&path, PermissionsExt::from_mode(0o400)).unwrap();
        assert_eq!(read(&path).unwrap().as_slice(), b"known");
    }

    #[test]
    fn a_secret_that_was_handed_to_us_may_be_our_groups() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret");
        create(&path, b"known").unwrap();
        for (mode, is_fine) in [(0o440, true), (0o640, true), (0o660, false), (0o444, false)] {
            std::fs::set_permissions(&path, PermissionsExt::from_mode(mode)).unwrap();
            assert_eq!(read_handed(&path).is_ok(), is_fine, "{mode:04o}");
        }
    }

    #[test]
    fn what_is_no_secret_file_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret");
        assert!(matches!(read(&path), Err(SecretFileError::NotFound { .. })));
        assert!(matches!(read(folder.path()), Err(SecretFileError::Unfit { .. })));
        create(&path, &vec![0; 1 + usize::try_from(BYTES_MAX).unwrap()]).unwrap();
        assert!(matches!(read(&path), Err(SecretFileError::Unfit { .. })));
        let nowhere = folder.path().join("missing").join("secret");
        assert!(matches!(create(&nowhere, b""), Err(SecretFileError::Io { .. })));
    }
}
