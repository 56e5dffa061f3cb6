//! `POST …/blobs/uploads/?mount=DIGEST`, with and without `from`.

use names::{Digest, RepositoryArn, RepositoryName};
use operations::{MountSource, Mounted};

use super::dispatch::Asked;
use super::failure::Refused;
use crate::guard::{RequestKeys, Resource};

/// Reading the source is what a mount takes beyond beginning an upload.
const ACTION: &str = "ecr:GetDownloadUrlForLayer";

/// Tries to mount. Whatever stands in the way, the client may upload instead: also that it may not read
/// the source, or that there is none, which it must not be able to tell apart.
pub(super) async fn mount(
    asked: &Asked,
    arn: &RepositoryArn,
    digest: &Digest,
) -> Result<Mounted, Refused> {
    let operations = &asked.doors.operations;
    let names = match asked.query.first("from") {
        Some(from) => RepositoryName::parse(from).into_iter().collect(),
        None => operations.list_mount_sources(arn, digest).await?,
    };
    let mut readable: Vec<RepositoryName> = Vec::new();
    for name in names {
        let resource = Resource::Repository(asked.arn(name.clone()));
        if asked.asking().allows(ACTION, &resource, &RequestKeys::default()).await? {
            readable.push(name);
        }
    }
    Ok(operations.mount_blob(arn, digest, MountSource::AnyOf(readable)).await?)
}
