//! Logs one line for each request. Successful reads are `debug`: at full speed they would be most
//! of the work.

use std::time::Duration;

use http::{HeaderValue, Method, StatusCode};

use crate::metrics::RouteName;

/// A request and its outcome; never a header, a query, or a body.
pub(crate) struct Answered<'a> {
    pub(crate) route: RouteName,
    pub(crate) method: &'a Method,
    pub(crate) path: &'a str,
    pub(crate) status: StatusCode,
    pub(crate) took: Duration,
    /// The request id in the answer. Pages have none.
    pub(crate) id: Option<HeaderValue>,
}

/// Writes the line.
pub(crate) fn write(answered: &Answered<'_>) {
    let Answered { route, method, path, status, took, id } = answered;
    let (route, status, took_ms) = (route.0, status.as_u16(), took.as_secs_f64() * 1_000.0);
    let id = id.as_ref().and_then(|id| id.to_str().ok());
    let is_read = **method == Method::GET || **method == Method::HEAD;
    macro_rules! line {
        ($level:ident) => {
            tracing::$level!(request.id = id, http.method = %method, http.path = path, http.route = route, http.status = status, took_ms, "answered")
        };
    }
    if status >= 500 {
        line!(warn);
    } else if is_read || status == 401 {
        line!(debug);
    } else {
        line!(info);
    }
}
