//! One call of the AWS API, signed by the signer of AWS's Rust SDK and sent by hand.

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4::SigningParams;
use black_box::{ROOT_ACCESS_KEY, ROOT_SECRET_KEY, Server};
use serde_json::Value;

/// Who signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Signer {
    /// The root user.
    Root,
    /// Somebody with the root user's key and another secret.
    Forger,
    /// Somebody with a key that is not known here.
    Stranger,
    /// Nobody does.
    Nobody,
}

/// A call.
pub(crate) struct AwsCall {
    pub(crate) target: String,
    pub(crate) body: String,
    pub(crate) region: String,
    pub(crate) signer: Signer,
}

/// What was answered.
#[derive(Debug)]
pub(crate) struct AwsAnswer {
    pub(crate) status: u16,
    pub(crate) body: Value,
}

const CONTENT_TYPE: &str = "application/x-amz-json-1.1";
const PATIENCE: Duration = Duration::from_secs(30);

impl AwsCall {
    /// Sends the call, and holds what is true of every answer.
    pub(crate) fn send(&self, server: &Server) -> AwsAnswer {
        let url = server.url();
        let address = url.strip_prefix("http://").expect("the tests speak plain HTTP");
        let mut headers = format!(
            "host: {address}\r\ncontent-type: {CONTENT_TYPE}\r\nx-amz-target: {}\r\n",
            self.target
        );
        for (name, value) in self.signature(&url) {
            write!(headers, "{name}: {value}\r\n").expect("writing to a string cannot fail");
        }
        let length = self.body.len();
        let request = format!(
            "POST / HTTP/1.1\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n{}",
            self.body
        );
        let mut stream = TcpStream::connect(address).expect("the server listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a socket takes a timeout");
        stream.write_all(request.as_bytes()).expect("the server reads");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("the server answers in UTF-8");
        read_answer(&answer)
    }

    fn signature(&self, url: &str) -> Vec<(String, String)> {
        let (key, secret) = match self.signer {
            Signer::Root => (ROOT_ACCESS_KEY, ROOT_SECRET_KEY),
            Signer::Forger => (ROOT_ACCESS_KEY, "another/secret"),
            Signer::Stranger => ("AKIAEXAMPLESTRANGER1", ROOT_SECRET_KEY),
            Signer::Nobody => return Vec::new(),
        };
        let service = if self.target.starts_with("SpencerFrontend") { "ecr-public" } else { "ecr" };
        let identity = Credentials::new(key, secret, None, None, "golden").into();
        let parameters = SigningParams::builder()
            .identity(&identity)
            .region(&self.region)
            .name(service)
            .time(SystemTime::now())
            .settings(SigningSettings::default())
            .build()
            .expect("all parameters are there")
            .into();
        let headers = [("content-type", CONTENT_TYPE), ("x-amz-target", self.target.as_str())];
        let body = SignableBody::Bytes(self.body.as_bytes());
        let url = format!("{url}/");
        let signable = SignableRequest::new("POST", url, headers.into_iter(), body);
        let (instructions, _) =
            sign(signable.expect("signable"), &parameters).expect("signed").into_parts();
        let signed = instructions.headers();
        signed.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    }
}

fn read_answer(answer: &str) -> AwsAnswer {
    let (head, body) = answer.split_once("\r\n\r\n").expect("an answer has a head");
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).expect("a status line");
    let header = |name: &str| {
        head.lines().find_map(|line| {
            let (found, value) = line.split_once(": ")?;
            found.eq_ignore_ascii_case(name).then_some(value)
        })
    };
    assert_eq!(header("content-type"), Some(CONTENT_TYPE), "{answer}");
    assert_eq!(header("content-length"), Some(body.len().to_string().as_str()), "{answer}");
    let request_id = header("x-amzn-requestid").unwrap_or_default();
    assert!(request_id.len() == 36 && request_id.as_bytes()[14] == b'4', "{answer}");
    AwsAnswer {
        status: status.parse().expect("a status is a number"),
        body: serde_json::from_str(body).expect("the body is JSON"),
    }
}
