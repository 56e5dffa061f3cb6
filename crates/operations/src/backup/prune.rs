use std::collections::HashSet;

use blobs::DocumentKind;
use db::Table;
use names::ObjectKey;

use super::chunk::names_objects;
use super::chunk_reader::read_chunk;
use super::run::expected;
use super::{BackupId, BackupPlace, manifest};
use crate::migrate::MoveError;

/// What was removed.
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

/// Removes all backups but the newest `keep`, and then what no backup names.
///
/// Order: manifests first, so that none ever names what is gone. A crash leaves rows and objects that no manifest names;
/// the next time removes them. What is kept is read from the manifests that are left, not from what was removed.
pub(super) async fn prune(place: &BackupPlace, keep: usize) -> Result<Pruned, MoveError> {
    let mut kept = manifest::list(place).await?;
    let mut pruned = Pruned::default();
    for old in kept.drain(..kept.len().saturating_sub(keep.max(1))) {
        place.documents.delete(DocumentKind::Manifest, old.id.as_str()).await?;
        pruned.backups.push(old.id);
    }
    for name in place.documents.list(DocumentKind::Progress).await? {
        place.documents.delete(DocumentKind::Progress, &name).await?;
    }
    let (mut files, mut objects) = (HashSet::new(), HashSet::new());
    for manifest in &kept {
        for table in &manifest.tables {
            for name in &table.files {
                if files.insert(name.clone()) {
                    objects.extend(objects_of(place, &table.table, name).await?);
                }
            }
        }
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

async fn objects_of(
    place: &BackupPlace,
    table: &str,
    name: &str,
) -> Result<Vec<ObjectKey>, MoveError> {
    let Some(table) = Table::find(table).filter(|table| names_objects(table)) else {
        return Ok(Vec::new());
    };
    let rows = read_chunk(&place.documents, table, name).await?;
    Ok(expected(table, &rows)?.into_iter().map(|expected| expected.object).collect())
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
