//! The archive: what moves an image there, what brings it back, and what goes with it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[expect(dead_code, reason = "the fixture is made for more than this")]
mod fixture;

use std::time::Duration;

use db::on_both_engines;
use db::testing::Engine;
use fixture::{Wanted, World, manifest, puller, pusher, repository};
use names::{Digest, ImageId, ImageStatus, ImageTag, Reference, RepositoryArn, StorageClass};
use operations::fsck::Depth;
use operations::{
    Failure, IfSame, ImageFailure, ImageFilter, ImageRefusal, PutImage, Refusal,
    RepositorySettings, TagStatus,
};

on_both_engines!(
    an_archived_image_cannot_be_pulled_until_it_is_restored,
    a_push_restores_at_once,
    an_index_is_archived_before_its_children,
    referrers_follow_their_subject,
    rules_archive_and_then_expire,
);

const DAY: Duration = Duration::from_hours(24);
const ARCHIVE: StorageClass = StorageClass::Archive;
const STANDARD: StorageClass = StorageClass::Standard;

/// A registry with one repository.
struct Place {
    world: World,
    web: RepositoryArn,
    pushed: u64,
}

impl Place {
    async fn new(engine: Engine) -> Self {
        let (world, web) = (World::new(engine), repository("web"));
        let settings = RepositorySettings::default();
        world.operations().create_repository(&web, settings).await.unwrap();
        Self { world, web, pushed: 0 }
    }

    /// Pushes an image that no other is like, a minute after the one before.
    async fn push(&mut self, wanted: Wanted, tag: &str) -> Digest {
        self.pushed += 1;
        self.world.clock.forward(Duration::from_mins(1));
        self.push_again(&Wanted { salt: self.pushed, ..wanted }, tag).await
    }

    async fn push_again(&self, wanted: &Wanted, tag: &str) -> Digest {
        let manifest = manifest(wanted);
        let digest = manifest.digest.clone();
        let tags = vec![ImageTag::parse(tag).unwrap()];
        let put = PutImage { manifest, tags, if_same: IfSame::Refuse };
        self.world.operations().put_image(&self.web, put, &pusher()).await.unwrap();
        digest
    }

    async fn update(&self, tag: &str, target: StorageClass) -> Result<ImageStatus, Refusal> {
        let id = ImageId::Tag(ImageTag::parse(tag).unwrap());
        let verb = self.world.operations().update_image_storage_class(&self.web, id, target);
        match verb.await {
            Ok((_, status)) => Ok(status),
            Err(Failure::Refused(refusal)) => Err(refusal),
            Err(Failure::Fault(fault)) => panic!("{fault:?}"),
        }
    }

    async fn can_be_pulled(&self, tag: &str) -> bool {
        let tag = Reference::Tag(ImageTag::parse(tag).unwrap());
        match self.world.operations().pull_image(&self.web, &tag, &puller()).await {
            Ok(_) => true,
            Err(Failure::Refused(Refusal::Image(ImageRefusal::NotFound { .. }))) => false,
            Err(failure) => panic!("{failure:?}"),
        }
    }

    /// The images of this status, in the order of the pushes.
    async fn images(&self, status: ImageStatus) -> Vec<Digest> {
        let filter = ImageFilter { status: Some(status), tags: TagStatus::Any };
        let list = self.world.operations().list_described_images(&self.web, filter, None, 100);
        list.await.unwrap().rows.into_iter().map(|row| row.image.digest).collect()
    }

    async fn is_in_order(&self) {
        let findings = self.world.findings(Depth::Objects).await;
        assert!(findings.is_empty(), "{findings:?}");
    }
}

fn unchangeable(target: StorageClass, status: ImageStatus) -> Result<ImageStatus, Refusal> {
    Err(Refusal::Image(ImageRefusal::StorageClassUnchangeable { target, status }))
}

async fn an_archived_image_cannot_be_pulled_until_it_is_restored(engine: Engine) {
    let mut place = Place::new(engine).await;
    let image = place.push(Wanted::default(), "v1").await;
    assert_eq!(place.update("v1", STANDARD).await, unchangeable(STANDARD, ImageStatus::Active));
    place.world.clock.forward(DAY);
    assert_eq!(place.update("v1", ARCHIVE).await, Ok(ImageStatus::Archived));
    assert_eq!(place.update("v1", ARCHIVE).await, unchangeable(ARCHIVE, ImageStatus::Archived));
    assert!(!place.can_be_pulled("v1").await);
    let id = ImageId::Digest(image.clone());
    let operations = place.world.operations();
    let batch = operations.batch_get_image(&place.web, vec![id.clone()], &puller()).await.unwrap();
    assert!(matches!(batch[..], [Err(ImageFailure::Inaccessible)]));
    assert!(place.images(ImageStatus::Active).await.is_empty());
    assert_eq!(place.images(ImageStatus::Archived).await, std::slice::from_ref(&image));
    assert_eq!(place.update("v1", STANDARD).await, Ok(ImageStatus::Activating));
    assert_eq!(place.update("v1", STANDARD).await, unchangeable(STANDARD, ImageStatus::Activating));
    assert!(!place.can_be_pulled("v1").await);
    assert_eq!(place.images(ImageStatus::Activating).await, std::slice::from_ref(&image));
    place.world.clock.forward(DAY);
    place.world.run_due().await;
    assert!(place.can_be_pulled("v1").await);
    let described = operations.describe_images(&place.web, vec![id]).await.unwrap();
    let image = &described[0].image;
    assert!(image.activated_at > image.archived_at && image.archived_at > Some(image.pushed_at));
    place.is_in_order().await;
}

