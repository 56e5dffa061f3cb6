//! Uploads: begun, continued, queried, completed, cancelled.

use http::header::{CONTENT_LENGTH, CONTENT_RANGE};
use http::{HeaderMap, Response, StatusCode};
use names::{Digest, RepositoryArn, UploadId};
use operations::{Chunk, Completion, Door, Mounted, UploadRefusal};
use wire::oci::ContentRange;

use super::answers::{blob_path, created, status, upload_headers};
use super::asked::Asked;
use super::failure::Refused;
use super::mount::mount;
use crate::body::Body;
use crate::doors::Doors;
use crate::guard::{RequestKeys, Resource};
use crate::intake::{self, RequestBody};

/// `POST …/blobs/uploads/`: begins an upload, or mounts, or takes the whole layer at once. A push
/// begins with it, so it may create the repository.
pub(super) async fn begin(asked: Asked, arn: RepositoryArn) -> Result<Response<Body>, Refused> {
    if let Some(digest) = digest(&asked, "mount")? {
        let mounted = mount(&asked, &arn, &digest).await;
        let mounted = match asked.unless_created(&arn, mounted).await? {
            Some(mounted) => mounted,
            None => mount(&asked, &arn, &digest).await?,
        };
        if mounted == Mounted::Yes {
            return Ok(created(&blob_path(&arn.repository, &digest), &digest));
        }
    }
    if let Some(digest) = digest(&asked, "digest")? {
        return upload_at_once(asked, arn, digest).await;
    }
    let id = initiate(&asked, &arn).await?;
    Ok(progress(StatusCode::ACCEPTED, &arn, &id, 0))
}

async fn initiate(asked: &Asked, arn: &RepositoryArn) -> Result<UploadId, Refused> {
    let operations = &asked.doors.operations;
    let begun = operations.initiate_layer_upload(arn).await.map_err(Refused::from);
    match asked.unless_created(arn, begun).await? {
        Some(id) => Ok(id),
        None => Ok(operations.initiate_layer_upload(arn).await?),
    }
}

async fn upload_at_once(
    asked: Asked,
    arn: RepositoryArn,
    digest: Digest,
) -> Result<Response<Body>, Refused> {
    // Three verbs in one request need three actions; the route has asked about the first.
    for action in ["ecr:UploadLayerPart", "ecr:CompleteLayerUpload"] {
        asked.authorize(action, &arn).await?;
    }
    let id = initiate(&asked, &arn).await?;
    let doors = asked.doors.clone();
    let chunk = match chunk(&doors, &asked.parts.headers, asked.body) {
        Ok(chunk) => chunk,
        Err(refused) => {
            doors.operations.cancel_upload(&arn, &id).await?;
            return Err(refused);
        }
    };
    let answer = created(&blob_path(&arn.repository, &digest), &digest);
    let work = async move { doors.operations.upload_layer_into(&arn, &id, &digest, chunk).await };
    asked.doors.tasks.finish(work).await?;
    Ok(answer)
}

/// `PATCH …/blobs/uploads/ID`.
pub(super) async fn append(
    asked: Asked,
    arn: RepositoryArn,
    id: UploadId,
) -> Result<Response<Body>, Refused> {
    let doors = asked.doors.clone();
    let chunk = chunk(&doors, &asked.parts.headers, asked.body)?;
    let (path, upload) = (arn.clone(), id.clone());
    let work =
        async move { doors.operations.append_to_upload(&path, &upload, chunk, Door::Oci).await };
    let received = asked.doors.tasks.finish(work).await?;
    Ok(progress(StatusCode::ACCEPTED, &arn, &id, received.received_bytes))
}

/// `PUT …/blobs/uploads/ID?digest=DIGEST`, perhaps with the last chunk.
pub(super) async fn complete(
    asked: Asked,
    arn: RepositoryArn,
    id: UploadId,
) -> Result<Response<Body>, Refused> {
    let digest = digest(&asked, "digest")?.ok_or(Refused::BadDigest)?;
    let Asked { doors, caller, registry: _, from, parts, query: _, body } = asked;
    let rest = chunk(&doors, &parts.headers, body)?;
    if rest.length != Some(0) {
        let (asking, repository) =
            (doors.asking(&caller, &from), Resource::Repository(arn.clone()));
        asking.authorize("ecr:UploadLayerPart", &repository, &RequestKeys::default()).await?;
    }
    let may_see_layers = doors.asking(&caller, &from).may_see_layers(&arn).await?;
    let answer = created(&blob_path(&arn.repository, &digest), &digest);
    let completion = Completion { digest, rest: Some(rest), door: Door::Oci, may_see_layers };
    let tasks = doors.tasks.clone();
    let work = async move { doors.operations.complete_layer_upload(&arn, &id, completion).await };
    tasks.finish(work).await?;
    Ok(answer)
}

/// `GET …/blobs/uploads/ID`.
pub(super) async fn find(
    asked: &Asked,
    arn: &RepositoryArn,
    id: &UploadId,
) -> Result<Response<Body>, Refused> {
    let received_bytes = asked.doors.operations.find_upload(arn, id).await?;
    Ok(progress(StatusCode::NO_CONTENT, arn, id, received_bytes))
}

/// `DELETE …/blobs/uploads/ID`.
pub(super) async fn cancel(
    asked: &Asked,
    arn: &RepositoryArn,
    id: &UploadId,
) -> Result<Response<Body>, Refused> {
    asked.doors.operations.cancel_upload(arn, id).await?;
    Ok(status(StatusCode::NO_CONTENT))
}

fn progress(
    code: StatusCode,
    arn: &RepositoryArn,
    id: &UploadId,
    received_bytes: u64,
) -> Response<Body> {
    let mut response = status(code);
    upload_headers(response.headers_mut(), &arn.repository, id, received_bytes);
    response
}

fn digest(asked: &Asked, parameter: &str) -> Result<Option<Digest>, Refused> {
    let text = asked.query.first(parameter);
    text.map(Digest::parse).transpose().map_err(|_| Refused::BadDigest)
}

/// The request's body and what its headers state about it. Two different statements are refused.
fn chunk(doors: &Doors, headers: &HeaderMap, body: RequestBody) -> Result<Chunk, Refused> {
    let text = |name| headers.get(name).and_then(|value: &http::HeaderValue| value.to_str().ok());
    let announced = text(CONTENT_LENGTH).and_then(|length| length.parse::<u64>().ok());
    let range = match text(CONTENT_RANGE) {
        Some(text) => Some(
            ContentRange::parse(text)
                .ok_or(Refused::BadParameter("The header Content-Range is not FIRST-LAST"))?,
        ),
        None => None,
    };
    let ranged = range.map(ContentRange::length);
    if let (Some(announced), Some(ranged)) = (announced, ranged)
        && announced != ranged
    {
        let (stated, received) = (ranged, announced);
        return Err(Refused::Verb(UploadRefusal::BodyLengthDiffers { stated, received }.into()));
    }
    // A range is a statement about the chunk, which then counts only as a whole. A length alone is
    // HTTP's framing: a part of it may be kept.
    let length = ranged.or(announced.filter(|length| *length == 0));
    let counter = doors.metrics.received_bytes.clone();
    let first_byte = range.map(|range| range.first);
    Ok(Chunk {
        first_byte,
        length,
        expected: announced,
        body: intake::count(body.into_stream(), counter),
    })
}
