//! Lifecycle policies, from the verb to what is left of a repository.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[expect(dead_code, reason = "the fixture is made for more than this")]
mod fixture;

use std::time::Duration;

use db::on_both_engines;
use db::testing::Engine;
use fixture::{Wanted, World, manifest, repository};
use names::{Digest, ImageTag, PreviewState, RepositoryArn};
use operations::fsck::Depth;
use operations::{
    Failure, IfSame, ImageFilter, PreviewPlace, PreviewResults, PreviewedImage, PutImage, Refusal,
    RepositorySettings, TagStatus,
};

on_both_engines!(
    a_policy_is_carried_out_minutes_after_it_was_put_and_then_daily,
    a_policy_that_was_deleted_does_nothing,
    an_index_that_stays_keeps_its_children_and_a_referrer_goes_with_its_subject,
    a_preview_says_what_a_run_then_does,
    one_preview_at_a_time_until_it_has_failed,
    results_of_a_preview_are_given_up_after_a_day,
    a_repository_is_erased_with_its_policy_and_its_preview,
);

const MINUTE: Duration = Duration::from_mins(1);
const DAY: Duration = Duration::from_hours(24);

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
    async fn push(&mut self, wanted: Wanted, tags: &[&str]) -> Digest {
        self.world.clock.forward(MINUTE);
        self.pushed += 1;
        let manifest = manifest(&Wanted { salt: self.pushed, ..wanted });
        let digest = manifest.digest.clone();
        let tags = tags.iter().map(|tag| ImageTag::parse(tag).unwrap()).collect();
        let put = PutImage { manifest, tags, if_same: IfSame::Refuse };
        self.world.operations().put_image(&self.web, put).await.unwrap();
        digest
    }

    async fn image(&mut self, tags: &[&str]) -> Digest {
        self.push(Wanted::default(), tags).await
    }

    async fn put_policy(&self, rules: &[&str]) {
        let text = policy(rules);
        self.world.operations().put_lifecycle_policy(&self.web, &text).await.unwrap();
    }

    /// What is in the repository, in the order of the pushes.
    async fn images(&self) -> Vec<Digest> {
        let everything = ImageFilter { status: None, tags: TagStatus::Any };
        let list = self.world.operations().list_described_images(&self.web, everything, None, 1000);
        list.await.unwrap().rows.into_iter().map(|row| row.image.digest).collect()
    }

    async fn start_preview(&self, rules: &[&str]) -> Result<String, Failure> {
        let text = policy(rules);
        self.world.operations().start_lifecycle_policy_preview(&self.web, Some(&text)).await
    }

    async fn state(&self) -> PreviewState {
        self.results(None, 0).await.0
    }

    async fn results(
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
    async fn previewed(&self) -> Vec<Digest> {
        let (mut all, mut after) = (Vec::new(), None);
        loop {
            let (state, turn, page) = self.results(after, 7).await;
            assert_eq!(state, PreviewState::Complete);
            let Some(last) = page.last() else { return all };
            after = Some(PreviewPlace { turn, place: last.place });
            all.extend(page.into_iter().map(|image| image.digest));
        }
    }

    async fn is_in_order(&self) {
        let findings = self.world.findings(Depth::Objects).await;
        assert!(findings.is_empty(), "{findings:?}");
    }
}

