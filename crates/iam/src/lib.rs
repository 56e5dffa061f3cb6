//! IAM and STS: users, groups, roles, policies, access keys and sessions, and the decision whether
//! a principal may act.
//!
//! # Invariants
//! * A verb is a method of [`Iam`]. It takes values of `names` and returns rows or a [`Failure`].
//! * This crate knows no HTTP, SQL, AWS shapes, objects or jobs. The guard has already allowed the
//!   call, except for the verbs of sessions, which evaluate a role's trust policy themselves.
//! * Every change of rights ends the epoch of what it changed, after its commit (`rows.rs`). So
//!   this process never decides from rights that it has changed itself.
//! * A stored policy names users and roles by their ids, never by their ARNs.
//!
//! # Who calls
//! The doors of the server, its guard and its authentication; `operations`, for repository and
//! registry policies.
//!
//! # On a crash
//! Rows that belong together are committed together. Notes about used keys that were not stored yet
//! are lost.

mod access;
mod access_key;
mod account;
mod aws_managed;
mod entity;
mod failure;
mod group;
mod iam;
mod pages;
mod policy;
mod principal;
mod provider;
mod refusal;
mod role;
mod rows;
mod session;
mod simulation;
mod user;
mod workbench;

pub use access::{
    Asker, Epochs, Explained, KeptDenial, KeyStanding, Question, REGISTRY_POLICY_SCOPE,
    SecretStanding, SoughtGrant, SoughtKey, Supposed, default_key_policy, grant_constraint,
    is_service, service_grants,
};
pub use access_key::{CreatedKey, KeyHolder, KeyStatus, KnownKey, made_secret};
pub use account::{AccountSummary, AuthorizationDetail, CreatedAccount, DetailKind, HeldPolicies};
pub use entity::{EntityStanding, IamEntity, Tagged};
pub use failure::{Failure, Fault, Refusal};
pub use iam::Iam;
pub use pages::{BoundedRows, Page};
pub use policy::{
    Bounded, EntityFilter, ManagedPolicy, NewManagedPolicy, PolicyEntity, PolicyFilter,
    PolicyHolder, PolicyScope, PolicyUsage, PolicyVersion,
};
pub use principal::named_principals;
pub use provider::{DescribedOidcProvider, NewOidcProvider, TrustedIssuer};
pub use refusal::{Absent, Conflict, IamRefusal, Missing, Quota, StsRefusal, Taken};
pub use role::{DescribedInstanceProfile, DescribedRole, NewRole, SESSION_SECONDS_DEFAULT};
pub use session::{
    AssumeRole, AssumeRoleWithWebIdentity, FederationToken, Grant, KnownElsewhere, RoleDenied,
    ScopedCredentials, SessionLimits, WantedRole,
};
pub use simulation::{ContextEntry, PolicySource, Simulated, SimulatedPage, Simulation};
pub use user::{DescribedUser, NewUser};
pub use workbench::Workbench;

/// Rows that verbs answer with.
pub use db::{
    AccessKey, Account, Attachment, IamGroup, IamRole, IamUser, InstanceProfile, KeyOwner, KeyUse,
    OidcProvider,
};
