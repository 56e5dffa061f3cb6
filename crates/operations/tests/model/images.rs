//! Images and their tags.

use std::collections::BTreeSet;

use names::{Digest, ImageId, ImageStatus, Reference, RepositoryArn, Timestamp};
use operations::{
    Deleted, DeletedImage, IfSame, ImageFailure, ImageRefusal, PushedManifest, PutImage, Refusal,
    RepositoryRefusal,
};

use crate::fixture::pusher;
use crate::perform::{Trial, same};
use crate::state::{Held, Presence, Repository};

impl Trial<'_> {
    pub(crate) async fn put_image(
        &mut self,
        number: u8,
        image: u8,
        tags: u8,
        refuse_same: bool,
    ) -> Result<(), String> {
        let arn = self.catalogue.repository(number).clone();
        let (manifest, tags) = (self.catalogue.image(image).clone(), self.catalogue.tags(tags));
        let if_same = if refuse_same { IfSame::Refuse } else { IfSame::Accept };
        let put = PutImage { manifest: manifest.clone(), tags: tags.clone(), if_same };
        let answer = self.world.operations().put_image(&arn, put, &pusher()).await;
        let Some(answer) = self.judge(answer)? else { return Ok(()) };
        let (now, catalogue) = (self.now(), self.catalogue);
        let Some(repository) = self.repository(&arn) else {
            return same("answer", answer.err(), Some(RepositoryRefusal::NotFound(arn).into()));
        };
        let before = repository.image(&manifest.digest).is_some();
        let size_of = |layer: &Digest| catalogue.bytes_of(layer).len() as u64;
        if !before && let Some(because) = repository.lacks(&arn, &manifest, &answer, now, size_of) {
            return same("answer", answer.err(), Some(because.into()));
        }
        let frozen = tags.iter().find(|tag| {
            let elsewhere = repository.tags.get(*tag).is_some_and(|to| *to != manifest.digest);
            elsewhere && !repository.mutability.allows_moving(tag, &repository.filters)
        });
        if let Some(tag) = frozen {
            let (repository, tag) = (arn, tag.clone());
            return same(
                "answer",
                answer.err(),
                Some(ImageRefusal::TagImmutable { repository, tag }.into()),
            );
        }
        let is_back = repository
            .image(&manifest.digest)
            .is_some_and(|image| image.status != ImageStatus::Active);
        let changes = !before
            || is_back
            || tags.iter().any(|tag| repository.tags.get(tag) != Some(&manifest.digest));
        if !changes && refuse_same {
            let (digest, tag) = (manifest.digest, tags.first().cloned());
            let already = ImageRefusal::AlreadyExists { repository: arn, digest, tag }.into();
            return same("answer", answer.err(), Some(already));
        }
        same("answer", answer, Ok(()))?;
        for tag in &tags {
            repository.move_tag(tag, Some(&manifest.digest), now);
        }
        if !before {
            repository.images.push(Held::new(manifest));
        } else if is_back {
            repository.come_back(&manifest.digest);
        }
        Ok(())
    }

    /// Pushes an image as a client does: its layers, its children, and then itself.
    pub(crate) async fn push_image(
        &mut self,
        number: u8,
        image: u8,
        tags: u8,
    ) -> Result<(), String> {
        let manifest = self.catalogue.image(image).clone();
        for child in &manifest.children {
            let child = self.catalogue.number_of_image(child);
            Box::pin(self.push_image(number, child, 0)).await?;
        }
        for blob in &manifest.blobs {
            self.push_layer(number, &blob.digest).await?;
        }
        self.put_image(number, image, tags, false).await
    }

    pub(crate) async fn batch_delete(
        &mut self,
        number: u8,
        image: Option<u8>,
        tag: Option<u8>,
    ) -> Result<(), String> {
        let arn = self.catalogue.repository(number).clone();
        let digest = image.map(|image| self.catalogue.image(image).digest.clone());
        let tag = tag.map(|tag| self.catalogue.tag(tag).clone());
        let id = ImageId::new(digest, tag).expect("the act names an image or a tag");
        let answer =
            self.world.operations().batch_delete_image(&arn, vec![id.clone()], &pusher()).await;
        let Some(answer) = self.judge(answer)? else { return Ok(()) };
        let now = self.now();
        let Some(repository) = self.repository(&arn) else {
            return same("answer", answer.err(), Some(RepositoryRefusal::NotFound(arn).into()));
        };
        same("answer", answer, Ok(vec![repository.batch_delete(&id, now)]))
    }

    pub(crate) async fn delete_manifest(
        &mut self,
        number: u8,
        image: u8,
        tag: Option<u8>,
    ) -> Result<(), String> {
        let arn = self.catalogue.repository(number).clone();
        let reference = match tag {
            Some(tag) => Reference::Tag(self.catalogue.tag(tag).clone()),
            None => Reference::Digest(self.catalogue.image(image).digest.clone()),
        };
        let answer = self.world.operations().delete_manifest(&arn, &reference, &pusher()).await;
        let Some(answer) = self.judge(answer)? else { return Ok(()) };
        let now = self.now();
        let Some(repository) = self.repository(&arn) else {
            return same("answer", answer.err(), Some(RepositoryRefusal::NotFound(arn).into()));
        };
        let expected = repository.delete_manifest(&arn, &reference, now);
        same("answer", answer, expected.map_err(Refusal::from))
    }
}

