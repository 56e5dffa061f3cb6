//! A layer as an HTTP answer: whole or one range of it, with validators.

use http::header::{ACCEPT_RANGES, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG, RANGE};
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode};
use names::{ByteRange, Digest, RangeRequest};
use operations::{BlobReader, Failure, LayerFollower, Operations};

use super::{redirect, validators};
use crate::body::Body;
use crate::config::Redirects;
use crate::metrics::Metrics;

const DOCKER_CONTENT_DIGEST: &str = "docker-content-digest";

/// A request for a layer's bytes.
pub(crate) struct Wanted<'a> {
    pub(crate) method: &'a Method,
    pub(crate) headers: &'a HeaderMap,
    /// Whether the client may be redirected to the store.
    pub(crate) redirects: Redirects,
}

/// The result of requesting a layer's bytes.
pub(crate) enum BlobAnswer {
    /// 200, 206, 304 or 307.
    Sent(Response<Body>),
    /// The range is not in the layer (416): it has this many bytes.
    OutOfRange(u64),
}

impl BlobAnswer {
    /// How many bytes of a layer of this size a client gets by this answer to a `GET`.
    pub(crate) fn layer_bytes(&self, size_bytes: u64) -> u64 {
        let Self::Sent(response) = self else { return 0 };
        match response.status() {
            // Elsewhere, all of it.
            StatusCode::TEMPORARY_REDIRECT => size_bytes,
            StatusCode::OK | StatusCode::PARTIAL_CONTENT => {
                let length = response.headers().get(CONTENT_LENGTH);
                length.and_then(|it| it.to_str().ok()?.parse().ok()).unwrap_or_default()
            }
            _ => 0,
        }
    }
}

/// The part of the layer in an answer.
#[derive(Debug, PartialEq, Eq)]
enum Part {
    /// All of it, because the client requested that or no particular part.
    Whole,
    /// A requested range, even if it covers everything.
    Range(ByteRange),
    /// Nothing: the client holds it.
    Unchanged,
    /// Nothing: the range is not in it.
    OutOfRange,
}

/// Answers a request for a layer's bytes. The layer never changes, so its digest is its validator.
pub(crate) async fn answer(
    operations: &Operations,
    metrics: &Metrics,
    wanted: Wanted<'_>,
    digest: &Digest,
    blob: &BlobReader,
) -> Result<BlobAnswer, Failure> {
    let Wanted { method, headers, redirects } = wanted;
    let size = blob.size_bytes();
    let (status, range) = match choose(method, headers, digest, size) {
        Part::Whole => (StatusCode::OK, ByteRange::whole(size)),
        Part::Range(range) => (StatusCode::PARTIAL_CONTENT, range),
        Part::OutOfRange => return Ok(BlobAnswer::OutOfRange(size)),
        Part::Unchanged => return Ok(BlobAnswer::Sent(unchanged(digest))),
    };
    let body = if *method == Method::HEAD || range.length() == 0 {
        Body::empty()
    } else {
        let redirects = redirect::settle(redirects, headers);
        let address = redirect::address(operations, blob, redirects).await?;
        if let Some(mut sent_on) = address.as_deref().and_then(redirect::response) {
            sent_on.headers_mut().insert(DOCKER_CONTENT_DIGEST, plain(digest.as_str()));
            return Ok(BlobAnswer::Sent(sent_on));
        }
        let mut reader = operations.open_blob(blob, range).await?;
        reader.read_ahead().await?;
        metrics.sent_bytes.inc_by(range.length());
        Body::Layer(Box::new(reader))
    };
    Ok(BlobAnswer::Sent(with_body(body, status, range, (digest, size))))
}

/// The same for a layer that is coming from an upstream registry: `follow` begins to read it.
pub(crate) fn answer_coming(
    metrics: &Metrics,
    wanted: &Wanted<'_>,
    (digest, size): (&Digest, u64),
    follow: impl FnOnce(ByteRange) -> LayerFollower,
) -> BlobAnswer {
    let (status, range) = match choose(wanted.method, wanted.headers, digest, size) {
        Part::Whole => (StatusCode::OK, ByteRange::whole(size)),
        Part::Range(range) => (StatusCode::PARTIAL_CONTENT, range),
        Part::OutOfRange => return BlobAnswer::OutOfRange(size),
        Part::Unchanged => return BlobAnswer::Sent(unchanged(digest)),
    };
    let body = if *wanted.method == Method::HEAD || range.length() == 0 {
        Body::empty()
    } else {
        metrics.sent_bytes.inc_by(range.length());
        Body::coming(follow(range), range.length())
    };
    BlobAnswer::Sent(with_body(body, status, range, (digest, size)))
}

fn with_body(
    body: Body,
    status: StatusCode,
    range: ByteRange,
    (digest, size): (&Digest, u64),
) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    name(headers, digest);
    headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    headers.insert(CONTENT_LENGTH, range.length().into());
    if status == StatusCode::PARTIAL_CONTENT {
        let content_range = format!("bytes {}-{}/{size}", range.start(), range.end() - 1);
        headers.insert(CONTENT_RANGE, plain(&content_range));
    }
    response
}

