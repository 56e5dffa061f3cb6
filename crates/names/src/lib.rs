//! Values that are valid by construction: the vocabulary of all crates. Also the one spelling of an
//! error with its causes.
//!
//! # Invariants
//! * A value of a type in this crate satisfies its grammar as soon as it exists; it is never
//!   checked again.
//! * Everything here is pure: no clock, no randomness, no environment, no I/O.
//! * Every parser is linear in its input and refuses an input that is too long before it reads it.
//!
//! # Who calls
//! Every crate. This crate calls none.
//!
//! # On a crash
//! There is no state.

mod account_id;
mod arn;
mod byte_range;
mod clock;
mod digest;
mod encryption_key;
mod encryption_type;
mod entity_name;
mod error_chain;
mod event_rule;
mod image_id;
mod image_status;
mod image_tag;
mod key_kind;
mod kms;
mod lifecycle;
mod malformed;
mod media_type;
mod moved_through;
mod object_key;
mod policy_arn;
mod principal;
mod principal_id;
mod pull_through;
mod reference;
mod region;
mod registry_id;
mod rekey_stage;
mod repository_name;
mod scanning;
mod secret;
mod secret_arn;
mod tag_mutability;
mod template;
mod timestamp;
mod upload_id;
mod uuid;

pub use account_id::AccountId;
pub use arn::RepositoryArn;
pub use byte_range::{ByteRange, RangeRequest};
pub use clock::Clock;
pub use digest::{Algorithm, Digest, DigestHasher};
pub use encryption_key::EncryptionKey;
pub use encryption_type::EncryptionType;
pub use entity_name::{
    GroupName, IamPath, IdKind, InstanceProfileName, PolicyName, RoleName, SessionName, UniqueId,
    UserName,
};
pub use error_chain::error_chain;
pub use event_rule::{EventRuleName, EventRuleState};
pub use image_id::ImageId;
pub use image_status::ImageStatus;
pub use image_tag::ImageTag;
pub use key_kind::KeyKind;
pub use kms::{
    AliasName, GrantId, GrantOperation, KeySpec, KeyUsage, KmsAliasArn, KmsKeyArn, KmsKeyId,
    KmsKeyManager, KmsKeyRef, MaterialId, MaterialOrigin, NoKmsKey, SigningAlgorithm,
};
pub use lifecycle::{LifecycleAction, PreviewState, StorageClass};
pub use malformed::Malformed;
pub use media_type::MediaType;
pub use moved_through::MovedThrough;
pub use object_key::ObjectKey;
pub use policy_arn::{LocalPolicy, PolicyArn};
pub use principal::{Principal, RoleIdentity, Session, SessionOrigin, UserIdentity, Voucher};
pub use principal_id::PrincipalId;
pub use pull_through::{CachePrefix, UpstreamAccess, UpstreamRegistry, UpstreamUrl};
pub use reference::Reference;
pub use region::Region;
pub use registry_id::RegistryId;
pub use rekey_stage::RekeyStage;
pub use repository_name::RepositoryName;
pub use scanning::{ScanFrequency, ScanStatus, ScanType};
pub use secret::{DataKey, SealingKey, SecretAccessKey, WrappedKey};
pub use secret_arn::{SecretArn, SecretName, SecretRef};
pub use tag_mutability::{ExclusionFilter, TagMutability};
pub use template::{AppliedFor, TemplatePrefix};
pub use timestamp::Timestamp;
pub use upload_id::UploadId;
pub use uuid::Uuid;
