//! AWS Query: a form in, XML out.
//!
//! # Invariants
//! * A form is read once, within [`BODY_BYTES_MAX`] and [`PAIRS_MAX`]. The model bounds how deep it
//!   nests, because members that the model does not know are ignored.
//! * Nothing here panics on any bytes.
//! * The output is well-formed XML, whatever texts it contains.
//! * Times are texts to the second; a list's elements are called `member`.

mod form;
mod parameters;
mod refusal;
mod write;
mod xml;

pub use form::{BODY_BYTES_MAX, Form, PAIRS_MAX, mistyped};
pub use write::{FAULT_NAMESPACE, escaped_document, write, write_error};

/// The `Content-Type` of requests.
pub const CONTENT_TYPE_FORM: &str = "application/x-www-form-urlencoded";

/// The `Content-Type` of answers.
pub const CONTENT_TYPE: &str = "text/xml";
