//! What ECR does: every verb once, whichever door it came through.
//!
//! # Invariants
//! * A verb is a method of [`Operations`] in a file of its own under `verbs/`. It takes values of `names`,
//!   never text, and answers with rows or with a [`Failure`].
//! * Nothing here knows HTTP, SQL, AWS's shapes or the caller: the guard has already said yes.
//! * Bytes first, rows second: a row that names an object is written after the object is durable.
//! * Rows that belong together, and the jobs that they cause, are committed together.
//! * An object that no row names does not exist: its key is written down (in an upload or a job) before
//!   its first byte.
//!
//! # Who calls
//! The doors of the server; the job runners, for the bodies under `jobs/`; the commands that open stores themselves, for
//! `fsck`, `migrate` and `backup`.
//!
//! # On a crash
//! An upload's row is left with what was acknowledged; the abandoned-upload job owns it. Deleted things
//! leave jobs that finish the deletion. `jobs/mod.rs` holds the protocol of reclaiming.

mod absent;
mod access;
mod aws_managed;
pub mod backup;
mod bounded_rows;
mod failure;
pub mod fsck;
mod iam_refusal;
mod jobs;
pub mod migrate;
mod objects;
mod operations;
mod pull_log;
mod refusal;
mod sts_refusal;
mod upload_claims;
mod upload_turns;
mod verbs;
mod workbench;

pub use absent::Absent;
pub use access::{Asker, Epochs, Question};
pub use bounded_rows::BoundedRows;
pub use failure::{Failure, Fault};
pub use iam_refusal::{Conflict, IamRefusal, Missing, Quota, Taken};
pub use jobs::{GRACE, LEASE, SKEW_MAX, UPLOAD_LIFE};
pub use operations::{AtRest, IfUnsealed, Operations};
pub use refusal::{ImageId, Refusal};
pub use sts_refusal::StsRefusal;
pub use verbs::account_setting::{AccountSetting, REGISTRY_SETTINGS};
pub use verbs::append_to_upload::{Body, BodyBroken, Chunk, Door, Progress};
pub use verbs::batch_check_layer_availability::LayerAvailability;
pub use verbs::batch_delete_image::DeletedImage;
pub use verbs::batch_get_image::ImageFailure;
pub use verbs::complete_layer_upload::{Completion, NewLayer};
pub use verbs::create_repository::RepositorySettings;
pub use verbs::delete_manifest::Deleted;
pub use verbs::explain_access::{Explained, Supposed};
pub use verbs::iam::PolicySource;
pub use verbs::iam::access_key::{
    ACCESS_KEY_PURPOSE, CreatedKey, KeyHolder, KeyStatus, made_secret,
};
pub use verbs::iam::account::CreatedAccount;
pub use verbs::iam::account_summary::AccountSummary;
pub use verbs::iam::authorization_details::{AuthorizationDetail, DetailKind, HeldPolicies};
pub use verbs::iam::entity_standing::{EntityStanding, IamEntity};
pub use verbs::iam::entity_tags::Tagged;
pub use verbs::iam::holder::PolicyHolder;
pub use verbs::iam::instance_profile::DescribedInstanceProfile;
pub use verbs::iam::known_key::KnownKey;
pub use verbs::iam::list_entities_for_policy::{EntityFilter, PolicyEntity};
pub use verbs::iam::managed_policy::{
    ManagedPolicy, NewManagedPolicy, PolicyFilter, PolicyScope, PolicyUsage,
};
pub use verbs::iam::oidc_provider::{DescribedOidcProvider, NewOidcProvider};
pub use verbs::iam::page::Page;
pub use verbs::iam::policy_version::PolicyVersion;
pub use verbs::iam::role::{DescribedRole, NewRole, SESSION_SECONDS_DEFAULT};
pub use verbs::iam::simulate::{ContextEntry, Simulated, SimulatedPage, Simulation};
pub use verbs::iam::user::{DescribedUser, NewUser};
pub use verbs::kept_denials::KeptDenial;
pub use verbs::list_image_referrers::ReferrersPage;
pub use verbs::mount_blob::{MountSource, Mounted};
pub use verbs::put_image::{BlobRef, IfSame, PushedManifest, PutImage};
pub use verbs::read_blob::BlobReader;
pub use verbs::repository_policy::LockOut;
pub use verbs::sts::assume_role::{AssumeRole, WantedRole};
pub use verbs::sts::assume_role_with_web_identity::{
    AssumeRoleWithWebIdentity, KnownElsewhere, TrustedIssuer,
};
pub use verbs::sts::duration::Grant;
pub use verbs::sts::get_federation_token::FederationToken;
pub use verbs::sts::get_scoped_credentials::ScopedCredentials;
pub use verbs::sts::role_denied::RoleDenied;
pub use verbs::sts::session_limits::SessionLimits;

/// Rows that verbs answer with.
pub use db::{
    AccessKey, Account, Attachment, DescribedImage, IamGroup, IamRole, IamUser, ImageFilter,
    ImageKey, InstanceProfile, JobRetried, JobState, KeyOwner, KeyUse, ListedImage, ListedJob,
    OidcProvider, PulledImage, Referrer, Repository, TagStatus,
};
