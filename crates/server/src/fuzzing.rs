//! Exposes this crate's parsers to the fuzz targets, and nothing else.

use crate::doors::{oci, trail_files};
use crate::external_kms;

/// Reads a request's method and path: `None` if it is refused, otherwise the repository that it
/// names, or nothing.
pub fn route(method: &str, path: &str) -> Option<String> {
    oci::fuzzing::route(method, path)
}

/// Reads a query.
pub fn query(query: &str) {
    oci::fuzzing::query(query);
}

/// Reads a path and a query of S3: the key of an object, and the account that it is of.
pub fn trail_read(path: &str, query: &str) -> Option<(String, Option<String>)> {
    trail_files::fuzzing::read(path, query)
}

/// Reads what another key management service answers: `None` if it is a success or a fault,
/// otherwise the code and the message of its refusal.
pub fn kms_answer(status: u16, body: &[u8]) -> Option<(String, String)> {
    external_kms::fuzzing::answer(status, body)
}
