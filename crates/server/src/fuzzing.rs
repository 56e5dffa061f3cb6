//! Exposes this crate's parsers to the fuzz targets, and nothing else.

use crate::doors::oci;

/// Reads a request's method and path: `None` if it is refused, otherwise the repository that it
/// names, or nothing.
pub fn route(method: &str, path: &str) -> Option<String> {
    oci::fuzzing::route(method, path)
}

/// Reads a query.
pub fn query(query: &str) {
    oci::fuzzing::query(query);
}
