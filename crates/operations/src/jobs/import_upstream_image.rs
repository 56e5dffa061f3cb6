//! Stores an image of an upstream registry: each layer that is not here, the images of an index,
//! and at last the image itself, by the same acts as a push.
//!
//! A crash leaves the manifest, and those layers and images that were stored so far, and the job
//! runs again. Two runs at a time bring each layer once. An image that upstream does not give is
//! given up, and its tag is asked for again with the next pull.

use db::{DbError, RepositoryKey, Tx};
use jobs::{Job, Lane, Moves, Outcome};
use names::{Digest, ImageTag, RepositoryArn};
use serde::{Deserialize, Serialize};

use crate::{Failure, Operations};

/// The command.
#[derive(Serialize, Deserialize)]
pub(crate) struct ImportUpstreamImage {
    pub(crate) repository: i64,
    pub(crate) digest: String,
    pub(crate) tag: Option<String>,
}

impl ImportUpstreamImage {
    pub(crate) fn new(repository: RepositoryKey, digest: &Digest, tag: Option<&ImageTag>) -> Self {
        let (digest, tag) = (digest.to_string(), tag.map(ToString::to_string));
        Self { repository: repository.0, digest, tag }
    }
}

impl Job for ImportUpstreamImage {
    const NAME: &'static str = "import_upstream_image";
    const LANE: Lane = Lane::PullThrough;
    const MOVES: Moves = Moves::WithRows;

    fn subject(&self) -> String {
        let Self { repository, digest, tag } = self;
        format!("{repository}/{digest}/{}", tag.as_deref().unwrap_or_default())
    }

    fn cause(&self) -> String {
        self.repository.to_string()
    }
}

impl Operations {
    pub(super) async fn import_upstream_image(
        &self,
        job: ImportUpstreamImage,
    ) -> Result<Outcome, Failure> {
        let key = RepositoryKey(job.repository);
        let Ok(digest) = Digest::parse(&job.digest) else { return Ok(Outcome::Done) };
        let tag = job.tag.as_deref().and_then(|text| ImageTag::parse(text).ok());
        let wanted = digest.clone();
        let find = move |tx: &mut Tx<'_>| {
            let home = tx.find_registry_of(key)?;
            Ok((home, tx.find_upstream_fetched_at(key, &wanted)?))
        };
        let found: Result<_, DbError> = self.db.read(find).await;
        let (Some((registry, repository)), Some(fetched_at)) = found? else {
            return Ok(Outcome::Done);
        };
        let arn = RepositoryArn { registry, repository };
        self.store_upstream_image((key, &arn), &digest, tag.as_ref(), fetched_at).await
    }
}
