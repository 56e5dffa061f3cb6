//! Keeps a data folder private to its owner.
//!
//! Everything made in a folder has mode 0600 or 0700 from the start. An existing folder, or files
//! of an older version, may be open to others. They are narrowed if the folder holds only our
//! files. A folder that also holds other files is not, because other users may need those.

use std::fs::{File, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use rustix::fs::{Mode, OFlags};

use super::key::{Place, SHELVES};
use crate::StoreError;
use crate::documents::DocumentKind;

/// The permission bits of users other than the owner.
const OTHERS: u32 = 0o077;

/// Files that a data folder, or a folder of backups, may hold besides our folders. They may have a
/// suffix, as SQLite's files do.
const FILES: [&str; 6] =
    ["lock", "longshore.sqlite", "keyring.json", "root-access-key-", "tls-self-made", "lost+found"];

/// Whether a folder is private to its owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Privacy {
    /// It is, or it is not there yet.
    Private,
    /// It is now.
    Narrowed {
        /// The permission bits that it had.
        mode: u32,
    },
    /// It is not, and cannot be narrowed.
    Exposed {
        /// Its permission bits.
        mode: u32,
        /// A file in it that is not ours; `None` if the folder belongs to another user.
        other: Option<PathBuf>,
    },
}

/// The permission bits of a folder that others can look into, which is not changed. `None` if it is
/// private or does not exist.
pub fn exposure(root: &Path) -> Result<Option<u32>, StoreError> {
    Ok(opened(root)?.map(|(_, mode)| mode).filter(|mode| mode & OTHERS != 0))
}

/// Makes a folder, and our files in it, private to the owner.
pub fn keep_private(root: &Path) -> Result<Privacy, StoreError> {
    let Some((folder, mode)) = opened(root)? else { return Ok(Privacy::Private) };
    let mut privacy = Privacy::Private;
    if mode & OTHERS != 0 {
        if let Some(other) = foreign(root).map_err(cannot_look)? {
            return Ok(Privacy::Exposed { mode, other: Some(other) });
        }
        // Only its owner may change the mode.
        privacy = match folder.set_permissions(Permissions::from_mode(mode & 0o700)) {
            Ok(()) => Privacy::Narrowed { mode },
            Err(_) => Privacy::Exposed { mode, other: None },
        };
    }
    for path in own(root) {
        narrow(&path);
    }
    Ok(privacy)
}

/// A folder and its permission bits; `None` if it is not there.
fn opened(root: &Path) -> Result<Option<(File, u32)>, StoreError> {
    let folder = match File::open(root) {
        Ok(folder) => folder,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(cannot_look(error)),
    };
    let mode = folder.metadata().map_err(cannot_look)?.permissions().mode() & 0o7777;
    Ok(Some((folder, mode)))
}

fn cannot_look(source: io::Error) -> StoreError {
    StoreError::from_io("look at the data folder", source)
}

/// A file in the folder that is not ours.
fn foreign(root: &Path) -> io::Result<Option<PathBuf>> {
    for entry in std::fs::read_dir(root)? {
        let name = entry?.file_name();
        let text = name.to_string_lossy();
        let is_ours = FILES.iter().any(|file| text.starts_with(file))
            || folders(root).iter().any(|folder| folder.file_name() == Some(&name));
        if !is_ours {
            return Ok(Some(PathBuf::from(name)));
        }
    }
    Ok(None)
}

fn folders(root: &Path) -> [PathBuf; 5] {
    let kinds =
        [DocumentKind::Rows, DocumentKind::Manifest, DocumentKind::Progress, DocumentKind::RootKey];
    let [rows, manifests, progress, root_keys] =
        kinds.map(|kind| Place::Documents(kind).path(root));
    [Place::Objects.path(root), rows, manifests, progress, root_keys]
}

/// The folders and files that older versions may have left open. A keyring that others can read is
/// refused when it is read.
fn own(root: &Path) -> impl Iterator<Item = PathBuf> {
    let rows = ["longshore.sqlite", "longshore.sqlite-wal", "longshore.sqlite-shm"];
    let rows = rows.map(|name| root.join(name));
    let shelves: Vec<_> = (0..SHELVES).map(|shelf| Place::Shelf(shelf).path(root)).collect();
    [Place::Lock.path(root)].into_iter().chain(rows).chain(folders(root)).chain(shelves)
}

/// Removes the rights of others. Missing files, links, and files of another user are left alone:
/// they are not ours.
fn narrow(path: &Path) {
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let Ok(found) = rustix::fs::open(path, flags, Mode::empty()).map(File::from) else { return };
    let Ok(metadata) = found.metadata() else { return };
    let mode = metadata.permissions().mode() & 0o7777;
    if mode & OTHERS != 0 && (metadata.is_file() || metadata.is_dir()) {
        // The folder around it was already checked.
        let _ = found.set_permissions(Permissions::from_mode(mode & 0o700));
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[expect(clippy::disallowed_methods, reason = "the file is no more than there")]
    fn make(path: &Path) {
        fs::write(path, "x").unwrap();
    }

    fn set(path: &Path, mode: u32) {
        fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    }

    fn mode(path: &Path) -> u32 {
        fs::symlink_metadata(path).unwrap().permissions().mode() & 0o7777
    }

    #[test]
    fn a_folder_that_others_can_read_is_narrowed_with_what_is_in_it() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("data");
        assert_eq!(keep_private(&root).unwrap(), Privacy::Private, "it is not there");
        fs::create_dir_all(root.join("objects/00")).unwrap();
        for name in ["longshore.sqlite", "longshore.sqlite-wal", "lock"] {
            make(&root.join(name));
            set(&root.join(name), 0o644);
        }
        set(&root.join("objects"), 0o755);
        assert_eq!(exposure(&root.join("nowhere")).unwrap(), None);
        set(&root, 0o2775);
        assert_eq!(exposure(&root).unwrap(), Some(0o2775));
        assert_eq!(mode(&root), 0o2775, "a look changes nothing");
        assert_eq!(keep_private(&root).unwrap(), Privacy::Narrowed { mode: 0o2775 });
        for name in ["longshore.sqlite", "longshore.sqlite-wal", "lock"] {
            assert_eq!(mode(&root.join(name)), 0o600, "{name}");
        }
        for folder in [root.clone(), root.join("objects"), root.join("objects/00")] {
            assert_eq!(mode(&folder) & 0o777, 0o700, "{}", folder.display());
        }
        assert_eq!(keep_private(&root).unwrap(), Privacy::Private);
        assert_eq!(exposure(&root).unwrap(), None);
    }

    #[test]
    fn a_folder_that_holds_other_things_is_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        make(&root.join("longshore.sqlite"));
        make(&root.join("notes"));
        set(root, 0o755);
        let other = Some(PathBuf::from("notes"));
        assert_eq!(keep_private(root).unwrap(), Privacy::Exposed { mode: 0o755, other });
        assert_eq!(mode(root), 0o755);
        set(root, 0o700);
        assert_eq!(keep_private(root).unwrap(), Privacy::Private, "no other user can read them");
    }

    #[test]
    fn what_a_link_leads_to_is_not_touched() {
        let (folder, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        set(folder.path(), 0o700);
        set(elsewhere.path(), 0o755);
        std::os::unix::fs::symlink(elsewhere.path(), folder.path().join("objects")).unwrap();
        assert_eq!(keep_private(folder.path()).unwrap(), Privacy::Private);
        assert_eq!(mode(elsewhere.path()), 0o755);
    }
}
