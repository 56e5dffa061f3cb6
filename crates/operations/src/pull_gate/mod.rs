//! The pull gate of a registry: which images may not be pulled because of what scans found in them.
//!
//! # Invariants
//! * A registry without a gate costs a pull nothing: the statement that finds the image says that
//!   there is none.
//! * The gate judges what rows say at the moment of the pull. A decision is kept in memory under
//!   the image, the gate's number and the moments of the image's scans, and no longer than until an
//!   exception or a grace ends; so no node has to be told of anything.
//! * It decides about manifests of images for one platform. An index, and an artifact that is no
//!   image, passes; each image of an index is judged by itself when it is pulled.
//!
//! # Who calls
//! The verbs that pull, and the operations that set and explain the gate.
//!
//! # On a crash
//! There is nothing to clean.

mod decide;
mod delete_pull_gate;
mod explain_pull;
mod gate;
mod get_pull_gate;
pub(crate) mod kept;
mod passing;
mod put_pull_gate;
mod read_findings;
mod read_vex;
pub(crate) mod refusal;

pub use decide::{Excuse, GatedFinding, Judgement};
pub use explain_pull::ExplainedPull;
pub use gate::{GateException, PullGate, UnscannedImages, VexDocuments};
pub use passing::PullDecision;
