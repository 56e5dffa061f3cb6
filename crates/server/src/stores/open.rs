//! Opens rows, bytes and keys together.

use std::sync::Arc;
use std::time::Duration;

use blobs::FolderLock;
use db::Db;
use jobs::Pace;
use keys::Keyring;
use kms::Kms;
use names::Clock;
use operations::{
    ArchiveFound, AtRest, KEEP_AUDIT_DAYS, KEEP_EVENTS_DAYS, Operations, Outlets,
    REMEMBER_EXPIRIES_DAYS, TagHistory, TrailChoice, Upstreams,
};

use super::archive::{open_archive, open_archive_as_it_is};
use super::data_folder::{keep_to_owner, warn_if_open};
use super::keyring::{
    agree_on_keyring, external_keys, hold_keyring_against, open_keyring, open_keyring_with,
    settle_keyring,
};
use super::objects::{open_blobs, open_blobs_as_they_are, open_documents};
use super::rows::{open_rows, open_rows_as_they_are};
use super::{Beside, StoresError};
use crate::clock::{SharedClock, SystemClock};
use crate::config::{ArchiveStorage, Encryption, Objects, Storage};
use crate::doors::pushed_manifest;
use crate::external_kms::{ExternalKeys, RoutedKeys};

/// Rows, bytes and keys, and the verbs over them.
pub(crate) struct Stores {
    pub(crate) db: Db,
    pub(crate) keyring: Arc<Keyring>,
    pub(crate) operations: Arc<Operations>,
    /// The verbs of KMS. Repositories are under its keys.
    pub(crate) kms: Arc<Kms>,
    /// The keys of other services. Repositories are under them, too.
    pub(crate) external_keys: Arc<ExternalKeys>,
    pub(crate) clock: Arc<dyn Clock>,
    /// The clock again, if it is one that has to be measured.
    pub(crate) shared_clock: Option<Arc<SharedClock>>,
    /// Held as long as the stores are.
    _folder: Option<FolderLock>,
}

/// Opens the configured stores, and creates what is missing.
pub(crate) async fn open(storage: &Storage, encryption: Encryption) -> Result<Stores, StoresError> {
    open_keeping(storage, encryption, Keeping::default()).await
}

/// How long to keep what nothing refers to any more.
#[derive(Debug, Clone)]
pub(crate) struct Keeping {
    /// Bytes of deleted images.
    pub(crate) deleted: Duration,
    /// Why images expired.
    pub(crate) expiries: Duration,
    /// What tags named before.
    pub(crate) tags: TagHistory,
    /// Deleted images, to be restored.
    pub(crate) removed: Duration,
    /// What happened.
    pub(crate) audit: Duration,
    /// Events.
    pub(crate) events: Duration,
    /// Where events go.
    pub(crate) outlets: Outlets,
    /// Where what happened is delivered.
    pub(crate) trail: TrailChoice,
    /// The way to upstream registries, if there is one.
    pub(crate) upstreams: Option<Arc<Upstreams>>,
}

impl Default for Keeping {
    fn default() -> Self {
        let expiries = Duration::from_hours(24 * REMEMBER_EXPIRIES_DAYS);
        let audit = Duration::from_hours(24 * KEEP_AUDIT_DAYS);
        let events = Duration::from_hours(24 * KEEP_EVENTS_DAYS);
        let (deleted, removed) = (Duration::ZERO, Duration::ZERO);
        let (tags, trail) = (TagHistory::default(), TrailChoice::default());
        let outlets = Outlets::default();
        let upstreams = None;
        Self { deleted, expiries, tags, removed, audit, events, outlets, trail, upstreams }
    }
}

impl Keeping {
    fn applied_to(self, operations: Operations) -> Operations {
        let Self { deleted, expiries, removed, tags, audit, events, outlets, trail, upstreams } =
            self;
        let operations = operations.keeping_deleted(deleted).remembering_expiries(expiries);
        let operations = operations.undoing_within(removed).keeping_tag_history(tags);
        let operations = operations.keeping_audit(audit).delivering_audit(trail);
        let operations = operations.keeping_events(events).sending_events(outlets);
        let operations = operations.reading_manifests(pushed_manifest::read_stored);
        match upstreams {
            Some(upstreams) => operations.caching_from(upstreams),
            None => operations,
        }
    }
}

/// The same, but this is kept for a while.
pub(crate) async fn open_keeping(
    storage: &Storage,
    encryption: Encryption,
    keeping: Keeping,
) -> Result<Stores, StoresError> {
    keep_to_owner(storage)?;
    let external_keys = external_keys(storage)?;
    let (blobs, folder) = open_blobs(storage).await?;
    let archive = open_archive(storage).await?;
    let keyring = open_keyring(storage, &external_keys, &blobs).await?;
    let db = open_rows(storage).await?;
    settle_keyring(&db, &keyring).await?;
    agree_on_keyring(&db, &keyring).await?;
    let (shared_clock, clock) = measured(&db).await?;
    let at_rest = match encryption {
        Encryption::Longshore => AtRest::Sealed,
        Encryption::Storage => AtRest::Storage,
    };
    let keyring = Arc::new(keyring);
    let operations = Operations::new(db.clone(), blobs, keyring.clone(), clock.clone(), at_rest);
    let operations = operations.archiving_to(archive).handing_down_to(open_documents(storage)?);
    let operations = keeping.applied_to(operations).pacing(Pace::gentle());
    let kms = Kms::new(db.clone(), operations.iam().clone(), keyring.clone(), clock.clone());
    let (operations, kms) = under_keys(operations, kms, &external_keys);
    Ok(Stores { db, keyring, operations, kms, external_keys, clock, shared_clock, _folder: folder })
}

