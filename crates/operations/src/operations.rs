use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use blobs::{Blobs, Documents};
use db::{Db, Repository, Tx};
use iam::Iam;
use jobs::Pace;
use keys::customer_keys::NoKeyService;
use keys::{CustomerKeys, KeyService, Keyring};
use names::{Clock, RegistryId, RepositoryArn, Timestamp};
use tokio::sync::{Mutex as AsyncMutex, Semaphore};

use crate::encryption::key_hints::KeyHints;
use crate::event_rules::listening::EventRules;
use crate::events::delivery::outlets::Outlets;
use crate::events::delivery::tally::EventTally;
use crate::image::pull_log::PullLog;
use crate::kept_rules::KeptRules;
use crate::pull_gate::kept::KeptDecisions;
use crate::pull_through::rule_for::PullThroughRules;
use crate::pull_through::upstreams::{Fetches, Upstreams};
use crate::scanning::reading::Reading;
use crate::scanning::requesting::ManifestReader;
use crate::tag_history::keeping::TagHistory;
use crate::upload::claims::UploadClaims;
use crate::{Failure, Refusal, RepositoryRefusal, Stored, TrailChoice};

/// How many layers may have their first chunk, of up to 256 KiB, read and not sent.
const READ_AHEAD_MAX: usize = 128;

/// How many rows one transaction of long work in the background writes, unless one image alone has
/// more: pushes wait for it no longer than for each other.
pub(crate) const ROWS_AT_ONCE: usize = 60;

/// For how many days it is remembered why images expired, unless another time is set.
pub const REMEMBER_EXPIRIES_DAYS: u64 = 90;

/// For how many days it is kept what happened, unless another time is set: as CloudTrail does.
pub const KEEP_AUDIT_DAYS: u64 = 90;

/// For how many days events are kept, unless another time is set.
pub const KEEP_EVENTS_DAYS: u64 = 7;

/// The verbs of the registry, and their dependencies.
pub struct Operations {
    pub(crate) db: Db,
    pub(crate) blobs: Blobs,
    /// The archive storage, if there is one.
    pub(crate) archive: Option<Blobs>,
    pub(crate) keyring: Arc<Keyring>,
    /// KMS keys of repositories.
    pub(crate) customer_keys: Arc<CustomerKeys>,
    pub(crate) key_hints: KeyHints,
    /// Places of layers whose first chunk was read and is not sent yet.
    pub(crate) read_ahead: Arc<Semaphore>,
    /// Where former root keys are kept beside the objects, if they are.
    pub(crate) root_keys: Option<Documents>,
    /// Held while root keys are added or removed.
    pub(crate) rotating: AsyncMutex<()>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) at_rest: AtRest,
    /// How long objects stay that no row names any more.
    pub(crate) keep_deleted: Duration,
    /// How long it is remembered why images expired.
    pub(crate) remember_expiries: Duration,
    /// How long it is kept what happened. If it is zero, nothing is written down.
    pub(crate) keep_audit: Duration,
    /// How long events are kept. If it is zero, none are written.
    pub(crate) keep_events: Duration,
    /// Where events go.
    pub(crate) outlets: Outlets,
    /// Whether this process is delivering events.
    pub(crate) delivering: AtomicBool,
    /// How deliveries of events ended.
    pub(crate) event_tally: EventTally,
    /// Where what happened is delivered.
    pub(crate) trail: TrailChoice,
    /// Since when the oldest record waits to be delivered, when that was last measured.
    pub(crate) audit_waits: Mutex<Option<Timestamp>>,
    /// How the history of tags is kept.
    pub(crate) tag_history: TagHistory,
    /// How long deleted images can be restored.
    pub(crate) undo_window: Duration,
    /// How hard lifecycle policies work.
    pub(crate) pace: Pace,
    /// How many images lifecycle policies expired since the start.
    pub(crate) expired: AtomicU64,
    /// A place for a request that judges the images of a repository.
    pub(crate) judging: Semaphore,
    pub(crate) claims: UploadClaims,
    pub(crate) pulls: PullLog,
    /// Reads stored manifests.
    pub(crate) manifest_reader: ManifestReader,
    /// What the pull gates decided.
    pub(crate) kept_decisions: KeptDecisions,
    /// The rules of events that were read a moment ago.
    pub(crate) event_rules: KeptRules<EventRules>,
    /// The rules of pull through caches that were read a moment ago.
    pub(crate) pull_through_rules: KeptRules<PullThroughRules>,
    /// The way to upstream registries, if there is one.
    pub(crate) upstreams: Option<Arc<Upstreams>>,
    /// What is being fetched from them.
    pub(crate) fetches: Arc<Fetches>,
    /// Layers that are being read for what is in them.
    pub(crate) reading: Reading,
    pub(crate) reclaimed: Reclaimed,
    /// How much there was when it was last measured.
    pub(crate) measured: Mutex<Option<Stored>>,
    pub(crate) iam: Arc<Iam>,
}