/// Preconditions first, then the range (RFC 9110 §13.2.2). Only GET has ranges (§14.2).
fn choose(method: &Method, headers: &HeaderMap, digest: &Digest, size: u64) -> Part {
    if validators::is_held(headers, digest) {
        return Part::Unchanged;
    }
    let mut ranges = headers.get_all(RANGE).iter();
    let (Some(range), None) = (ranges.next(), ranges.next()) else { return Part::Whole };
    // Some clients request a range of everything; an empty layer has no range.
    if *method == Method::HEAD || size == 0 || !validators::continues(headers, digest) {
        return Part::Whole;
    }
    match range.to_str().map(RangeRequest::parse) {
        Ok(Ok(None)) => Part::Whole,
        Ok(Ok(Some(asked))) => asked.within(size).map_or(Part::OutOfRange, Part::Range),
        Ok(Err(_)) | Err(_) => Part::OutOfRange,
    }
}

fn unchanged(digest: &Digest) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NOT_MODIFIED;
    name(response.headers_mut(), digest);
    response
}

/// Names the content of an answer.
fn name(headers: &mut HeaderMap, digest: &Digest) {
    headers.insert(DOCKER_CONTENT_DIGEST, plain(digest.as_str()));
    headers.insert(ETAG, validators::etag(digest));
}

fn plain(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).expect("digests and numbers are visible ASCII")
}

#[cfg(test)]
mod tests {
    use http::header::{HeaderName, IF_NONE_MATCH, IF_RANGE};

    use super::*;

    /// What is asked of ten bytes.
    fn chosen(method: &Method, asked: &[(HeaderName, &str)], size: u64) -> Part {
        let mut headers = HeaderMap::new();
        for (name, value) in asked {
            headers.append(name, value.parse().unwrap());
        }
        choose(method, &headers, &Digest::sha256(b"layer"), size)
    }

    #[test]
    fn ranges_and_what_is_answered() {
        let digest = Digest::sha256(b"layer");
        let (own, weak) = (format!("\"{digest}\""), format!("W/\"{digest}\""));
        let bytes = |asked: &str| RangeRequest::parse(asked).unwrap().unwrap().within(10).unwrap();
        let part = |asked: &str| Part::Range(bytes(asked));
        let (head, get) = (Method::HEAD, Method::GET);
        #[rustfmt::skip]
        let cases = [
            (&get,  vec![],                                                  Part::Whole,      "nothing in particular"),
            (&get,  vec![(RANGE, "bytes=0-9")],                              part("bytes=0-9"), "a range that is all of it is a range"),
            (&get,  vec![(RANGE, "bytes=0-")],                               part("bytes=0-9"), "so is one to its end"),
            (&get,  vec![(RANGE, "bytes=-10")],                              part("bytes=0-9"), "so is one from its end"),
            (&get,  vec![(RANGE, "bytes=0-99")],                             part("bytes=0-9"), "and one that goes beyond"),
            (&get,  vec![(RANGE, "bytes=3-5")],                              part("bytes=3-5"), "the middle"),
            (&get,  vec![(RANGE, "Bytes=3-5")],                              part("bytes=3-5"), "units have no case"),
            (&get,  vec![(RANGE, "bytes=10-")],                              Part::OutOfRange, "behind the end"),
            (&get,  vec![(RANGE, "bytes=5-2")],                              Part::OutOfRange, "backwards"),
            (&get,  vec![(RANGE, "bytes=0-1,3-4")],                          Part::Whole,      "several ranges"),
            (&get,  vec![(RANGE, "bytes=0-1"), (RANGE, "bytes=3-4")],        Part::Whole,      "several headers"),
            (&get,  vec![(RANGE, "lines=0-1")],                              Part::Whole,      "another unit"),
            (&get,  vec![(RANGE, "bytes=3-5"), (IF_RANGE, own.as_str())],            part("bytes=3-5"), "of what the client holds"),
            (&get,  vec![(RANGE, "bytes=3-5"), (IF_RANGE, "\"other\"")],   Part::Whole,      "of something else"),
            (&get,  vec![(RANGE, "bytes=3-5"), (IF_RANGE, weak.as_str())],           Part::Whole,      "a weak validator proves nothing"),
            (&get,  vec![(RANGE, "bytes=3-5"), (IF_RANGE, "Sat, 29 Oct 1994 19:43:31 GMT")], Part::Whole, "nor does a date"),
            (&get,  vec![(RANGE, "bytes=99-"), (IF_RANGE, "\"other\"")],   Part::Whole,      "then it does not matter which range"),
            (&get,  vec![(RANGE, "bytes=3-5"), (IF_NONE_MATCH, own.as_str())],       Part::Unchanged,  "the client holds it all"),
            (&get,  vec![(RANGE, "bytes=99-"), (IF_NONE_MATCH, "*")],        Part::Unchanged,  "preconditions come first"),
            (&head, vec![(RANGE, "bytes=3-5")],                              Part::Whole,      "HEAD has no ranges"),
            (&head, vec![(RANGE, "bytes=99-")],                              Part::Whole,      "not even those that are not there"),
            (&head, vec![(IF_NONE_MATCH, weak.as_str())],                            Part::Unchanged,  "but it has preconditions"),
        ];
        for (method, asked, expected, because) in cases {
            assert_eq!(chosen(method, &asked, 10), expected, "{method} {asked:?}: {because}");
        }
        let all = [(RANGE, "bytes=0-")];
        assert_eq!(
            chosen(&get, &all, 0),
            Part::Whole,
            "a range of everything, and that is nothing"
        );
    }
}
