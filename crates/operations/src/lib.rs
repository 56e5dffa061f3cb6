//! What ECR does: each verb once, for both doors.
//!
//! # Invariants
//! * A verb is a method of [`Operations`] in its own file, in the folder of its noun. Code that
//!   several verbs and jobs share stands beside them. A verb takes values of `names`, never text,
//!   and returns rows or a [`Failure`].
//! * This crate knows no HTTP, SQL, AWS shapes or callers: the guard has already allowed the call.
//! * Bytes first, rows second: a row that names an object is written after the object is durable.
//! * Rows that belong together, and the jobs that they cause, are committed together.
//! * No object exists without a row that names it: its key is stored (in an upload or a job) before
//!   its first byte.
//!
//! # Who calls
//! The doors of the server; the job runners, for the bodies under `jobs/`; the commands that open
//! stores themselves, for `fsck`, `migrate` and `backup`.
//!
//! # On a crash
//! An upload's row still records the acknowledged bytes; the abandoned-upload job owns it.
//! Deletions leave jobs that finish them. `jobs/mod.rs` explains the protocol of reclaiming.

mod archive_storage;
mod audit;
pub mod backup;
mod encryption;
mod event_rules;
mod events;
mod failure;
pub mod fsck;
mod image;
mod invalid_parameter;
mod jobs;
mod kept_rules;
mod keyring;
mod layer;
mod lifecycle;
pub mod migrate;
mod objects;
mod operations;
mod pull_gate;
mod pull_through;
mod refusal;
mod registry;
mod repository;
mod resource_policy;
mod scanning;
mod secret;
mod stored_totals;
mod tag_history;
mod telling;
mod template;
mod upload;
mod wording;

