//! `GET` and `HEAD …/blobs/DIGEST`.

use http::{Method, Response};
use names::{Digest, RepositoryArn};
use operations::LayerRefusal;

use super::asked::Asked;
use super::failure::Refused;
use crate::body::Body;
use crate::doors::blob_answer::{self, BlobAnswer, Wanted};
use crate::doors::{Doors, pull_through};

/// `GET`.
pub(super) async fn read(
    asked: &Asked,
    arn: &RepositoryArn,
    digest: &Digest,
) -> Result<Response<Body>, Refused> {
    let Doors { operations, metrics, redirects, .. } = &*asked.doors;
    let (method, headers) = (&asked.parts.method, &asked.parts.headers);
    let wanted = Wanted { method, headers, redirects: *redirects };
    let answer = if let Some(blob) = operations.find_blob(arn, digest).await? {
        let answer = blob_answer::answer(operations, metrics, wanted, digest, &blob).await?;
        if *method == Method::GET {
            operations.note_saved_bytes(arn, answer.layer_bytes(blob.size_bytes())).await;
        }
        answer
    } else {
        let coming = pull_through::find_layer(&asked.as_push(), arn, digest).await?;
        let (size, fetch) = coming.ok_or_else(|| blob_unknown(arn, digest))?;
        let follow = |range| fetch.follow(operations.clone(), range);
        blob_answer::answer_coming(metrics, &wanted, (digest, size), follow)
    };
    match answer {
        BlobAnswer::Sent(response) => Ok(response),
        BlobAnswer::OutOfRange(size) => Err(Refused::OutOfRange(size)),
    }
}

/// `HEAD`: a client that learns that the layer exists may rely on it for a while.
pub(super) async fn head(
    asked: &Asked,
    arn: &RepositoryArn,
    digest: &Digest,
) -> Result<Response<Body>, Refused> {
    if asked.doors.operations.head_blob(arn, digest).await?.is_none() {
        return Err(blob_unknown(arn, digest));
    }
    read(asked, arn, digest).await
}

pub(super) fn blob_unknown(arn: &RepositoryArn, digest: &Digest) -> Refused {
    let (repository, digest) = (arn.clone(), digest.clone());
    Refused::Verb(LayerRefusal::NotFound { repository, digest }.into())
}
