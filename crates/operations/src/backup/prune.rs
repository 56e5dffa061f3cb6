use std::collections::HashSet;

use blobs::DocumentKind;
use db::Table;
use names::ObjectKey;

use super::chunk::names_objects;
use super::chunk_reader::read_chunk;
use super::manifest::{self, Manifest};
use super::named_objects::expected;
use super::{BackupId, BackupPlace};
use crate::Operations;
use crate::migrate::MoveError;

/// Everything that was removed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pruned {
    /// Backups.
    pub backups: Vec<BackupId>,
    /// Files of rows.
    pub files: u64,
    /// Objects.
    pub objects: u64,
}

/// Objects that are listed together.
const PAGE: usize = 1024;

/// Removes all backups except the newest `keep`, and then the files that no backup names.
///
/// Order: manifests first, so that none ever names a missing file. A crash leaves rows and objects
/// that no manifest names; the next run removes them. The files to keep are read from the remaining
/// manifests, not from the removed ones.
///
/// No file that the registry did not seal causes a removal. If there is a manifest that does not
/// open, nothing is removed, because the files that it needs are unknown. An unsealed manifest
/// counts as older than all sealed ones.
pub(super) async fn prune(
    registry: &Operations,
    place: &BackupPlace,
    keep: usize,
) -> Result<Pruned, MoveError> {
    let not_pruned = |why| MoveError::NotPruned { why: Box::new(why) };
    let mut kept = Vec::new();
    for listed in manifest::list(place, &registry.keyring).await? {
        kept.push(listed.manifest.map_err(not_pruned)?);
    }
    // It is a stable order: among those of a kind, the oldest stays first.
    kept.sort_by_key(Manifest::is_sealed);
    let old: Vec<_> = kept.drain(..kept.len().saturating_sub(keep.max(1))).collect();
    // Checked before anything is removed: an unreadable backup keeps all others from being pruned.
    let (files, objects) = named_by(registry, place, &kept).await.map_err(not_pruned)?;
    let mut pruned = Pruned::default();
    for old in old {
        place.documents.delete(DocumentKind::Manifest, old.id.as_str()).await?;
        pruned.backups.push(old.id);
    }
    for name in place.documents.list(DocumentKind::Progress).await? {
        place.documents.delete(DocumentKind::Progress, &name).await?;
    }
    for name in place.documents.list(DocumentKind::Rows).await? {
        if !files.contains(&name) {
            place.documents.delete(DocumentKind::Rows, &name).await?;
            pruned.files += 1;
        }
    }
    pruned.objects = delete_others(place, &objects).await?;
    Ok(pruned)
}

/// The files of rows and the objects that backups need.
async fn named_by(
    registry: &Operations,
    place: &BackupPlace,
    kept: &[Manifest],
) -> Result<(HashSet<String>, HashSet<ObjectKey>), MoveError> {
    let (mut files, mut objects) = (HashSet::new(), HashSet::new());
    for manifest in kept {
        let seal = manifest.row_seal(&registry.keyring);
        for table in &manifest.tables {
            let known = Table::find(&table.table).filter(|table| names_objects(table));
            for name in &table.files {
                if !files.insert(name.clone()) {
                    continue;
                }
                let Some(table) = known else { continue };
                let rows = read_chunk(&place.documents, &seal, table, name).await?;
                let expected = expected(table, &rows)?;
                objects.extend(expected.into_iter().map(|expected| expected.object));
            }
        }
    }
    Ok((files, objects))
}

async fn delete_others(place: &BackupPlace, kept: &HashSet<ObjectKey>) -> Result<u64, MoveError> {
    let (mut after, mut deleted) = (None, 0);
    loop {
        let page = place.blobs.list(after, PAGE).await?;
        let Some(last) = page.last() else { return Ok(deleted) };
        after = Some(last.clone());
        for object in page.iter().filter(|object| !kept.contains(object)) {
            place.blobs.delete(object).await?;
            deleted += 1;
        }
    }
}