pub use archive_storage::ArchiveFound;
pub use audit::keep_calls::CallRecord;
pub use audit::lookup_events::{EventFilter, EventSpan, FoundEvent, FoundEvents};
pub use audit::trail::{
    CheckedTrail, TrailCheck, TrailChoice, TrailDestination, TrailFile, TrailFileKind, TrailKey,
    TrailProblem, TrailStatus, verify_trail,
};
pub use encryption::refusal::EncryptionRefusal;
pub use event_rules::listening::{EventRules, ListeningRule};
pub use event_rules::put_rule::NewEventRule;
pub use event_rules::put_targets::NewEventTarget;
pub use event_rules::refusal::EventRuleRefusal;
pub use events::delivery::outlets::{HearsAll, Outlets};
pub use events::delivery::sender::{EventSender, Parcel, Unsent};
pub use events::delivery::tally::FailedDeliveries;
pub use events::envelope;
pub use failure::Failure;
pub use iam::Fault;
pub use image::batch_get_image::ImageFailure;
pub use image::delete_manifest::Deleted;
pub use image::list_image_referrers::ReferrersPage;
pub use image::pushed_manifest::{BlobRef, PushedManifest};
pub use image::put_image::{IfSame, PutImage};
pub use image::refusal::ImageRefusal;
pub use image::removal::DeletedImage;
pub use image::undo::RestoredImage;
pub use image::undo_refusal::UndoRefusal;
pub use invalid_parameter::InvalidParameter;
pub use jobs::about::JobAbout;
pub use jobs::list_jobs::DescribedJob;
pub use jobs::reseal_rows::{KEYRING_CHECK, Resealing};
pub use jobs::{GRACE, LEASE, SKEW_MAX, UPLOAD_LIFE};
pub use keyring::describe_keyring::{DescribedKeyring, DescribedRootKey, RootKeyState};
pub use keyring::refusal::KeyringRefusal;
pub use keyring::root_keys::RootKeys;
pub use keyring::rotate_root_key::RotatedRootKey;
pub use layer::batch_check_layer_availability::{FoundLayer, LayerAvailability};
pub use layer::layer_reader::{LayerReader, LayerUnread};
pub use layer::mount_blob::{MountSource, Mounted};
pub use layer::read_blob::BlobReader;
pub use layer::refusal::LayerRefusal;
pub use lifecycle::explain_retention::{RetainedImage, Retention};
pub use lifecycle::get_lifecycle_policy_preview::{PreviewPlace, PreviewResults};
pub use lifecycle::refusal::LifecycleRefusal;
pub use operations::{
    AtRest, IfUnsealed, KEEP_AUDIT_DAYS, KEEP_EVENTS_DAYS, Operations, REMEMBER_EXPIRIES_DAYS,
};
pub use pull_gate::refusal::PullGateRefusal;
pub use pull_gate::{
    Excuse, ExplainedPull, GateException, GatedFinding, Judgement, PullDecision, PullGate,
    UnscannedImages, VexDocuments,
};
pub use pull_through::create_pull_through_cache_rule::NewPullThroughCacheRule;
pub use pull_through::fetch_manifest::{CachedManifest, FetchedManifest, NewManifest};
pub use pull_through::freshness::{DueTag, Standing};
pub use pull_through::layer_fetch::LayerLead;
pub use pull_through::layer_follower::{LayerFetch, LayerFollower};
pub use pull_through::refusal::{PullThroughRuleRefusal, UnsupportedUpstream};
pub use pull_through::tally::CachePulls;
pub use pull_through::upstream_refusal::{CredentialFlaw, UpstreamRefusal};
pub use pull_through::upstreams::{CHECK_UPSTREAM_HOURS, Upstreams};
pub use pull_through::validate_pull_through_cache_rule::ValidatedRule;
pub use refusal::Refusal;
pub use registry::account_setting::{AccountSetting, REGISTRY_SETTINGS};
pub use registry::refusal::RegistryRefusal;
pub use repository::create_repository::RepositorySettings;
pub use repository::refusal::RepositoryRefusal;
pub use repository::rekey_repository::DescribedRekey;
pub use resource_policy::refusal::ResourcePolicyRefusal;
pub use resource_policy::repository_policy::LockOut;
pub use scanning::configuration::{AppliedScanning, ScanningConfiguration, ScanningRule};
pub use scanning::describe_image_scan_findings::{
    DescribedFinding, DescribedScan, ScannedImage, VulnerablePlace,
};
pub use scanning::described_images::severity_counts;
pub use scanning::explain_vulnerability::{ExplainedVulnerability, VulnerabilityReason};
pub use scanning::findings::{FindingPlace, SeverityCounts};
pub use scanning::get_image_sbom::ImageSbom;
pub use scanning::import_advisories::AdvisoryFormat;
pub use scanning::imported_advisories::ImportedAdvisories;
pub use scanning::refusal::ScanningRefusal;
pub use scanning::registry_configuration::RepositoryScanning;
pub use scanning::requesting::ManifestReader;
pub use secret::create_secret::NewSecret;
pub use secret::delete_secret::SecretDeletion;
pub use secret::describe_secret::DescribedSecret;
pub use secret::get_random_password::{CharacterType, PasswordKind};
pub use secret::get_secret_value::ReadVersion;
pub use secret::list_secret_version_ids::ListedVersion;
pub use secret::put_secret_value::PutVersion;
pub use secret::refusal::SecretRefusal;
pub use secret::value::SecretValue;
pub use stored_totals::Stored;
pub use tag_history::keeping::{REMEMBER_TAGS_DAYS, Shield, TagHistory};
pub use tag_history::mover::Mover;
pub use tag_history::refusal::{TagHistoryRefusal, TagVersion};
pub use tag_history::roll_back_tag::RolledBack;
pub use template::refusal::TemplateRefusal;
pub use template::update_repository_creation_template::TemplateChanges;
pub use upload::append_to_upload::{Body, BodyBroken, Chunk, Door, Progress};
pub use upload::complete_layer_upload::{Completion, NewLayer};
pub use upload::refusal::UploadRefusal;
pub use wording::moment as moment_of;

/// Rows that verbs answer with.
pub use db::{
    AdvisorySource, AuditPlace, AuditRecord, AuditResource, AuditTrail, CreationTemplate,
    DeletedImageKey, DeletionCause, DescribedImage, Event, EventDelivery, EventPlace, EventRule,
    EventTargetRow, ExpiredImage, ImageFilter, ImageKey, ImageScan, JobRetried, JobState,
    KeyringNode, LifecyclePolicy, LifecyclePreview, ListedImage, ListedJob, NewEvent,
    PreviewedImage, PullThroughCacheRule, PullTimeExclusion, PulledImage, Referrer, Rekey,
    Repository, RestorableImage, Sealed, Secret, SecretStage, SecretVersion, TagMove, TagMover,
    TagStatus, TemplateSettings,
};

/// What findings are made of.
pub use scan::{Advisory, BillFormat, CvssVector, Ecosystem, Epss, Package, PackageKind, Severity};
