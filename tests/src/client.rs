//! A client of both doors that does nothing by itself: no retry, no redirect.

use std::io;
use std::time::SystemTime;

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{
    PayloadChecksumKind, SignableBody, SignableRequest, SigningSettings, sign,
};
use aws_sigv4::sign::v4::SigningParams;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use crate::http::{Answer, Connection, Request};
use crate::{REGION, ROOT_ACCESS_KEY, ROOT_SECRET_KEY};

const TARGET: &str = "AmazonEC2ContainerRegistry_V20150921";
const JSON: &str = "application/x-amz-json-1.1";

/// A client with one connection at a time.
pub struct Client {
    address: String,
    authorization: Option<String>,
    connection: Option<Connection>,
}

impl Client {
    /// An unauthenticated client.
    pub fn stranger(address: &str) -> Self {
        Self { address: address.to_owned(), authorization: None, connection: None }
    }

    /// A client that logged in as the user `AWS`.
    pub fn logged_in(address: &str, password: &str) -> Self {
        Self { authorization: Some(authorization(password)), ..Self::stranger(address) }
    }

    /// Sends a request and reads the answer. After a failure it is unknown what the server did.
    pub fn try_ask(&mut self, request: Request) -> io::Result<Answer> {
        let request = match &self.authorization {
            Some(words) => request.header("authorization", words),
            None => request,
        };
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => Connection::open(&self.address)?,
        };
        let answer = connection.ask(&request)?;
        if answer.header("connection") != Some("close") {
            self.connection = Some(connection);
        }
        Ok(answer)
    }

    /// Sends a request, and requires an answer.
    pub fn ask(&mut self, request: Request) -> Answer {
        let line = format!("{request:.200?}");
        self.try_ask(request).unwrap_or_else(|error| panic!("{line}: {error}"))
    }

    /// `GET`.
    pub fn get(&mut self, target: &str) -> Answer {
        self.ask(Request::new("GET", target))
    }

    /// `HEAD`.
    pub fn head(&mut self, target: &str) -> Answer {
        self.ask(Request::new("HEAD", target))
    }

    /// `DELETE`.
    pub fn delete(&mut self, target: &str) -> Answer {
        self.ask(Request::new("DELETE", target))
    }

    /// `POST`.
    pub fn post(&mut self, target: &str, body: impl Into<Vec<u8>>) -> Answer {
        self.ask(Request::new("POST", target).body(body))
    }

    /// `PATCH`.
    pub fn patch(&mut self, target: &str, body: impl Into<Vec<u8>>) -> Answer {
        self.ask(Request::new("PATCH", target).body(body))
    }

    /// `PUT`.
    pub fn put(&mut self, target: &str, body: impl Into<Vec<u8>>) -> Answer {
        self.ask(Request::new("PUT", target).body(body))
    }
}

/// The value of the header with which the user `AWS` logs in.
pub fn authorization(password: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("AWS:{password}")))
}

/// A password of the user `AWS` for the root user, by the AWS API.
pub fn registry_password(address: &str) -> String {
    let answer = call(address, &AccessKey::root(), "GetAuthorizationToken", &serde_json::json!({}));
    assert_eq!(answer.status, 200, "{}", answer.text());
    let token = answer.json();
    let token = token["authorizationData"][0]["authorizationToken"].as_str().unwrap_or_default();
    let words = STANDARD.decode(token).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let words = words.expect("a token is Base64");
    words.strip_prefix("AWS:").expect("the user is called AWS").to_owned()
}

/// A key that signs calls of the AWS API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessKey {
    /// `AKIA…`.
    pub id: String,
    /// The secret that belongs to it.
    pub secret: String,
}

impl AccessKey {
    /// The key that the fixture gives its servers' root users.
    pub fn root() -> Self {
        Self { id: ROOT_ACCESS_KEY.to_owned(), secret: ROOT_SECRET_KEY.to_owned() }
    }
}

/// Calls an operation of the AWS API.
pub fn call(address: &str, key: &AccessKey, operation: &str, input: &Value) -> Answer {
    let request = signed_call(address, key, operation, &input.to_string(), Announces::Nothing);
    Client::stranger(address).ask(request)
}

/// The same for an operation of KMS.
pub fn call_kms(address: &str, key: &AccessKey, operation: &str, input: &Value) -> Answer {
    let target = format!("TrentService.{operation}");
    let signed = signed_to("kms", address, key, &target, &input.to_string(), Announces::Nothing);
    Client::stranger(address).ask(signed)
}

/// The same for an operation of Secrets Manager.
pub fn call_secrets(address: &str, key: &AccessKey, operation: &str, input: &Value) -> Answer {
    let (target, body) = (format!("secretsmanager.{operation}"), input.to_string());
    let signed = signed_to("secretsmanager", address, key, &target, &body, Announces::Nothing);
    Client::stranger(address).ask(signed)
}

/// What the head of a signed call states about its body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Announces {
    /// Nothing, as most clients do.
    Nothing,
    /// Its hash.
    Hash,
}

/// A call of the AWS API, about to be sent.
pub fn signed_call(
    address: &str,
    key: &AccessKey,
    operation: &str,
    body: &str,
    announces: Announces,
) -> Request {
    signed_to("ecr", address, key, &format!("{TARGET}.{operation}"), body, announces)
}

fn signed_to(
    service: &str,
    address: &str,
    key: &AccessKey,
    target: &str,
    body: &str,
    announces: Announces,
) -> Request {
    let plain = [("content-type", JSON), ("host", address), ("x-amz-target", target)];
    let mut settings = SigningSettings::default();
    if announces == Announces::Hash {
        settings.payload_checksum_kind = PayloadChecksumKind::XAmzSha256;
    }
    let identity = Credentials::new(&key.id, &key.secret, None, None, "black-box").into();
    let params = SigningParams::builder()
        .identity(&identity)
        .region(REGION)
        .name(service)
        .time(SystemTime::now())
        .settings(settings)
        .build()
        .expect("all parameters are there")
        .into();
    let url = format!("http://{address}/");
    let signable = SignableBody::Bytes(body.as_bytes());
    let signable = SignableRequest::new("POST", &url, plain.into_iter(), signable)
        .expect("a plain request can be signed");
    let (signature, _) = sign(signable, &params).expect("a key signs").into_parts();
    let (headers, _) = signature.into_parts();
    let request = Request::new("POST", "/").header("content-type", JSON);
    headers
        .iter()
        .fold(request.header("x-amz-target", target), |request, header| {
            request.header(header.name(), header.value())
        })
        .body(body)
}
