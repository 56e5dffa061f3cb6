//! `longshore keyring export` and `import`: the keyring as a file that is sealed under a
//! passphrase.

use std::io::{IsTerminal as _, Write as _, stdout};
use std::path::{Path, PathBuf};

use keys::{KeyError, Keyring, Passphrase, Seal, secret_file};
use rustix::fs::Mode;
use rustix::io::Errno;

use crate::config::{KeyringSource, Rows, Storage};
use crate::start_error::StartError;
use crate::stores::{self, DATABASE, StoresError};

/// The arguments of an export.
#[derive(Debug, Clone)]
pub struct ExportAsked {
    /// The keyring.
    pub storage: Storage,
    /// What the copy is sealed under.
    pub passphrase: Passphrase,
    /// The file to write, which must not exist; standard output if none is named.
    pub to: Option<PathBuf>,
}

/// The arguments of an import.
#[derive(Debug, Clone)]
pub struct ImportAsked {
    /// Where the keyring is to be.
    pub storage: Storage,
    /// The file to read: an export, or a plain keyring file.
    pub from: PathBuf,
    /// What it is sealed under, if it is.
    pub passphrase: Option<Passphrase>,
}

/// Writes a copy of the keyring.
pub async fn export_keyring(asked: ExportAsked) -> Result<(), StartError> {
    let ExportAsked { storage, passphrase, to } = asked;
    let keyring = stores::open_keyring_as_it_is(&storage).await?;
    let text = keyring.export(&passphrase).map_err(StartError::Keyring)?;
    match &to {
        Some(path) => {
            secret_file::create(path, &text).map_err(|error| StartError::Keyring(error.into()))?;
        }
        None if stdout().is_terminal() => return Err(StartError::ExportToTerminal),
        None => stdout().lock().write_all(&text).map_err(StartError::Output)?,
    }
    eprintln!("exported the root keys {}", keyring.root_ids().join(", "));
    Ok(())
}

/// Puts a keyring into a data folder that has none, if it opens what is in the folder.
pub async fn import_keyring(asked: ImportAsked) -> Result<(), StartError> {
    let ImportAsked { storage, from, passphrase } = asked;
    let sealed = passphrase.map(Seal::Passphrase);
    let imported = Keyring::open_handed(&from, sealed.as_ref());
    let imported = imported.map_err(|error| not_imported(error, &from))?;
    // What is configured for a node is not what is imported.
    let storage = Storage { keyring: KeyringSource::Folder, ..storage };
    let (data, path) = (&storage.data, storage.data.join("keyring.json"));
    if path.exists() {
        return Err(StartError::KeyringInTheWay { path });
    }
    match rustix::fs::mkdir(data, Mode::RWXU) {
        Ok(()) | Err(Errno::EXIST) => {}
        Err(error) => {
            return Err(StartError::FolderNotMade { folder: data.clone(), why: error.into() });
        }
    }
    if matches!(storage.rows, Rows::Postgres(_)) || data.join(DATABASE).exists() {
        let held = stores::hold_against_rows(&storage, &imported).await;
        held.map_err(|error| not_of_these_rows(error, &storage, &from))?;
    }
    let seal = stores::keyring_seal(&storage, &*stores::external_keys(&storage)?).await?;
    imported.copy_under(&path, seal.as_ref()).map_err(StartError::Keyring)?;
    eprintln!("imported the root keys {} into {}", imported.root_ids().join(", "), path.display());
    Ok(())
}

/// The settings that other commands open a keyring with are not those of the file to import.
fn not_imported(error: KeyError, from: &Path) -> StartError {
    let from = from.to_owned();
    match error {
        KeyError::PassphraseMissing => StartError::ImportWithoutPassphrase { from },
        KeyError::KmsMissing { key } => StartError::ImportUnderKmsKey { from, key },
        error => StartError::Keyring(error),
    }
}

/// What is wrong is the file to import, and not the setting of a node.
fn not_of_these_rows(error: StoresError, storage: &Storage, from: &Path) -> StartError {
    match error {
        StoresError::OtherKeyring { why } => StartError::ImportOfOtherKeyring {
            from: from.to_owned(),
            place: storage.describe(),
            why,
        },
        error => error.into(),
    }
}
