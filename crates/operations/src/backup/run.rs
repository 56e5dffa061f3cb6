use std::collections::HashSet;
use std::time::Duration;

use blobs::DocumentKind;
use db::{Cell, Db, Piece, Table};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use jobs::Job;
use names::{ObjectKey, StorageClass, Timestamp};

use super::BackupPlace;
use super::chunk::{Chunk, Chunker, names_objects};
use super::chunk_reader::read_chunk;
use super::deployment::deployment_of;
use super::hold::holding;
use super::manifest::{self, BackupId, Listed, Manifest, TableFiles};
use super::named_objects::expected;
use super::prune::{Pruned, prune};
use super::seal::{FORMAT, RowSeal, Sealed};
use super::turn::in_turn;
use crate::Operations;
use crate::jobs::record_image::RecordImage;
use crate::migrate::{Census, Expected, MoveError, Progress, carried, carry};

/// Objects that are copied at once.
const OBJECTS_AT_ONCE: usize = 8;

/// A backup that was made.
#[derive(Debug)]
pub struct Made {
    /// The manifest.
    pub manifest: Manifest,
    /// What was removed afterwards, or why nothing was.
    pub pruned: Result<Pruned, MoveError>,
}

/// Makes a backup of `from` in `to`, while the server may run. If `keep` is given, only that many
/// of the newest backups stay.
///
/// Order: the turn; the hold; the rows, of one moment; the objects of rows that no complete backup
/// has; the manifest; then the removals.
pub async fn back_up(
    from: &Operations,
    to: &BackupPlace,
    keep: Option<usize>,
    progress: &Progress,
) -> Result<Made, MoveError> {
    in_turn(from, async {
        let manifest = make(from, to, progress).await?;
        let pruned = match keep {
            Some(keep) => prune(from, to, keep).await,
            None => Ok(Pruned::default()),
        };
        Ok(Made { manifest, pruned })
    })
    .await
}

async fn make(
    from: &Operations,
    to: &BackupPlace,
    progress: &Progress,
) -> Result<Manifest, MoveError> {
    let deployment = deployment_of(from).await?;
    let listed = manifest::list(to, &from.keyring).await?;
    let begun_at = from.now();
    let id = free_id(&listed, begun_at);
    let earlier = own(listed, &deployment)?;
    let known = known_files(from, to, &earlier, &deployment).await?;
    let seal = RowSeal::Sealed { keyring: from.keyring.clone(), deployment: deployment.clone() };
    let (awaited, tables) = (HashSet::new(), Vec::new());
    let mut run = Run { from, to, progress, begun_at, deployment, seal, known, awaited, tables };
    let manifest = holding(from, async {
        let census = run.rows().await?;
        run.objects(&earlier).await?;
        let manifest = run.manifest(id, &census);
        manifest::put(to, &from.keyring, &manifest).await?;
        Ok(manifest)
    })
    .await?;
    // Files in a manifest need no note any more.
    for name in to.documents.list(DocumentKind::Progress).await? {
        to.documents.delete(DocumentKind::Progress, &name).await?;
    }
    Ok(manifest)
}

/// The sealed backups of this registry. An unsealed or altered one is not built upon. A backup of
/// another registry means that one of the two is in the wrong place.
fn own(listed: Vec<Listed>, deployment: &str) -> Result<Vec<Manifest>, MoveError> {
    let sealed = listed.into_iter().filter_map(|listed| listed.manifest.ok());
    let sealed: Vec<_> = sealed.filter(Manifest::is_sealed).collect();
    match sealed.iter().find(|manifest| manifest.deployment != deployment) {
        None => Ok(sealed),
        Some(other) => Err(MoveError::OtherRegistry {
            file: other.id.file(),
            found: other.deployment.clone(),
            wanted: deployment.to_owned(),
        }),
    }
}

/// The files of rows whose objects are here too: an earlier backup names them, or a note that this
/// registry sealed says so.
async fn known_files(
    from: &Operations,
    to: &BackupPlace,
    earlier: &[Manifest],
    deployment: &str,
) -> Result<HashSet<String>, MoveError> {
    let tables = earlier.iter().flat_map(|manifest| &manifest.tables);
    let mut known: HashSet<String> = tables.flat_map(|table| table.files.clone()).collect();
    for name in to.documents.list(DocumentKind::Progress).await? {
        let note = to.documents.read(DocumentKind::Progress, &name).await?;
        let sealed = Sealed::Progress { deployment, name: &name };
        if note.is_some_and(|note| sealed.open(&from.keyring, &note).is_ok()) {
            known.insert(name);
        }
    }
    let here = to.documents.list(DocumentKind::Rows).await?;
    let here: HashSet<&String> = here.iter().collect();
    known.retain(|name| here.contains(name));
    Ok(known)
}

/// Two backups in one second have two names.
fn free_id(listed: &[Listed], mut now: Timestamp) -> BackupId {
    loop {
        let id = BackupId::at(now);
        if listed.iter().all(|other| other.id != id) {
            return id;
        }
        now = now.plus(Duration::from_secs(1));
    }
}

struct Run<'a> {
    from: &'a Operations,
    to: &'a BackupPlace,
    progress: &'a Progress,
    begun_at: Timestamp,
    deployment: String,
    seal: RowSeal,
    known: HashSet<String>,
    /// Objects that jobs are to write.
    awaited: HashSet<String>,
    tables: Vec<TableFiles>,
}

