//! Who may do what, on paper: AWS's policy language, parsed strictly, compiled, and evaluated as AWS does.
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

mod action;
mod ask;
mod compile;
mod condition;
mod context;
mod decision;
mod document;
mod evaluate;
mod explain;
mod glob;
mod json;
mod malformed;
mod principal;
mod read;
mod resource;
mod rewrite;
mod statement;
mod template;
mod work;

pub use ask::{Attached, Policies, Request, SourceKind, Subject};
pub use context::{Context, Value};
pub use decision::{Deciding, Decision, Layer, Reason, Verdict};
pub use document::{Document, DocumentKind, TEXT_BYTES_MAX, Version, size};
pub use evaluate::evaluate;
pub use explain::{Explanation, LayerOutcome, LookedAt, Matched, explain};
pub use malformed::Malformed;
pub use principal::NamedPrincipal;
pub use rewrite::rewrite_principals;
pub use statement::{Effect, Position, Span, Statement};
pub use work::{DECISION_STEPS_MAX, Work};
