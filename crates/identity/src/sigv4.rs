//! AWS Signature Version 4: in the `Authorization` header, or in the query (presigned).
//!
//! The server verifies, and our own commands sign: [`Signer`] signs what [`Presented`] verifies,
//! over the same canonical request.
//!
//! There are two phases, because the secret is looked up elsewhere and asynchronously.
//! [`present()`] does everything that needs no secret and names the access key;
//! [`Presented::verify`] does the rest.
//!
//! # Invariants
//! * Checks run in AWS's order, so that a request with several faults gets AWS's answer.
//! * The scope is checked against the API that is being served, never against what the client
//!   wrote: a signature for one service is worthless at another.
//! * Everything that decides what a request *does* is signed: method, path, query, body, host, and
//!   the headers `x-amz-date`, `x-amz-target` and `x-amz-security-token` if present.
//! * A signature has one spelling, 64 lower-case hexadecimal digits, and is compared in constant
//!   time. An unknown access key takes the same work as a wrong secret.
//! * A captured request can be replayed while its date is valid, as at AWS: hence TLS.
//!
//! # Who calls
//! The AWS door's authentication; the binary's commands sign with it.
//!
//! # On a crash
//! There is no state.

mod amz_date;
mod authorization;
mod canonical;
mod echo;
mod expected;
mod present;
mod query;
mod refusal;
mod scope;
mod scope_problem;
mod sign;
mod signing_key;

pub use self::echo::Echo;
pub use self::expected::{Expected, ServedRegions};
pub use self::present::{Presented, Verified, present};
pub use self::refusal::{Part, Protocol, SignatureRefusal};
pub use self::scope::Scope;
pub use self::scope_problem::ScopeProblem;
pub use self::sign::Signer;
pub use self::signing_key::{PayloadHash, PayloadHasher, SecretKey};
