//! The record of a request at this door, in the words of ECR's API.
//!
//! Pulls are many, and most of them repeat: a read's record is made only if it is a new one.

use http::request::Parts;
use http::{HeaderMap, Response, StatusCode};
use identity::Caller;
use names::{Reference, RegistryId, RepositoryArn, RepositoryName, Uuid};
use operations::Failure;
use serde_json::{Map, Value, json};

use super::answers::{DOCKER_CONTENT_DIGEST, DOCKER_UPLOAD_UUID};
use super::failure::Refused;
use super::route::{InRepository, Route};
use crate::audit::{Call, CallError, Door, Identity, Recording, Subject, Told, tell};
use crate::body::Body;
use crate::config::Audit;
use crate::doors::Doors;
use crate::doors::aws::tell_refusal;
use crate::guard::RequestFrom;

/// The record of a request.
pub(super) enum Recorded<'a> {
    /// None: the client asked whether it is logged in, or calls are not recorded.
    Not,
    /// Of a read.
    Read(&'a Doors, Box<Facts>),
    /// Of a request that may change something.
    Write(Box<Recording<'a>>, Box<Facts>),
}

/// What a record tells.
pub(super) struct Facts {
    caller: Caller,
    registry: RegistryId,
    from: RequestFrom,
    route: Route,
    /// The method, path and query.
    request: String,
    /// The query.
    query: String,
}

impl<'a> Recorded<'a> {
    pub(super) fn begin(
        doors: &'a Doors,
        (caller, registry): (&Caller, &RegistryId),
        from: &RequestFrom,
        route: &Route,
        parts: &Parts,
    ) -> Self {
        if *route == Route::Ping || doors.calls.mode() == Audit::Off {
            return Self::Not;
        }
        let facts = Box::new(Facts {
            caller: caller.clone(),
            registry: registry.clone(),
            from: from.clone(),
            route: route.clone(),
            request: format!("{} {}", parts.method, parts.uri),
            query: parts.uri.query().unwrap_or_default().to_owned(),
        });
        if reads(route) {
            Self::Read(doors, facts)
        } else {
            Self::Write(Box::new(Recording::of(doors, || facts.call(None))), facts)
        }
    }

    /// Keeps the record before the request changes something, if that is required.
    pub(super) async fn require(&mut self) -> Result<(), Failure> {
        match self {
            Self::Write(recording, _) => recording.begin().await,
            Self::Not | Self::Read(..) => Ok(()),
        }
    }

    /// Notes how the request ended.
    pub(super) fn end(self, outcome: &Result<Response<Body>, Refused>) -> Ended<'a> {
        let error = outcome.as_ref().err().map(error);
        match self {
            Self::Not => Ended(None),
            Self::Write(mut recording, facts) => {
                if let (Some(call), Ok(response)) = (recording.call(), outcome) {
                    facts.tell_answer(call, response);
                }
                Ended(Some((*recording, error)))
            }
            Self::Read(doors, facts) if doors.calls.mode() == Audit::Required => {
                Ended(Some((Recording::of(doors, || facts.call(None)), error)))
            }
            Self::Read(doors, facts) => {
                let code = error.as_ref().map(|error| error.code.clone());
                let Facts { caller, registry, from, request, .. } = &*facts;
                let Caller { principal, access_key_id, .. } = caller;
                let RequestFrom { address, user_agent, .. } = from;
                let who = (access_key_id, principal, address, user_agent);
                let same = (who, registry, request, code);
                doors.calls.note_repeating(&same, || facts.call(error));
                Ended(None)
            }
        }
    }
}

/// A request that has ended, and what is left to do for its record.
pub(super) struct Ended<'a>(Option<(Recording<'a>, Option<CallError>)>);

impl Ended<'_> {
    /// Keeps the record.
    pub(super) async fn keep(self) -> Result<(), Failure> {
        match self.0 {
            Some((recording, error)) => recording.end(error).await,
            None => Ok(()),
        }
    }
}

fn reads(route: &Route) -> bool {
    match route {
        Route::Ping | Route::ListRepositories => true,
        Route::In(_, wanted) => match wanted {
            InRepository::ListTags
            | InRepository::ListReferrers(_)
            | InRepository::ReadManifest(_)
            | InRepository::HeadManifest(_)
            | InRepository::ReadBlob(_)
            | InRepository::HeadBlob(_)
            | InRepository::FindUpload(_) => true,
            InRepository::PutManifest(_)
            | InRepository::DeleteManifest(_)
            | InRepository::DeleteBlob(_)
            | InRepository::BeginUpload
            | InRepository::AppendToUpload(_)
            | InRepository::CompleteUpload(_)
            | InRepository::CancelUpload(_) => false,
        },
    }
}

/// The operation of ECR's API that a route is; otherwise that whose right it takes.
fn name(route: &Route) -> &'static str {
    match route {
        Route::In(_, InRepository::ListReferrers(_)) => "ListImageReferrers",
        other => {
            let action = other.actions().first().copied().unwrap_or_default();
            action.strip_prefix("ecr:").unwrap_or(action)
        }
    }
}

