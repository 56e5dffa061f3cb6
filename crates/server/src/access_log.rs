//! One line for each request. Reads that went well are `debug`: at full speed they would be most of the work.

use std::time::Duration;

use http::{Method, StatusCode};

use crate::metrics::RouteName;

/// Says what was asked and how it ended; never a header, a query, or a body.
pub(crate) fn write(
    route: RouteName,
    method: &Method,
    path: &str,
    status: StatusCode,
    took: Duration,
) {
    let (route, status) = (route.0, status.as_u16());
    let took_ms = took.as_secs_f64() * 1_000.0;
    let is_read = *method == Method::GET || *method == Method::HEAD;
    if status >= 500 {
        tracing::warn!(http.method = %method, http.path = path, http.route = route, http.status = status, took_ms, "answered");
    } else if is_read || status == 401 {
        tracing::debug!(http.method = %method, http.path = path, http.route = route, http.status = status, took_ms, "answered");
    } else {
        tracing::info!(http.method = %method, http.path = path, http.route = route, http.status = status, took_ms, "answered");
    }
}
