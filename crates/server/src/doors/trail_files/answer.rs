//! Answers one read.

use std::sync::Arc;

use http::header::AUTHORIZATION;
use http::request::Parts;
use http::{Method, Request, Response};
use identity::Caller;
use names::AccountId;
use operations::AuditTrail;

use super::refused::Refused;
use super::request::{List, Read, account_of, behind, parse};
use super::written::{self, Page};
use crate::body::Body;
use crate::doors::Doors;
use crate::guard::{RequestFrom, RequestKeys, Resource};
use crate::intake::RequestBody;
use crate::metrics::RouteName;
use crate::request_id::{RequestId, X_AMZN_REQUEST_ID};

const SERVICE: &str = "s3";

const LOCATION: (RouteName, &str) = (RouteName("s3.GetBucketLocation"), "s3:GetBucketLocation");
const LIST: (RouteName, &str) = (RouteName("s3.ListObjects"), "s3:ListBucket");
const OBJECT: (RouteName, &str) = (RouteName("s3.GetObject"), "s3:GetObject");
const UNKNOWN: RouteName = RouteName("s3.unknown");

/// Whether this request is signed for S3.
pub(crate) fn is_read(parts: &Parts) -> bool {
    let header = parts.headers.get(AUTHORIZATION).map(http::HeaderValue::as_bytes);
    let scope = b"/s3/aws4_request";
    header.is_some_and(|header| {
        header.starts_with(b"AWS4-HMAC-SHA256")
            && header.windows(scope.len()).any(|part| part == scope)
    })
}

/// Answers one read.
pub(crate) async fn answer(
    doors: &Arc<Doors>,
    request: Request<RequestBody>,
) -> (RouteName, Response<Body>) {
    let (parts, _) = request.into_parts();
    let id = RequestId::from_random(keys::random());
    let asked = parse(parts.uri.path(), parts.uri.query().unwrap_or_default());
    let route = match &asked {
        Some((_, Read::Location)) => LOCATION.0,
        Some((_, Read::List(_))) => LIST.0,
        Some((_, Read::Object(_))) => OBJECT.0,
        None => UNKNOWN,
    };
    let from = doors.request_from(&parts, id.clone());
    let given = Box::pin(give(doors, &parts, &from, asked)).await;
    let mut response = given.unwrap_or_else(|refused| {
        if let Refused::Failed(chain) = &refused {
            id.log_fault(route.0, chain);
        }
        written::refusal(refused.words(), &id)
    });
    response.headers_mut().insert(X_AMZN_REQUEST_ID, id.header());
    (route, response)
}

async fn give(
    doors: &Doors,
    parts: &Parts,
    from: &RequestFrom,
    asked: Option<(String, Read)>,
) -> Result<Response<Body>, Refused> {
    // Before the signature, which may be that of a body, and none is read here.
    let Some((bucket, read)) = asked.filter(|_| parts.method == Method::GET) else {
        return Err(Refused::Unknown);
    };
    let caller = doors.authenticator.signed_read(parts, SERVICE).await?;
    let own = caller.account().clone();
    let asking = Asked { doors, caller: &caller, from };
    // Whether there is a bucket is told to those that may look at it.
    match read {
        Read::Location => {
            asking.require(LOCATION.1, &bucket, own).await?;
            let trail = trail_of(doors, &bucket).await?;
            Ok(written::location(trail.home_region.as_str()))
        }
        Read::List(list) => {
            let trail = trail_of(doors, &bucket).await;
            let of = trail.as_ref().ok().and_then(|trail| behind(&trail.prefix, &list.prefix));
            let account = of.and_then(account_of);
            asking.require(LIST.1, &bucket, account.clone().unwrap_or(own)).await?;
            let trail = trail?;
            account.ok_or(Refused::Wide)?;
            list_objects(doors, &trail, &list).await
        }
        Read::Object(key) => {
            let trail = trail_of(doors, &bucket).await;
            let object = trail.as_ref().ok().and_then(|trail| behind(&trail.prefix, &key));
            let account = object.and_then(account_of);
            let arn = format!("{bucket}/{key}");
            asking.require(OBJECT.1, &arn, account.clone().unwrap_or(own)).await?;
            trail?;
            account.ok_or(Refused::NoKey)?;
            let object = object.ok_or(Refused::NoKey)?;
            let file = doors.operations.read_trail_file(object).await?.ok_or(Refused::NoKey)?;
            Ok(written::object(file))
        }
    }
}

/// A caller at the guard, before the bucket.
struct Asked<'a> {
    doors: &'a Doors,
    caller: &'a Caller,
    from: &'a RequestFrom,
}

impl Asked<'_> {
    async fn require(
        &self,
        action: &'static str,
        name: &str,
        account: AccountId,
    ) -> Result<(), Refused> {
        let resource = Resource::iam(format!("arn:aws:s3:::{name}"), account);
        let asking = self.doors.asking(self.caller, self.from);
        Ok(asking.authorize(action, &resource, &RequestKeys::default()).await?)
    }
}

/// The trail, if this is its bucket.
async fn trail_of(doors: &Doors, bucket: &str) -> Result<AuditTrail, Refused> {
    let found = doors.operations.describe_trails().await?;
    found.filter(|trail| trail.bucket == bucket).ok_or(Refused::NoBucket)
}

/// The prefix is that of a folder: the tool asks for whole ones.
async fn list_objects(
    doors: &Doors,
    trail: &AuditTrail,
    list: &List,
) -> Result<Response<Body>, Refused> {
    let folder = behind(&trail.prefix, &list.prefix).ok_or(Refused::Wide)?;
    let folder = folder.trim_end_matches('/');
    let marker = behind(&trail.prefix, &list.marker).unwrap_or_default();
    let (objects, more) = doors.operations.list_trail_files(folder, marker, list.keys_max).await?;
    let key = |object: &String| match trail.prefix.as_str() {
        "" => object.clone(),
        prefix => format!("{prefix}/{object}"),
    };
    let keys: Vec<String> = objects.iter().map(key).collect();
    let next = more.as_ref().map(key);
    Ok(written::listed(&Page { bucket: &trail.bucket, list, keys: &keys, next: next.as_deref() }))
}
