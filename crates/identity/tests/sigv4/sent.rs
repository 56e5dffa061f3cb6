use http::header::{AUTHORIZATION, HOST, HeaderName};
use http::{HeaderMap, HeaderValue, Method, Uri};
use identity::sigv4::{
    Expected, PayloadHash, Presented, Protocol, SecretKey, ServedRegions, SignatureRefusal,
    Verified, present,
};
use names::Timestamp;

/// 2015-08-30T12:36:00Z.
pub(crate) const NOW_SECONDS: i64 = 1_440_938_160;

/// ECR, in any Region.
pub(crate) const ECR: Expected<'_> =
    Expected { service: "ecr", protocol: Protocol::Json, regions: ServedRegions::Any };

/// A request as the server has it, and when it came.
#[derive(Debug, Clone)]
pub(crate) struct Sent {
    pub(crate) method: Method,
    pub(crate) uri: Uri,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
    pub(crate) now: Timestamp,
}

impl Sent {
    /// A GET of `target` at 2015-08-30T12:36:00Z.
    pub(crate) fn get(target: &str) -> Self {
        let headers = HeaderMap::from_iter([(HOST, HeaderValue::from_static("ecr.example"))]);
        Self {
            method: Method::GET,
            uri: target.parse().expect("the target is a URI"),
            headers,
            body: Vec::new(),
            now: Timestamp::from_seconds(NOW_SECONDS),
        }
    }

    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        let name: HeaderName = name.parse().expect("a header name");
        self.headers.insert(name, HeaderValue::from_bytes(value.as_bytes()).expect("a value"));
        self
    }

    pub(crate) fn present(&self, expected: &Expected<'_>) -> Result<Presented, SignatureRefusal> {
        present(&self.method, &self.uri, &self.headers, self.now, expected)
    }

    pub(crate) fn verify(
        &self,
        expected: &Expected<'_>,
        secret: &str,
    ) -> Result<Verified, SignatureRefusal> {
        let payload = PayloadHash::of(&self.body);
        self.present(expected)?.verify(Some(&SecretKey::new(secret)), &payload)
    }

    /// Replaces a text wherever the authorization is: in the header, or in the query.
    pub(crate) fn replace_authorization(&mut self, from: &str, to: &str) {
        if let Some(value) = self.headers.get_mut(AUTHORIZATION) {
            let text = value.to_str().expect("an authorization is ASCII").replace(from, to);
            *value = text.parse().expect("still a value");
        } else {
            self.uri = self.uri.to_string().replace(from, to).parse().expect("still a URI");
        }
    }
}
