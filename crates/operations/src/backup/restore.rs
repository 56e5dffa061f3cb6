use super::{BackupPlace, ChunkReader, Manifest};
use crate::Operations;
use crate::migrate::{Departure, MoveError, Outcome, Progress, RowSource, arrive};

/// Takes a backup into an empty database and store; goes on where an earlier run stopped.
pub async fn restore(
    from: &BackupPlace,
    manifest: &Manifest,
    to: &Operations,
    progress: &Progress,
) -> Result<Outcome, MoveError> {
    manifest.require_usable(to)?;
    let departure = Departure {
        source: format!("the backup {} ({})", manifest.id, manifest.rows_digest),
        rows: Box::new(|| Ok(RowSource::Backup(ChunkReader::new(&from.documents, manifest)))),
        blobs: &from.blobs,
    };
    arrive(&departure, to, progress).await
}
