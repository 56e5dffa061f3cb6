//! A registry with one repository, and what it tells.

use std::time::Duration;

use db::testing::Engine;
use names::{Digest, ImageId, ImageTag, RepositoryArn, StorageClass, Timestamp};
use operations::{IfSame, PutImage, RepositorySettings, envelope};
use serde_json::Value;

use crate::fixture::{Wanted, World, manifest, pusher, repository};

pub(crate) const DAY: Duration = Duration::from_hours(24);

/// A registry with one repository.
pub(crate) struct House {
    pub(crate) world: World,
    pub(crate) web: RepositoryArn,
    pushed: u64,
}

impl House {
    pub(crate) async fn new(engine: Engine) -> Self {
        let (world, web) = (World::new(engine), repository("web"));
        world.clock.set(Timestamp::from_seconds(0));
        let settings = RepositorySettings::default();
        world.operations().create_repository(&web, settings).await.unwrap();
        Self { world, web, pushed: 0 }
    }

    /// Pushes an image that no other is like, a second after the one before.
    pub(crate) async fn push(&mut self, wanted: Wanted, tags: &[&str]) -> Digest {
        self.pushed += 1;
        self.put(Wanted { salt: self.pushed, ..wanted }, tags).await
    }

    pub(crate) async fn image(&mut self, tags: &[&str]) -> Digest {
        self.push(Wanted::default(), tags).await
    }

    /// Puts an image, perhaps again.
    pub(crate) async fn put(&self, wanted: Wanted, tags: &[&str]) -> Digest {
        self.world.clock.forward(Duration::from_secs(1));
        let manifest = manifest(&wanted);
        let digest = manifest.digest.clone();
        let tags = tags.iter().map(|tag| ImageTag::parse(tag).unwrap()).collect();
        let put = PutImage { manifest, tags, if_same: IfSame::Accept };
        self.world.operations().put_image(&self.web, put, &pusher()).await.unwrap();
        digest
    }

    pub(crate) async fn delete(&self, ids: Vec<ImageId>) {
        let operations = self.world.operations();
        let deleted = operations.batch_delete_image(&self.web, ids, &pusher()).await.unwrap();
        assert!(deleted.iter().all(Result::is_ok), "{deleted:?}");
    }

    pub(crate) async fn move_to(&self, tag: &str, target: StorageClass) {
        let operations = self.world.operations();
        let moved = operations.update_image_storage_class(&self.web, id(tag), target);
        moved.await.unwrap();
        self.world.run_due().await;
    }

    /// Every event as it is delivered, the oldest first.
    pub(crate) async fn lines(&self) -> Vec<String> {
        let (mut all, mut after) = (Vec::new(), None);
        loop {
            let span = (Timestamp::from_micros(0), Timestamp::from_micros(i64::MAX));
            let operations = self.world.operations();
            let page = operations.list_events(&self.web.registry, span, after, 3).await.unwrap();
            let Some(last) = page.last() else { return all };
            after = Some((last.written_at, last.id));
            all.extend(page.iter().map(|event| envelope(event).unwrap()));
        }
    }

    pub(crate) async fn events(&self) -> Vec<Value> {
        let read = |line: &String| serde_json::from_str(line).unwrap();
        self.lines().await.iter().map(read).collect()
    }

    /// In short: what happened, to which image, and under which tag.
    pub(crate) async fn told(&self) -> Vec<[String; 3]> {
        let short = |event: &Value| {
            let detail = &event["detail"];
            let text = |member: &str| detail[member].as_str().unwrap_or_default().to_owned();
            [text("action-type"), text("image-digest"), text("image-tag")]
        };
        self.events().await.iter().map(short).collect()
    }
}

pub(crate) fn id(tag: &str) -> ImageId {
    ImageId::Tag(ImageTag::parse(tag).unwrap())
}
