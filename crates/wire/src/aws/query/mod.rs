//! AWS Query: a form in, XML out.
//!
//! # Invariants
//! * A form is read once, within [`BODY_BYTES_MAX`] and [`PAIRS_MAX`]; how deep it nests is the
//!   model's doing, for what the model does not know is not looked at.
//! * Nothing here panics on any bytes.
//! * What is written is well-formed XML, whatever the texts in it hold.
//! * Times are texts to the second; a list's elements are called `member`.

mod form;
mod parameters;
mod write;
mod xml;

pub use form::{BODY_BYTES_MAX, Form, PAIRS_MAX};
pub use write::{FAULT_NAMESPACE, escaped_document, write, write_error};

/// The `Content-Type` of requests.
pub const CONTENT_TYPE_FORM: &str = "application/x-www-form-urlencoded";

/// The `Content-Type` of answers.
pub const CONTENT_TYPE: &str = "text/xml";
