//! AWS Signature Version 4: in the `Authorization` header, or in the query (presigned).
//!
//! From the server's side, and for our own commands from the client's: [`Signer`] signs what [`Presented`] verifies,
//! over the same canonical request.
//!
//! Two phases, because the secret is looked up elsewhere and asynchronously. [`present()`] does everything that
//! needs no secret and tells whose secret is needed; [`Presented::verify`] does the rest.
//!
//! # Invariants
//! * Checks run in the order in which AWS runs them, so that a request with several faults gets AWS's answer.
//! * The scope is checked against the API that is being served, never against what the client wrote: a
//!   signature for one service is worth nothing at another.
//! * Whatever decides what a request *does* is signed: method, path, query, body, host, and the headers
//!   `x-amz-date`, `x-amz-target` and `x-amz-security-token` when they are there.
//! * A signature has one spelling, 64 lower-case hexadecimal digits, and is compared in constant time. An
//!   unknown access key takes the same work as a wrong secret.
//! * A captured request can be replayed for as long as its date is good, as at AWS: hence TLS.
//!
//! # Who calls
//! The AWS door's guard; the binary's commands sign with it.
//!
//! # On a crash
//! Nothing is left.

mod amz_date;
mod authorization;
mod canonical;
mod echo;
mod present;
mod query;
mod refusal;
mod scope;
mod sign;
mod signing_key;

pub use self::echo::Echo;
pub use self::present::{Expected, Presented, ServedRegions, Verified, present};
pub use self::refusal::{Part, Protocol, SignatureRefusal};
pub use self::scope::{Scope, ScopeProblem};
pub use self::sign::Signer;
pub use self::signing_key::{PayloadHash, PayloadHasher, SecretKey};
