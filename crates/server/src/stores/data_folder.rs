//! Keeps the data folder private to its owner: its rows hold policies, and the names of everything.

use blobs::{Privacy, exposure, keep_private};

use super::StoresError;
use crate::config::{KeyringSource, Storage};

/// Makes a data folder private if others can look into it. Refuses a folder where that would take
/// other files away from other users, or that belongs to another user and is writable by everyone.
/// Call it before anything in the folder is opened.
pub(crate) fn keep_to_owner(storage: &Storage) -> Result<(), StoresError> {
    if !is_used(storage) {
        return Ok(());
    }
    let folder = storage.data.display();
    let privacy =
        keep_private(&storage.data).map_err(|error| StoresError::folder(&storage.data, error))?;
    match privacy {
        Privacy::Private => Ok(()),
        Privacy::Narrowed { mode } => {
            warn(&format!(
                "the data folder {folder} was open to others (mode {mode:04o}); it is now private to its owner (chmod 700)"
            ));
            Ok(())
        }
        Privacy::Exposed { mode, other: Some(other) } => {
            Err(StoresError::FolderOpenToOthers { folder: storage.data.clone(), mode, other })
        }
        Privacy::Exposed { mode, other: None } if mode & 0o002 != 0 => {
            Err(StoresError::FolderWritableByAnyone { folder: storage.data.clone(), mode })
        }
        // Orchestrators mount volumes like this: the group can write, and our files there are
        // private.
        Privacy::Exposed { mode, other: None } => {
            warn(&format!(
                "others can list the data folder {folder} (mode {mode:04o}), which belongs to another user; if that is not intended, ask its owner to run `chmod 700 {folder}`"
            ));
            Ok(())
        }
    }
}

/// Warns about a data folder that others can look into, for commands that may not change it.
pub(crate) fn warn_if_open(storage: &Storage) -> Result<(), StoresError> {
    if !is_used(storage) {
        return Ok(());
    }
    let exposed =
        exposure(&storage.data).map_err(|error| StoresError::folder(&storage.data, error))?;
    if let Some(mode) = exposed {
        let folder = storage.data.display();
        warn(&format!(
            "the data folder {folder} is open to others (mode {mode:04o}), and this command does not change it: run `chmod 700 {folder}`"
        ));
    }
    Ok(())
}

/// Whether this configuration keeps anything in the folder.
fn is_used(storage: &Storage) -> bool {
    storage.uses_folder() || matches!(storage.keyring, KeyringSource::Folder)
}

/// Commands other than `serve` have no log, so they write to standard error.
fn warn(text: &str) {
    if tracing::dispatcher::has_been_set() {
        tracing::warn!("{text}");
    } else {
        eprintln!("warning: {text}");
    }
}
