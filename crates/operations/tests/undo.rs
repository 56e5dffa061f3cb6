//! The undo window: what was deleted or expired comes back, for as long as a setting says.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[expect(dead_code, reason = "the fixture is made for more than this")]
mod fixture;

use std::time::Duration;

use db::on_both_engines;
use db::testing::Engine;
use fixture::{Wanted, World, body, manifest, puller, pusher, repository};
use names::{
    Digest, ImageId, ImageStatus, ImageTag, Reference, RepositoryArn, StorageClass, TagMutability,
};
use operations::fsck::{Depth, Finding};
use operations::{
    Chunk, DeletionCause, Failure, IfSame, ImageRefusal, PutImage, Refusal, RepositorySettings,
    RestoredImage, UndoRefusal,
};

on_both_engines!(
    a_deleted_image_comes_back_with_its_tags_and_layers,
    an_expired_image_comes_back_and_is_not_expired_again_at_once,
    after_the_window_everything_is_reclaimed,
    tags_that_others_have_now_stay_with_them,
    an_index_brings_its_images_along,
    an_archived_image_comes_back_archived,
    an_archived_image_that_comes_back_is_archived_at_that_moment,
    an_archived_image_that_comes_back_is_followed_by_its_bytes,
    a_tag_that_is_named_twice_is_one_tag,
    an_image_that_was_pushed_again_is_not_restored,
    a_layer_that_was_deleted_by_itself_is_missed,
    a_repository_that_is_deleted_keeps_nothing,
    without_a_window_nothing_is_kept,
);

const DAY: Duration = Duration::from_hours(24);
const WINDOW: Duration = Duration::from_hours(24 * 7);

struct House {
    world: World,
    web: RepositoryArn,
}

impl House {
    async fn new(engine: Engine) -> Self {
        let mut house = Self::without_window(engine).await;
        house.world.restart_undoing_within(WINDOW);
        house
    }

    async fn without_window(engine: Engine) -> Self {
        let (world, web) = (World::new(engine), repository("web"));
        let settings = RepositorySettings::default();
        world.operations().create_repository(&web, settings).await.unwrap();
        Self { world, web }
    }

    async fn push_layer(&self, content: &[u8]) -> (Digest, u64) {
        let (digest, length) = (Digest::sha256(content), content.len() as u64);
        let chunk =
            Chunk { first_byte: None, length: Some(length), expected: None, body: body(content) };
        self.world.operations().upload_layer(&self.web, &digest, chunk).await.unwrap();
        (digest, length)
    }

    async fn put(&self, wanted: Wanted, tags: &[&str]) -> Digest {
        let manifest = manifest(&wanted);
        let digest = manifest.digest.clone();
        let put = PutImage { manifest, tags: parsed(tags), if_same: IfSame::Accept };
        self.world.operations().put_image(&self.web, put, &pusher()).await.unwrap();
        digest
    }

    /// Pushes an image with one layer of its own.
    async fn push(&self, content: &[u8], tags: &[&str]) -> Digest {
        let layers = vec![self.push_layer(content).await];
        self.put(Wanted { layers, ..Wanted::default() }, tags).await
    }

    async fn delete(&self, image: &Digest) {
        let ids = vec![ImageId::Digest(image.clone())];
        let deleted =
            self.world.operations().batch_delete_image(&self.web, ids, &pusher()).await.unwrap();
        assert!(deleted[0].is_ok(), "{deleted:?}");
    }

    async fn restore(
        &self,
        image: &Digest,
        tags: Option<&[&str]>,
    ) -> Result<RestoredImage, Refusal> {
        let tags = tags.map(parsed);
        match self.world.operations().restore_image(&self.web, image, tags, &puller()).await {
            Ok(restored) => Ok(restored),
            Err(Failure::Refused(refusal)) => Err(refusal),
            Err(Failure::Fault(fault)) => panic!("{fault:?}"),
        }
    }

    async fn restorable(&self) -> Vec<(Digest, DeletionCause)> {
        let listed = self.world.operations().list_deleted_images(&self.web, None, 100).await;
        listed.unwrap().into_iter().map(|image| (image.digest, image.cause)).collect()
    }

    async fn pulled(&self, tag: &str) -> Option<Digest> {
        let tag = Reference::Tag(ImageTag::parse(tag).unwrap());
        let pulled = self.world.operations().pull_image(&self.web, &tag, &puller()).await;
        pulled.ok().map(|image| image.digest)
    }

    /// Lets days pass, and the jobs that are due on each.
    async fn days(&self, days: u32) {
        for _ in 0..days {
            self.world.clock.forward(DAY);
            self.world.run_due().await;
        }
    }