impl Facts {
    fn call(&self, error: Option<CallError>) -> Call {
        let Self { caller, registry, from, route, request, query: _ } = self;
        let subject = |repository: &RepositoryName| Subject {
            arn: RepositoryArn { registry: registry.clone(), repository: repository.clone() }
                .to_string(),
            account: registry.account.clone(),
        };
        let subjects = match route {
            Route::Ping | Route::ListRepositories => Vec::new(),
            Route::In(repository, _) => vec![subject(repository)],
        };
        Call {
            identity: Identity::Caller(caller.clone()),
            from: from.clone(),
            door: Door::Registry(request.clone()),
            source: "ecr.amazonaws.com",
            name: name(route),
            read_only: reads(route),
            subjects,
            parameters: tell(&self.parameters()),
            answer: Told::default(),
            error,
            ids: [keys::random(), keys::random()].map(Uuid::from_random),
        }
    }

    /// The registry and the repository, with which all inputs and outputs begin.
    fn place(&self) -> Map<String, Value> {
        let mut place = Map::new();
        place.insert("registryId".to_owned(), self.registry.account.as_str().into());
        if let Route::In(repository, _) = &self.route {
            place.insert("repositoryName".to_owned(), repository.as_str().into());
        }
        place
    }

    fn parameters(&self) -> Value {
        let mut told = self.place();
        let Route::In(_, wanted) = &self.route else { return Value::Object(told) };
        let (member, value) = match wanted {
            InRepository::ListTags | InRepository::BeginUpload => return Value::Object(told),
            InRepository::ListReferrers(subject) => {
                ("subjectId", json!({ "imageDigest": subject.as_str() }))
            }
            InRepository::ReadManifest(reference)
            | InRepository::HeadManifest(reference)
            | InRepository::DeleteManifest(reference) => ("imageIds", json!([image_id(reference)])),
            InRepository::PutManifest(Reference::Tag(tag)) => ("imageTag", tag.as_str().into()),
            InRepository::PutManifest(Reference::Digest(digest)) => {
                ("imageDigest", digest.as_str().into())
            }
            InRepository::ReadBlob(digest) => ("layerDigest", digest.as_str().into()),
            InRepository::HeadBlob(digest) | InRepository::DeleteBlob(digest) => {
                ("layerDigests", json!([digest.as_str()]))
            }
            InRepository::FindUpload(id)
            | InRepository::AppendToUpload(id)
            | InRepository::CompleteUpload(id)
            | InRepository::CancelUpload(id) => ("uploadId", id.as_str().into()),
        };
        told.insert(member.to_owned(), value);
        Value::Object(told)
    }

    /// Says what the answer says. One request to begin an upload may be three acts.
    fn tell_answer(&self, call: &mut Call, response: &Response<Body>) {
        let mut told = self.place();
        let header = |name: &str| text(response.headers(), name);
        let digest = header(DOCKER_CONTENT_DIGEST);
        if let Route::In(_, InRepository::BeginUpload) = &self.route
            && response.status() == StatusCode::CREATED
        {
            let has = |name: &str| self.query.split('&').any(|pair| pair.starts_with(name));
            call.name = if has("mount=") { "MountLayer" } else { "CompleteLayerUpload" };
        }
        if let Route::In(_, InRepository::PutManifest(reference)) = &self.route {
            let mut image = self.place();
            let mut id = image_id(reference);
            id["imageDigest"] = digest.unwrap_or_default().into();
            image.insert("imageId".to_owned(), id);
            told = Map::from_iter([("image".to_owned(), Value::Object(image))]);
        } else {
            let upload = header(DOCKER_UPLOAD_UUID);
            for (member, value) in [("uploadId", upload), ("layerDigest", digest)] {
                if let Some(value) = value {
                    told.insert(member.to_owned(), value.into());
                }
            }
        }
        call.answer = tell(&Value::Object(told));
    }
}

fn image_id(reference: &Reference) -> Value {
    match reference {
        Reference::Tag(tag) => json!({ "imageTag": tag.as_str() }),
        Reference::Digest(digest) => json!({ "imageDigest": digest.as_str() }),
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// The error in the words of ECR's API, where it has any.
fn error(refused: &Refused) -> CallError {
    let (_, code, message) = refused.words();
    let code = match refused {
        Refused::Denied(_) => "AccessDenied",
        Refused::Verb(refusal) => tell_refusal(refusal).kind().name,
        Refused::Failed(_) | Refused::Full(_) | Refused::Damaged(..) => "ServerException",
        Refused::NoSuchPath
        | Refused::NoSuchMethod
        | Refused::BadName
        | Refused::BadReference
        | Refused::BadDigest
        | Refused::BadUploadId
        | Refused::BadParameter(_)
        | Refused::ManifestTooLarge
        | Refused::NotAcceptable(_)
        | Refused::OutOfRange(_)
        | Refused::NotLoggedIn
        | Refused::TokenExpired
        | Refused::TooMuch => code.as_str(),
    };
    CallError { code: code.to_owned(), message, is_denial: matches!(refused, Refused::Denied(_)) }
}