/// A document of these rules, long enough for a client to send.
fn policy(rules: &[&str]) -> String {
    let rules: Vec<String> =
        rules.iter().enumerate().map(|(at, rule)| rule_of(at + 1, rule)).collect();
    format!(r#"{{"rules":[{}]}}{}"#, rules.join(","), " ".repeat(100))
}

/// `SELECTION COUNT NUMBER`, as in `untagged days 3`.
fn rule_of(priority: usize, rule: &str) -> String {
    let words: Vec<&str> = rule.split(' ').collect();
    let [tags, count, number] = words[..] else { panic!("what is {rule}?") };
    let tags = match tags {
        "any" | "untagged" => format!(r#""tagStatus":"{tags}""#),
        pattern => format!(r#""tagStatus":"tagged","tagPatternList":["{pattern}"]"#),
    };
    let count = match count {
        "days" => r#""countType":"sinceImagePushed","countUnit":"days""#,
        _ => r#""countType":"imageCountMoreThan""#,
    };
    format!(
        r#"{{"rulePriority":{priority},"selection":{{{tags},{count},"countNumber":{number}}},"action":{{"type":"expire"}}}}"#
    )
}

async fn a_policy_is_carried_out_minutes_after_it_was_put_and_then_daily(engine: Engine) {
    let mut place = Place::new(engine).await;
    let (old, new) = (place.image(&[]).await, place.image(&["v1"]).await);
    place.put_policy(&["any newest 1"]).await;
    place.world.clock.forward(9 * MINUTE);
    place.world.run_due().await;
    assert_eq!(place.images().await, [old, new.clone()], "its author can still take it back");
    let operations = place.world.operations();
    assert_eq!(operations.get_lifecycle_policy(&place.web).await.unwrap().last_evaluated_at, None);
    place.world.clock.forward(2 * MINUTE);
    place.world.run_due().await;
    assert_eq!(place.images().await, [new.clone()]);
    let policy = operations.get_lifecycle_policy(&place.web).await.unwrap();
    assert!(policy.last_evaluated_at.is_some_and(|at| at > policy.put_at));
    let newer = place.image(&[]).await;
    place.world.run_due().await;
    assert_eq!(place.images().await, [new, newer.clone()], "it is not a day yet");
    place.world.clock.forward(DAY);
    place.world.run_due().await;
    assert_eq!(place.images().await, [newer]);
    place.is_in_order().await;
}

async fn a_policy_that_was_deleted_does_nothing(engine: Engine) {
    let mut place = Place::new(engine).await;
    let images = [place.image(&[]).await, place.image(&[]).await];
    place.put_policy(&["any newest 1"]).await;
    place.world.operations().delete_lifecycle_policy(&place.web).await.unwrap();
    place.world.clock.forward(2 * DAY);
    place.world.run_due().await;
    assert_eq!(place.images().await, images);
}

async fn an_index_that_stays_keeps_its_children_and_a_referrer_goes_with_its_subject(
    engine: Engine,
) {
    let mut place = Place::new(engine).await;
    let child = place.image(&[]).await;
    let subject = place.image(&[]).await;
    let index = Wanted { children: vec![child.clone()], ..Wanted::default() };
    let index = place.push(index, &["v1"]).await;
    let referrer = Wanted { subject: Some(subject), ..Wanted::default() };
    place.push(referrer, &["signature"]).await;
    place.put_policy(&["untagged days 1"]).await;
    place.world.clock.forward(2 * DAY);
    place.world.run_due().await;
    assert_eq!(place.images().await, [child, index]);
    place.is_in_order().await;
}

async fn a_preview_says_what_a_run_then_does(engine: Engine) {
    let mut place = Place::new(engine).await;
    let mut known: Vec<Digest> = Vec::new();
    for number in 0..120_usize {
        let tags = [format!("v{number}"), format!("beta-{number}")];
        let tags: Vec<&str> = tags.iter().map(String::as_str).skip(number % 3).collect();
        let wanted = match number % 7 {
            5 => Wanted { children: known[number - 3..].to_vec(), ..Wanted::default() },
            6 => Wanted { subject: Some(known[number - 6].clone()), ..Wanted::default() },
            _ => Wanted::default(),
        };
        known.push(place.push(wanted, &tags).await);
    }
    let rules = ["v* newest 15", "beta* newest 5", "untagged days 1", "any newest 40"];
    place.world.clock.forward(2 * DAY);
    place.start_preview(&rules).await.unwrap();
    place.world.run_due().await;
    let mut expected = place.previewed().await;
    assert!(expected.len() > 20, "{}", expected.len());
    assert_eq!(place.images().await, known, "a preview deletes nothing");
    place.put_policy(&rules).await;
    place.world.clock.forward(11 * MINUTE);
    place.world.run_due().await;
    let left = place.images().await;
    let mut gone: Vec<Digest> = known.into_iter().filter(|digest| !left.contains(digest)).collect();
    gone.sort();
    expected.sort();
    assert_eq!(gone, expected);
    place.is_in_order().await;
}

async fn one_preview_at_a_time_until_it_has_failed(engine: Engine) {
    let mut place = Place::new(engine).await;
    place.image(&[]).await;
    let operations = place.world.operations();
    let page = PreviewResults::Page { tags: TagStatus::Any, after: None, limit: 1 };
    let none = operations.get_lifecycle_policy_preview(&place.web, page).await;
    let none_yet = Refusal::LifecyclePolicyPreviewNotFound(place.web.clone());
    assert!(matches!(none, Err(Failure::Refused(refusal)) if refusal == none_yet));
    place.start_preview(&["any newest 1"]).await.unwrap();
    let again = place.start_preview(&["any newest 1"]).await;
    let in_progress = Refusal::LifecyclePolicyPreviewInProgress(place.web.clone());
    assert!(matches!(again, Err(Failure::Refused(refusal)) if refusal == in_progress));
    assert_eq!(place.state().await, PreviewState::InProgress);
    place.world.clock.forward(2 * Duration::from_hours(1));
    assert_eq!(place.state().await, PreviewState::Failed);
    place.start_preview(&["any newest 1"]).await.unwrap();
    place.world.run_due().await;
    assert_eq!(place.state().await, PreviewState::Complete);
}

async fn results_of_a_preview_are_given_up_after_a_day(engine: Engine) {
    let mut place = Place::new(engine).await;
    let old = place.image(&["v1"]).await;
    place.image(&[]).await;
    place.start_preview(&["any newest 1"]).await.unwrap();
    place.world.run_due().await;
    let (state, turn, results) = place.results(None, 10).await;
    assert_eq!((state, results.len()), (PreviewState::Complete, 1));
    assert_eq!((&results[0].digest, results[0].rule), (&old, 1));
    assert_eq!(results[0].tags, [ImageTag::parse("v1").unwrap()]);
    place.start_preview(&["any newest 2"]).await.unwrap();
    place.world.run_due().await;
    let page = PreviewResults::Page {
        tags: TagStatus::Any,
        after: Some(PreviewPlace { turn, place: 0 }),
        limit: 1,
    };
    let stale = place.world.operations().get_lifecycle_policy_preview(&place.web, page).await;
    let is_refused =
        matches!(stale, Err(Failure::Refused(Refusal::InvalidParameter { path: "nextToken", .. })));
    assert!(is_refused, "a page of other results does not continue in these");
    assert!(place.previewed().await.is_empty());
    place.world.clock.forward(DAY + MINUTE);
    place.world.run_due().await;
    assert_eq!(place.state().await, PreviewState::Expired);
    place.start_preview(&["any newest 1"]).await.unwrap();
    place.world.run_due().await;
    assert_eq!(place.previewed().await, [old]);
}

async fn a_repository_is_erased_with_its_policy_and_its_preview(engine: Engine) {
    let mut place = Place::new(engine).await;
    place.image(&[]).await;
    place.image(&[]).await;
    place.put_policy(&["any newest 1"]).await;
    place.start_preview(&["any newest 1"]).await.unwrap();
    place.world.run_lane(jobs::Lane::Lifecycle).await.unwrap();
    place.world.operations().delete_repository(&place.web, true).await.unwrap();
    place.world.clock.forward(2 * DAY);
    place.world.run_due().await;
    let left = place.world.operations().list_jobs(None, 0, 10).await.unwrap();
    assert!(left.iter().all(|job| job.lane != "lifecycle"), "{left:?}");
    place.is_in_order().await;
}
