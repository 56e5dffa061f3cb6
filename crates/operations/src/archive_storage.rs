//! The archive storage: a second, colder place for the bytes of archived images, if one is
//! configured.
//!
//! # Invariants
//! * The row of a blob names the place of its object. Without an archive storage every object is in
//!   the store.
//! * A blob is in the archive storage only if every image that refers to it is archived or being
//!   restored, and no client relies on a lease. So a blob there is never needed for a pull: a pull
//!   does not find it, and a push sends it again.
//! * An object is never moved: the bytes are sealed again, in a new object under a new key
//!   (`layer/moving.rs`). So no late deletion of the one object can touch the other.
//!
//! # What moves bytes
//!
//! ```text
//!   image archived ────▶ follow_subject ──┐
//!   image deleted ────────────────────────┼─▶ move_blob ──▶ archive storage, when all leases are over
//!   last right of a repository lost ──────┤
//!   deleted image restored as archived ───┘
//!   image restored ────▶ restore_image ─────────────────▶ store, before the image can be pulled
//!   layer pushed again ─────────────────────────────────▶ store, as the pushed object
//! ```
//!
//! # On a crash
//! `layer/moving.rs` says what each step leaves.

use blobs::Blobs;
use db::{DbError, Tx};
use names::StorageClass;

use crate::jobs::move_archived_bytes::MoveArchivedBytes;
use crate::{Failure, Fault, Operations};

/// Where the bytes of archived images are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Archiving {
    /// In the store, as all bytes.
    InPlace,
    /// In the archive storage.
    Apart,
}

/// The fact that an archive storage is configured.
const FACT: &str = "archive_storage";

/// How many archived layers are looked for. If the first few are all missing, it is the wrong
/// place.
const LOOKED_FOR: u32 = 3;

/// What was found of the archived layers that rows name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArchiveFound {
    /// There are none, or they are there.
    AsExpected,
    /// There are some, and no archive storage is configured.
    NotConfigured,
    /// There are some, and the archive storage holds none of the first few.
    Missing,
}

impl Operations {
    /// Where the bytes of archived images are.
    pub(crate) fn archiving(&self) -> Archiving {
        if self.archive.is_some() { Archiving::Apart } else { Archiving::InPlace }
    }

    /// The place of objects of this class.
    pub(crate) fn blobs_of(&self, class: StorageClass) -> Result<&Blobs, Failure> {
        match class {
            StorageClass::Standard => Ok(&self.blobs),
            StorageClass::Archive => self.archive.as_ref().ok_or_else(|| {
                let why =
                    "a layer is in the archive storage; set --archive-storage to where that is";
                Failure::Fault(Fault::Broken(why.into()))
            }),
        }
    }

    /// Every place that there is, with its class.
    pub(crate) fn places(&self) -> impl Iterator<Item = (StorageClass, &Blobs)> {
        let archive = self.archive.as_ref().map(|archive| (StorageClass::Archive, archive));
        [(StorageClass::Standard, &self.blobs)].into_iter().chain(archive)
    }

    /// Whether the archive storage belongs to the rows. Looks for a few of their archived layers.
    pub async fn find_archived_layers(&self) -> Result<ArchiveFound, Failure> {
        let archived = self.db.read(|tx| tx.find_some_archived_blobs(LOOKED_FOR)).await?;
        if archived.is_empty() {
            return Ok(ArchiveFound::AsExpected);
        }
        let Some(archive) = &self.archive else { return Ok(ArchiveFound::NotConfigured) };
        for blob in &archived {
            if archive.is_used(&blob.object).await? {
                return Ok(ArchiveFound::AsExpected);
            }
        }
        Ok(ArchiveFound::Missing)
    }

    /// Notes whether an archive storage is configured. If it is for the first time, a job is queued
    /// that moves the bytes of the images that were archived before.
    pub async fn settle_archive_storage(&self) -> Result<(), Failure> {
        let (now, is_configured) = (self.now(), self.archive.is_some());
        let noted: Result<_, DbError> = self.db.read(|tx| tx.find_deployment_fact(FACT)).await;
        if noted?.is_some() == is_configured {
            return Ok(());
        }
        let note = move |tx: &mut Tx<'_>| {
            if !is_configured {
                return tx.delete_deployment_fact(FACT);
            }
            tx.put_deployment_fact(FACT, "configured")?;
            jobs::enqueue(tx, &MoveArchivedBytes {}, now, now)
        };
        Ok(self.db.write(note).await?)
    }
}
