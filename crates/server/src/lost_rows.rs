//! Detects a registry whose rows were lost while its objects are there. Every object looks useless
//! then, and none is.

use operations::Operations;
use operations::fsck::rows_are_lost;

use crate::config::{Rows, Storage};
use crate::start_error::{StartError, WAYS_BACK};
use crate::stores::{DATABASE, keep_to_owner, open_blobs};

/// Refuses a folder without a database that has objects, before an empty database is made there.
pub(crate) async fn require_database(storage: &Storage) -> Result<(), StartError> {
    let database = storage.data.join(DATABASE);
    if !matches!(storage.rows, Rows::Folder) || database.exists() {
        return Ok(());
    }
    keep_to_owner(storage)?;
    let (blobs, _folder) = open_blobs(storage).await?;
    let objects = blobs.list(None, 1).await;
    let objects = objects.map_err(StartError::Objects)?;
    if objects.is_empty() {
        return Ok(());
    }
    Err(StartError::DatabaseMissing { database })
}

/// Refuses to delete unreferenced objects if the rows were lost: then every object is unreferenced.
pub(crate) async fn require_rows(
    storage: &Storage,
    operations: &Operations,
) -> Result<(), StartError> {
    if !are_lost(operations).await? {
        return Ok(());
    }
    Err(StartError::RowsLost { place: storage.describe() })
}

/// Warns about a registry that looks empty but still has objects.
pub(crate) async fn warn(operations: &Operations) -> Result<(), StartError> {
    if are_lost(operations).await? {
        tracing::warn!(
            "the database is empty, but the store has objects that it does not name. If the rows were lost, stop the server and {WAYS_BACK}"
        );
    }
    Ok(())
}

async fn are_lost(operations: &Operations) -> Result<bool, StartError> {
    rows_are_lost(operations).await.map_err(StartError::Verb)
}
