use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Method, Request};
use keys::secret_file;
use names::Clock as _;
use operations::{EventSender, HearsAll, Outlets, Parcel, Unsent};
use remote::{Client, Reach, Trust, TrustFileError};

use super::cloud_event::{self, cloud_event};
use super::file::FileOutlet;
use super::post::{Post, judge};
use super::secrets;
use super::service::{Api, Service};
use super::signature::WebhookSecret;
use crate::clock::SystemClock;
use crate::config::{EventTarget, EventTargetKind, EventTargets};

/// Why events cannot go where they are to go.
#[derive(Debug, thiserror::Error)]
pub enum OutletError {
    /// The file of authorities cannot be used.
    #[error("event-ca: {0}")]
    Authorities(TrustFileError),
    /// The file of secrets cannot be used.
    #[error("event-secrets: {}: {why}", path.display())]
    Secrets {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
}

/// For how long the job that delivers looks for more: a claim of it costs more than a look.
const LINGER: Duration = Duration::from_secs(5);

/// Opens what is configured. Nothing is called yet.
pub(crate) fn open_outlets(config: &EventTargets) -> Result<Outlets, OutletError> {
    if config.targets.is_empty() {
        return Ok(Outlets::default());
    }
    let trust = Trust::of_machine_and(config.authorities.as_deref());
    let trust = trust.map_err(OutletError::Authorities)?;
    // The operator chose the hosts.
    let client = Arc::new(Client::new(trust, Reach::Anywhere).allowing_plain());
    let mut secrets = read_secrets(config)?;
    let open = |target: &EventTarget| {
        (target.key(), Outlet::open(target, config, &client, secrets.remove(&target.key())))
    };
    let registered = Registered(config.targets.iter().map(open).collect());
    let hears =
        |target: &EventTarget| HearsAll { outlet: target.key(), account: target.account.clone() };
    let hear_all = config.targets.iter().filter(|target| target.hears_all).map(hears).collect();
    let names = registered.0.keys().cloned().collect();
    Ok(Outlets { sender: Arc::new(registered), names, hear_all, linger: LINGER })
}

fn read_secrets(config: &EventTargets) -> Result<BTreeMap<String, WebhookSecret>, OutletError> {
    let Some(path) = &config.secrets else { return Ok(BTreeMap::new()) };
    let refuse = |why: String| OutletError::Secrets { path: path.clone(), why };
    let bytes = secret_file::read_handed(path).map_err(|error| refuse(error.to_string()))?;
    let text = std::str::from_utf8(&bytes).map_err(|_| refuse("it is not text".to_owned()))?;
    let lines =
        secrets::parse(text).map_err(|line| refuse(format!("line {line} is not NAME=SECRET")))?;
    let mut read = BTreeMap::new();
    for (name, secret) in lines {
        let is_known = config.targets.iter().any(|target| target.key() == name);
        if !is_known {
            return Err(refuse(format!("no event target is named {name}")));
        }
        let parsed = WebhookSecret::parse(&secret);
        let parsed = parsed.ok_or_else(|| refuse(format!("the secret of {name} is not base64")))?;
        read.insert(name, parsed);
    }
    Ok(read)
}

/// Every outlet, by its name.
struct Registered(BTreeMap<String, Outlet>);

enum Outlet {
    Webhook { post: Post, secret: Option<Box<WebhookSecret>>, form: Form },
    File(FileOutlet),
    Service(Service),
}

/// What a webhook gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    EventBridge,
    CloudEvents,
}

#[async_trait]
impl EventSender for Registered {
    async fn send(&self, parcel: &Parcel<'_>) -> Result<(), Unsent> {
        match self.0.get(parcel.outlet) {
            Some(outlet) => outlet.send(parcel).await,
            None => Err(Unsent::Unreachable(format!("no event target is named {}", parcel.outlet))),
        }
    }
}

impl Outlet {
    fn open(
        target: &EventTarget,
        config: &EventTargets,
        client: &Arc<Client>,
        secret: Option<WebhookSecret>,
    ) -> Self {
        let secret = secret.map(Box::new);
        let post = |url: &http::Uri| Post::new(client.clone(), url.clone());
        let service = |api, url: &http::Uri, name: &str, region: &Option<names::Region>| {
            let (name, region) = (name.to_owned(), region.clone());
            Self::Service(Service {
                api,
                post: post(url),
                name,
                region,
                credentials: config.credentials.clone(),
            })
        };
        match &target.kind {
            EventTargetKind::Webhook(url) => {
                Self::Webhook { post: post(url), secret, form: Form::EventBridge }
            }
            EventTargetKind::CloudEvents(url) => {
                Self::Webhook { post: post(url), secret, form: Form::CloudEvents }
            }
            EventTargetKind::File(path) => Self::File(FileOutlet::new(path.clone())),
            EventTargetKind::Queue { url, name, region } => service(Api::Queue, url, name, region),
            EventTargetKind::Topic { url, name, region } => service(Api::Topic, url, name, region),
            EventTargetKind::Bus { url, name, region } => service(Api::Bus, url, name, region),
        }
    }

    async fn send(&self, parcel: &Parcel<'_>) -> Result<(), Unsent> {
        match self {
            Self::Webhook { post, secret, form } => {
                let request = webhook(post, secret.as_deref(), *form, parcel)?;
                judge(post.send(request).await?.status)
            }
            Self::File(file) => file.append(parcel.body).await,
            Self::Service(service) => service.send(parcel).await,
        }
    }
}

const JSON: &str = "application/json; charset=utf-8";

/// The request of a parcel, signed if the target has a secret.
fn webhook(
    post: &Post,
    secret: Option<&WebhookSecret>,
    form: Form,
    parcel: &Parcel<'_>,
) -> Result<Request<Bytes>, Unsent> {
    let (media_type, body) = match form {
        Form::EventBridge => (JSON, Some(parcel.body.to_owned())),
        Form::CloudEvents => (cloud_event::MEDIA_TYPE, cloud_event(parcel.event)),
    };
    let unsound = || Unsent::Refused("the stored event is not JSON".to_owned());
    let (body, id, now) =
        (body.ok_or_else(unsound)?, parcel.event.event.event_id.as_str(), SystemClock.now());
    let mut request = Request::builder()
        .method(Method::POST)
        .uri(post.url().clone())
        .header(CONTENT_TYPE, HeaderValue::from_static(media_type))
        .header("webhook-id", id)
        .header("webhook-timestamp", now.as_seconds());
    if let Some(secret) = secret {
        request = request.header("webhook-signature", secret.sign(id, now, &body));
    }
    request.body(Bytes::from(body)).map_err(|_| Unsent::Refused("its URL is malformed".to_owned()))
}
