//! Web identity: tokens of OpenID Connect providers, such as GitHub Actions, GitLab or a Kubernetes
//! cluster.
//!
//! There are three steps, because providers and keys are looked up elsewhere and asynchronously.
//! [`PresentedToken::parse`] reads which issuer the token names; [`PresentedToken::require_claims`]
//! checks the claims against what the account registered; [`PresentedToken::verify`] checks the
//! signature with the issuer's keys.
//!
//! # Invariants
//! * A token's content is trusted only after [`PresentedToken::verify`]. Before that, the issuer
//!   serves only to look up whether the account trusts an issuer of that name.
//! * The algorithm is one of a list and must fit the key: `none` and algorithms with shared secrets
//!   are not on it.
//! * `iss`, `sub`, `aud`, `exp` and `iat` must be present; times are whole numbers.
//! * Keys that we do not understand are skipped, and weak ones are never used.
//! * Nothing here reads a clock or the network.
//!
//! # Who calls
//! `server`: the handler of `AssumeRoleWithWebIdentity`, and the code that fetches keys.
//!
//! # On a crash
//! There is no state.

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
