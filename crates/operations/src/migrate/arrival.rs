//! Copies everything from one installation, or from a backup, into an empty target.
//!
//! # Invariants
//! * The first write to the target is a note of what moves in (`db::Incoming`). While it is not
//!   complete, no server starts on the target (`require_complete`).
//! * Only one run works on a target. It renews a hold every second; a run that finds a later turn
//!   than its own stops with `TakenOver`.
//! * When the note says complete, the target's rows hash to what the source's rows hash to, and
//!   every object that they name was read back and compared: its content with its row, or its file
//!   with the source's if its KMS key cannot be used. The one exception is a record that a job in
//!   the target will write.
//! * The source is only read. A target with foreign rows or objects is refused before a row is
//!   copied.
//!
//! # Who calls
//! `server::migrate`, through `migrate`; `backup::restore`, through `arrive`. A start and fsck call
//! `require_complete`.
//!
//! # On a crash
//! * The note stays and says how far the copy is. The next run waits for the old hold to end
//!   (`turn.rs`), then continues; at most one page of objects is copied again.
//! * Rows that are complete are kept, unless the source has changed since. Then all rows are
//!   written again, and objects that no row names any more are deleted at the end.
//! * Rows that were only partly written are cleared and written again.

use blobs::Blobs;
use db::{BlobKey, Db, DbError, Incoming, Piece};
use futures_util::future::{Either, select};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use jobs::Job;
use names::{StorageClass, Timestamp};

use super::turn::{begin, hold};
use super::{Census, Expected, MoveError, Progress, RowSource, carry};
use crate::Operations;
use crate::backup::DEPLOYMENT;
use crate::jobs::record_image::{RecordImage, WantedRecord};

/// The source of a move: its rows and its objects.
pub(crate) struct Departure<'a> {
    /// The name that the target notes, so that it continues only with this source.
    pub(crate) source: String,
    /// Reads all rows from the start. Called more than once.
    pub(crate) rows: Box<dyn Fn() -> Result<RowSource, DbError> + Send + Sync + 'a>,
    /// The objects.
    pub(crate) blobs: &'a Blobs,
    /// Those that are in the archive storage according to their rows.
    pub(crate) archive: Option<&'a Blobs>,
    /// The registry's unique name, if it has one.
    pub(crate) deployment: Option<String>,
}

/// How a move ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// This run completed the move.
    Completed,
    /// An earlier run had completed it.
    WasComplete,
}

/// How many objects are copied at once: enough to hide the store's latency.
const OBJECTS_AT_ONCE: usize = 8;

/// How many objects are copied between two notes of progress, and so are copied again after a
/// crash.
const PAGE: u32 = 64;

/// Moves everything from one installation into another.
pub async fn migrate(
    from: &Operations,
    to: &Operations,
    progress: &Progress,
) -> Result<Outcome, MoveError> {
    let ids = from.keyring.root_ids().join(", ");
    if !to.keyring.stands_in_for(&from.keyring) {
        return Err(MoveError::OtherKeyring { wanted: ids });
    }
    let named: Result<_, DbError> = from.db.read(|tx| tx.find_deployment_fact(DEPLOYMENT)).await;
    let departure = Departure {
        source: format!("the installation with the keyring {ids}"),
        rows: Box::new(|| from.db.snapshot().map(RowSource::Database)),
        blobs: &from.blobs,
        archive: from.archive.as_ref(),
        deployment: named?,
    };
    arrive(&departure, to, progress).await
}

/// Refuses a database with an incomplete move. Call it before serving.
pub async fn require_complete(db: &Db) -> Result<(), MoveError> {
    let unfinished: Result<_, DbError> = db
        .read(|tx| Ok(tx.find_incoming()?.filter(|incoming| incoming.completed_at.is_none())))
        .await;
    let Some(Incoming { source: found, .. }) = unfinished? else { return Ok(()) };
    let command = if found.starts_with("the backup") { "restore" } else { "migrate" };
    Err(MoveError::Incomplete { found, command })
}

/// Copies all of `departure`, from where an earlier run stopped.
pub(crate) async fn arrive(
    departure: &Departure<'_>,
    to: &Operations,
    progress: &Progress,
) -> Result<Outcome, MoveError> {
    // What an earlier run copied is where that run was told to put it.
    let apart = if to.archive.is_some() { ", with an archive storage" } else { "" };
    let state = begin(&format!("{}{apart}", departure.source), to).await?;
    if state.completed_at.is_some() {
        return Ok(Outcome::WasComplete);
    }
    let turn = state.turn;
    let mut arrival = Arrival { departure, to, progress, state };
    let ended = match select(Box::pin(arrival.run()), Box::pin(hold(to, turn))).await {
        Either::Left((ended, _)) => ended,
        Either::Right((lost, _)) => Err(lost),
    };
    let past = Timestamp::from_micros(0);
    let let_go: Result<_, DbError> = to.db.write(move |tx| tx.hold_incoming(turn, past)).await;
    ended?;
    let_go?;
    Ok(Outcome::Completed)
}

