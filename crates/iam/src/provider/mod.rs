//! Identity providers: the OIDC issuers that an account trusts.
//!
//! * A provider's ARN is its account and its URL without the scheme.
//! * A provider of a closed account is not trusted.

mod oidc_provider;
mod trusted_issuer;

pub use trusted_issuer::TrustedIssuer;

pub(crate) use oidc_provider::require_provider;
pub use oidc_provider::{DescribedOidcProvider, NewOidcProvider};
