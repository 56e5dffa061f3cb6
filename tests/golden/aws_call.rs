//! One call of the AWS API, signed by the signer of AWS's Rust SDK and sent by hand.

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4::SigningParams;
use black_box::Server;
use serde_json::Value;

/// What a call is signed with.
#[derive(Debug, Clone)]
pub(crate) struct Key {
    pub(crate) id: String,
    pub(crate) secret: String,
    /// What comes with temporary credentials.
    pub(crate) token: Option<String>,
}

impl Key {
    pub(crate) fn new(id: &str, secret: &str) -> Self {
        Self { id: id.to_owned(), secret: secret.to_owned(), token: None }
    }
}

/// What is said, in the words of a protocol.
#[derive(Debug)]
pub(crate) enum Said {
    /// AWS JSON: the header that names the operation, and the body.
    Json { target: String, body: String },
    /// AWS Query: the service, and the form.
    Form { service: &'static str, form: String },
}

/// A call.
pub(crate) struct AwsCall {
    pub(crate) said: Said,
    pub(crate) region: String,
    /// A call without one is not signed.
    pub(crate) key: Option<Key>,
}

/// What was answered.
#[derive(Debug)]
pub(crate) struct AwsAnswer {
    pub(crate) status: u16,
    pub(crate) body: Answered,
}

/// A body, in the words of a protocol.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Answered {
    Json(Value),
    Xml(String),
}

impl Answered {
    /// The document of a JSON answer.
    pub(crate) fn json(self) -> Value {
        match self {
            Self::Json(value) => value,
            Self::Xml(text) => panic!("an answer in XML: {text}"),
        }
    }

    /// The text of the first element of this name in an answer in XML.
    pub(crate) fn element(&self, name: &str) -> &str {
        let Self::Xml(text) = self else { panic!("an answer in JSON: {self:?}") };
        let (open, close) = (format!("<{name}>"), format!("</{name}>"));
        let found = text.split_once(&open).and_then(|(_, rest)| rest.split_once(&close));
        found.unwrap_or_else(|| panic!("no {name} in {text}")).0
    }
}

const JSON: &str = "application/x-amz-json-1.1";
const FORM: &str = "application/x-www-form-urlencoded; charset=utf-8";
const XML: &str = "text/xml";
/// What the names of CloudTrail's operations begin with.
pub(crate) const CLOUDTRAIL: &str = "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101";
const PATIENCE: Duration = Duration::from_secs(30);

impl Said {
    fn content_type(&self) -> &'static str {
        match self {
            Self::Json { .. } => JSON,
            Self::Form { .. } => FORM,
        }
    }

    fn body(&self) -> &str {
        match self {
            Self::Json { body, .. } => body,
            Self::Form { form, .. } => form,
        }
    }

    /// The service that is signed for.
    fn service(&self) -> &'static str {
        match self {
            Self::Form { service, .. } => service,
            Self::Json { target, .. } if target.starts_with("SpencerFrontend") => "ecr-public",
            Self::Json { target, .. } if target.starts_with("Longshore") => "longshore",
            Self::Json { target, .. } if target.starts_with("TrentService") => "kms",
            Self::Json { target, .. } if target.starts_with(CLOUDTRAIL) => "cloudtrail",
            Self::Json { target, .. } if target.starts_with("AWSEvents") => "events",
            Self::Json { target, .. } if target.starts_with("secretsmanager") => "secretsmanager",
            Self::Json { .. } => "ecr",
        }
    }

    fn headers(&self) -> Vec<(&'static str, &str)> {
        let mut headers = vec![("content-type", self.content_type())];
        if let Self::Json { target, .. } = self {
            headers.push(("x-amz-target", target.as_str()));
        }
        headers
    }
}

impl AwsCall {
    /// Sends the call, and holds what is true of every answer.
    pub(crate) fn send(&self, server: &Server) -> AwsAnswer {
        let url = server.url();
        let address = url.strip_prefix("http://").expect("the tests speak plain HTTP");
        let mut headers = format!("host: {address}\r\n");
        for (name, value) in self.said.headers() {
            write!(headers, "{name}: {value}\r\n").expect("writing to a string cannot fail");
        }
        for (name, value) in self.signature(&url) {
            write!(headers, "{name}: {value}\r\n").expect("writing to a string cannot fail");
        }
        let body = self.said.body();
        let length = body.len();
        let request = format!(
            "POST / HTTP/1.1\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n{body}"
        );
        let mut stream = TcpStream::connect(address).expect("the server listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a socket takes a timeout");
        stream.write_all(request.as_bytes()).expect("the server reads");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("the server answers in UTF-8");
        read_answer(&answer, &self.said)
    }

    fn signature(&self, url: &str) -> Vec<(String, String)> {
        let Some(Key { id, secret, token }) = &self.key else { return Vec::new() };
        let identity = Credentials::new(id, secret, token.clone(), None, "golden").into();
        let parameters = SigningParams::builder()
            .identity(&identity)
            .region(&self.region)
            .name(self.said.service())
            .time(SystemTime::now())
            .settings(SigningSettings::default())
            .build()
            .expect("all parameters are there")
            .into();
        let body = SignableBody::Bytes(self.said.body().as_bytes());
        let url = format!("{url}/");
        let signable = SignableRequest::new("POST", url, self.said.headers().into_iter(), body);
        let (instructions, _) =
            sign(signable.expect("signable"), &parameters).expect("signed").into_parts();
        let signed = instructions.headers();
        signed.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    }
}

fn read_answer(answer: &str, said: &Said) -> AwsAnswer {
    let (head, body) = answer.split_once("\r\n\r\n").expect("an answer has a head");
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).expect("a status line");
    let header = |name: &str| {
        head.lines().find_map(|line| {
            let (found, value) = line.split_once(": ")?;
            found.eq_ignore_ascii_case(name).then_some(value)
        })
    };
    assert_eq!(header("content-length"), Some(body.len().to_string().as_str()), "{answer}");
    let request_id = header("x-amzn-requestid").unwrap_or_default();
    assert!(request_id.len() == 36 && request_id.as_bytes()[14] == b'4', "{answer}");
    let (content_type, body) = match said {
        Said::Json { .. } => {
            (JSON, Answered::Json(serde_json::from_str(body).expect("the body is JSON")))
        }
        Said::Form { .. } => {
            let named = format!("<RequestId>{request_id}</RequestId>");
            assert!(body.contains(&named), "the body names the request: {answer}");
            (XML, Answered::Xml(body.to_owned()))
        }
    };
    assert_eq!(header("content-type"), Some(content_type), "{answer}");
    AwsAnswer { status: status.parse().expect("a status is a number"), body }
}
