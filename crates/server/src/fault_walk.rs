//! Makes every door fail, and compares what its client is told with what the log says.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use db::{AccessKey, DbError, KeyOwner};
use http::header::{AUTHORIZATION, CONTENT_TYPE, HOST};
use http::{HeaderMap, HeaderValue, Method, Uri};
use identity::Caller;
use identity::sigv4::{PayloadHash, SecretKey, Signer};
use names::Digest;
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use wire::aws::{Operation, Protocol};

use crate::doors::Doors;
use crate::guard::testing::{Gate, root};
use crate::listen::{self, Drain};
use crate::places::Places;

/// The lines of the log, in JSON.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Log {
    /// What was logged with this message since the last look at any.
    fn take(&self) -> impl Fn(&str) -> Vec<Value> + use<> {
        let text = std::mem::take(&mut *self.0.lock().unwrap());
        let lines = String::from_utf8(text).unwrap();
        let lines: Vec<Value> =
            lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        move |message| lines.iter().filter(|line| line["message"] == message).cloned().collect()
    }
}

/// A server whose rows hold an access key that was damaged: every look at it is a fault.
struct Damaged {
    at: SocketAddr,
    doors: Arc<Doors>,
    caller: Caller,
    _gate: Gate,
}

/// A request, as text, and the word for it in the log.
struct Wanted {
    operation: String,
    request: String,
}

const ACCOUNT: &str = "123456789012";

impl Damaged {
    #[expect(clippy::disallowed_methods, reason = "the server of a test ends with its runtime")]
    async fn start() -> Self {
        let (gate, caller) = (Gate::new().await, root(ACCOUNT));
        let key = AccessKey {
            id: caller.access_key_id.as_str().to_owned(),
            account: caller.account().clone(),
            sealed_secret: vec![0; 64],
            owner: KeyOwner::Root,
            active: true,
            created_at: gate.from.at,
            last_use: None,
        };
        let written: Result<(), DbError> = gate
            .stores
            .db
            .write(move |tx| {
                tx.insert_account(&key.account, key.created_at)?;
                tx.put_access_key(&key).map(drop)
            })
            .await;
        written.unwrap();
        let entrance = gate.entrance();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (at, doors) = (listener.local_addr().unwrap(), entrance.doors.clone());
        let drain = Drain { delay: Duration::ZERO, max: Duration::ZERO };
        let (places, never) = (Places::new(16, 16), std::future::pending());
        tokio::spawn(listen::serve(listener, None, entrance, places, drain, never));
        Self { at, doors, caller, _gate: gate }
    }

    /// One request for each way in: an operation of each service of AWS's, a route of the registry,
    /// a download.
    fn requests(&self) -> Vec<Wanted> {
        let mut services = BTreeMap::new();
        for operation in Operation::all().filter(|it| it.name() != "AssumeRoleWithWebIdentity") {
            services.entry(operation.service().signing_name()).or_insert(operation);
        }
        let mut wanted: Vec<_> = services.into_values().map(|it| self.call(it)).collect();
        wanted.extend([self.registry(), self.download()]);
        wanted
    }

    fn call(&self, operation: Operation) -> Wanted {
        let (service, name) = (operation.service(), operation.name());
        let mut headers = HeaderMap::from_iter([(HOST, HeaderValue::from_static("localhost"))]);
        let (content_type, body) = match service.protocol() {
            Protocol::Json { target_prefix } => {
                let target = format!("{target_prefix}.{name}");
                headers.insert("x-amz-target", target.parse().unwrap());
                ("application/x-amz-json-1.1", "{}".to_owned())
            }
            Protocol::Query { version, .. } => {
                ("application/x-www-form-urlencoded", format!("Action={name}&Version={version}"))
            }
        };
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        let signer = Signer {
            access_key_id: &self.caller.access_key_id,
            secret: &SecretKey::new("the row does not tell"),
            session_token: None,
            region: &self.caller.region,
            service: service.signing_name(),
        };
        let (uri, payload) = (Uri::from_static("/"), PayloadHash::of(body.as_bytes()));
        let now = self.doors.clock.now();
        signer.sign(&Method::POST, &uri, &mut headers, &payload, now).unwrap();
        Wanted { operation: name.to_owned(), request: text("POST / HTTP/1.1", &headers, &body) }
    }

    fn registry(&self) -> Wanted {
        let password = self.doors.authenticator.issue(&self.caller).password;
        let basic = format!("Basic {}", STANDARD.encode(format!("AWS:{password}")));
        let headers = HeaderMap::from_iter([
            (HOST, HeaderValue::from_static("localhost")),
            (AUTHORIZATION, basic.parse().unwrap()),
        ]);
        Wanted {
            operation: "registry".to_owned(),
            request: text("GET /v2/ HTTP/1.1", &headers, ""),
        }
    }

    fn download(&self) -> Wanted {
        let path = format!("/download/{ACCOUNT}/us-east-1/web/{}", Digest::sha256(b"layer"));
        let (now, life) = (self.doors.clock.now(), Duration::from_hours(1));
        let grant = self.doors.signed_urls.sign(&path, &self.caller, now, life, keys::random());
        let headers = HeaderMap::from_iter([(HOST, HeaderValue::from_static("localhost"))]);
        Wanted {
            operation: "download".to_owned(),
            request: text(&format!("GET {path}?{grant} HTTP/1.1"), &headers, ""),
        }
    }

    async fn ask(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(self.at).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        answer
    }
}

fn text(line: &str, headers: &HeaderMap, body: &str) -> String {
    let mut text = format!("{line}\r\nconnection: close\r\ncontent-length: {}\r\n", body.len());
    for (name, value) in headers {
        text.push_str(&format!("{name}: {}\r\n", value.to_str().unwrap()));
    }
    format!("{text}\r\n{body}")
}

#[tokio::test]
async fn a_fault_is_logged_once_at_every_door_under_the_id_that_the_client_got() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_writer(move || writer.clone())
        .finish();
    let _until_the_end = tracing::subscriber::set_default(subscriber);
    let server = Damaged::start().await;
    let requests = server.requests();
    assert!(requests.len() >= 6, "five services with two protocols, and two other doors");
    for Wanted { operation, request } in requests {
        log.take();
        let answer = server.ask(&request).await;
        assert!(answer.starts_with("HTTP/1.1 500 "), "{operation}: {answer}");
        let id = answer.lines().find_map(|line| line.strip_prefix("x-amzn-requestid: "));
        let id = id.unwrap_or_else(|| panic!("{operation} tells no id: {answer}"));

        let logged = log.take();
        let faults = logged("internal error while answering a request");
        let [fault] = &faults[..] else { panic!("{operation}: {faults:?}") };
        assert_eq!(fault["request.id"], id, "{operation}");
        assert_eq!(fault["operation"], operation);
        assert_eq!(fault["level"], "ERROR", "{operation}");
        let error = fault["error"].as_str().unwrap();
        assert!(!error.is_empty() && !answer.contains(error), "{operation}: {answer}");
        let answered = logged("answered");
        let [answered] = &answered[..] else { panic!("{operation}: {answered:?}") };
        assert_eq!(answered["request.id"], id, "{operation}");
        assert_eq!(answered["http.status"], 500, "{operation}");
    }
}
