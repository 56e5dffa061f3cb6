//! IAM's policy language: documents are parsed strictly, compiled, and evaluated as AWS does.

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
mod malformed;
mod moment;
mod principal;
mod read;
mod resource;
mod rewrite;
mod statement;
mod subject;
mod template;
mod text;
mod version;
mod written;

pub use ask::{Attached, KeyPolicies, Policies, Request, SourceKind};
pub use context::{Context, Value};
pub use decision::{Deciding, Decision, Layer, Reason, Verdict};
pub use document::{Document, DocumentKind, TEXT_BYTES_MAX, size};
pub use evaluate::evaluate;
pub use explain::{Explanation, LayerOutcome, LookedAt, Matched, explain};
pub use malformed::Malformed;
pub use principal::NamedPrincipal;
pub use rewrite::rewrite_principals;
pub use statement::{Effect, Position, Span, Statement};
pub use subject::Subject;
pub use version::Version;
pub use written::{IdentityPolicy, TrustPolicy};
