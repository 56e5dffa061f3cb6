//! The data folder is its owner's alone: the rows hold who may do what, and names of everything.

use blobs::{Privacy, StoreError, exposure, keep_private};

use crate::config::{KeyringSource, Storage};
use crate::start::{StartError, chain};

/// Narrows a data folder that others can look into; refuses one where that would take other things away from others, or
/// that belongs to another user and can be written to by all. To be called before anything in it is opened.
pub(crate) fn keep_to_owner(storage: &Storage) -> Result<(), StartError> {
    if !is_used(storage) {
        return Ok(());
    }
    let folder = storage.data.display();
    let privacy = keep_private(&storage.data).map_err(|error| cannot_open(storage, &error))?;
    match privacy {
        Privacy::Private => Ok(()),
        Privacy::Narrowed { mode } => {
            warn(&format!(
                "the data folder {folder} was open to others (mode {mode:04o}) and is its owner's alone now (chmod 700)"
            ));
            Ok(())
        }
        Privacy::Exposed { mode, other: Some(other) } => Err(StartError(format!(
            "the data folder {folder} is open to others (mode {mode:04o}) and holds other things as well ({}): run `chmod 700 {folder}`, or name a folder of its own with --data",
            other.display()
        ))),
        Privacy::Exposed { mode, other: None } if mode & 0o002 != 0 => Err(StartError(format!(
            "the data folder {folder} is writable by anyone (mode {mode:04o}) and belongs to another user: have its owner run `chmod 700 {folder}`, or name another folder with --data"
        ))),
        // So orchestrators hand out volumes: the group may write, and what is made there is closed to others.
        Privacy::Exposed { mode, other: None } => {
            warn(&format!(
                "others can list the data folder {folder} (mode {mode:04o}), which belongs to another user; if that is not meant, have its owner run `chmod 700 {folder}`"
            ));
            Ok(())
        }
    }
}

/// Warns of a data folder that others can look into, where nothing in it may be changed.
pub(crate) fn warn_if_open(storage: &Storage) -> Result<(), StartError> {
    if !is_used(storage) {
        return Ok(());
    }
    let exposed = exposure(&storage.data).map_err(|error| cannot_open(storage, &error))?;
    if let Some(mode) = exposed {
        let folder = storage.data.display();
        warn(&format!(
            "the data folder {folder} is open to others (mode {mode:04o}) and is only read now, so it stays so: run `chmod 700 {folder}`"
        ));
    }
    Ok(())
}

/// Is there anything in the folder that this configuration looks for?
fn is_used(storage: &Storage) -> bool {
    storage.uses_folder() || matches!(storage.keyring, KeyringSource::Folder)
}

/// Commands that run to their end keep no log: theirs is standard error.
fn warn(text: &str) {
    if tracing::dispatcher::has_been_set() {
        tracing::warn!("{text}");
    } else {
        eprintln!("warning: {text}");
    }
}

fn cannot_open(storage: &Storage, error: &StoreError) -> StartError {
    let folder = storage.data.display();
    StartError(format!("the data folder {folder} cannot be opened: {}", chain(error)))
}
