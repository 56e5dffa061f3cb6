//! A registry with an archive storage.

use std::path::Path;
use std::time::Duration;

use db::testing::Engine;
use names::{Digest, ImageId, ImageStatus, ImageTag, Reference, RepositoryArn, StorageClass};
use operations::fsck::Depth;
use operations::{Chunk, Failure, IfSame, NewLayer, PutImage, Refusal, RepositorySettings};

use crate::fixture::{Wanted, World, body, manifest, puller, pusher, repository};

pub(crate) const ARCHIVE: StorageClass = StorageClass::Archive;
pub(crate) const STANDARD: StorageClass = StorageClass::Standard;

/// Longer than any lease.
pub(crate) const AGES: Duration = Duration::from_hours(24 * 4);

pub(crate) struct House {
    pub(crate) world: World,
    pub(crate) web: RepositoryArn,
}

/// Bytes that differ by seed.
pub(crate) fn bytes(seed: u8, length: usize) -> Vec<u8> {
    (0..=250_u8).cycle().take(length).map(|byte| byte.wrapping_add(seed.wrapping_mul(31))).collect()
}

impl House {
    pub(crate) async fn new(engine: Engine) -> Self {
        let house = Self::without_archive(engine).await;
        let mut world = house.world;
        world.restart_with_archive(true);
        Self { world, ..house }
    }

    pub(crate) async fn without_archive(engine: Engine) -> Self {
        let (world, web) = (World::new(engine), repository("web"));
        for name in ["web", "api"] {
            let settings = RepositorySettings::default();
            world.operations().create_repository(&repository(name), settings).await.unwrap();
        }
        Self { world, web }
    }

    pub(crate) async fn push_layer(&self, arn: &RepositoryArn, content: &[u8]) -> (Digest, u64) {
        self.try_push_layer(arn, content).await.unwrap();
        (Digest::sha256(content), content.len() as u64)
    }

    pub(crate) async fn try_push_layer(
        &self,
        arn: &RepositoryArn,
        content: &[u8],
    ) -> Result<NewLayer, Failure> {
        let (digest, length) = (Digest::sha256(content), content.len() as u64);
        let chunk =
            Chunk { first_byte: None, length: Some(length), expected: None, body: body(content) };
        self.world.operations().upload_layer(arn, &digest, chunk).await
    }

    /// Pushes an image with these layers.
    pub(crate) async fn push(
        &self,
        arn: &RepositoryArn,
        tag: &str,
        contents: &[&[u8]],
    ) -> Vec<Digest> {
        let mut layers = Vec::new();
        for content in contents {
            layers.push(self.push_layer(arn, content).await);
        }
        let digests = layers.iter().map(|(digest, _)| digest.clone()).collect();
        self.put(arn, tag, layers).await.unwrap();
        digests
    }

    pub(crate) async fn put(
        &self,
        arn: &RepositoryArn,
        tag: &str,
        layers: Vec<(Digest, u64)>,
    ) -> Result<(), Failure> {
        let manifest = manifest(&Wanted { layers, ..Wanted::default() });
        let tags = vec![ImageTag::parse(tag).unwrap()];
        let put = PutImage { manifest, tags, if_same: IfSame::Accept };
        self.world.operations().put_image(arn, put, &pusher()).await
    }

    pub(crate) async fn update(
        &self,
        arn: &RepositoryArn,
        tag: &str,
        target: StorageClass,
    ) -> ImageStatus {
        let id = ImageId::Tag(ImageTag::parse(tag).unwrap());
        self.world.operations().update_image_storage_class(arn, id, target).await.unwrap().1
    }

    /// Archives an image, and lets its bytes follow.
    pub(crate) async fn archive(&self, arn: &RepositoryArn, tag: &str) {
        self.update(arn, tag, ARCHIVE).await;
        self.settle().await;
    }

    /// Lets leases end, and all jobs.
    pub(crate) async fn settle(&self) {
        for _ in 0..3 {
            self.world.run_due().await;
            self.world.clock.forward(AGES);
        }
        self.world.run_due().await;
    }

    pub(crate) async fn can_be_pulled(&self, arn: &RepositoryArn, tag: &str) -> bool {
        let tag = Reference::Tag(ImageTag::parse(tag).unwrap());
        match self.world.operations().pull_image(arn, &tag, &puller()).await {
            Ok(_) => true,
            Err(Failure::Refused(Refusal::Image(_))) => false,
            Err(failure) => panic!("{failure:?}"),
        }
    }

    /// What a pull of the layer gets.
    pub(crate) async fn read(&self, arn: &RepositoryArn, layer: &Digest) -> Option<Digest> {
        let read = self.world.read_blob(arn, layer).await;
        read.map(|bytes| Digest::sha256(&bytes))
    }

    /// The bytes in the store and in the archive storage, according to the rows.
    pub(crate) async fn bytes(&self) -> (u64, u64) {
        let stored = self.world.operations().stored().await.unwrap();
        (stored.standard_bytes, stored.archive_bytes)
    }

    /// How many objects the archive storage has.
    pub(crate) fn archived_objects(&self) -> usize {
        count(&self.world.folder.path().join("archive/objects"))
    }

    pub(crate) async fn is_in_order(&self) {
        let findings = self.world.findings(Depth::Digests).await;
        assert!(findings.is_empty(), "{findings:?}");
    }
}

fn count(folder: &Path) -> usize {
    let folders = std::fs::read_dir(folder).unwrap();
    folders.map(|folder| std::fs::read_dir(folder.unwrap().path()).unwrap().count()).sum()
}

impl House {
    /// Moves `v1`, unless the database fails or it is on its way.
    pub(crate) async fn update_or_fail(&self, target: StorageClass) {
        let id = ImageId::Tag(ImageTag::parse("v1").unwrap());
        drop(self.world.operations().update_image_storage_class(&self.web, id, target).await);
    }
}
