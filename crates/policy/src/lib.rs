//! Decisions as pure functions. Who may do what: AWS's policy language, parsed strictly, compiled,
//! and evaluated as AWS does. Which images stay: ECR's lifecycle policies ([`lifecycle`]).
//! Which repositories a setting is about: [`filters`]. Which events a rule is about:
//! [`event_pattern`]. What is sent to whom of an event: [`event_target`].
//!
//! # Invariants
//! * Pure: no clock, no randomness, no I/O. The same request and policies give the same decision.
//! * Nothing is allowed by mistake. A policy that we do not understand is refused when it is
//!   stored. A condition that cannot be decided (a variable without a value, a malformed number)
//!   makes an `Allow` grant nothing and a `Deny` hold.
//! * A `Document` is compiled: no text is parsed when a request is judged. A decision that would
//!   take more than [`DECISION_STEPS_MAX`] steps is a denial that says so.
//! * Every parser is bounded in length and depth.
//!
//! # Who calls
//! `iam`, which gathers the policies of a principal and keeps them compiled; `operations`; and
//! `server`, which knows the request's condition keys. All of them parse the policies that clients
//! want to store.
//!
//! # On a crash
//! There is no state.

pub mod event_pattern;
pub mod event_target;
pub mod filters;
mod grant;
mod iam;
mod json;
pub mod lifecycle;
mod work;

pub use grant::GrantConstraint;
pub use iam::{
    Attached, Context, Deciding, Decision, Document, DocumentKind, Effect, Explanation,
    IdentityPolicy, KeyPolicies, Layer, LayerOutcome, LookedAt, Malformed, Matched, NamedPrincipal,
    Policies, Position, Reason, Request, SourceKind, Span, Statement, Subject, TEXT_BYTES_MAX,
    TrustPolicy, Value, Verdict, Version, evaluate, explain, rewrite_principals, size,
};
pub use work::{DECISION_STEPS_MAX, Work};
