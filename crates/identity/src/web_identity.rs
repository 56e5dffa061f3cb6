//! Web identity: tokens of OpenID Connect providers, such as GitHub Actions, GitLab or a Kubernetes cluster.
//!
//! Three steps, because providers and keys are looked up elsewhere and asynchronously. [`PresentedToken::parse`]
//! tells who is said to have issued the token; [`PresentedToken::require_claims`] holds the claims against what
//! the account registered; [`PresentedToken::verify`] checks the signature with the issuer's keys.
//!
//! # Invariants
//! * What a token says counts only after [`PresentedToken::verify`]; before it, the issuer is good for one
//!   thing: to look up whether the account trusts an issuer of that name.
//! * The algorithm is one of a list and must fit the key: `none` and those with shared secrets are not on it.
//! * `iss`, `sub`, `aud`, `exp` and `iat` must be there; times are whole numbers.
//! * Keys that we do not understand are passed over, and weak ones are never used.
//! * Nothing here reads a clock or the network.
//!
//! # Who calls
//! `server`: the door of `AssumeRoleWithWebIdentity`, and what fetches keys.
//!
//! # On a crash
//! Nothing is left.

mod claims;
mod discovery;
mod keys;
mod refusal;
mod token;

pub use self::claims::WebIdentity;
pub use self::discovery::{DISCOVERY_SIZE_BYTES_MAX, MalformedDiscovery, jwks_uri};
pub use self::keys::{JWKS_SIZE_BYTES_MAX, KEYS_MAX, MalformedKeySet, VerificationKeys};
pub use self::refusal::WebIdentityRefusal;
pub use self::token::{PresentedToken, TOKEN_LENGTH_MAX, TOKEN_LENGTH_MIN};

#[cfg(test)]
mod tests;
