//! Everything that a client can see matches the model.

use names::{Digest, ImageStatus, MediaType, Reference, RepositoryArn};
use operations::{ImageFilter, RepositoryRefusal, TagStatus};

use crate::fixture::puller;
use crate::perform::{Trial, possible, same};
use crate::state::{Held, Repository};

/// More than any repository holds here.
const EVERYTHING: u32 = 1_000;

const ALL: ImageFilter = ImageFilter { status: None, tags: TagStatus::Any };

impl Trial<'_> {
    /// Looks at every repository; `deep` looks at every row and object, too.
    pub(crate) async fn verify(&self, deep: bool) -> Result<(), String> {
        for arn in &self.catalogue.repositories {
            let seen = match self.model.0.get(&arn.repository) {
                Some(repository) => self.verify_repository(arn, repository, deep).await,
                None => self.verify_absence(arn).await,
            };
            seen.map_err(|why| format!("afterwards, in {}: {why}", arn.repository))?;
        }
        if deep { self.check().await } else { Ok(()) }
    }

    async fn verify_absence(&self, arn: &RepositoryArn) -> Result<(), String> {
        let tags = self.world.operations().list_tags(arn, String::new(), EVERYTHING).await;
        let Some(tags) = self.judge(tags)? else { return Ok(()) };
        same("tags", tags.err(), Some(RepositoryRefusal::NotFound(arn.clone()).into()))
    }

    async fn verify_repository(
        &self,
        arn: &RepositoryArn,
        model: &Repository,
        deep: bool,
    ) -> Result<(), String> {
        self.verify_images(arn, model, EVERYTHING).await?;
        if deep {
            self.verify_moves(arn, model).await?;
            self.verify_kept(arn, model).await?;
        }
        self.verify_manifests(arn, model).await?;
        self.verify_layers(arn, model).await?;
        for upload in &model.uploads {
            let found = self.world.operations().find_upload(arn, &upload.id).await;
            let Some(found) = self.judge(found)? else { continue };
            possible("upload found", found.is_ok(), upload.presence(self.now()))?;
            let received = upload.received as u64;
            same("received", found.unwrap_or(received), received)?;
        }
        Ok(())
    }

    async fn verify_layers(&self, arn: &RepositoryArn, model: &Repository) -> Result<(), String> {
        for content in &self.catalogue.contents {
            for digest in [&content.sha256, &content.sha512] {
                let found = self.world.read_blob(arn, digest).await;
                let there = model.presence(digest, self.now());
                possible(&format!("layer {digest} found"), found.is_some(), there)?;
                if found.is_some_and(|bytes| bytes != content.bytes) {
                    return Err(format!("layer {digest} has other bytes"));
                }
            }
        }
        Ok(())
    }

    async fn verify_manifests(
        &self,
        arn: &RepositoryArn,
        model: &Repository,
    ) -> Result<(), String> {
        let operations = self.world.operations();
        for image in &self.catalogue.images {
            let reference = Reference::Digest(image.digest.clone());
            let Some(found) =
                self.judge(operations.pull_image(arn, &reference, &puller()).await)?
            else {
                continue;
            };
            let expected = model.image(&image.digest).filter(|image| is_active(image));
            let expected = expected.map(|image| image.bytes.to_vec());
            same("manifest by digest", found.ok().map(|found| found.manifest), expected)?;
        }
        for tag in &self.catalogue.tags {
            let reference = Reference::Tag(tag.clone());
            let Some(found) = self.judge(operations.find_manifest(arn, &reference).await)? else {
                continue;
            };
            let expected = model.tags.get(tag).and_then(|digest| model.image(digest));
            let expected =
                expected.filter(|image| is_active(image)).map(|image| image.digest.clone());
            same(&format!("image of {tag}"), found.ok().map(|found| found.digest), expected)?;
        }
        Ok(())
    }

    /// All lists, in pages of `limit`.
    pub(crate) async fn list(&mut self, number: u8, limit: u32) -> Result<(), String> {
        let arn = self.catalogue.repository(number).clone();
        let Some(model) = self.model.0.get(&arn.repository) else { return Ok(()) };
        self.verify_images(&arn, model, limit).await?;
        for tags in [TagStatus::Any, TagStatus::Tagged, TagStatus::Untagged] {
            for status in [None, Some(ImageStatus::Active), Some(ImageStatus::Archived)] {
                let filter = ImageFilter { status, tags };
                self.verify_lines(&arn, model, filter, limit).await?;
            }
        }
        for image in &self.catalogue.images {
            self.verify_referrers(&arn, model, &image.digest, limit).await?;
        }
        self.verify_repositories(limit).await
    }

    async fn verify_images(
        &self,
        arn: &RepositoryArn,
        model: &Repository,
        limit: u32,
    ) -> Result<(), String> {
        let operations = self.world.operations();
        let (mut tags, mut after) = (Vec::new(), String::new());
        loop {
            let page = operations.list_tags(arn, after.clone(), limit).await;
            let page = page.map_err(|failure| format!("{failure:?}"))?;
            let Some(last) = page.last() else { break };
            last.as_str().clone_into(&mut after);
            tags.extend(page);
        }
        same("tags", tags, model.tags.keys().cloned().collect())?;
        let (mut images, mut after) = (Vec::new(), None);
        loop {
            let page = operations.list_described_images(arn, ALL, after, limit).await;
            let page = page.map_err(|failure| format!("{failure:?}"))?.rows;
            let Some(last) = page.last() else { break };
            after = Some(last.image.key);
            images.extend(page.into_iter().map(|found| {
                let image = found.image;
                (image.digest, image.subject, image.size_bytes, found.tags, image.status)
            }));
        }
        let expected = model.images.iter().map(|image| {
            let (digest, subject) = (image.digest.clone(), image.subject.clone());
            let (size_bytes, tags) = (model.size_of(image), model.tags_of(&image.digest));
            (digest, subject, size_bytes, tags, image.status)
        });
        same("images", images, expected.collect())
    }

    async fn verify_lines(
        &self,
        arn: &RepositoryArn,
        model: &Repository,
        filter: ImageFilter,
        limit: u32,
    ) -> Result<(), String> {
        let operations = self.world.operations();
        let (mut lines, mut after) = (Vec::new(), None);
        loop {
            let page = operations.list_images(arn, filter, after, limit).await;
            let page = page.map_err(|failure| format!("{failure:?}"))?;
            let Some(last) = page.last() else { break };
            let tag = last.tag.as_ref().map_or(String::new(), |tag| tag.as_str().to_owned());
            after = Some((last.key, tag));
            lines.extend(page.into_iter().map(|line| (line.digest, line.tag)));
        }
        let mut expected = Vec::new();
        for image in &model.images {
            let tags = model.tags_of(&image.digest);
            let wanted = match filter.tags {
                TagStatus::Any => true,
                TagStatus::Tagged => !tags.is_empty(),
                TagStatus::Untagged => tags.is_empty(),
            };
            if !wanted || filter.status.is_some_and(|status| status != image.status) {
                continue;
            }
            if tags.is_empty() {
                expected.push((image.digest.clone(), None));
            }
            expected.extend(tags.into_iter().map(|tag| (image.digest.clone(), Some(tag))));
        }
        same(&format!("lines of {filter:?}"), lines, expected)
    }

    async fn verify_referrers(
        &self,
        arn: &RepositoryArn,
        model: &Repository,
        subject: &Digest,
        limit: u32,
    ) -> Result<(), String> {
        let operations = self.world.operations();
        let (mut found, mut after) = (Vec::new(), None);
        loop {
            let (kinds, status) = (Vec::<MediaType>::new(), Some(ImageStatus::Active));
            let page =
                operations.list_image_referrers(arn, subject, kinds, status, after, limit).await;
            let page = page.map_err(|failure| format!("{failure:?}"))?;
            found.extend(page.referrers.into_iter().map(|referrer| referrer.digest));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        let refers = |image: &&Held| is_active(image) && image.subject.as_ref() == Some(subject);
        let expected = model.images.iter().filter(refers).map(|image| image.digest.clone());
        same("referrers", found, expected.collect())
    }

    async fn verify_repositories(&self, limit: u32) -> Result<(), String> {
        let operations = self.world.operations();
        let registry = &self.catalogue.repositories[0].registry;
        let (mut found, mut after) = (Vec::new(), None);
        loop {
            let page = operations.list_repositories(registry, after, limit).await;
            let page = page.map_err(|failure| format!("{failure:?}"))?;
            let Some(last) = page.last() else { break };
            after = Some(last.name.as_str().to_owned());
            found.extend(page.into_iter().map(|repository| repository.name));
        }
        same("repositories", found, self.model.0.keys().cloned().collect())
    }
}

fn is_active(image: &Held) -> bool {
    image.status == ImageStatus::Active
}
