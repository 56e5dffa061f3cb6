//! A registry with one repository, whose tags move.

use std::time::Duration;

use db::testing::Engine;
use names::{Digest, ImageId, ImageTag, MovedThrough, Reference, RepositoryArn};
use operations::fsck::Depth;
use operations::{
    Failure, IfSame, Mover, PutImage, Refusal, RepositorySettings, RolledBack, TagMove, TagVersion,
};

use crate::fixture::{Wanted, World, manifest, puller, pusher, repository};

pub(crate) const MINUTE: Duration = Duration::from_mins(1);
pub(crate) const DAY: Duration = Duration::from_hours(24);

pub(crate) struct Place {
    pub(crate) world: World,
    pub(crate) web: RepositoryArn,
}

pub(crate) fn tag(text: &str) -> ImageTag {
    ImageTag::parse(text).unwrap()
}

/// The digest of the image of this number.
pub(crate) fn image(number: u64) -> Digest {
    manifest(&Wanted { salt: number, ..Wanted::default() }).digest
}

impl Place {
    pub(crate) async fn new(engine: Engine) -> Self {
        Self::with(engine, RepositorySettings::default()).await
    }

    pub(crate) async fn with(engine: Engine, settings: RepositorySettings) -> Self {
        let (world, web) = (World::new(engine), repository("web"));
        world.operations().create_repository(&web, settings).await.unwrap();
        Self { world, web }
    }

    /// Pushes the image of this number with a tag, a minute after what was before.
    pub(crate) async fn push(&self, number: u64, name: &str) -> Digest {
        self.try_to_push(number, &[name]).await.unwrap()
    }

    pub(crate) async fn try_to_push(&self, number: u64, names: &[&str]) -> Result<Digest, Failure> {
        self.world.clock.forward(MINUTE);
        let manifest = manifest(&Wanted { salt: number, ..Wanted::default() });
        let digest = manifest.digest.clone();
        let tags = names.iter().map(|name| tag(name)).collect();
        let put = PutImage { manifest, tags, if_same: IfSame::Accept };
        self.world.operations().put_image(&self.web, put, &pusher()).await.map(|()| digest)
    }

    /// Deletes a tag or an image through ECR's API.
    pub(crate) async fn delete(&self, id: ImageId) {
        self.world.clock.forward(MINUTE);
        let mover = Mover { through: MovedThrough::AwsApi, ..pusher() };
        let deleted = self.world.operations().batch_delete_image(&self.web, vec![id], &mover).await;
        assert!(deleted.unwrap()[0].is_ok());
    }

    pub(crate) async fn untag(&self, name: &str) {
        self.delete(ImageId::Tag(tag(name))).await;
    }

    /// The moves of all tags or of one, the newest first.
    pub(crate) async fn moves(&self, name: Option<&str>) -> Vec<TagMove> {
        let name = name.map(tag);
        self.world.operations().list_tag_history(&self.web, name, None, 1_000).await.unwrap()
    }

    pub(crate) async fn roll_back(
        &self,
        name: &str,
        version: TagVersion,
    ) -> Result<RolledBack, Refusal> {
        self.world.clock.forward(MINUTE);
        let operations = self.world.operations();
        match operations.roll_back_tag(&self.web, tag(name), version, &puller()).await {
            Ok(rolled_back) => Ok(rolled_back),
            Err(Failure::Refused(refusal)) => Err(refusal),
            Err(Failure::Fault(fault)) => panic!("{fault:?}"),
        }
    }

    /// The image that a pull by this tag gets.
    pub(crate) async fn pulled(&self, name: &str) -> Option<Digest> {
        let by_tag = Reference::Tag(tag(name));
        let pulled = self.world.operations().pull_image(&self.web, &by_tag, &puller()).await;
        pulled.ok().map(|pulled| pulled.digest)
    }

    /// Jobs are done, and rows and objects match.
    pub(crate) async fn is_in_order(&self) {
        self.world.run_due().await;
        let findings = self.world.findings(Depth::Objects).await;
        assert!(findings.is_empty(), "{findings:?}");
    }
}
