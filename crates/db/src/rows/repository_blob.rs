use names::{
    Digest, EncryptionKey, MediaType, ObjectKey, RegistryId, RepositoryArn, StorageClass,
    Timestamp, WrappedKey,
};

use super::blob::BlobKey;
use super::image::of_repository;
use super::repository::RepositoryKey;
use crate::value::{Row, Value, args, as_slices};
use crate::{DbError, Lookup, Tx};

/// A blob that a repository may serve.
#[derive(Debug, Clone)]
pub struct RepositoryBlob {
    /// The row of the blob.
    pub blob: BlobKey,
    /// Its digest.
    pub digest: Digest,
    /// How many bytes.
    pub size_bytes: u64,
    /// The object that holds its bytes.
    pub object: ObjectKey,
    /// Their data key, wrapped.
    pub wrapped_key: WrappedKey,
    /// The key that wraps it.
    pub encryption_key: EncryptionKey,
    /// Where the object is.
    pub storage_class: StorageClass,
    /// Since when the object is known to be damaged or missing; `None` if it is not.
    pub damaged_at: Option<Timestamp>,
    /// The media type in the last manifest that named it.
    pub media_type: Option<MediaType>,
    /// Until when it is kept though no image refers to it.
    pub lease_until: Timestamp,
    /// Whether an image of this repository refers to it.
    pub referenced: bool,
}

impl RepositoryBlob {
    /// Whether a push may rely on the object: it is in the store, and not known to be damaged.
    pub fn is_at_hand(&self) -> bool {
        self.storage_class == StorageClass::Standard && self.damaged_at.is_none()
    }
}

/// The answer to the question whether a repository holds a blob.
#[derive(Debug, Clone)]
pub struct SoughtBlob {
    /// The row of the repository.
    pub repository: RepositoryKey,
    /// The key of the repository. The blob can still be under another one, if it is being changed.
    pub encryption_key: EncryptionKey,
    /// The blob, if the repository may serve it.
    pub blob: Option<RepositoryBlob>,
}

/// A repository's right to a blob, as the review of it needs it.
#[derive(Debug, Clone)]
pub struct AttachedBlob {
    /// The row of the blob.
    pub blob: BlobKey,
    /// Until when it is kept though no image refers to it.
    pub lease_until: Timestamp,
    /// Whether an image of this repository refers to it.
    pub referenced: bool,
}

impl RepositoryBlob {
    /// The repository of this name, and the blob with this digest, if the repository may serve it:
    /// the only question of a pull of a layer, and of a push that asks for it first.
    pub fn by_digest<'a>(arn: &'a RepositoryArn, digest: &'a Digest) -> Lookup<'a, SoughtBlob> {
        let RepositoryArn { registry: RegistryId { account, region }, repository } = arn;
        Lookup {
            sql: "SELECT b.id, b.digest, b.size, b.object, b.wrapped_key, b.encryption_key,
                        a.media_type, a.lease_until,
                        EXISTS (SELECT 1 FROM image_blob i
                                WHERE i.repository = a.repository AND i.digest = a.digest),
                        b.storage_class, b.damaged_at, p.id, p.encryption_key
                 FROM registry g JOIN repository p ON p.registry = g.id
                 LEFT JOIN repository_blob a ON a.repository = p.id AND a.digest = $4
                 LEFT JOIN blob b ON b.id = a.blob
                 WHERE g.account = $1 AND g.region = $2 AND p.name = $3 AND p.erased_at IS NULL",
            args: args![account, region, repository, digest].to_vec(),
            read: |row| {
                let repository = RepositoryKey(row.int(11, "repository.id")?);
                let blob = row.maybe_int(0, "blob.id")?.map(|_| read(row)).transpose()?;
                let encryption_key = row.word(12, "repository.encryption_key")?;
                Ok(SoughtBlob { repository, encryption_key, blob })
            },
        }
    }
}

