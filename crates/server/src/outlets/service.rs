//! Calls of services with the APIs of SQS, SNS and EventBridge, signed.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HOST};
use http::{HeaderMap, HeaderValue, Method, Request, Uri};
use identity::sigv4::{PayloadHash, Signer};
use names::{Clock as _, Region};
use operations::{Parcel, Unsent, moment_of};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use remote::Exchanged;
use serde_json::{Value, json};

use super::post::{Post, judge};
use crate::clock::SystemClock;
use crate::config::KmsCredentials;
use crate::external_kms::read_credentials;

/// Which API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Api {
    Queue,
    Topic,
    Bus,
}

/// One queue, topic or bus.
pub(super) struct Service {
    pub(super) api: Api,
    pub(super) post: Post,
    /// The queue's URL, the topic's ARN, or the bus's name.
    pub(super) name: String,
    /// The Region that calls are signed for, if it is not that of the event.
    pub(super) region: Option<Region>,
    pub(super) credentials: KmsCredentials,
}

/// What a form does not have to escape.
const FORM: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The end of the name of a queue or topic that keeps an order.
const IN_ORDER: &str = ".fifo";

/// What is called, and with which body.
struct Said {
    service: &'static str,
    media_type: &'static str,
    target: Option<&'static str>,
    body: String,
}

impl Service {
    pub(super) async fn send(&self, parcel: &Parcel<'_>) -> Result<(), Unsent> {
        let said = self.say(parcel)?;
        let region = self.region.as_ref().unwrap_or(&parcel.event.registry.region);
        let request = self.signed(said, region)?;
        self.heard(self.post.send(request).await?)
    }

    fn say(&self, parcel: &Parcel<'_>) -> Result<Said, Unsent> {
        let (name, body, event) = (&self.name, parcel.body, &parcel.event.event);
        let in_order = name.ends_with(IN_ORDER).then(|| {
            (parcel.message_group.unwrap_or_else(|| group(&event.about)), event.event_id.as_str())
        });
        Ok(match self.api {
            Api::Queue => {
                let mut input = json!({ "QueueUrl": name, "MessageBody": body });
                if let Some((group, id)) = in_order {
                    input["MessageGroupId"] = json!(group);
                    input["MessageDeduplicationId"] = json!(id);
                }
                let (media_type, target) =
                    ("application/x-amz-json-1.0", Some("AmazonSQS.SendMessage"));
                Said { service: "sqs", media_type, target, body: input.to_string() }
            }
            Api::Topic => {
                let mut pairs = vec![
                    ("Action", "Publish"),
                    ("Version", "2010-03-31"),
                    ("TopicArn", name),
                    ("Message", body),
                ];
                if let Some((group, id)) = in_order {
                    pairs.extend([("MessageGroupId", group), ("MessageDeduplicationId", id)]);
                }
                let media_type = "application/x-www-form-urlencoded";
                Said { service: "sns", media_type, target: None, body: form(&pairs) }
            }
            Api::Bus => {
                let unsound = || Unsent::Refused("the stored event is not JSON".to_owned());
                let resources: Value =
                    serde_json::from_str(&event.resources).map_err(|_| unsound())?;
                let input = json!({ "Entries": [{
                    "EventBusName": name, "Source": event.source, "DetailType": event.detail_type,
                    "Detail": event.detail, "Resources": resources, "Time": moment_of(event.time),
                }]});
                let (media_type, target) =
                    ("application/x-amz-json-1.1", Some("AWSEvents.PutEvents"));
                Said { service: "events", media_type, target, body: input.to_string() }
            }
        })
    }

    fn signed(&self, said: Said, region: &Region) -> Result<Request<Bytes>, Unsent> {
        let Said { service, media_type, target, body } = said;
        let later = |why: String| Unsent::Later(why);
        let signing = read_credentials(&self.credentials).map_err(later)?;
        let authority = self.post.url().authority().map_or("", |authority| authority.as_str());
        let mut headers = HeaderMap::new();
        let host = HeaderValue::from_str(authority);
        headers.insert(HOST, host.map_err(|_| later("its host cannot be named".to_owned()))?);
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
        if let Some(target) = target {
            headers.insert("x-amz-target", HeaderValue::from_static(target));
        }
        let signer = Signer {
            access_key_id: &signing.id,
            secret: &signing.secret,
            session_token: signing.token.as_deref(),
            region,
            service,
        };
        let (path, payload) = (Uri::from_static("/"), PayloadHash::of(body.as_bytes()));
        let outcome = signer.sign(&Method::POST, &path, &mut headers, &payload, SystemClock.now());
        outcome.map_err(|_| later("the credentials cannot sign".to_owned()))?;
        let mut request = Request::new(Bytes::from(body));
        *request.method_mut() = Method::POST;
        *request.uri_mut() = self.post.url().clone();
        *request.headers_mut() = headers;
        Ok(request)
    }

    fn heard(&self, answer: Exchanged) -> Result<(), Unsent> {
        let Exchanged { status, headers: _, body } = answer;
        let text = body.map(|body| String::from_utf8_lossy(&body).into_owned()).unwrap_or_default();
        if !status.is_success() {
            let judged = judge(status);
            // Rights and limits are mended without another parcel.
            let may_change = status.as_u16() == 403 || text.contains("Throttl");
            return match judged {
                Err(Unsent::Refused(why)) if may_change => Err(Unsent::Later(why)),
                judged => judged,
            };
        }
        let failed = serde_json::from_str::<Value>(&text).ok();
        let failed = failed.filter(|_| self.api == Api::Bus);
        match failed.and_then(|answer| answer["FailedEntryCount"].as_u64()) {
            Some(0) | None => Ok(()),
            Some(_) => Err(Unsent::Later("it did not take the entry".to_owned())),
        }
    }
}

/// Names of groups have 128 characters at most: the digest of an image is shorter, and its own. A
/// tag, of an image whose digest is not known, has as many.
fn group(about: &str) -> &str {
    let found = about.split_once('@').or_else(|| about.split_once(':'));
    found.map_or(about, |(_, image)| image)
}

fn form(pairs: &[(&str, &str)]) -> String {
    let pair =
        |(name, value): &(&str, &str)| format!("{name}={}", utf8_percent_encode(value, FORM));
    pairs.iter().map(pair).collect::<Vec<_>>().join("&")
}
