//! Checks images: their manifests, the blobs they need, and the rows that point to them.

use std::collections::BTreeSet;

use db::{BlobKey, Image, RepositoryKey, Tx};
use names::{Digest, ImageStatus, ImageTag, RepositoryArn};

use super::Finding;
use super::check::{Check, PAGE};
use crate::{Failure, PushedManifest};

/// An image and the rows around it, read at one moment.
struct Surroundings {
    repository: RepositoryArn,
    key: RepositoryKey,
    image: Image,
    manifest: Vec<u8>,
    /// The layers that it needs according to the rows, and whether the repository has them.
    layers: Vec<(Digest, bool)>,
    children: Vec<(Digest, bool)>,
    tags: Vec<ImageTag>,
    /// How many of the tags belong to its own repository.
    own_tags: u64,
    /// Tags, or the image itself, that are on record.
    recorded: Vec<Option<ImageTag>>,
    /// Those of its layers that are in the archive storage.
    archived: Vec<BlobKey>,
}

impl Check<'_> {
    /// Checks that every image is as it was pushed, and has everything it needs.
    pub(super) async fn images(&mut self) -> Result<(), Failure> {
        let mut after = None;
        loop {
            let page = self.operations.db.read(move |tx| tx.list_all_images(after, PAGE)).await;
            let page = page.map_err(Failure::from)?;
            let Some((_, last)) = page.last() else { return Ok(()) };
            after = Some(last.key);
            for (repository, image) in page {
                self.summary.images += 1;
                let read = move |tx: &mut Tx<'_>| surroundings(tx, repository, image.clone());
                if let Some(around) = self.operations.db.read(read).await? {
                    self.manifest(&around);
                    self.tags(&around);
                    self.recorded(&around);
                    self.place(&around);
                }
            }
        }
    }

    fn manifest(&mut self, around: &Surroundings) {
        let digest = around.image.digest.clone();
        let repository = around.repository.clone();
        if Digest::of(digest.algorithm(), &around.manifest) != digest {
            return self.found(Finding::ManifestDamaged { repository, digest });
        }
        let Some(manifest) = (self.parse)(&around.manifest, &around.image.media_type) else {
            return self.found(Finding::ManifestUnreadable { repository, digest });
        };
        if !rows_agree(around, &manifest) {
            self.found(Finding::ReferencesDiffer { repository, digest });
        }
        let may_lack =
            |layer: &Digest| !manifest.blobs.iter().any(|b| b.required && b.digest == *layer);
        for (layer, has) in &around.layers {
            if !has && !may_lack(layer) {
                let (image, layer) = (around.image.digest.clone(), layer.clone());
                let repository = around.repository.clone();
                self.found(Finding::LayerMissing { repository, image, layer });
            }
        }
        for (child, has) in &around.children {
            if !has {
                let (index, child) = (around.image.digest.clone(), child.clone());
                let repository = around.repository.clone();
                self.found(Finding::ChildMissing { repository, index, child });
            }
        }
    }

    fn tags(&mut self, around: &Surroundings) {
        let digest = around.image.digest.clone();
        let (stated, actual) = (around.image.tag_count, around.tags.len() as u64);
        if around.own_tags != actual {
            let repository = around.repository.clone();
            self.found(Finding::TagAstray { repository, digest: digest.clone() });
        }
        if stated != actual {
            let image = around.image.key;
            self.found(Finding::TagCountWrong { image, digest, stated, actual });
        }
    }

    fn place(&mut self, around: &Surroundings) {
        if around.image.status == ImageStatus::Active && !around.archived.is_empty() {
            let (repository, digest) = (around.repository.clone(), around.image.digest.clone());
            let blobs = around.archived.clone();
            self.found(Finding::BytesArchived { repository, digest, blobs });
        }
    }

    fn recorded(&mut self, around: &Surroundings) {
        let unrecorded = |tag| Finding::Unrecorded {
            image: around.image.key,
            repository: around.key,
            digest: around.image.digest.clone(),
            tag,
        };
        if around.recorded.is_empty() && around.tags.is_empty() {
            self.found(unrecorded(None));
        }
        for tag in &around.tags {
            if !around.recorded.contains(&Some(tag.clone())) {
                self.found(unrecorded(Some(tag.clone())));
            }
        }
    }
}

fn rows_agree(around: &Surroundings, manifest: &PushedManifest) -> bool {
    let layers: BTreeSet<&Digest> = around.layers.iter().map(|(digest, _)| digest).collect();
    let children: BTreeSet<&Digest> = around.children.iter().map(|(digest, _)| digest).collect();
    layers == manifest.blobs.iter().map(|blob| &blob.digest).collect()
        && children == manifest.children.iter().collect()
        && around.image.subject == manifest.subject
}

fn surroundings(
    tx: &mut Tx<'_>,
    key: RepositoryKey,
    image: Image,
) -> Result<Option<Surroundings>, Failure> {
    let Some((registry, repository)) = tx.find_registry_of(key)? else { return Ok(None) };
    let Some(manifest) = tx.find_manifest(image.key)? else { return Ok(None) };
    let mut layers = Vec::new();
    for digest in tx.list_image_blobs(image.key)? {
        let has = tx.find_attached_blob(key, &digest)?.is_some();
        layers.push((digest, has));
    }
    // An image that is being erased is not checked: its parts may be gone before it.
    let erased = tx.find_hidden_repository(key)?.is_some();
    let mut children = Vec::new();
    for digest in tx.list_children(image.key)? {
        let has = erased || tx.find_image(key, &digest)?.is_some();
        children.push((digest, has));
    }
    let archived = tx.list_archived_blobs(image.key)?;
    let tags = tx.list_tags_of(image.key)?;
    let own_tags = tx.count_tags_of(key, image.key)?;
    let records = tx.list_image_records(image.key)?;
    let recorded = records.into_iter().map(|record| record.tag).collect();
    let repository = RepositoryArn { registry, repository };
    let rows = Surroundings {
        repository,
        key,
        image,
        manifest,
        layers,
        children,
        tags,
        own_tags,
        recorded,
        archived,
    };
    Ok(Some(rows))
}