/// Puts repositories under the keys of KMS. There is one of it in a process: what it changes holds
/// at once for the repositories of the same process.
fn under_keys(
    operations: Operations,
    kms: Kms,
    external: &Arc<ExternalKeys>,
) -> (Arc<Operations>, Arc<Kms>) {
    let kms = Arc::new(kms);
    let keys = Arc::new(RoutedKeys::new(kms.clone(), external.clone()));
    (Arc::new(operations.under_keys_of(keys)), kms)
}

/// Refuses a keyring that is not the one of the rows.
pub(crate) async fn hold_against_rows(
    storage: &Storage,
    keyring: &Keyring,
) -> Result<(), StoresError> {
    let db = open_rows_as_they_are(storage).await?;
    settle_keyring(&db, keyring).await?;
    hold_keyring_against(&db, keyring).await
}

/// Refuses a store with an incomplete move.
pub(crate) async fn require_complete(stores: &Stores) -> Result<(), StoresError> {
    let complete = operations::migrate::require_complete(&stores.db).await;
    complete.map_err(StoresError::Incomplete)
}

/// The clock that all nodes on these rows share.
async fn measured(db: &Db) -> Result<(Option<Arc<SharedClock>>, Arc<dyn Clock>), StoresError> {
    let measured = SharedClock::measured(db).await.map_err(StoresError::Unreadable)?;
    let measured = measured.map(Arc::new);
    let clock: Arc<dyn Clock> = match &measured {
        Some(clock) => clock.clone(),
        None => Arc::new(SystemClock),
    };
    Ok((measured, clock))
}

/// Opens the configured stores unchanged: nothing is created, and no schema is migrated except that
/// of a database that nodes share. Rows are written only if other processes may write to the folder
/// too.
pub(crate) async fn open_as_is(storage: &Storage, beside: Beside) -> Result<Stores, StoresError> {
    open_as_is_keeping(storage, beside, Keeping::default()).await
}

/// The same, and what is explained about images goes by what is kept.
pub(crate) async fn open_as_is_keeping(
    storage: &Storage,
    beside: Beside,
    keeping: Keeping,
) -> Result<Stores, StoresError> {
    if storage.uses_folder() && !storage.data.is_dir() {
        return Err(StoresError::NoFolder { folder: storage.data.clone() });
    }
    warn_if_open(storage)?;
    let external_keys = external_keys(storage)?;
    let (blobs, folder) = open_blobs_as_they_are(storage, beside)?;
    let archive = open_archive_as_it_is(storage, beside)?;
    let keyring = Arc::new(open_keyring_with(storage, &external_keys).await?);
    let db = open_rows_as_they_are(storage).await?;
    settle_keyring(&db, &keyring).await?;
    hold_keyring_against(&db, &keyring).await?;
    let (shared_clock, clock) = measured(&db).await?;
    let db = match beside {
        Beside::Readers => db.read_only(),
        Beside::Everybody => db,
    };
    let operations =
        Operations::new(db.clone(), blobs, keyring.clone(), clock.clone(), AtRest::Sealed);
    let operations = operations.archiving_to(archive).handing_down_to(open_documents(storage)?);
    let operations = keeping.applied_to(operations).pacing(Pace::gentle());
    let kms = Kms::new(db.clone(), operations.iam().clone(), keyring.clone(), clock.clone());
    let (operations, kms) = under_keys(operations, kms, &external_keys);
    Ok(Stores { db, keyring, operations, kms, external_keys, clock, shared_clock, _folder: folder })
}

impl Stores {
    /// Refuses a bucket that holds none of the layers in the rows: no other node could find
    /// anything pushed into it. A folder has its rows beside its layers, and needs no such check.
    /// The archive storage is checked first, wherever it is.
    pub(crate) async fn require_layers(&self, storage: &Storage) -> Result<(), StoresError> {
        self.require_archive(storage).await?;
        let Objects::Bucket(bucket) = &storage.objects else { return Ok(()) };
        match self.operations.store_holds_layers().await {
            Ok(true) => Ok(()),
            Ok(false) => Err(StoresError::NoLayers {
                bucket: bucket.bucket.clone(),
                prefix: bucket.prefix.clone(),
            }),
            Err(failure) => Err(StoresError::LayersNotFound(failure)),
        }
    }

    /// Refuses an archive storage that holds none of the archived layers in the rows, and rows with
    /// archived layers without an archive storage.
    pub(crate) async fn require_archive(&self, storage: &Storage) -> Result<(), StoresError> {
        match self.operations.find_archived_layers().await {
            Ok(ArchiveFound::AsExpected) => Ok(()),
            Ok(ArchiveFound::NotConfigured) => Err(StoresError::ArchiveNotNamed),
            Ok(ArchiveFound::Missing) => {
                let place =
                    storage.archive.as_ref().map_or_else(String::new, ArchiveStorage::describe);
                Err(StoresError::NoArchivedLayers { place })
            }
            Err(failure) => Err(StoresError::LayersNotFound(failure)),
        }
    }
}
