//! Answers, as S3 writes them.

use std::fmt::Write as _;

use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderName, HeaderValue, Response, StatusCode};
use operations::TrailFile;

use super::request::List;
use crate::body::Body;
use crate::request_id::RequestId;

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const NAMESPACE: &str = "http://s3.amazonaws.com/doc/2006-03-01/";
const XML: HeaderValue = HeaderValue::from_static("application/xml");
const BYTES: HeaderValue = HeaderValue::from_static("application/x-gzip");
const SIGNATURE: HeaderName = HeaderName::from_static("x-amz-meta-signature");
const ALGORITHM: HeaderName = HeaderName::from_static("x-amz-meta-signature-algorithm");
const SIGNED_WITH: HeaderValue = HeaderValue::from_static("SHA256withRSA");

/// One page of keys.
pub(super) struct Page<'a> {
    pub(super) bucket: &'a str,
    pub(super) list: &'a List,
    pub(super) keys: &'a [String],
    /// The key that the next page begins behind.
    pub(super) next: Option<&'a str>,
}

/// The Region of a bucket. S3's first one has no name here.
pub(super) fn location(region: &str) -> Response<Body> {
    let region = if region == "us-east-1" { "" } else { region };
    let text = format!(
        "{DECLARATION}<LocationConstraint xmlns=\"{NAMESPACE}\">{}</LocationConstraint>",
        escaped(region)
    );
    response(StatusCode::OK, XML, text.into_bytes())
}

pub(super) fn listed(page: &Page<'_>) -> Response<Body> {
    let Page { bucket, list, keys, next } = page;
    let mut text = format!("{DECLARATION}<ListBucketResult xmlns=\"{NAMESPACE}\">");
    let mut element = |name: &str, value: &str| {
        write!(text, "<{name}>{}</{name}>", escaped(value)).expect("a string takes everything");
    };
    element("Name", bucket);
    element("Prefix", &list.prefix);
    element("Marker", &list.marker);
    element("MaxKeys", &list.keys_max.to_string());
    element("IsTruncated", if next.is_some() { "true" } else { "false" });
    if let Some(next) = next {
        element("NextMarker", next);
    }
    for key in *keys {
        write!(text, "<Contents><Key>{}</Key></Contents>", escaped(key))
            .expect("a string takes everything");
    }
    text.push_str("</ListBucketResult>");
    response(StatusCode::OK, XML, text.into_bytes())
}

/// A file, with its signature among its metadata.
pub(super) fn object(file: TrailFile) -> Response<Body> {
    let TrailFile { bytes, signature } = file;
    let mut response = response(StatusCode::OK, BYTES, bytes);
    let signature = signature.and_then(|signature| HeaderValue::from_str(&signature).ok());
    if let Some(signature) = signature {
        response.headers_mut().insert(SIGNATURE, signature);
        response.headers_mut().insert(ALGORITHM, SIGNED_WITH);
    }
    response
}

pub(super) fn refusal(
    (status, code, message): (StatusCode, &str, String),
    id: &RequestId,
) -> Response<Body> {
    let text = format!(
        "{DECLARATION}<Error><Code>{code}</Code><Message>{}</Message>\
         <RequestId>{id}</RequestId></Error>",
        escaped(&message)
    );
    response(status, XML, text.into_bytes())
}

fn response(status: StatusCode, content_type: HeaderValue, body: Vec<u8>) -> Response<Body> {
    let length = body.len();
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, content_type);
    headers.insert(CONTENT_LENGTH, length.into());
    response
}

/// A text between tags. Characters that XML cannot have are left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\t' | '\n' | '\r' => {
                write!(out, "&#{};", c as u32).expect("a string takes everything");
            }
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_escaped() {
        assert_eq!(escaped("a<b>&\"c'\n\0"), "a&lt;b&gt;&amp;\"c'&#10;");
    }
}