    async fn is_in_order(&self) {
        let findings = self.world.findings(Depth::Digests).await;
        assert!(findings.is_empty(), "{findings:?}");
    }
}

fn parsed(tags: &[&str]) -> Vec<ImageTag> {
    tags.iter().map(|tag| ImageTag::parse(tag).unwrap()).collect()
}

fn active(digest: &Digest, tags: &[&str]) -> RestoredImage {
    let (digest, tags) = (digest.clone(), parsed(tags));
    RestoredImage { digest, tags, taken: Vec::new(), status: ImageStatus::Active }
}

fn not_kept(house: &House, image: &Digest) -> Refusal {
    let (repository, digest) = (house.web.clone(), image.clone());
    UndoRefusal::NotKept { repository, digest }.into()
}

async fn a_deleted_image_comes_back_with_its_tags_and_layers(engine: Engine) {
    let house = House::new(engine).await;
    let image = house.push(b"layer", &["v1", "v2"]).await;
    house.days(3).await;
    house.delete(&image).await;
    assert_eq!(house.pulled("v1").await, None);
    assert_eq!(house.restorable().await, [(image.clone(), DeletionCause::Deleted)]);
    let stored = house.world.operations().stored().await.unwrap();
    assert_eq!((stored.restorable_images, stored.restorable_bytes), (1, 5));
    house.is_in_order().await;
    house.days(6).await;
    assert_eq!(house.restore(&image, None).await, Ok(active(&image, &["v1", "v2"])));
    assert_eq!(house.pulled("v2").await, Some(image.clone()));
    let layer = Digest::sha256(b"layer");
    assert_eq!(house.world.read_blob(&house.web, &layer).await.as_deref(), Some(&b"layer"[..]));
    assert!(house.restorable().await.is_empty());
    assert!(house.restore(&image, None).await.is_err(), "it is there");
    house.days(20).await;
    assert_eq!(house.world.read_blob(&house.web, &layer).await.as_deref(), Some(&b"layer"[..]));
    assert_eq!(house.pulled("v1").await, Some(image));
    house.is_in_order().await;
}

async fn an_expired_image_comes_back_and_is_not_expired_again_at_once(engine: Engine) {
    let house = House::new(engine).await;
    let image = house.push(b"layer", &["v1"]).await;
    let policy = r#"{"rules":[{"rulePriority":1,"selection":{"tagStatus":"any",
        "countType":"sinceImagePushed","countUnit":"days","countNumber":5},
        "action":{"type":"expire"}}]}"#;
    house.world.operations().put_lifecycle_policy(&house.web, policy).await.unwrap();
    house.days(7).await;
    assert_eq!(house.pulled("v1").await, None);
    assert_eq!(house.restorable().await, [(image.clone(), DeletionCause::Expired)]);
    assert_eq!(house.restore(&image, None).await, Ok(active(&image, &["v1"])));
    house.days(4).await;
    assert_eq!(house.pulled("v1").await, Some(image), "its age is that of the restoring");
    house.days(3).await;
    assert_eq!(house.pulled("v1").await, None);
    house.is_in_order().await;
}

async fn after_the_window_everything_is_reclaimed(engine: Engine) {
    let house = House::new(engine).await;
    let (old, new) = (house.push(b"old", &["v1"]).await, house.push(b"new", &["v2"]).await);
    house.delete(&old).await;
    house.days(4).await;
    house.delete(&new).await;
    house.days(4).await;
    assert_eq!(house.restore(&old, None).await, Err(not_kept(&house, &old)));
    assert_eq!(house.restorable().await, [(new.clone(), DeletionCause::Deleted)]);
    house.days(6).await;
    assert_eq!(house.restore(&new, None).await, Err(not_kept(&house, &new)));
    for content in [b"old", b"new"] {
        assert_eq!(house.world.read_blob(&house.web, &Digest::sha256(content)).await, None);
    }
    let stored = house.world.operations().stored().await.unwrap();
    assert_eq!((stored.restorable_images, stored.standard_bytes), (0, 0));
    assert_eq!(house.world.run_due().await, 0);
    house.is_in_order().await;
}

