//! Opens the rows: a file in the data folder, or a database.

use db::Db;

use super::StoresError;
use crate::config::{Rows, Storage};

/// Connections to PostgreSQL that a node has at most. A closure waits for its answers most of the
/// time, so there are several for each core.
const CONNECTIONS: usize = 16;

/// The file that holds the rows.
pub(crate) const DATABASE: &str = "longshore.sqlite";

/// Opens the rows; a file is made if there is none.
pub(super) async fn open_rows(storage: &Storage) -> Result<Db, StoresError> {
    let data = storage.data.as_path();
    match &storage.rows {
        Rows::Folder => {
            Db::open(&data.join(DATABASE)).map_err(|error| StoresError::folder(data, error))
        }
        Rows::Postgres(url) => {
            let url = url.clone();
            let connecting =
                tokio::task::spawn_blocking(move || Db::connect(url.expose(), CONNECTIONS));
            let connected = connecting.await.map_err(StoresError::DatabaseNotAsked)?;
            connected.map_err(StoresError::Database)
        }
    }
}

/// Opens the rows beside the process that has the folder. A database migrates its schema.
pub(super) async fn open_rows_as_they_are(storage: &Storage) -> Result<Db, StoresError> {
    match &storage.rows {
        Rows::Folder => Db::open_beside(&storage.data.join(DATABASE))
            .map_err(|error| StoresError::folder(&storage.data, error)),
        Rows::Postgres(_) => open_rows(storage).await,
    }
}
