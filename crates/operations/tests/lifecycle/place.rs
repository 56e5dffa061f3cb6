//! A registry with one repository, its images and policies.

use std::time::Duration;

use db::testing::Engine;
use names::{Digest, ImageId, ImageTag, PreviewState, RepositoryArn, StorageClass, Timestamp};
use operations::fsck::Depth;
use operations::{
    EventFilter, EventSpan, Failure, FoundEvent, IfSame, ImageFilter, PreviewPlace, PreviewResults,
    PreviewedImage, PutImage, RepositorySettings, RetainedImage, Retention, TagStatus,
};
use serde_json::Value;

use crate::fixture::{Wanted, World, manifest, pusher, repository};

pub(crate) const MINUTE: Duration = Duration::from_mins(1);
pub(crate) const DAY: Duration = Duration::from_hours(24);

/// At any time.
pub(crate) const ALWAYS: EventSpan =
    EventSpan { since: Timestamp::from_micros(0), until: Timestamp::from_micros(i64::MAX) };

/// A registry with one repository.
pub(crate) struct Place {
    pub(crate) world: World,
    pub(crate) web: RepositoryArn,
    pub(crate) pushed: u64,
}

impl Place {
    pub(crate) async fn new(engine: Engine) -> Self {
        let (world, web) = (World::new(engine), repository("web"));
        let settings = RepositorySettings::default();
        world.operations().create_repository(&web, settings).await.unwrap();
        Self { world, web, pushed: 0 }
    }

    /// Pushes an image that no other is like, a minute after the one before.
    pub(crate) async fn push(&mut self, wanted: Wanted, tags: &[&str]) -> Digest {
        self.world.clock.forward(MINUTE);
        self.pushed += 1;
        let manifest = manifest(&Wanted { salt: self.pushed, ..wanted });
        let digest = manifest.digest.clone();
        let tags = tags.iter().map(|tag| ImageTag::parse(tag).unwrap()).collect();
        let put = PutImage { manifest, tags, if_same: IfSame::Refuse };
        self.world.operations().put_image(&self.web, put, &pusher()).await.unwrap();
        digest
    }

    pub(crate) async fn image(&mut self, tags: &[&str]) -> Digest {
        self.push(Wanted::default(), tags).await
    }

    /// Deletes an image by hand.
    pub(crate) async fn delete(&self, image: &Digest) {
        let ids = vec![ImageId::Digest(image.clone())];
        let operations = self.world.operations();
        let deleted = operations.batch_delete_image(&self.web, ids, &pusher()).await.unwrap();
        assert!(deleted[0].is_ok(), "{deleted:?}");
    }

    pub(crate) async fn put_policy(&self, rules: &[&str]) {
        let text = policy(rules);
        self.world.operations().put_lifecycle_policy(&self.web, &text).await.unwrap();
    }

    /// What is in the repository, in the order of the pushes.
    pub(crate) async fn images(&self) -> Vec<Digest> {
        let everything = ImageFilter { status: None, tags: TagStatus::Any };
        let list = self.world.operations().list_described_images(&self.web, everything, None, 1000);
        list.await.unwrap().rows.into_iter().map(|row| row.image.digest).collect()
    }

    pub(crate) async fn start_preview(&self, rules: &[&str]) -> Result<String, Failure> {
        let text = policy(rules);
        self.world.operations().start_lifecycle_policy_preview(&self.web, Some(&text)).await
    }

    pub(crate) async fn state(&self) -> PreviewState {
        self.results(None, 0).await.0
    }

    pub(crate) async fn results(
        &self,
        after: Option<PreviewPlace>,
        limit: u32,
    ) -> (PreviewState, i64, Vec<PreviewedImage>) {
        let page = PreviewResults::Page { tags: TagStatus::Any, after, limit };
        let get = self.world.operations().get_lifecycle_policy_preview(&self.web, page);
        let (preview, images) = get.await.unwrap();
        (preview.state, preview.turn, images)
    }

    /// All results, read in small pages.
    pub(crate) async fn previewed(&self) -> Vec<Digest> {
        let (mut all, mut after) = (Vec::new(), None);
        loop {
            let (state, turn, page) = self.results(after, 7).await;
            assert_eq!(state, PreviewState::Complete);
            let Some(last) = page.last() else { return all };
            after = Some(PreviewPlace { turn, place: last.place });
            all.extend(page.into_iter().map(|image| image.digest));
        }
    }

    pub(crate) async fn explain(&self, tag: &str) -> Result<Retention, Failure> {
        let id = ImageId::Tag(ImageTag::parse(tag).unwrap());
        self.world.operations().explain_retention(&self.web, id).await
    }

    pub(crate) async fn retained(&self, tag: &str) -> RetainedImage {
        self.explain(tag).await.unwrap().image.expect("it is there")
    }

    pub(crate) async fn move_to(&self, tag: &str, target: StorageClass) {
        let id = ImageId::Tag(ImageTag::parse(tag).unwrap());
        let moved = self.world.operations().update_image_storage_class(&self.web, id, target);
        moved.await.unwrap();
    }

    /// The records of these events, the oldest first, read in small pages.
    pub(crate) async fn events(&self, filter: EventFilter) -> Vec<Value> {
        let (operations, mut after, mut all) = (self.world.operations(), None, Vec::new());
        loop {
            let page =
                operations.lookup_events(&self.web.registry, filter.clone(), ALWAYS, after, 7);
            let page = page.await.unwrap();
            let read = |event: FoundEvent| serde_json::from_str(&event.text).unwrap();
            all.extend(page.events.into_iter().map(read));
            let Some(next) = page.next else { break };
            after = Some(next);
        }
        all.reverse();
        all
    }

    pub(crate) async fn is_in_order(&self) {
        let findings = self.world.findings(Depth::Objects).await;
        assert!(findings.is_empty(), "{findings:?}");
    }
}

/// A document of these rules, long enough for a client to send.
pub(crate) fn policy(rules: &[&str]) -> String {
    let rules: Vec<String> =
        rules.iter().enumerate().map(|(at, rule)| rule_of(at + 1, rule)).collect();
    format!(r#"{{"rules":[{}]}}{}"#, rules.join(","), " ".repeat(100))
}

/// `SELECTION COUNT NUMBER`, as in `untagged days 3`. `archive` counts days, too.
pub(crate) fn rule_of(priority: usize, rule: &str) -> String {
    let words: Vec<&str> = rule.split(' ').collect();
    let [tags, count, number] = words[..] else { panic!("what is {rule}?") };
    let tags = match tags {
        "any" | "untagged" => format!(r#""tagStatus":"{tags}""#),
        pattern => format!(r#""tagStatus":"tagged","tagPatternList":["{pattern}"]"#),
    };
    let action = match count {
        "archive" => r#"{"type":"transition","targetStorageClass":"archive"}"#,
        _ => r#"{"type":"expire"}"#,
    };
    let count = match count {
        "days" | "archive" => r#""countType":"sinceImagePushed","countUnit":"days""#,
        _ => r#""countType":"imageCountMoreThan""#,
    };
    format!(
        r#"{{"rulePriority":{priority},"selection":{{{tags},{count},"countNumber":{number}}},"action":{action}}}"#
    )
}
