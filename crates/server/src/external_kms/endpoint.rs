use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HOST};
use http::{HeaderMap, HeaderValue, Method, Request};
use identity::sigv4::{PayloadHash, Signer};
use keys::KeyFault;
use names::{Clock, Region};
use remote::{Client, RemoteError};
use serde_json::{Map, Value};
use tokio::sync::Semaphore;
use tokio::time::{Instant, sleep, timeout_at};

use super::answer::{self, Trouble};
use super::calls::{Calls, Operation};
use super::credentials;
use crate::config::{KmsCredentials, KmsEndpoint};

/// For a call with all its tries. A client of ours waits no longer.
const PATIENCE: Duration = Duration::from_secs(5);

/// For one try.
const TRY_PATIENCE: Duration = Duration::from_secs(2);

const TRIES_MAX: u32 = 3;

/// Before the second try; twice as long before the third.
const PAUSE: Duration = Duration::from_millis(50);

/// For how long a service that did not answer is left alone.
const REST: Duration = Duration::from_secs(1);

/// When clients should come back after that.
pub(super) const RETRY_AFTER: Duration = Duration::from_secs(2);

/// Calls at a time. Each is a connection of its own.
const CALLS_MAX: usize = 32;

/// A ciphertext has 6 KiB at most, and everything else is less.
const ANSWER_BYTES_MAX: usize = 64 * 1024;

/// One service.
pub(super) struct Endpoint {
    at: KmsEndpoint,
    client: Arc<Client>,
    credentials: KmsCredentials,
    clock: Arc<dyn Clock>,
    calls: Arc<Calls>,
    places: Semaphore,
    /// When it may be called again, if it did not answer.
    rests_until: Mutex<Option<Instant>>,
}

impl Endpoint {
    pub(super) fn new(
        at: KmsEndpoint,
        client: Arc<Client>,
        credentials: KmsCredentials,
        clock: Arc<dyn Clock>,
        calls: Arc<Calls>,
    ) -> Self {
        let (places, rests_until) = (Semaphore::new(CALLS_MAX), Mutex::default());
        Self { at, client, credentials, clock, calls, places, rests_until }
    }

    /// Whether the key or alias with this ARN is there.
    pub(super) fn serves(&self, arn: &str) -> bool {
        arn.starts_with(&self.at.prefix)
    }

    /// Calls an operation, and counts the call.
    pub(super) async fn call(
        &self,
        operation: Operation,
        region: &Region,
        input: &Value,
    ) -> Result<Map<String, Value>, KeyFault> {
        let began = Instant::now();
        let outcome = self.ask(operation, region, input).await;
        self.calls.note(operation, &outcome, began.elapsed());
        outcome
    }

    async fn ask(
        &self,
        operation: Operation,
        region: &Region,
        input: &Value,
    ) -> Result<Map<String, Value>, KeyFault> {
        if self.rests() {
            return Err(self.unavailable("it did not answer a moment ago"));
        }
        let deadline = Instant::now() + PATIENCE;
        let Ok(Ok(_place)) = timeout_at(deadline, self.places.acquire()).await else {
            return Err(self.unavailable("too many calls of it are under way"));
        };
        let body = Bytes::from(input.to_string());
        let mut why = String::new();
        for number in 0..TRIES_MAX {
            if number > 0 {
                sleep(PAUSE * number).await;
            }
            let by = deadline.min(Instant::now() + TRY_PATIENCE);
            match self.send(operation, region, body.clone(), by).await {
                Ok(members) => return Ok(members),
                Err(Trouble::Refused { code, message }) => {
                    return Err(KeyFault::Refused { code, message });
                }
                Err(Trouble::Passing(passing)) => why = passing,
                Err(Trouble::Lasting(lasting)) => {
                    why = lasting;
                    break;
                }
            }
            if Instant::now() >= deadline {
                break;
            }
        }
        self.rest();
        Err(self.unavailable(&why))
    }

    async fn send(
        &self,
        operation: Operation,
        region: &Region,
        body: Bytes,
        by: Instant,
    ) -> Result<Map<String, Value>, Trouble> {
        let headers = self.signed(operation, region, &body).map_err(Trouble::Lasting)?;
        let mut request = Request::new(body);
        *request.method_mut() = Method::POST;
        *request.uri_mut() = self.at.url.clone();
        *request.headers_mut() = headers;
        let answer = self.client.send(request, by).await.map_err(|error| trouble(&error))?;
        let status = answer.status();
        let body = answer.whole(ANSWER_BYTES_MAX).await.map_err(|error| trouble(&error))?;
        answer::read(status, &body)
    }

    /// The headers of a call, with its signature; or why there is none.
    fn signed(
        &self,
        operation: Operation,
        region: &Region,
        body: &Bytes,
    ) -> Result<HeaderMap, String> {
        let signing = credentials::read(&self.credentials)?;
        let header = |text: &str| {
            HeaderValue::from_str(text).map_err(|_| "the endpoint is malformed".to_owned())
        };
        let authority = self.at.url.authority().map_or("", |authority| authority.as_str());
        let mut headers = HeaderMap::new();
        headers.insert(HOST, header(authority)?);
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-amz-json-1.1"));
        headers.insert("x-amz-target", header(&format!("TrentService.{}", operation.as_str()))?);
        let signer = Signer {
            access_key_id: &signing.id,
            secret: &signing.secret,
            session_token: signing.token.as_deref(),
            region,
            service: "kms",
        };
        let payload = PayloadHash::of(body);
        signer
            .sign(&Method::POST, &self.at.url, &mut headers, &payload, self.clock.now())
            .map_err(|_| "the session token is malformed".to_owned())?;
        Ok(headers)
    }

    fn unavailable(&self, why: &str) -> KeyFault {
        KeyFault::Unavailable { retry_after: RETRY_AFTER, why: format!("{}: {why}", self.at.url) }
    }

    fn rests(&self) -> bool {
        let until = *self.rests_until.lock().expect("no thread panics while holding it");
        until.is_some_and(|until| Instant::now() < until)
    }

    fn rest(&self) {
        let until = Some(Instant::now() + REST);
        *self.rests_until.lock().expect("no thread panics while holding it") = until;
    }
}

/// What has no answer is for another try, unless it will be the same again.
fn trouble(error: &RemoteError) -> Trouble {
    let why = error.to_string();
    if error.is_unreachable() { Trouble::Passing(why) } else { Trouble::Lasting(why) }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Endpoint").field("at", &self.at).finish_non_exhaustive()
    }
}
