use names::{Digest, RegistryId, RepositoryArn, UploadId};

use super::blob::BlobKey;
use super::image::ImageKey;
use super::repository::RepositoryKey;
use crate::value::{Row, Value, as_slices};
use crate::{DbError, Tx};

/// What people call the things that jobs are about. Things that are gone have no answer; a
/// repository that is being erased has one.
impl Tx<'_> {
    /// The names of these repositories.
    pub fn find_arns_of_repositories(
        &mut self,
        repositories: &[RepositoryKey],
    ) -> Result<Vec<Option<RepositoryArn>>, DbError> {
        let each: Vec<_> = repositories.iter().map(|key| [Value::from(*key)]).collect();
        self.row_of_each(
            "SELECT g.account, g.region, p.name FROM repository p JOIN registry g ON g.id = p.registry
             WHERE p.id = $1",
            &as_slices(&each),
            arn,
        )
    }

    /// The repositories of these images, and their digests.
    pub fn find_names_of_images(
        &mut self,
        images: &[ImageKey],
    ) -> Result<Vec<Option<(RepositoryArn, Digest)>>, DbError> {
        let each: Vec<_> = images.iter().map(|key| [Value::from(*key)]).collect();
        self.row_of_each(
            "SELECT g.account, g.region, p.name, i.digest
             FROM image i JOIN repository p ON p.id = i.repository JOIN registry g ON g.id = p.registry
             WHERE i.id = $1",
            &as_slices(&each),
            |row| Ok((arn(row)?, row.word(3, "image.digest")?)),
        )
    }

    /// The digests of these blobs.
    pub fn find_digests_of_blobs(
        &mut self,
        blobs: &[BlobKey],
    ) -> Result<Vec<Option<Digest>>, DbError> {
        let each: Vec<_> = blobs.iter().map(|key| [Value::from(*key)]).collect();
        self.row_of_each("SELECT digest FROM blob WHERE id = $1", &as_slices(&each), |row| {
            row.word(0, "blob.digest")
        })
    }

    /// The repositories that these uploads are for.
    pub fn find_arns_of_uploads(
        &mut self,
        uploads: &[UploadId],
    ) -> Result<Vec<Option<RepositoryArn>>, DbError> {
        let each: Vec<_> = uploads.iter().map(|id| [Value::from(id)]).collect();
        self.row_of_each(
            "SELECT g.account, g.region, p.name
             FROM upload u JOIN repository p ON p.id = u.repository JOIN registry g ON g.id = p.registry
             WHERE u.id = $1",
            &as_slices(&each),
            arn,
        )
    }
}

fn arn(row: &Row<'_>) -> Result<RepositoryArn, DbError> {
    let (account, region) = (row.word(0, "registry.account")?, row.word(1, "registry.region")?);
    let repository = row.word(2, "repository.name")?;
    Ok(RepositoryArn { registry: RegistryId { account, region }, repository })
}
