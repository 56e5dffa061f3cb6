//! `DELETE …/blobs/DIGEST`.

use http::{Response, StatusCode};
use names::{Digest, RepositoryArn};

use super::answers::status;
use super::asked::Asked;
use super::failure::Refused;
use super::read_blob::blob_unknown;
use crate::body::Body;

pub(super) async fn answer(
    asked: &Asked,
    arn: &RepositoryArn,
    digest: &Digest,
) -> Result<Response<Body>, Refused> {
    if asked.doors.operations.delete_blob(arn, digest).await? {
        Ok(status(StatusCode::ACCEPTED))
    } else {
        Err(blob_unknown(arn, digest))
    }
}