async fn tags_that_others_have_now_stay_with_them(engine: Engine) {
    let house = House::new(engine).await;
    let one = house.push(b"one", &["v1", "stable"]).await;
    house.delete(&one).await;
    let two = house.push(b"two", &["v1"]).await;
    let taken = parsed(&["v1"]).into_iter().map(|tag| (tag, two.clone())).collect();
    let restored = RestoredImage { taken, ..active(&one, &["stable"]) };
    assert_eq!(house.restore(&one, None).await, Ok(restored));
    assert_eq!(house.pulled("v1").await, Some(two.clone()));
    house.delete(&one).await;
    assert_eq!(house.restore(&one, Some(&["v1"])).await, Ok(active(&one, &["v1"])));
    assert_eq!(house.pulled("v1").await, Some(one.clone()), "as a push would have it");
    house.delete(&one).await;
    house.push(b"two", &["v1"]).await;
    let (operations, web) = (house.world.operations(), &house.web);
    operations.put_image_tag_mutability(web, TagMutability::Immutable, Vec::new()).await.unwrap();
    let tag = ImageTag::parse("v1").unwrap();
    let refused = Refusal::from(ImageRefusal::TagImmutable { repository: web.clone(), tag });
    assert_eq!(house.restore(&one, Some(&["new", "v1"])).await, Err(refused));
    assert_eq!(house.pulled("new").await, None, "all or nothing");
    assert_eq!(house.restore(&one, Some(&[])).await, Ok(active(&one, &[])));
    house.world.run_due().await;
    house.is_in_order().await;
}

async fn an_index_brings_its_images_along(engine: Engine) {
    let house = House::new(engine).await;
    let child = house.push(b"child", &[]).await;
    let other = house.push(b"other", &["amd64"]).await;
    let inner = Wanted { children: vec![child.clone()], ..Wanted::default() };
    let inner = house.put(inner, &[]).await;
    let children = vec![inner.clone(), other.clone()];
    let index = house.put(Wanted { children, ..Wanted::default() }, &["all"]).await;
    for image in [&index, &inner, &child] {
        house.delete(image).await;
    }
    assert_eq!(house.restorable().await.len(), 3);
    assert_eq!(house.restore(&index, None).await, Ok(active(&index, &["all"])));
    assert!(house.restorable().await.is_empty(), "those that it needs are back, too");
    house.world.run_due().await;
    house.is_in_order().await;
    for image in [&index, &inner, &child] {
        house.delete(image).await;
    }
    house.days(6).await;
    house.restore(&child, None).await.unwrap();
    house.delete(&child).await;
    house.days(1).await;
    assert_eq!(
        house.restore(&index, None).await,
        Err(not_kept(&house, &index)),
        "its time is over"
    );
    assert_eq!(house.restorable().await, [(child, DeletionCause::Deleted)]);
}

async fn an_archived_image_comes_back_archived(engine: Engine) {
    let mut house = House::new(engine).await;
    house.world.restart_with_archive(true);
    let image = house.push(b"layer", &["v1"]).await;
    let update = async |target| {
        let id = ImageId::Digest(image.clone());
        house.world.operations().update_image_storage_class(&house.web, id, target).await.unwrap()
    };
    update(StorageClass::Archive).await;
    house.days(3).await;
    let archived = async || house.world.operations().stored().await.unwrap().archive_bytes;
    assert_eq!(archived().await, 5);
    house.delete(&image).await;
    house.days(2).await;
    let restored = house.restore(&image, None).await.unwrap();
    assert_eq!((restored.status, archived().await), (ImageStatus::Archived, 5));
    assert_eq!(house.pulled("v1").await, None);
    assert_eq!(update(StorageClass::Standard).await.1, ImageStatus::Activating);
    house.world.run_due().await;
    assert_eq!(house.pulled("v1").await, Some(image.clone()));
    house.is_in_order().await;
}

async fn an_archived_image_that_comes_back_is_archived_at_that_moment(engine: Engine) {
    const OF_THE_ARCHIVE: &str = r#"{"rules":[{"rulePriority":1,"selection":{"tagStatus":"any",
        "storageClass":"archive","countType":"sinceImageTransitioned","countUnit":"days",
        "countNumber":90},"action":{"type":"expire"}}]}"#;
    let house = House::new(engine).await;
    let image = house.push(b"layer", &["v1"]).await;
    let id = ImageId::Digest(image.clone());
    let operations = house.world.operations();
    let (class, policy) = (StorageClass::Archive, OF_THE_ARCHIVE);
    operations.update_image_storage_class(&house.web, id, class).await.unwrap();
    operations.put_lifecycle_policy(&house.web, policy).await.unwrap();
    house.days(92).await;
    assert_eq!(house.restorable().await, [(image.clone(), DeletionCause::Expired)]);
    let restored = house.restore(&image, None).await.unwrap();
    assert_eq!(restored.status, ImageStatus::Archived);
    house.days(89).await;
    assert!(house.restorable().await.is_empty(), "it was archived again 89 days ago");
    house.days(3).await;
    assert_eq!(house.restorable().await, [(image, DeletionCause::Expired)]);
}

