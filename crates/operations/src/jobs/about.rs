//! What jobs are about, in names that people know. The command of a job says it by keys of rows.

use std::collections::BTreeMap;

use db::{BlobKey, DbError, ImageKey, ListedJob, RepositoryKey, Tx};
use names::{Digest, RepositoryArn, UploadId};
use serde::Deserialize;

/// What a job is about, as far as that is still there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct JobAbout {
    /// The repository.
    pub repository: Option<RepositoryArn>,
    /// The image in it.
    pub image: Option<Digest>,
    /// The layer.
    pub layer: Option<Digest>,
}

/// The members of commands that name something. A command of another version may have others.
#[derive(Default, Deserialize)]
struct Named {
    repository: Option<i64>,
    image: Option<i64>,
    blob: Option<i64>,
    upload: Option<String>,
    /// Of a layer.
    digest: Option<String>,
    /// The digest of an image.
    subject: Option<String>,
}

impl JobAbout {
    /// What each of these jobs is about. Each kind of thing is looked for once, by its key.
    pub(super) fn of_each(tx: &mut Tx<'_>, jobs: &[ListedJob]) -> Result<Vec<Self>, DbError> {
        let named = jobs.iter().map(|job| serde_json::from_str(&job.payload).unwrap_or_default());
        let named: Vec<Named> = named.collect();
        let repositories = found(
            &named,
            |it| it.repository.map(RepositoryKey),
            |keys| tx.find_arns_of_repositories(keys),
        )?;
        let images =
            found(&named, |it| it.image.map(ImageKey), |keys| tx.find_names_of_images(keys))?;
        let blobs =
            found(&named, |it| it.blob.map(BlobKey), |keys| tx.find_digests_of_blobs(keys))?;
        let uploads = found(&named, Named::upload, |ids| tx.find_arns_of_uploads(ids))?;
        let about = named.iter().map(|named| {
            let of_repository =
                named.repository.and_then(|key| repositories.get(&RepositoryKey(key)));
            let of_upload = named.upload().and_then(|id| uploads.get(&id));
            let of_image = named.image.and_then(|key| images.get(&ImageKey(key)));
            let of_blob = named.blob.and_then(|key| blobs.get(&BlobKey(key)));
            let repository = of_repository.or(of_upload).or(of_image.map(|(arn, _)| arn));
            let layer = named.digest.as_deref().and_then(|digest| Digest::parse(digest).ok());
            let subject = named.subject.as_deref().and_then(|digest| Digest::parse(digest).ok());
            Self {
                repository: repository.cloned(),
                image: of_image.map(|(_, digest)| digest.clone()).or(subject),
                layer: layer.or_else(|| of_blob.cloned()),
            }
        });
        Ok(about.collect())
    }
}

impl Named {
    fn upload(&self) -> Option<UploadId> {
        UploadId::parse(self.upload.as_deref()?).ok()
    }
}

/// What is found for those keys that jobs name.
fn found<K: Ord + Clone, T>(
    named: &[Named],
    key: impl Fn(&Named) -> Option<K>,
    find: impl FnOnce(&[K]) -> Result<Vec<Option<T>>, DbError>,
) -> Result<BTreeMap<K, T>, DbError> {
    let mut keys: Vec<K> = named.iter().filter_map(key).collect();
    keys.sort();
    keys.dedup();
    let found = find(&keys)?;
    Ok(keys.into_iter().zip(found).filter_map(|(key, found)| Some((key, found?))).collect())
}
