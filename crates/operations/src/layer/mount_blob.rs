//! `POST …/blobs/uploads/?mount=D` at the OCI door: gives a repository a layer that another has.

use db::{Blob, Repository, RepositoryBlob, Tx};
use names::{Digest, EncryptionKey, RepositoryArn, RepositoryName};

use crate::encryption::usable::{Under, require_under};
use crate::jobs::LEASE;
use crate::jobs::review_repository_blob::review_later;
use crate::operations::require_repository;
use crate::{Failure, Operations};

/// The possible source of a mount.
#[derive(Debug, Clone)]
pub enum MountSource {
    /// From this repository.
    From(RepositoryName),
    /// From any of these: the guard lets the caller read them.
    AnyOf(Vec<RepositoryName>),
}

/// Did the mount work? If not, the client uploads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mounted {
    /// It did.
    Yes,
    /// Mounting is off, or there is nothing to mount.
    No,
}

/// How many repositories are considered when the client names none to mount from.
const SOURCES_MAX: u32 = 16;

impl Operations {
    /// Gives a repository a layer that another repository of the registry holds under the same key.
    pub async fn mount_blob(
        &self,
        arn: &RepositoryArn,
        digest: &Digest,
        source: MountSource,
    ) -> Result<Mounted, Failure> {
        if !self.mounting_is_on(&arn.registry).await? {
            return Ok(Mounted::No);
        }
        let names = match source {
            MountSource::From(name) => vec![name],
            MountSource::AnyOf(names) => names,
        };
        let mut guess = self.guess_key(arn);
        loop {
            if let Err(refused) = self.require_usable_key(arn, &guess.key).await {
                self.guess_again(arn, &mut guess, refused).await?;
                continue;
            }
            let outcome = self.mount_under(arn, &guess.key, digest, &names).await?;
            if let Some(mounted) = self.settle(arn, &mut guess, outcome)? {
                return Ok(mounted);
            }
        }
    }

    async fn mount_under(
        &self,
        arn: &RepositoryArn,
        key: &EncryptionKey,
        digest: &Digest,
        names: &[RepositoryName],
    ) -> Result<Under<Mounted>, Failure> {
        let (arn, key, digest, now) = (arn.clone(), key.clone(), digest.clone(), self.now());
        let names = names.to_vec();
        self.db
            .write(move |tx| {
                let repository = match require_under(tx, &arn, &key)? {
                    Under::This(repository) => repository,
                    Under::Another(key) => return Ok(Under::Another(key)),
                };
                let Some(found) = find_source(tx, &arn, &repository, &names, &digest)? else {
                    return Ok(Under::This(Mounted::No));
                };
                let lease_until = now.plus(LEASE);
                tx.attach_blob(repository.key, &digest, found.blob, lease_until)?;
                review_later(tx, &repository, &digest, lease_until, now)?;
                Ok(Under::This(Mounted::Yes))
            })
            .await
    }

    /// Some repositories of the registry that a layer could be mounted from, for the guard to
    /// judge.
    pub async fn list_mount_sources(
        &self,
        arn: &RepositoryArn,
        digest: &Digest,
    ) -> Result<Vec<RepositoryName>, Failure> {
        let (arn, digest) = (arn.clone(), digest.clone());
        self.db
            .read(move |tx| {
                let target = require_repository(tx, &arn)?;
                let blob = tx.find_blob(target.registry, &target.encryption_key, &digest)?;
                let Some(blob) = blob.filter(Blob::is_at_hand) else { return Ok(Vec::new()) };
                let mut names = Vec::new();
                for key in tx.list_repositories_with_blob(blob.key, SOURCES_MAX)? {
                    names.extend(tx.find_repository_by_key(key)?.map(|found| found.name));
                }
                Ok(names)
            })
            .await
    }
}

fn find_source(
    tx: &mut Tx<'_>,
    arn: &RepositoryArn,
    target: &Repository,
    names: &[RepositoryName],
    digest: &Digest,
) -> Result<Option<RepositoryBlob>, Failure> {
    for name in names {
        let Some(source) = tx.find_repository(&arn.registry, name)? else { continue };
        if source.encryption_key != target.encryption_key {
            continue;
        }
        if let Some(found) = tx.find_repository_blob(source.key, digest)?
            && found.is_at_hand()
            // While a repository changes its key, some of its layers are under the one before.
            && found.encryption_key == target.encryption_key
        {
            return Ok(Some(found));
        }
    }
    Ok(None)
}
