use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, Request, header};
use http_body_util::Full;
use identity::sigv4::{PayloadHash, Signer};
use names::{Clock as _, Region};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;
use server::SystemClock;

use super::http::{Answer, send};
use super::{ClientFailure, Credentials, Endpoint, Settings, xml};

const USER_AGENT: &str = concat!("longshore/", env!("CARGO_PKG_VERSION"));
const UNRESERVED: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// One of the services behind an endpoint.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Service<'a> {
    /// Its signing name, e.g. `ecr`.
    pub(crate) name: &'static str,
    pub(crate) endpoint: &'a Endpoint,
    pub(crate) region: &'a Region,
    pub(super) settings: &'a Settings,
}

impl Settings {
    /// A service of the endpoint.
    pub(crate) fn service<'a>(
        &'a self,
        name: &'static str,
        endpoint: &'a Endpoint,
        region: &'a Region,
    ) -> Service<'a> {
        Service { name, endpoint, region, settings: self }
    }
}

impl Service<'_> {
    /// Calls an operation in AWS's JSON protocol; `target` is `PREFIX.OPERATION`.
    pub(crate) async fn call_json(
        &self,
        credentials: &Credentials,
        target: &'static str,
        input: &Value,
    ) -> Result<Value, ClientFailure> {
        let mut headers = self.headers("application/x-amz-json-1.1");
        headers.insert("x-amz-target", HeaderValue::from_static(target));
        let body = input.to_string().into_bytes();
        let answer = self.send(headers, body, Some(credentials)).await?;
        let read: Option<Value> = serde_json::from_slice(&answer.body).ok();
        if answer.status.is_success() {
            return read.ok_or_else(|| self.unintelligible("the answer is not JSON"));
        }
        let read = read.unwrap_or_default();
        let word = |names: [&str; 2]| names.iter().find_map(|name| read[*name].as_str());
        let code = word(["__type", "code"]).map(|code| code.rsplit('#').next().unwrap_or(code));
        self.refused(&answer, code, word(["message", "Message"]))
    }

    /// Calls an operation in AWS's Query protocol and returns the XML. A call without credentials
    /// is not signed.
    pub(crate) async fn call_query(
        &self,
        credentials: Option<&Credentials>,
        form: &[(&str, &str)],
    ) -> Result<String, ClientFailure> {
        let escape = |text| utf8_percent_encode(text, &UNRESERVED);
        let pairs: Vec<String> =
            form.iter().map(|(name, value)| format!("{name}={}", escape(value))).collect();
        let headers = self.headers("application/x-www-form-urlencoded; charset=utf-8");
        let answer = self.send(headers, pairs.join("&").into_bytes(), credentials).await?;
        let text = String::from_utf8_lossy(&answer.body).into_owned();
        if answer.status.is_success() {
            return Ok(text);
        }
        let (code, message) = (xml::text_of(&text, "Code"), xml::text_of(&text, "Message"));
        self.refused(&answer, code.as_deref(), message.as_deref())
    }

    fn headers(&self, content_type: &'static str) -> HeaderMap {
        let host = HeaderValue::from_str(self.endpoint.authority());
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, host.expect("a URL's authority fits a header"));
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
        headers.insert(header::USER_AGENT, HeaderValue::from_static(USER_AGENT));
        headers
    }

    async fn send(
        &self,
        mut headers: HeaderMap,
        body: Vec<u8>,
        credentials: Option<&Credentials>,
    ) -> Result<Answer, ClientFailure> {
        let uri = &self.endpoint.uri;
        if let Some(credentials) = credentials {
            let signer = Signer {
                access_key_id: &credentials.access_key_id,
                secret: &credentials.secret,
                session_token: credentials.session_token.as_deref().map(String::as_str),
                region: self.region,
                service: self.name,
            };
            let (payload, now) = (PayloadHash::of(&body), SystemClock.now());
            signer.sign(&Method::POST, uri, &mut headers, &payload, now).map_err(|_| {
                ClientFailure::Settings(
                    "cannot sign the request: the endpoint's path or the session token has characters that \
                     a header cannot hold"
                        .to_owned(),
                )
            })?;
        }
        let mut request = Request::new(Full::new(Bytes::from(body)));
        *request.method_mut() = Method::POST;
        *request.uri_mut() = uri.path().parse().expect("the path of a URI is one");
        *request.headers_mut() = headers;
        send(self.endpoint, self.settings, request).await
    }

    fn refused<T>(
        &self,
        answer: &Answer,
        code: Option<&str>,
        message: Option<&str>,
    ) -> Result<T, ClientFailure> {
        let status = answer.status;
        let Some(code) = code else {
            return Err(self.unintelligible(&format!("it answered {status}")));
        };
        let request_id = answer.headers.get("x-amzn-requestid");
        Err(ClientFailure::Refused {
            status,
            code: code.to_owned(),
            message: message.unwrap_or("the service gave no reason").to_owned(),
            request_id: request_id.and_then(|id| id.to_str().ok()).map(str::to_owned),
        })
    }

    /// The failure for an answer that this service never gives.
    pub(crate) fn unintelligible(&self, why: &str) -> ClientFailure {
        ClientFailure::Unintelligible { endpoint: self.endpoint.to_string(), why: why.to_owned() }
    }
}
