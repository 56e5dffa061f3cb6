use super::{BackupPlace, ChunkReader, Manifest};
use crate::migrate::{Departure, MoveError, Outcome, Progress, RowSource, arrive};
use crate::{IfUnsealed, Operations};

/// Restores a backup into an empty database and store. Continues where an earlier run stopped.
pub async fn restore(
    from: &BackupPlace,
    manifest: &Manifest,
    if_unsealed: IfUnsealed,
    to: &Operations,
    progress: &Progress,
) -> Result<Outcome, MoveError> {
    manifest.require_usable(to, if_unsealed)?;
    let rows = || Ok(RowSource::Backup(ChunkReader::new(&from.documents, manifest, to)));
    let departure = Departure {
        source: format!("the backup {} ({})", manifest.id, manifest.rows_digest),
        rows: Box::new(rows),
        blobs: &from.blobs,
        archive: Some(&from.blobs),
        deployment: Some(manifest.deployment.clone()).filter(|_| manifest.is_sealed()),
    };
    arrive(&departure, to, progress).await
}
