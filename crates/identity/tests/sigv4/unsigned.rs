//! Requests of every kind, and AWS's own signer for Rust to sign them.

use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{
    PayloadChecksumKind, SignableBody, SignableRequest, SignatureLocation, SigningSettings, sign,
};
use aws_sigv4::sign::v4::SigningParams;
use http::{HeaderValue, Request};
use identity::sigv4::{Expected, Protocol, ServedRegions};
use names::Timestamp;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::sent::Sent;

/// A request that is yet to be signed.
#[derive(Debug, Clone)]
pub(crate) struct Unsigned {
    method: &'static str,
    path: String,
    query: Vec<(String, String)>,
    pub(crate) headers: Vec<(String, String)>,
    body: Vec<u8>,
    pub(crate) region: &'static str,
    pub(crate) service: &'static str,
    pub(crate) secret: String,
    pub(crate) session_token: Option<String>,
    announces_body: bool,
    pub(crate) presigned_seconds: Option<u64>,
    pub(crate) at_seconds: u32,
}

impl Unsigned {
    pub(crate) fn expected(&self) -> Expected<'static> {
        Expected { service: self.service, protocol: Protocol::Json, regions: ServedRegions::Any }
    }

    fn uri(&self) -> String {
        let query: Vec<_> =
            self.query.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mark = if query.is_empty() { "" } else { "?" };
        format!("https://registry.example:8443{}{mark}{}", self.path, query.join("&"))
    }

    fn settings(&self) -> SigningSettings {
        let mut settings = SigningSettings::default();
        if self.announces_body {
            settings.payload_checksum_kind = PayloadChecksumKind::XAmzSha256;
        }
        if let Some(seconds) = self.presigned_seconds {
            settings.signature_location = SignatureLocation::QueryParams;
            settings.expires_in = Some(Duration::from_secs(seconds));
        }
        settings
    }

    /// Has the signer of AWS's Rust SDK sign it, and hands it over as HTTP/1.1 would.
    pub(crate) fn sign(&self) -> Sent {
        let token = self.session_token.clone();
        let identity = Credentials::new("AKIDEXAMPLE", &self.secret, token, None, "test").into();
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(self.at_seconds.into());
        let params = SigningParams::builder()
            .identity(&identity)
            .region(self.region)
            .name(self.service)
            .time(time)
            .settings(self.settings())
            .build()
            .expect("all parameters are there")
            .into();
        let mut request = Request::builder().method(self.method).uri(self.uri());
        for (name, value) in &self.headers {
            request = request.header(name, value.as_bytes());
        }
        let mut request = request.body(()).expect("a request");
        let uri = self.uri();
        let headers = self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let body = SignableBody::Bytes(&self.body);
        let signable = SignableRequest::new(self.method, uri, headers, body).expect("signable");
        let (instructions, _) = sign(signable, &params).expect("signed").into_parts();
        instructions.apply_to_request_http1x(&mut request);

        let (parts, ()) = request.into_parts();
        let origin = parts.uri.path_and_query().expect("it has a path").as_str();
        let mut sent = Sent {
            method: parts.method,
            uri: origin.parse().expect("an origin form"),
            headers: parts.headers,
            body: self.body.clone(),
            now: Timestamp::from_seconds(self.at_seconds.into()),
        };
        sent.headers.insert("host", HeaderValue::from_static("registry.example:8443"));
        sent
    }
}

/// Characters that a path or a query may hold, and escapes of some that it may not.
fn word() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[A-Za-z0-9._~-]{1,8}",
        "[:@!$'()*,;]",
        select(vec!["%20", "%2F", "%2f", "%25", "%2B", "%C3%A4", "%e2%82%ac", "%3D", "%26", "%7E"])
            .prop_map(str::to_owned),
    ];
    vec(piece, 0..4).prop_map(|pieces| pieces.concat())
}

fn path() -> impl Strategy<Value = String> {
    let segment =
        prop_oneof![4 => word(), 1 => select(vec!["", ".", "x/.."]).prop_map(str::to_owned)];
    // The last segment is plain: signers differ on a path that ends in a dot.
    (vec(segment, 0..4), "[a-z]{0,3}").prop_map(|(segments, last)| {
        let climbs = |word: &String| word.as_str() == "..";
        let segments: Vec<_> = segments.into_iter().filter(|word| !climbs(word)).collect();
        if segments.is_empty() {
            format!("/{last}")
        } else {
            format!("/{}/{last}", segments.join("/"))
        }
    })
}

/// Any request.
pub(crate) fn unsigned() -> impl Strategy<Value = Unsigned> {
    let value = prop_oneof![word(), Just(String::new())];
    let name = prop_oneof![word().prop_filter("a name", |name| !name.is_empty()), "[pq]"];
    let header = ("x-[a-z]{1,3}", "[!-~]{1,5}( {1,3}[!-~äß€]{1,5}){0,2}");
    (
        select(vec!["GET", "POST", "PUT", "DELETE", "HEAD"]),
        path(),
        vec((name, value), 0..4),
        vec(header, 0..4),
        vec(any::<u8>(), 0..64),
        select(vec!["us-east-1", "eu-central-1", "berlin-1"]),
        select(vec!["ecr", "sts", "ecr-public"]),
        "[A-Za-z0-9/+]{1,60}",
        option::of("[A-Za-z0-9/+=]{1,300}"),
        any::<bool>(),
        option::of(prop_oneof![1..=1_000_u64, 1..=604_800_u64]),
        any::<u32>(),
    )
        .prop_map(
            |(
                method,
                path,
                query,
                headers,
                body,
                region,
                service,
                secret,
                session_token,
                announces_body,
                presigned_seconds,
                at_seconds,
            )| Unsigned {
                method,
                path,
                query,
                headers,
                body,
                region,
                service,
                secret,
                session_token,
                announces_body,
                presigned_seconds,
                at_seconds,
            },
        )
}
