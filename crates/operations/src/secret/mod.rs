//! Secrets, as Secrets Manager keeps them: values with versions and labels.
//!
//! # Invariants
//! * A value is in the rows only sealed under the keyring, as the value of this version of this
//!   secret and of no other. No `Debug`, refusal or log shows one.
//! * A version never changes. The label `AWSCURRENT` names the version that is read, if there is
//!   one; `AWSPREVIOUS` the one that it named before.
//! * A secret whose deletion was asked for keeps its name and shows no value until it is restored
//!   or its time has come. From then on it is not found.
//!
//! # Who calls
//! The AWS door, after the guard; a pull through cache, for what its rule logs in with.
//!
//! # On a crash
//! Every verb is one transaction. Secrets whose time has come are erased by the next round of the
//! server's background work.

pub(crate) mod create_secret;
pub(crate) mod delete_secret;
pub(crate) mod describe_secret;
pub(crate) mod get_random_password;
pub(crate) mod get_secret_value;
pub(crate) mod list_secret_version_ids;
pub(crate) mod list_secrets;
pub(crate) mod put_secret_value;
pub(crate) mod refusal;
mod resource_policies;
mod restore_secret;
mod tags;
mod update_secret;
pub(crate) mod value;
mod versions;
