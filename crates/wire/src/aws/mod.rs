//! The AWS door's words: operations, shapes, constraints and error texts.
//!
//! [`ecr`] and [`ecr_public`] are generated from the published models (`models/`): facts only.
//! What is done with the facts is written once, here: [`json`] reads and writes the protocol,
//! [`check`] holds inputs against their tables.
//!
//! # Invariants
//! * An input that [`json::read`] returns satisfies every constraint of its model.
//! * A member that is absent on output is left out, never `null`.
//!
//! # Who calls
//! The AWS door: [`json::target`], then [`json::read`], then [`json::write`] or
//! [`json::write_error`].

mod blob;
pub mod check;
pub mod ecr;
pub mod ecr_public;
mod exception;
pub mod json;
mod operation;
mod pattern;
mod quirks;
mod refusal;
pub mod schema;
mod words;

pub use exception::{ErrorType, FrontDoor};
pub use operation::{Operation, OperationSpec, Pagination, Service};
pub use refusal::WireRefusal;
