//! Key management services beside our own, which speak AWS's API: the keys whose ARNs begin as the
//! operator configured are used there.
//!
//! # Invariants
//! * A key is used at one service only: that of the longest configured beginning of its ARN. No
//!   other service, and not our own, is asked about it.
//! * Whether a repository may use a key is asked there by opening a data key in the name of that
//!   repository: so the key's state, its policy and what the policy says of encryption contexts all
//!   decide. A yes is believed for ten seconds, a refusal for one.
//! * Every call ends within five seconds, tries again at most twice, and is one of at most 32 to
//!   its service. A service that did not answer is left alone for a second, in which everything
//!   that needs it fails at once.
//! * What a service that does not answer would have said is never guessed: no answer is a fault.
//! * What is not understood (other programs answer there, other credentials are needed) says
//!   nothing about a key, and is a fault too.
//!
//! # Who calls
//! `operations`, by way of `keys::KeyService`; the handlers that put a repository under a key.
//!
//! # On a crash
//! There is nothing but memory here.

mod answer;
mod calls;
mod credentials;
mod endpoint;
mod external_keys;
pub(crate) mod fuzzing;
mod routed;
mod standings;

pub(crate) use calls::Calls;
pub(crate) use credentials::read as read_credentials;
pub(crate) use external_keys::{ExternalKeys, ExternalKmsError};
pub(crate) use routed::RoutedKeys;