struct Arrival<'a> {
    departure: &'a Departure<'a>,
    to: &'a Operations,
    progress: &'a Progress,
    state: Incoming,
}

impl Arrival<'_> {
    async fn run(&mut self) -> Result<(), MoveError> {
        self.require_no_objects().await?;
        self.rows().await?;
        self.to.read_root_keys().await?;
        self.blobs().await?;
        self.records().await?;
        self.end().await
    }

    async fn note(&self) -> Result<(), MoveError> {
        let state = self.state.clone();
        let noted: Result<_, DbError> = self.to.db.write(move |tx| tx.put_incoming(&state)).await;
        if noted? { Ok(()) } else { Err(MoveError::TakenOver) }
    }

    /// Refuses a store with foreign objects. We copy objects after the rows, so before that there
    /// are none.
    async fn require_no_objects(&self) -> Result<(), MoveError> {
        if self.state.rows_digest.is_some() || self.state.strays {
            return Ok(());
        }
        let mut found = None;
        for (_, blobs) in self.to.places() {
            found = found.or(blobs.list(None, 1).await?.pop());
        }
        let Some(object) = found else { return Ok(()) };
        let forgotten: Result<(), DbError> = self
            .to
            .db
            .write(|tx| match tx.find_occupied_table()? {
                None => tx.forget_incoming(),
                Some(_) => Ok(()),
            })
            .await;
        forgotten?;
        Err(MoveError::ObjectsInTheWay { object })
    }

    /// Copies all rows, unless they are there.
    async fn rows(&mut self) -> Result<(), MoveError> {
        if let Some(known) = self.state.rows_digest.clone() {
            let census = Census::take((self.departure.rows)()?, self.progress).await?;
            if census.digest().as_str() == known {
                self.progress.expect_objects(census.objects, census.bytes);
                return Ok(());
            }
            // The source has changed since. Some copied objects may no longer be named by a row.
            self.state.strays = true;
        }
        self.clear().await?;
        let census = self.write().await?;
        let written = self.to.db.snapshot().map(RowSource::Database)?;
        let written = Census::take(written, &Progress::default()).await?;
        if let Some(table) = census.difference(&written) {
            return Err(MoveError::RowsDiffer { table });
        }
        self.progress.expect_objects(census.objects, census.bytes);
        self.state.rows_digest = Some(census.digest().as_str().to_owned());
        self.note().await
    }

    /// Deletes the rows of an earlier run, in the same transaction as its progress.
    async fn clear(&mut self) -> Result<(), MoveError> {
        let state = &mut self.state;
        (state.rows_digest, state.blobs_done, state.records_done) = (None, BlobKey(0), None);
        let state = state.clone();
        self.to
            .db
            .write(move |tx| {
                // The note comes first: then the renewal of the hold waits for this transaction,
                // and does not conflict with it again and again.
                if !tx.put_incoming(&state)? {
                    return Err(MoveError::TakenOver);
                }
                if tx.find_occupied_table()?.is_some() {
                    tx.clear_tables()?;
                }
                Ok(())
            })
            .await
    }

    async fn write(&self) -> Result<Census, MoveError> {
        let mut source = (self.departure.rows)()?;
        let mut census = Census::default();
        while let Some(piece) = source.next().await? {
            census.add(&piece, self.progress);
            let written: Result<(), DbError> = self
                .to
                .db
                .write(move |tx| match &piece {
                    Piece::Rows { table, rows } => tx.insert_rows(table, rows),
                    Piece::End { table, last_generated } => {
                        tx.generate_after(table, *last_generated)
                    }
                })
                .await;
            written?;
        }
        Ok(census)
    }

    /// Copies the object of every blob that the rows name.
    async fn blobs(&mut self) -> Result<(), MoveError> {
        self.count_done().await?;
        loop {
            let after = self.state.blobs_done;
            let page = self.to.db.read(move |tx| tx.list_blobs(Some(after), PAGE)).await;
            let page: Vec<db::Blob> = page.map_err(|error: DbError| error)?;
            let Some(last) = page.last() else { return Ok(()) };
            let last = last.key;
            let expected = page.into_iter().map(|blob| Expected {
                object: blob.object,
                class: blob.storage_class,
                layer: Some((blob.digest, blob.size_bytes, blob.wrapped_key)),
                record: None,
            });
            let missing = self.carry_all(expected.collect()).await?;
            if let Some(Expected { object, .. }) = missing.into_iter().next() {
                return Err(MoveError::Damaged { object, why: "it is missing".to_owned() });
            }
            self.state.blobs_done = last;
            self.note().await?;
        }
    }

    /// Counts the work of an earlier run, for the progress display.
    async fn count_done(&self) -> Result<(), DbError> {
        let (mut after, done) = (None, self.state.blobs_done);
        loop {
            let page = self.to.db.read(move |tx| tx.list_blobs(after, PAGE)).await;
            let mut page: Vec<db::Blob> = page?;
            page.retain(|blob| blob.key <= done);
            let Some(last) = page.last() else { return Ok(()) };
            after = Some(last.key);
            for blob in &page {
                self.progress.settle_objects(1, blob.size_bytes);
            }
        }
    }

    /// Copies the object of every record, unless a job will write it here. For one that the source
    /// does not have, a job is queued that writes it.
    async fn records(&mut self) -> Result<(), MoveError> {
        loop {
            let after = self.state.records_done.clone();
            let page: Result<_, DbError> = self
                .to
                .db
                .read(move |tx| {
                    let mut page = Vec::new();
                    for (repository, _, record) in
                        tx.list_all_image_records(after.as_ref(), PAGE)?
                    {
                        let waits = tx.job_is_known(RecordImage::NAME, record.object.as_str())?;
                        let wanted = WantedRecord::find(tx, &record.object, repository)?;
                        page.push((repository, record.object, wanted, waits));
                    }
                    Ok(page)
                })
                .await;
            let page = page?;
            let Some((_, last, ..)) = page.last() else { return Ok(()) };
            let last = last.clone();
            let (awaited, wanted): (Vec<_>, Vec<_>) =
                page.into_iter().partition(|(.., waits)| *waits);
            self.progress.settle_objects(awaited.len() as u64, 0);
            let expected = wanted.iter().map(|(_, object, record, _)| Expected {
                object: object.clone(),
                class: StorageClass::Standard,
                layer: None,
                record: record.clone(),
            });
            let missing = self.carry_all(expected.collect()).await?;
            for Expected { object, .. } in missing {
                let found = wanted.iter().find(|(_, known, ..)| *known == object);
                let (repository, ..) = found.expect("it is one of those that were wanted");
                let (job, now) = (RecordImage::new(&object, *repository), self.to.now());
                self.to.db.write(move |tx| jobs::enqueue(tx, &job, now, now)).await?;
                self.progress.settle_objects(1, 0);
            }
            self.state.records_done = Some(last);
            self.note().await?;
        }
    }

    /// Copies several objects at once. Returns those that the source does not have.
    async fn carry_all(&self, expected: Vec<Expected>) -> Result<Vec<Expected>, MoveError> {
        let carried = stream::iter(expected.into_iter().map(|expected| async move {
            let (from, to) = match expected.class {
                StorageClass::Standard => (self.departure.blobs, &self.to.blobs),
                StorageClass::Archive => {
                    let from = self.departure.archive.ok_or(MoveError::NoArchiveStorage)?;
                    (from, self.to.archive.as_ref().unwrap_or(&self.to.blobs))
                }
            };
            let is_there = carry(self.to, from, to, &expected, self.progress).await?;
            Ok::<_, MoveError>((!is_there).then_some(expected))
        }));
        let missing: Vec<_> = carried.buffer_unordered(OBJECTS_AT_ONCE).try_collect().await?;
        Ok(missing.into_iter().flatten().collect())
    }

    /// Completes the move. Objects that no row names any more are deleted first, before a server
    /// starts.
    async fn end(&mut self) -> Result<(), MoveError> {
        if self.state.strays {
            self.delete_strays().await?;
        }
        if self.to.archive.is_none() {
            let put = move |tx: &mut db::Tx<'_>| {
                tx.put_all_blobs_in_store()?;
                Ok::<_, DbError>(())
            };
            self.to.db.write(put).await?;
        }
        self.to.recount().await?;
        self.state.completed_at = Some(self.to.now());
        let (state, deployment) = (self.state.clone(), self.departure.deployment.clone());
        let noted: Result<_, DbError> = self
            .to
            .db
            .write(move |tx| {
                if let Some(deployment) = &deployment {
                    tx.put_deployment_fact(DEPLOYMENT, deployment)?;
                }
                tx.put_incoming(&state)
            })
            .await;
        if noted? { Ok(()) } else { Err(MoveError::TakenOver) }
    }

    async fn delete_strays(&self) -> Result<(), MoveError> {
        for (_, blobs) in self.to.places() {
            self.delete_strays_in(blobs).await?;
        }
        Ok(())
    }

    async fn delete_strays_in(&self, blobs: &Blobs) -> Result<(), MoveError> {
        let mut after = None;
        loop {
            let page = blobs.list(after, PAGE as usize).await?;
            let Some(last) = page.last() else { return Ok(()) };
            after = Some(last.clone());
            for object in page {
                let wanted = object.clone();
                let known: Result<bool, DbError> =
                    self.to.db.read(move |tx| tx.object_is_known(&wanted)).await;
                if !known? {
                    blobs.delete(&object).await?;
                }
            }
        }
    }
}