impl Repository {
    /// Why the repository cannot take this image, if it cannot. Where a layer may be there or not,
    /// the answer tells which; the model learns from it.
    fn lacks(
        &mut self,
        arn: &RepositoryArn,
        manifest: &PushedManifest,
        answer: &Result<(), Refusal>,
        now: Timestamp,
        size_of: impl Fn(&Digest) -> u64,
    ) -> Option<ImageRefusal> {
        let said_missing: &[Digest] = match answer {
            Err(Refusal::Image(ImageRefusal::LayersNotFound { digests, .. })) => digests,
            _ => &[],
        };
        let said_there = match answer {
            Err(Refusal::Image(ImageRefusal::LayerSizeDiffers { digest, .. })) => Some(digest),
            _ => None,
        };
        let (mut missing, mut seen) = (Vec::new(), BTreeSet::new());
        for blob in &manifest.blobs {
            let size_bytes = size_of(&blob.digest);
            let actual = match self.presence(&blob.digest, now) {
                Presence::Certain => true,
                Presence::Impossible => false,
                Presence::Possible if said_missing.contains(&blob.digest) => {
                    self.learn_absent(&blob.digest);
                    false
                }
                // A lie about its size is found out only if it is there.
                Presence::Possible => {
                    size_bytes == blob.size_bytes || said_there == Some(&blob.digest)
                }
            };
            if actual && size_bytes != blob.size_bytes {
                let (digest, stated, actual) = (blob.digest.clone(), blob.size_bytes, size_bytes);
                return Some(ImageRefusal::LayerSizeDiffers { digest, stated, actual });
            }
            if !actual && seen.insert(&blob.digest) {
                missing.push(blob.digest.clone());
            }
        }
        if !missing.is_empty() {
            let repository = arn.clone();
            return Some(ImageRefusal::LayersNotFound { repository, digests: missing });
        }
        let is_missing = |child: &&Digest| self.image(child).is_none();
        let digests: Vec<Digest> = manifest.children.iter().filter(is_missing).cloned().collect();
        if digests.is_empty() {
            return None;
        }
        let repository = arn.clone();
        Some(ImageRefusal::ReferencedImagesNotFound { repository, digests })
    }

    fn batch_delete(
        &mut self,
        id: &ImageId,
        now: Timestamp,
    ) -> Result<Vec<DeletedImage>, ImageFailure> {
        let found = match id {
            ImageId::Tag(tag) | ImageId::Both { tag, .. } => self.tags.get(tag).cloned(),
            ImageId::Digest(digest) => self.image(digest).map(|image| image.digest.clone()),
        };
        let image = found.ok_or(ImageFailure::NotFound)?;
        if !id.allows(&image) {
            return Err(ImageFailure::TagDoesNotMatchDigest);
        }
        let deleted = |tag| DeletedImage { digest: image.clone(), tag };
        let tags = self.tags_of(&image);
        if let ImageId::Tag(tag) = id
            && tags.len() > 1
        {
            self.move_tag(tag, None, now);
            return Ok(vec![deleted(Some(tag.clone()))]);
        }
        let parents = self.parents_of(&image);
        if !parents.is_empty() {
            return Err(ImageFailure::ReferencedByManifestList(parents));
        }
        self.delete_image(&image, now);
        Ok(if tags.is_empty() {
            vec![deleted(None)]
        } else {
            tags.into_iter().map(|tag| deleted(Some(tag))).collect()
        })
    }

    fn delete_manifest(
        &mut self,
        arn: &RepositoryArn,
        reference: &Reference,
        now: Timestamp,
    ) -> Result<Deleted, ImageRefusal> {
        let found = match reference {
            Reference::Tag(tag) => self.tags.get(tag).cloned(),
            Reference::Digest(digest) => self.image(digest).map(|image| image.digest.clone()),
        };
        let image = found.ok_or_else(|| ImageRefusal::NotFound {
            repository: arn.clone(),
            image: reference.clone().into(),
        })?;
        let parents = self.parents_of(&image);
        match reference {
            Reference::Tag(tag) if !parents.is_empty() || self.tags_of(&image).len() > 1 => {
                self.move_tag(tag, None, now);
                Ok(Deleted::Tag)
            }
            Reference::Digest(_) if !parents.is_empty() => {
                Err(ImageRefusal::ReferencedByManifestList { parents: parents[..1].to_vec() })
            }
            Reference::Tag(_) | Reference::Digest(_) => {
                self.delete_image(&image, now);
                Ok(Deleted::Image)
            }
        }
    }
}