async fn a_push_restores_at_once(engine: Engine) {
    let mut place = Place::new(engine).await;
    let image = place.push(Wanted::default(), "v1").await;
    place.update("v1", ARCHIVE).await.unwrap();
    let again = Wanted { salt: place.pushed, ..Wanted::default() };
    assert_eq!(place.push_again(&again, "v1").await, image, "though tag and manifest are the same");
    assert!(place.can_be_pulled("v1").await);
    place.update("v1", ARCHIVE).await.unwrap();
    place.update("v1", STANDARD).await.unwrap();
    place.push_again(&again, "v2").await;
    assert!(place.can_be_pulled("v2").await, "while it is being restored, too");
    place.update("v1", ARCHIVE).await.unwrap();
    place.world.run_due().await;
    assert_eq!(place.images(ImageStatus::Archived).await, [image], "that job comes too late");
}

async fn an_index_is_archived_before_its_children(engine: Engine) {
    let mut place = Place::new(engine).await;
    let child = place.push(Wanted::default(), "child").await;
    let index = Wanted { children: vec![child.clone()], ..Wanted::default() };
    let index = place.push(index, "index").await;
    let refused = Refusal::from(ImageRefusal::ArchiveOfReferenced { parents: vec![index.clone()] });
    assert_eq!(place.update("child", ARCHIVE).await, Err(refused.clone()));
    place.update("index", ARCHIVE).await.unwrap();
    place.update("child", ARCHIVE).await.unwrap();
    assert_eq!(place.images(ImageStatus::Archived).await, [child, index]);
    place.update("child", STANDARD).await.unwrap();
    place.update("index", STANDARD).await.unwrap();
    place.world.run_due().await;
    assert_eq!(place.update("child", ARCHIVE).await, Err(refused));
}

async fn referrers_follow_their_subject(engine: Engine) {
    let mut place = Place::new(engine).await;
    let subject = place.push(Wanted::default(), "v1").await;
    let mut referrers = Vec::new();
    // More than one transaction looks at, and one of the second degree.
    for number in 0..120 {
        let wanted = Wanted { subject: Some(subject.clone()), ..Wanted::default() };
        referrers.push(place.push(wanted, &format!("signature-{number}")).await);
    }
    let wanted = Wanted { subject: Some(referrers[3].clone()), ..Wanted::default() };
    place.push(wanted, "timestamp").await;
    place.update("v1", ARCHIVE).await.unwrap();
    place.world.run_due().await;
    assert!(place.images(ImageStatus::Active).await.is_empty());
    let operations = place.world.operations();
    let list = async |status| {
        let kinds = Vec::new();
        let list = operations.list_image_referrers(&place.web, &subject, kinds, status, None, 500);
        list.await.unwrap().referrers.len()
    };
    assert_eq!(list(Some(ImageStatus::Active)).await, 0);
    assert_eq!(list(Some(ImageStatus::Archived)).await, 120);
    place.update("v1", STANDARD).await.unwrap();
    place.world.run_due().await;
    assert!(place.images(ImageStatus::Archived).await.is_empty());
    assert_eq!(list(Some(ImageStatus::Active)).await, 120);
    assert_eq!(list(None).await, 120);
    place.is_in_order().await;
}

async fn rules_archive_and_then_expire(engine: Engine) {
    let mut place = Place::new(engine).await;
    let old = place.push(Wanted::default(), "v1").await;
    let child = place.push(Wanted::default(), "v2").await;
    let index = Wanted { children: vec![child.clone()], ..Wanted::default() };
    let index = place.push(index, "index").await;
    let policy = r#"{"rules":[
        {"rulePriority":1,
         "selection":{"tagStatus":"tagged","tagPatternList":["v*"],"countType":"sinceImagePulled",
                      "countUnit":"days","countNumber":30},
         "action":{"type":"transition","targetStorageClass":"archive"}},
        {"rulePriority":2,
         "selection":{"tagStatus":"any","storageClass":"archive",
                      "countType":"sinceImageTransitioned","countUnit":"days","countNumber":90},
         "action":{"type":"expire"}}]}"#;
    let operations = place.world.operations();
    operations.put_lifecycle_policy(&place.web, policy).await.unwrap();
    place.world.clock.forward(31 * DAY);
    place.world.run_due().await;
    assert_eq!(place.images(ImageStatus::Archived).await, std::slice::from_ref(&old));
    assert_eq!(place.images(ImageStatus::Active).await, [child.clone(), index.clone()], "in use");
    place.world.clock.forward(89 * DAY);
    place.world.run_due().await;
    assert_eq!(place.images(ImageStatus::Archived).await, [old], "ECR keeps it for 90 days");
    place.world.clock.forward(2 * DAY);
    place.world.run_due().await;
    assert!(place.images(ImageStatus::Archived).await.is_empty());
    assert_eq!(place.images(ImageStatus::Active).await, [child, index]);
    place.is_in_order().await;
}
