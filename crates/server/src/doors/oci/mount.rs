//! `POST …/blobs/uploads/?mount=DIGEST`, with and without `from`.

use names::{Digest, RepositoryArn, RepositoryName};
use operations::{MountSource, Mounted};

use super::asked::Asked;
use super::failure::Refused;
use crate::guard::{RequestKeys, Resource};

/// Besides beginning an upload, a mount needs to read the source.
const ACTION: &str = "ecr:GetDownloadUrlForLayer";

/// Tries to mount. Whatever the obstacle, the client may upload instead: even if it may not read
/// the source, or if there is none, which the client must not be able to distinguish.
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
