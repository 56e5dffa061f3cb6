//! Writes an output or a refusal as a body.

use std::fmt::Display;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use super::xml::Xml;
use crate::aws::operation::{Operation, Protocol, Service};
use crate::aws::refusal::WireRefusal;

/// The namespace of errors before any service.
pub const FAULT_NAMESPACE: &str = "http://webservices.amazon.com/AWSFault/2005-15-09";

/// Characters that a URI may contain unescaped (RFC 3986 §2.3).
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A policy document as IAM answers with it.
pub fn escaped_document(document: &str) -> String {
    utf8_percent_encode(document, ESCAPED).to_string()
}

/// The body of an answer.
pub fn write(
    operation: Operation,
    output: &(impl Serialize + ?Sized),
    request: &impl Display,
) -> Vec<u8> {
    let name = operation.name();
    let mut xml = Xml::default();
    let namespace = namespace(Some(operation.service()));
    xml.root(&format!("{name}Response"), namespace, |xml| {
        if let Some(result) = operation.spec().result {
            xml.element(result, output);
        }
        xml.inside("ResponseMetadata", |xml| xml.element("RequestId", &request.to_string()));
    });
    xml.into_bytes()
}

/// The body of a refusal: whose fault it is, its name and its text.
pub fn write_error(
    service: Option<Service>,
    refusal: &WireRefusal,
    request: &impl Display,
) -> Vec<u8> {
    let whose = if refusal.status() < 500 { "Sender" } else { "Receiver" };
    let mut xml = Xml::default();
    xml.root("ErrorResponse", namespace(service), |xml| {
        xml.inside("Error", |xml| {
            xml.element("Type", whose);
            xml.element("Code", refusal.kind().name);
            xml.element("Message", refusal.message());
        });
        xml.element("RequestId", &request.to_string());
    });
    xml.into_bytes()
}

fn namespace(service: Option<Service>) -> &'static str {
    match service.map(Service::protocol) {
        Some(Protocol::Query { namespace, version: _ }) => namespace,
        Some(Protocol::Json { .. }) | None => FAULT_NAMESPACE,
    }
}
