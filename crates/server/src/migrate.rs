//! `longshore migrate`: from a folder to a database and a bucket.

use std::path::PathBuf;

use operations::migrate::{Outcome, Progress, migrate as move_all};

use crate::config::{ArchiveStorage, Encryption, Objects, Rows, Storage};
use crate::progress_line::{tell_unchecked, watched};
use crate::start_error::StartError;
use crate::stores::{self, Beside};

/// The arguments of a migration.
#[derive(Debug, Clone)]
pub struct MigrateAsked {
    /// The folder of the server that is to move.
    pub from: PathBuf,
    /// Its archive storage, if it has one.
    pub from_archive: Option<ArchiveStorage>,
    /// The target.
    pub to: Storage,
}

/// Copies everything, or continues a copy. Prints the next steps on standard output.
pub async fn migrate(asked: MigrateAsked) -> Result<(), StartError> {
    let MigrateAsked { from, from_archive, to } = asked;
    if !matches!((&to.rows, &to.objects), (Rows::Postgres(_), Objects::Bucket(_))) {
        return Err(StartError::NoTarget);
    }
    let (passphrase, external_kms) = (to.passphrase.clone(), to.external_kms.clone());
    let folder = Storage::folder(&from);
    let source = Storage { archive: from_archive, passphrase, external_kms, ..folder };
    let source = stores::open_as_is(&source, Beside::Readers).await?;
    // The protection of new objects does not matter: only records are written, and those are always
    // sealed.
    let target = stores::open(&to, Encryption::Longshore).await?;
    let progress = Progress::default();
    let moving = move_all(&source.operations, &target.operations, &progress);
    let outcome = watched("moving", &progress, moving).await;
    tell_unchecked(&progress);
    let (from, to) = (from.display(), to.describe());
    match outcome? {
        Outcome::WasComplete => println!("{from} was already copied to {to}; nothing was done"),
        Outcome::Completed => {
            println!("{from} is now in {to}: every row and every byte was compared.");
            println!(
                "Unfinished uploads were not copied; their clients start again.
Start nodes with the same --database and --objects, and give each of them the keyring: --keyring with a copy of
{from}/keyring.json, readable by its owner alone. Access keys and passwords are those that they were.
Stop the server of {from} for good: anything pushed to it from now on is not copied."
            );
        }
    }
    Ok(())
}