/// How much was deleted since the start.
#[derive(Default)]
pub(crate) struct Reclaimed {
    pub(crate) objects: AtomicU64,
    pub(crate) bytes: AtomicU64,
}

/// What encrypts bytes at rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AtRest {
    /// We do: each object under its own data key.
    Sealed,
    /// The store or the disk does.
    Storage,
}

/// What to do with data that is read back and is not sealed under the keyring: anyone who can write
/// to its store may have made it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IfUnsealed {
    /// It is refused.
    Refuse,
    /// Accept it, because the operator knows where it comes from.
    Accept,
}

impl Operations {
    /// The verbs over these stores.
    pub fn new(
        db: Db,
        blobs: Blobs,
        keyring: Arc<Keyring>,
        clock: Arc<dyn Clock>,
        at_rest: AtRest,
    ) -> Self {
        let iam = Arc::new(Iam::new(db.clone(), keyring.clone(), clock.clone()));
        let customer_keys = CustomerKeys::new(Arc::new(NoKeyService), clock.clone());
        Self {
            iam,
            customer_keys: Arc::new(customer_keys),
            key_hints: KeyHints::default(),
            read_ahead: Arc::new(Semaphore::new(READ_AHEAD_MAX)),
            db,
            blobs,
            archive: None,
            keyring,
            root_keys: None,
            rotating: AsyncMutex::default(),
            clock,
            at_rest,
            keep_deleted: Duration::ZERO,
            remember_expiries: Duration::from_hours(24 * REMEMBER_EXPIRIES_DAYS),
            keep_audit: Duration::from_hours(24 * KEEP_AUDIT_DAYS),
            keep_events: Duration::from_hours(24 * KEEP_EVENTS_DAYS),
            trail: TrailChoice::default(),
            outlets: Outlets::default(),
            delivering: AtomicBool::new(false),
            event_tally: EventTally::default(),
            audit_waits: Mutex::default(),
            tag_history: TagHistory::default(),
            undo_window: Duration::ZERO,
            pace: Pace::Full,
            expired: AtomicU64::new(0),
            judging: Semaphore::new(1),
            claims: UploadClaims::default(),
            pulls: PullLog::default(),
            manifest_reader: |_, _| None,
            kept_decisions: KeptDecisions::default(),
            event_rules: KeptRules::default(),
            pull_through_rules: KeptRules::default(),
            upstreams: None,
            fetches: Arc::default(),
            reading: Reading::default(),
            reclaimed: Reclaimed::default(),
            measured: Mutex::default(),
        }
    }

    /// The same, but repositories can be under KMS keys of this service.
    #[must_use]
    pub fn under_keys_of(self, service: Arc<dyn KeyService>) -> Self {
        let customer_keys = Arc::new(CustomerKeys::new(service, self.clock.clone()));
        Self { customer_keys, ..self }
    }

    /// The same, with what understands stored manifests: without it, no image can be scanned.
    #[must_use]
    pub fn reading_manifests(self, manifest_reader: ManifestReader) -> Self {
        Self { manifest_reader, ..self }
    }

    /// The same, but bytes that only archived images need are kept there.
    #[must_use]
    pub fn archiving_to(self, archive: Option<Blobs>) -> Self {
        Self { archive, ..self }
    }

    /// The same, and former root keys are kept here too, where a rebuild without rows finds them.
    #[must_use]
    pub fn handing_down_to(self, root_keys: Documents) -> Self {
        Self { root_keys: Some(root_keys), ..self }
    }

    /// The same, but unneeded objects are kept for this long, so that rows of an earlier moment can
    /// be restored.
    #[must_use]
    pub fn keeping_deleted(self, keep_deleted: Duration) -> Self {
        Self { keep_deleted, ..self }
    }

    /// The same, but it is remembered for this long why images expired.
    #[must_use]
    pub fn remembering_expiries(self, remember_expiries: Duration) -> Self {
        Self { remember_expiries, ..self }
    }

