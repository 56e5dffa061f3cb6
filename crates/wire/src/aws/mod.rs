//! The vocabulary of the AWS door: operations, shapes, constraints and error texts.
//!
//! [`ecr`], [`ecr_public`], [`iam`], [`kms`], [`sts`], [`cloudtrail`], [`events`] and [`longshore`]
//! are generated from the models (`models/`) and hold only facts. The code that uses the facts is
//! written once, here: [`json`] and [`query`] read and write the two protocols, [`check`] checks
//! inputs against their tables.
//!
//! # Invariants
//! * An input that [`json::read`] or [`query::Form::read`] returns satisfies every constraint of
//!   its model.
//! * A member that is absent on output is left out, never `null`.
//!
//! # Who calls
//! The AWS door: [`json::target`], then [`json::read`], then [`json::write`] or
//! [`json::write_error`]. For a form, [`query::Form::parse`], [`query::Form::operation`], then
//! [`query::Form::read`], then [`query::write`] or [`query::write_error`].

mod blob;
pub mod check;
pub mod cloudtrail;
pub mod ecr;
pub mod ecr_public;
pub mod events;
mod exception;
pub mod iam;
pub mod json;
pub mod kms;
pub mod longshore;
mod operation;
mod pattern;
pub mod query;
mod quirks;
mod refusal;
pub mod schema;
pub mod secrets_manager;
pub mod sts;
mod time;
mod words;

pub use exception::{ErrorType, FrontDoor, QueryDoor};
pub use operation::{Operation, OperationSpec, Pagination, Protocol, Service, ServiceSpec};
pub use refusal::WireRefusal;
