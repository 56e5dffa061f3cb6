//! A client of a running server: who signs, where the server is, and what it answers.
//!
//! # Invariants
//! * The environment is read once, in [`Environment`]; what follows from it is found without the network, in
//!   [`Settings`], so that it can be held in tables.
//! * Secrets are not in `Debug`, not in errors, and in no file but [`TokenCache`]'s, which is its owner's alone.
//! * A registry's password is made for nobody but a host that the configuration or the service itself names:
//!   a signed request can be passed on by whoever gets it.
//! * Waiting and reading are bounded.
//!
//! # Who calls
//! The commands that need a running server.
//!
//! # On a crash
//! A token that was not yet cached is asked for again.

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
