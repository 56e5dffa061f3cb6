//! Finds a deleted image that can be restored, where its name is all that is known of it.

use db::{RepositoryKey, RestorableImage, Tx};
use names::{Digest, ImageId, RepositoryArn, Timestamp};

use crate::operations::require_repository;
use crate::{Failure, Operations};

impl Operations {
    /// The deleted image that a caller means, if it can be restored and is not there again. By a
    /// tag, it is the one that the tag named last, as far as that is remembered.
    pub async fn find_restorable_image(
        &self,
        arn: &RepositoryArn,
        id: &ImageId,
    ) -> Result<Option<RestorableImage>, Failure> {
        let (arn, id, now) = (arn.clone(), id.clone(), self.now());
        let find = move |tx: &mut Tx<'_>| {
            let repository = require_repository(tx, &arn)?.key;
            let Some(digest) = digest_of(tx, repository, &id, now)? else { return Ok(None) };
            if tx.find_image(repository, &digest)?.is_some() {
                return Ok(None);
            }
            let deleted = tx.find_deleted_image(repository, &digest)?;
            Ok(deleted.filter(|deleted| deleted.restorable_until > now))
        };
        self.db.read(find).await
    }
}

fn digest_of(
    tx: &mut Tx<'_>,
    repository: RepositoryKey,
    id: &ImageId,
    now: Timestamp,
) -> Result<Option<Digest>, Failure> {
    let tag = match id {
        ImageId::Digest(digest) | ImageId::Both { digest, .. } => return Ok(Some(digest.clone())),
        ImageId::Tag(tag) => tag,
    };
    let last = tx.find_tag_move_until(repository, tag, now)?;
    if let Some(last) = last {
        return Ok(if last.to.is_none() { last.from } else { None });
    }
    // No move is remembered. Why the image expired may be.
    let expired = tx.list_expired_images_by_tag(repository, tag, 1)?;
    Ok(expired.into_iter().next().map(|expired| expired.digest))
}
