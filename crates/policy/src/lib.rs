//! Decisions on paper. Who may do what: AWS's policy language, parsed strictly, compiled, and evaluated as AWS does. Which
//! images stay: ECR's lifecycle policies ([`lifecycle`]).
//!
//! # Invariants
//! * Pure: no clock, no randomness, no I/O. The same request and policies give the same decision.
//! * Nothing is allowed by mistake: what cannot be understood is refused when it is stored, and what cannot be decided
//!   (a variable without a value, a number that is none) makes an `Allow` grant nothing and a `Deny` hold.
//! * A `Document` is compiled. No text is parsed when a request is judged, and a decision that would take more than
//!   [`DECISION_STEPS_MAX`] steps is a no that says so.
//! * Every parser is bounded in length and depth.
//!
//! # Who calls
//! `operations`, which gathers the policies of a principal, and keeps them compiled; `server`, which has the request's
//! condition keys; both to parse what clients want stored.
//!
//! # On a crash
//! Nothing is left: there is no state.

mod iam;
mod json;
pub mod lifecycle;
mod work;

pub use iam::{
    Attached, Context, Deciding, Decision, Document, DocumentKind, Effect, Explanation, Layer,
    LayerOutcome, LookedAt, Malformed, Matched, NamedPrincipal, Policies, Position, Reason,
    Request, SourceKind, Span, Statement, Subject, TEXT_BYTES_MAX, Value, Verdict, Version,
    evaluate, explain, rewrite_principals, size,
};
pub use work::{DECISION_STEPS_MAX, Work};