impl Tx<'_> {
    /// Gives a repository the right to serve a blob until at least `lease_until`.
    pub fn attach_blob(
        &mut self,
        repository: RepositoryKey,
        digest: &Digest,
        blob: BlobKey,
        lease_until: Timestamp,
    ) -> Result<(), DbError> {
        self.send(
            "INSERT INTO repository_blob (repository, digest, blob, lease_until)
             VALUES ($1, $2, $3, $4)
             ON CONFLICT (repository, digest) DO UPDATE SET lease_until = excluded.lease_until
             WHERE repository_blob.lease_until < excluded.lease_until",
            args![repository, digest, blob, lease_until],
        )
    }

    /// The blob with this digest, if the repository may serve it.
    pub fn find_repository_blob(
        &mut self,
        repository: RepositoryKey,
        digest: &Digest,
    ) -> Result<Option<RepositoryBlob>, DbError> {
        self.row(
            "SELECT b.id, b.digest, b.size, b.object, b.wrapped_key, b.encryption_key,
                    a.media_type, a.lease_until,
                    EXISTS (SELECT 1 FROM image_blob i
                            WHERE i.repository = a.repository AND i.digest = a.digest),
                    b.storage_class, b.damaged_at
             FROM repository_blob a JOIN blob b ON b.id = a.blob
             WHERE a.repository = $1 AND a.digest = $2",
            args![repository, digest],
            read,
        )
    }

    /// The right itself, without the blob.
    pub fn find_attached_blob(
        &mut self,
        repository: RepositoryKey,
        digest: &Digest,
    ) -> Result<Option<AttachedBlob>, DbError> {
        let found = self.find_attached_blobs(repository, &[digest])?;
        Ok(found.into_iter().next().flatten())
    }

    /// The rights to each of these blobs, in their order; `None` for those that the repository does
    /// not have.
    pub fn find_attached_blobs(
        &mut self,
        repository: RepositoryKey,
        digests: &[&Digest],
    ) -> Result<Vec<Option<AttachedBlob>>, DbError> {
        let rights: Vec<_> = digests.iter().map(|digest| (repository, *digest)).collect();
        self.find_rights(&rights)
    }

    /// The same for rights of several repositories.
    pub fn find_rights(
        &mut self,
        rights: &[(RepositoryKey, &Digest)],
    ) -> Result<Vec<Option<AttachedBlob>>, DbError> {
        let each: Vec<[Value<'_>; 2]> = rights
            .iter()
            .map(|(repository, digest)| [(*repository).into(), (*digest).into()])
            .collect();
        self.row_of_each(
            "SELECT blob, lease_until,
                    EXISTS (SELECT 1 FROM image_blob i
                            WHERE i.repository = a.repository AND i.digest = a.digest)
             FROM repository_blob a WHERE repository = $1 AND digest = $2",
            &as_slices(&each),
            |row| {
                Ok(AttachedBlob {
                    blob: BlobKey(row.int(0, "repository_blob.blob")?),
                    lease_until: row.moment(1, "repository_blob.lease_until")?,
                    referenced: row.int(2, "image_blob")? != 0,
                })
            },
        )
    }

    /// Lists the rights of all repositories in order, for checks. The digest beside each right is
    /// that of the blob, which must be the same.
    pub fn list_all_repository_blobs(
        &mut self,
        after: Option<(RepositoryKey, &Digest)>,
        limit: u32,
    ) -> Result<Vec<(RepositoryKey, Digest, Digest, AttachedBlob)>, DbError> {
        let (repository, digest) = after
            .map_or((RepositoryKey(0), ""), |(repository, digest)| (repository, digest.as_str()));
        self.rows(
            "SELECT a.repository, a.digest, b.digest, a.blob, a.lease_until,
                    EXISTS (SELECT 1 FROM image_blob i
                            WHERE i.repository = a.repository AND i.digest = a.digest)
             FROM repository_blob a JOIN blob b ON b.id = a.blob
             WHERE (a.repository, a.digest) > ($1, $2) ORDER BY a.repository, a.digest LIMIT $3",
            args![repository, digest, i64::from(limit)],
            |row| {
                let right = AttachedBlob {
                    blob: BlobKey(row.int(3, "repository_blob.blob")?),
                    lease_until: row.moment(4, "repository_blob.lease_until")?,
                    referenced: row.int(5, "image_blob")? != 0,
                };
                let repository = RepositoryKey(row.int(0, "repository_blob.repository")?);
                let digest = row.word(1, "repository_blob.digest")?;
                Ok((repository, digest, row.word(2, "blob.digest")?, right))
            },
        )
    }

    /// How large a blob of this repository is; `None` if it has none of this digest in the store,
    /// or a damaged one.
    pub fn find_blob_size(
        &mut self,
        repository: RepositoryKey,
        digest: &Digest,
    ) -> Result<Option<u64>, DbError> {
        self.row(
            "SELECT b.size FROM repository_blob a JOIN blob b ON b.id = a.blob
             WHERE a.repository = $1 AND a.digest = $2 AND b.storage_class IS NULL
               AND b.damaged_at IS NULL",
            args![repository, digest],
            |row| row.size(0, "blob.size"),
        )
    }

    /// The size of each of these blobs of a repository, in their order; `None` for one that it does
    /// not have in the store, or that is damaged there.
    pub fn find_blob_sizes(
        &mut self,
        repository: RepositoryKey,
        digests: &[&Digest],
    ) -> Result<Vec<Option<u64>>, DbError> {
        self.row_of_each(
            "SELECT b.size FROM repository_blob a JOIN blob b ON b.id = a.blob
             WHERE a.repository = $1 AND a.digest = $2 AND b.storage_class IS NULL
               AND b.damaged_at IS NULL",
            &as_slices(&of_repository(repository, digests)),
            |row| row.size(0, "blob.size"),
        )
    }

    /// Some repositories that may serve this blob, for a mount that names none.
    pub fn list_repositories_with_blob(
        &mut self,
        blob: BlobKey,
        limit: u32,
    ) -> Result<Vec<RepositoryKey>, DbError> {
        self.rows(
            "SELECT a.repository FROM repository_blob a JOIN repository p ON p.id = a.repository
             WHERE a.blob = $1 AND p.erased_at IS NULL ORDER BY a.repository LIMIT $2",
            args![blob, i64::from(limit)],
            |row| row.int(0, "repository_blob.repository").map(RepositoryKey),
        )
    }

    /// Makes the promise to keep a blob last longer.
    pub fn renew_lease(
        &mut self,
        repository: RepositoryKey,
        digest: &Digest,
        lease_until: Timestamp,
    ) -> Result<(), DbError> {
        self.send(
            "UPDATE repository_blob SET lease_until = $3
             WHERE repository = $1 AND digest = $2 AND lease_until < $3",
            args![repository, digest, lease_until],
        )
    }

    /// Stores the media type that a manifest gives a blob.
    pub fn put_blob_media_type(
        &mut self,
        repository: RepositoryKey,
        digest: &Digest,
        media_type: &MediaType,
    ) -> Result<(), DbError> {
        self.send(
            "UPDATE repository_blob SET media_type = $3
             WHERE repository = $1 AND digest = $2 AND media_type IS DISTINCT FROM $3",
            args![repository, digest, media_type],
        )
    }

    /// Removes the right.
    pub fn detach_blob(
        &mut self,
        repository: RepositoryKey,
        digest: &Digest,
    ) -> Result<(), DbError> {
        self.send(
            "DELETE FROM repository_blob WHERE repository = $1 AND digest = $2",
            args![repository, digest],
        )
    }

    /// Whether any repository may still serve this blob.
    pub fn blob_is_attached(&mut self, blob: BlobKey) -> Result<bool, DbError> {
        Ok(self.blobs_are_attached(&[blob])? == [true])
    }

    /// The same for each of these blobs, in their order.
    pub fn blobs_are_attached(&mut self, blobs: &[BlobKey]) -> Result<Vec<bool>, DbError> {
        let each: Vec<_> = blobs.iter().map(|blob| [Value::from(*blob)]).collect();
        let found = self.row_of_each(
            "SELECT 1 FROM repository_blob WHERE blob = $1 LIMIT 1",
            &as_slices(&each),
            |_| Ok(()),
        )?;
        Ok(found.iter().map(Option::is_some).collect())
    }

    /// Some digests of a repository, for its erasure.
    pub fn list_repository_blobs(
        &mut self,
        repository: RepositoryKey,
        after: Option<&Digest>,
        limit: u32,
    ) -> Result<Vec<(Digest, BlobKey)>, DbError> {
        self.rows(
            "SELECT digest, blob FROM repository_blob
             WHERE repository = $1 AND digest > $2 ORDER BY digest LIMIT $3",
            args![repository, after.map_or("", Digest::as_str), i64::from(limit)],
            |row| {
                let digest = row.word(0, "repository_blob.digest")?;
                Ok((digest, BlobKey(row.int(1, "repository_blob.blob")?)))
            },
        )
    }
}

fn read(row: &Row<'_>) -> Result<RepositoryBlob, DbError> {
    let storage_class = row.maybe_word(9, "blob.storage_class")?;
    Ok(RepositoryBlob {
        blob: BlobKey(row.int(0, "blob.id")?),
        digest: row.word(1, "blob.digest")?,
        size_bytes: row.size(2, "blob.size")?,
        object: row.word(3, "blob.object")?,
        wrapped_key: WrappedKey::from_bytes(row.bytes(4, "blob.wrapped_key")?),
        encryption_key: row.word(5, "blob.encryption_key")?,
        storage_class: storage_class.unwrap_or(StorageClass::Standard),
        damaged_at: row.maybe_moment(10, "blob.damaged_at")?,
        media_type: row.maybe_word(6, "repository_blob.media_type")?,
        lease_until: row.moment(7, "repository_blob.lease_until")?,
        referenced: row.int(8, "image_blob")? != 0,
    })
}
