//! Reads an operation and its input from a header and a body.

use serde_json::Value;

use super::document::parse;
use crate::aws::check::{Words, check_in};
use crate::aws::exception::FrontDoor;
use crate::aws::operation::{Operation, Protocol, Service};
use crate::aws::refusal::WireRefusal;
use crate::aws::schema::{Input, Structure};

/// The operation that an `X-Amz-Target` header names; an absent header is the empty text.
pub fn target(header: &str) -> Result<Operation, WireRefusal> {
    find_target(header).ok_or_else(|| {
        let text = "The requested operation is not recognized by the service.";
        WireRefusal::new(FrontDoor::UnknownOperation, text)
    })
}

fn find_target(header: &str) -> Option<Operation> {
    let (prefix, name) = header.rsplit_once('.')?;
    let is_named = |service: &&Service| match service.protocol() {
        Protocol::Json { target_prefix } => target_prefix == prefix,
        Protocol::Query { .. } => false,
    };
    Service::ALL.iter().find(is_named)?.operation(name)
}

/// Reads an input: parsed, held against its model, and typed. What is wrong is told in ECR's words.
pub fn read<I: Input>(body: &[u8]) -> Result<I, WireRefusal> {
    // A document that passes the check has the members and types of `I`: both come from one model.
    serde_json::from_value(read_document(Words::Json, body, I::schema())?).map_err(|_| mistyped())
}

/// Reads an input without its type: parsed, and held against its model, with what is wrong told in
/// the words of a service.
pub fn read_document(
    words: Words,
    body: &[u8],
    schema: &'static Structure,
) -> Result<Value, WireRefusal> {
    let document = parse(body)?;
    check_in(words, &document, schema)?;
    Ok(document)
}

/// The refusal of a document that does not have the type that its model gives it.
pub fn mistyped() -> WireRefusal {
    WireRefusal::new(FrontDoor::Serialization, "Unexpected field type")
}