async fn an_archived_image_that_comes_back_is_followed_by_its_bytes(engine: Engine) {
    let mut house = House::new(engine).await;
    house.world.restart_with_archive(true);
    let image = house.push(b"layer", &["v1"]).await;
    let (id, class) = (ImageId::Digest(image.clone()), StorageClass::Archive);
    house.world.operations().update_image_storage_class(&house.web, id, class).await.unwrap();
    // It goes before its bytes could follow it, and nothing needs them in either place.
    house.delete(&image).await;
    house.days(3).await;
    let stored = async || house.world.operations().stored().await.unwrap();
    assert_eq!((stored().await.standard_bytes, stored().await.archive_bytes), (5, 0));
    assert_eq!(house.restore(&image, None).await.unwrap().status, ImageStatus::Archived);
    house.days(8).await;
    assert_eq!((stored().await.standard_bytes, stored().await.archive_bytes), (0, 5));
    house.is_in_order().await;
}

async fn a_tag_that_is_named_twice_is_one_tag(engine: Engine) {
    let house = House::new(engine).await;
    let image = house.push(b"layer", &["v1"]).await;
    house.delete(&image).await;
    let restored = house.restore(&image, Some(&["v2", "v2"])).await;
    assert_eq!(restored, Ok(active(&image, &["v2"])));
}

async fn an_image_that_was_pushed_again_is_not_restored(engine: Engine) {
    let house = House::new(engine).await;
    let image = house.push(b"layer", &["v1"]).await;
    house.delete(&image).await;
    house.days(2).await;
    house.push(b"layer", &["v2"]).await;
    assert!(house.restorable().await.is_empty());
    let (repository, digest) = (house.web.clone(), image.clone());
    let refused = Refusal::from(ImageRefusal::AlreadyExists { repository, digest, tag: None });
    assert_eq!(house.restore(&image, None).await, Err(refused));
    house.delete(&image).await;
    house.days(6).await;
    assert_eq!(
        house.restore(&image, None).await,
        Ok(active(&image, &["v2"])),
        "the last time counts"
    );
    let stored = house.world.operations().stored().await.unwrap();
    assert_eq!(stored.restorable_images, 0);
    house.is_in_order().await;
}

async fn a_layer_that_was_deleted_by_itself_is_missed(engine: Engine) {
    let house = House::new(engine).await;
    let image = house.push(b"layer", &["v1"]).await;
    house.delete(&image).await;
    let layer = Digest::sha256(b"layer");
    assert!(house.world.operations().delete_blob(&house.web, &layer).await.unwrap());
    let (repository, digests) = (house.web.clone(), vec![layer]);
    let refused = Refusal::from(ImageRefusal::LayersNotFound { repository, digests });
    assert_eq!(house.restore(&image, None).await, Err(refused));
    let findings = house.world.findings(Depth::Objects).await;
    assert!(matches!(findings[..], [Finding::Unrestorable { .. }]), "{findings:?}");
    house.push_layer(b"layer").await;
    assert_eq!(house.restore(&image, None).await, Ok(active(&image, &["v1"])));
}

async fn a_repository_that_is_deleted_keeps_nothing(engine: Engine) {
    let house = House::new(engine).await;
    for content in [b"one", b"two"] {
        let image = house.push(content, &[]).await;
        house.delete(&image).await;
    }
    house.push(b"more", &["v1"]).await;
    house.world.operations().delete_repository(&house.web, true).await.unwrap();
    house.days(10).await;
    let stored = house.world.operations().stored().await.unwrap();
    assert_eq!((stored.restorable_images, stored.standard_bytes), (0, 0));
    house.is_in_order().await;
}

async fn without_a_window_nothing_is_kept(engine: Engine) {
    let house = House::without_window(engine).await;
    let image = house.push(b"layer", &["v1"]).await;
    house.delete(&image).await;
    assert!(house.restorable().await.is_empty());
    let (repository, digest) = (house.web.clone(), image.clone());
    let refused = Refusal::from(UndoRefusal::NothingKept { repository, digest });
    assert!(refused.to_string().ends_with("keeps nothing that is deleted (--undo-days is 0)"));
    assert_eq!(house.restore(&image, None).await, Err(refused));
    house.days(3).await;
    assert_eq!(house.world.read_blob(&house.web, &Digest::sha256(b"layer")).await, None);
    house.is_in_order().await;
}
