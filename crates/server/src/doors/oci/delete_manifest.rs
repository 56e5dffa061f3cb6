//! `DELETE …/manifests/REFERENCE`.

use http::{Response, StatusCode};
use names::{Reference, RepositoryArn};

use super::answers::status;
use super::asked::Asked;
use super::failure::Refused;
use crate::body::Body;

pub(super) async fn answer(
    asked: &Asked,
    arn: &RepositoryArn,
    reference: &Reference,
) -> Result<Response<Body>, Refused> {
    asked.doors.operations.delete_manifest(arn, reference, &asked.mover()).await?;
    Ok(status(StatusCode::ACCEPTED))
}