    /// The same, but it is kept for this long what happened.
    #[must_use]
    pub fn keeping_audit(self, keep_audit: Duration) -> Self {
        Self { keep_audit, ..self }
    }

    /// The same, but events are kept for this long.
    #[must_use]
    pub fn keeping_events(self, keep_events: Duration) -> Self {
        Self { keep_events, ..self }
    }

    /// The same, but events go there.
    #[must_use]
    pub fn sending_events(self, outlets: Outlets) -> Self {
        Self { outlets, ..self }
    }

    /// The same, but what happened is delivered there.
    #[must_use]
    pub fn delivering_audit(self, trail: TrailChoice) -> Self {
        Self { trail, ..self }
    }

    /// The same, but the history of tags is kept like this.
    #[must_use]
    pub fn keeping_tag_history(self, tag_history: TagHistory) -> Self {
        Self { tag_history, ..self }
    }

    /// The same, but deleted images can be restored for this long.
    #[must_use]
    pub fn undoing_within(self, undo_window: Duration) -> Self {
        Self { undo_window, ..self }
    }

    /// The same, but lifecycle policies keep to this pace.
    #[must_use]
    pub fn pacing(self, pace: Pace) -> Self {
        Self { pace, ..self }
    }

    /// The pace of what is not done for a caller.
    pub fn pace(&self) -> &Pace {
        &self.pace
    }

    /// Images that lifecycle policies expired since the start.
    pub fn expired(&self) -> u64 {
        self.expired.load(Ordering::Relaxed)
    }

    /// Objects and bytes that were given back since the start.
    pub fn reclaimed(&self) -> (u64, u64) {
        let Reclaimed { objects, bytes } = &self.reclaimed;
        (objects.load(Ordering::Relaxed), bytes.load(Ordering::Relaxed))
    }

    /// How many reads of objects found them corrupt or missing since the start.
    pub fn corrupt_reads(&self) -> u64 {
        self.places().map(|(_, blobs)| blobs.corrupt_reads()).sum()
    }

    /// IAM and STS over the same rows.
    pub fn iam(&self) -> &Arc<Iam> {
        &self.iam
    }

    /// The keyring.
    pub fn keyring(&self) -> &Keyring {
        &self.keyring
    }

    /// Is every write refused?
    pub fn is_read_only(&self) -> bool {
        self.db.is_read_only()
    }

    /// Refuses a verb that would write bytes before it writes a row.
    pub(crate) fn require_writable(&self) -> Result<(), Failure> {
        if self.db.is_read_only() { Err(Refusal::ReadOnly.into()) } else { Ok(()) }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }
}

impl Operations {
    /// Changes facts that decisions about a repository depend on: its policy, its tags, or its
    /// existence. Decisions of this process read the rows again, even if the change failed, because
    /// a fault may hide a commit.
    pub(crate) async fn change_repository<T: Send + 'static>(
        &self,
        arn: &RepositoryArn,
        change: impl FnMut(&mut Tx<'_>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let changed = self.db.write(change).await;
        self.iam.epochs().bump_repository(arn);
        changed
    }

    /// As [`Operations::change_repository`], for the policy of a registry and how far it reaches.
    pub(crate) async fn change_registry<T: Send + 'static>(
        &self,
        registry: &RegistryId,
        change: impl FnMut(&mut Tx<'_>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let changed = self.db.write(change).await;
        self.iam.epochs().bump_registry(registry);
        changed
    }

    /// Whether a repository is there.
    pub async fn has_repository(&self, arn: &RepositoryArn) -> Result<bool, Failure> {
        let arn = arn.clone();
        let find = move |tx: &mut Tx<'_>| {
            Ok::<_, Failure>(tx.find_repository(&arn.registry, &arn.repository)?.is_some())
        };
        self.db.read(find).await
    }

    /// The refusal of a repository that is not there.
    pub(crate) async fn require_repository(&self, arn: &RepositoryArn) -> Result<(), Failure> {
        let arn = arn.clone();
        self.db.read(move |tx| require_repository(tx, &arn).map(drop)).await
    }
}

/// The repository, or the refusal that it is not there.
pub(crate) fn require_repository(
    tx: &mut Tx<'_>,
    arn: &RepositoryArn,
) -> Result<Repository, Failure> {
    tx.find_repository(&arn.registry, &arn.repository)?
        .ok_or_else(|| RepositoryRefusal::NotFound(arn.clone()).into())
}
