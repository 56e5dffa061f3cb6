//! Rows: everything that Longshore knows, except the bytes of layers.
//!
//! # Invariants
//! * All SQL is in this crate: one file per family of tables, one statement per function.
//! * [`Tx`] is the only way to a row. A fact that needs several rows becomes true in one
//!   transaction or not at all.
//! * [`Db::write`] returns `Ok` only after the rows are durable: a power cut loses nothing.
//! * A closure may run several times, so its only side effect is its rows.
//! * Statements are portable: `$1` parameters; text, bigint and bytes; times in microseconds. Where
//!   the engines' SQL differs, `engine` has a named word for it, and no rule is written twice.
//!
//! # Who calls
//! `operations`, `iam` and `jobs`, and the binary, which opens the database.
//!
//! # On a crash
//! Everything committed is there, and everything else is gone. SQLite replays its write-ahead log
//! at the next open. PostgreSQL rolls back the transactions of a lost connection. Nothing has to be
//! cleaned up.

mod engine;
mod error;
mod lookup;
mod migrations;
#[cfg(test)]
mod plans;
mod rows;
mod tables;
#[cfg(feature = "testing")]
pub mod testing;
mod tx;
mod value;

pub use engine::{Db, Faults};
pub use error::{DbError, EngineError};
pub use lookup::Lookup;
pub use rows::access_key::{AccessKey, KeyOwner, KeyUse};
pub use rows::account::Account;
pub use rows::advisory::{
    AdvisoryKey, AdvisoryPackage, AdvisorySource, KnownAdvisory, NamedAdvisory, NewAdvisory,
};
pub use rows::audit_delivery::{AuditChain, AuditFile, AuditLogFile};
pub use rows::audit_record::{AuditKey, AuditPlace, AuditRecord, AuditResource, ListedAuditRecord};
pub use rows::audit_signing_key::AuditSigningKey;
pub use rows::audit_trail::{AuditTrail, UndeliveredRecord};
pub use rows::blob::{Blob, BlobKey, NewBlob};
pub use rows::blob_storage::BlobNeed;
pub use rows::creation_template::{CreationTemplate, TemplateSettings};
pub use rows::cve_score::{CveEpss, CveScore};
pub use rows::deleted_image::{DeletedImageKey, Deletion, DeletionCause, RestorableImage};
pub use rows::event::{Event, EventPlace, NewEvent};
pub use rows::event_delivery::EventDelivery;
pub use rows::event_rule::EventRule;
pub use rows::event_target::EventTargetRow;
pub use rows::expired_image::ExpiredImage;
pub use rows::iam_attachment::Attachment;
pub use rows::iam_group::IamGroup;
pub use rows::iam_instance_profile::InstanceProfile;
pub use rows::iam_oidc_provider::OidcProvider;
pub use rows::iam_policy::{IamPolicy, IamPolicyVersion};
pub use rows::iam_rights::{RepositoryStanding, Standing};
pub use rows::iam_role::IamRole;
pub use rows::iam_user::IamUser;
pub use rows::image::{Image, ImageKey, NewImage};
pub use rows::image_inventory::{ImageInventory, ImagePackage};
pub use rows::image_list::{DescribedImage, ImageFilter, ListedImage, TagStatus};
pub use rows::image_record::{ImageRecord, RecordedImage};
pub use rows::image_scan::ImageScan;
pub use rows::image_tag::{IfTaken, Pointed, TaggedImage};
pub use rows::incoming::Incoming;
pub use rows::job::NewJob;
pub use rows::job_claim::{ClaimedJob, JobTurn};
pub use rows::job_list::{JobRetried, JobState, ListedJob};
pub use rows::keyring_node::KeyringNode;
pub use rows::kms_alias::KmsAlias;
pub use rows::kms_grant::{GrantParty, KmsGrant};
pub use rows::kms_key::KmsKey;
pub use rows::kms_material::{KmsMaterial, SealedMaterial};
pub use rows::lifecycle_image::LifecycleImage;
pub use rows::lifecycle_policy::LifecyclePolicy;
pub use rows::lifecycle_preview::{LifecyclePreview, PreviewedImage};
pub use rows::pull_through_cache_rule::PullThroughCacheRule;
pub use rows::pull_time_exclusion::PullTimeExclusion;
pub use rows::pulled_image::PulledImage;
pub use rows::referrer::{ListedReferrer, Referrer};
pub use rows::registry::RegistryKey;
pub use rows::rekey::Rekey;
pub use rows::repository::{NewRepository, Repository, RepositoryKey};
pub use rows::repository_blob::{AttachedBlob, RepositoryBlob, SoughtBlob};
pub use rows::root_key::{RootKeyRow, Sealed};
pub use rows::scanned_package::{
    NewPackage, PackageFinding, PackageKey, PackageToJudge, ShownPackage,
};
pub use rows::secret::Secret;
pub use rows::secret_version::{SealedSecret, SecretStage, SecretVersion};
pub use rows::stored_total::{Counted, Total};
pub use rows::tag_move::{TagMove, TagMover};
pub use rows::upload::{NewUpload, Upload, UploadProgress};
pub use rows::upstream_copy::{UpstreamCopy, UpstreamTag};
pub use rows::upstream_fetch::UpstreamFetch;
pub use tables::{Cell, Piece, Snapshot, Stays, TABLES, Table};
pub use tx::Tx;
