//! `HEAD …/blobs/D` at the OCI door: a promise that the layer stays long enough to finish a push.

use std::time::Duration;

use db::{RepositoryBlob, SoughtBlob};
use names::{Digest, RepositoryArn};

use crate::jobs::LEASE;
use crate::{Failure, Operations};

impl Operations {
    /// The size of a layer, if the repository holds it.
    ///
    /// A client that gets this answer may skip the upload, so the layer is kept for at least half a
    /// lease from now on, whatever is deleted in the meantime. The lease is renewed only when half
    /// of it has passed: a layer that is requested all day costs two writes.
    pub async fn head_blob(
        &self,
        arn: &RepositoryArn,
        digest: &Digest,
    ) -> Result<Option<u64>, Failure> {
        let now = self.now();
        let found = self.db.look_up(&RepositoryBlob::by_digest(arn, digest)).await?;
        let Some(SoughtBlob { repository, blob: found, .. }) = found else {
            return self.require_repository(arn).await.map(|()| None);
        };
        // A push has to send again what is in the archive storage, or damaged.
        let Some(found) = found.filter(RepositoryBlob::is_at_hand) else { return Ok(None) };
        // A read-only server reclaims nothing and accepts no push that relies on the promise.
        if found.lease_until > now.plus(half(LEASE)) || self.db.is_read_only() {
            return Ok(Some(found.size_bytes));
        }
        let (wanted, lease_until) = (digest.clone(), now.plus(LEASE));
        self.db
            .write(move |tx| {
                tx.renew_lease(repository, &wanted, lease_until)?;
                Ok(tx.find_blob_size(repository, &wanted)?)
            })
            .await
    }
}

fn half(time: Duration) -> Duration {
    time / 2
}
