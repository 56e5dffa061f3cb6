//! The data folder is its owner's alone: the rows hold who may do what, and names of everything.

use blobs::{Privacy, keep_private};

use crate::config::Storage;
use crate::start::{StartError, chain};

/// Narrows a data folder that others can look into; refuses one where that would take other things away from others, or
/// that belongs to another user and can be written to by all. To be called before anything in it is opened.
pub(crate) fn keep_to_owner(storage: &Storage) -> Result<(), StartError> {
    let folder = storage.data.display();
    let privacy = keep_private(&storage.data).map_err(|error| {
        StartError(format!("the data folder {folder} cannot be opened: {}", chain(&error)))
    })?;
    match privacy {
        Privacy::Private => Ok(()),
        Privacy::Narrowed { mode } => {
            tracing::warn!(
                "the data folder {folder} was open to others (mode {mode:04o}) and is its owner's alone now (chmod 700)"
            );
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
            tracing::warn!(
                "others can list the data folder {folder} (mode {mode:04o}), which belongs to another user; if that is not meant, have its owner run `chmod 700 {folder}`"
            );
            Ok(())
        }
    }
}