impl Run<'_> {
    /// Writes all rows that are not here yet.
    async fn rows(&mut self) -> Result<Census, MoveError> {
        let mut snapshot = self.from.db.snapshot()?;
        let mut census = Census::default();
        let (mut chunker, mut files) = (None, Vec::new());
        while let Some(piece) = snapshot.next().await?.map(carried) {
            census.add(&piece, self.progress);
            match piece {
                Piece::Rows { table, rows } => {
                    self.note_awaited(table, &rows);
                    let chunker = chunker.get_or_insert_with(|| Chunker::new(table));
                    for row in rows {
                        if let Some(chunk) = chunker.add(row) {
                            files.push(self.put(chunk).await?);
                        }
                    }
                }
                Piece::End { table, last_generated } => {
                    if let Some(chunk) = chunker.take().and_then(|mut rest| rest.finish()) {
                        files.push(self.put(chunk).await?);
                    }
                    let (table, files) = (table.name.to_owned(), std::mem::take(&mut files));
                    self.tables.push(TableFiles { table, last_generated, files });
                }
            }
        }
        Ok(census)
    }

    async fn put(&self, chunk: Chunk) -> Result<String, MoveError> {
        let Chunk { table, bytes, objects, layer_bytes } = chunk;
        let name = self.seal.name(table.name, &bytes);
        if !self.known.contains(&name) {
            self.progress.expect_objects(objects, layer_bytes);
            let (deployment, table) = (self.deployment.as_str(), table.name);
            let sealed = Sealed::Rows { deployment, table, name: &name };
            let bytes = sealed.seal(&self.from.keyring, &bytes);
            self.to.documents.put(DocumentKind::Rows, &name, bytes).await?;
        }
        Ok(name)
    }

    fn note_awaited(&mut self, table: &Table, rows: &[Vec<Cell>]) {
        if table.name != "job" {
            return;
        }
        let at = |column| table.position(column).expect("jobs have names and subjects");
        let (name, subject) = (at("name"), at("subject"));
        let awaited = rows
            .iter()
            .filter(|row| row[name].as_text() == Some(RecordImage::NAME))
            .filter_map(|row| row[subject].as_text().map(str::to_owned));
        self.awaited.extend(awaited);
    }

    /// Copies the objects of rows that are new, and those that were awaited when the newest backup
    /// was made.
    async fn objects(&self, earlier: &[Manifest]) -> Result<(), MoveError> {
        for files in &self.tables {
            let Some(table) = Table::find(&files.table).filter(|table| names_objects(table)) else {
                continue;
            };
            for name in files.files.iter().filter(|name| !self.known.contains(*name)) {
                let rows = read_chunk(&self.to.documents, &self.seal, table, name).await?;
                let (awaited, wanted): (Vec<_>, Vec<_>) = expected(table, &rows)?
                    .into_iter()
                    .partition(|expected| self.awaited.contains(expected.object.as_str()));
                self.progress.settle_objects(awaited.len() as u64, 0);
                self.carry_all(wanted).await?;
                let sealed = Sealed::Progress { deployment: &self.deployment, name };
                let note = sealed.seal(&self.from.keyring, b"compared");
                self.to.documents.put(DocumentKind::Progress, name, note).await?;
            }
        }
        let newest = earlier.last().map_or(&[][..], |manifest| &manifest.awaited);
        let late = newest
            .iter()
            .filter(|object| !self.awaited.contains(*object))
            .filter_map(|object| ObjectKey::parse(object).ok())
            .map(|object| {
                let class = StorageClass::Standard;
                Expected { object, class, layer: None, record: None }
            });
        let late: Vec<_> = late.collect();
        self.progress.expect_objects(late.len() as u64, 0);
        self.carry_all(late).await
    }

    async fn carry_all(&self, expected: Vec<Expected>) -> Result<(), MoveError> {
        let carried = stream::iter(expected.into_iter().map(|expected| async move {
            let (from, to) = (self.from.blobs_of(expected.class), &self.to.blobs);
            let from = from.map_err(|_| MoveError::NoArchiveStorage)?;
            if carry(self.from, from, to, &expected, self.progress).await? {
                return Ok(());
            }
            let Expected { object, layer, .. } = expected;
            if layer.is_some() {
                return Err(MoveError::Damaged { object, why: "it is missing".to_owned() });
            }
            // A record is a copy of rows that are here. A restore writes it again.
            self.progress.settle_objects(1, 0);
            Ok(())
        }));
        carried.buffer_unordered(OBJECTS_AT_ONCE).try_collect().await
    }

    fn manifest(&mut self, id: BackupId, census: &Census) -> Manifest {
        let operations = self.from;
        Manifest {
            format: FORMAT,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            schema: Db::schema(),
            begun_at: self.begun_at.as_micros(),
            completed_at: operations.now().as_micros(),
            root_keys: vec![operations.keyring.current().to_string()],
            deployment: self.deployment.clone(),
            probe: Vec::new(),
            tables: std::mem::take(&mut self.tables),
            rows_digest: census.digest().as_str().to_owned(),
            rows: census.rows,
            objects: census.objects,
            bytes: census.bytes,
            awaited: self.awaited.iter().cloned().collect(),
            id,
        }
    }
}
