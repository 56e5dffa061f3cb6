//! A client of a running server: finds credentials and the server's URL, and calls its API.
//!
//! # Invariants
//! * The environment is read once, in [`Environment`]. [`Settings`] derives everything from it
//!   without the network, so that tables can test it.
//! * Secrets never appear in `Debug` output or errors. The only file that holds one is
//!   [`TokenCache`]'s, which only its owner can read.
//! * A registry's password is sent only to a host that the configuration or the service itself
//!   names, because the receiver of a signed request can replay it.
//! * Every wait and every read is bounded.
//!
//! # Who calls
//! The commands that need a running server.
//!
//! # On a crash
//! A token that was not cached yet is requested again.

mod call;
mod credentials;
mod docker_config;
mod endpoint;
mod environment;
mod failure;
mod http;
mod itself;
mod log_in;
mod obtain;
mod profiles;
mod proxy;
mod registry_host;
mod registry_token;
mod run;
mod settings;
mod source;
mod target;
mod token_cache;
mod trust;
mod xml;

pub(crate) use self::call::Service;
pub(crate) use self::credentials::Credentials;
pub(crate) use self::endpoint::Endpoint;
pub(crate) use self::environment::Environment;
pub(crate) use self::failure::ClientFailure;
pub(crate) use self::itself::Itself;
pub(crate) use self::log_in::{ask_registry_token, log_in};
pub(crate) use self::obtain::obtain;
pub(crate) use self::registry_host::RegistryHost;
pub(crate) use self::registry_token::{RegistryToken, ask_token};
pub(crate) use self::run::run;
pub(crate) use self::settings::{Reach, Settings};
pub(crate) use self::source::{IdentityToken, Source, WebIdentity};
pub(crate) use self::target::{Target, could_be_ours, endpoint_target, find_target};
pub(crate) use self::token_cache::{CacheKey, TokenCache};
