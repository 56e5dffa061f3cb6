//! Lifecycle policies, from the verb to what is left of a repository.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[expect(dead_code, reason = "the fixture is made for more than this")]
mod fixture;

use std::time::Duration;

use db::on_both_engines;
use db::testing::Engine;
use fixture::{Wanted, World, manifest, repository};
use names::{Digest, ImageId, ImageTag, PreviewState, Principal, Reference, RepositoryArn};
use operations::fsck::Depth;
use operations::{
    Failure, IfSame, ImageFilter, ImageRefusal, InvalidParameter, LifecycleRefusal, PreviewPlace,
    PreviewResults, PreviewedImage, PutImage, Refusal, RegistryRefusal, RepositorySettings,
    RetainedImage, Retention, TagStatus,
};

on_both_engines!(
    a_policy_is_carried_out_minutes_after_it_was_put_and_then_daily,
    a_policy_that_was_deleted_does_nothing,
    an_index_that_stays_keeps_its_children_and_a_referrer_goes_with_its_subject,
    a_preview_says_what_a_run_then_does,
    one_preview_at_a_time_until_it_has_failed,
    results_of_a_preview_are_given_up_after_a_day,
    a_repository_is_erased_with_its_policy_and_its_preview,
    it_is_remembered_for_a_while_why_images_expired,
    a_kept_image_knows_what_keeps_it,
    an_image_that_is_tagged_in_the_moment_of_its_expiry_is_whole,
    pulls_of_excluded_principals_are_not_recorded,
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

    async fn explain(&self, tag: &str) -> Result<Retention, Failure> {
        let id = ImageId::Tag(ImageTag::parse(tag).unwrap());
        self.world.operations().explain_retention(&self.web, id).await
    }

    async fn retained(&self, tag: &str) -> RetainedImage {
        self.explain(tag).await.unwrap().image.expect("it is there")
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
    assert_eq!(place.images().await, std::slice::from_ref(&new));
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
    let none_yet = Refusal::from(LifecycleRefusal::PreviewNotFound(place.web.clone()));
    assert!(matches!(none, Err(Failure::Refused(refusal)) if refusal == none_yet));
    place.start_preview(&["any newest 1"]).await.unwrap();
    let again = place.start_preview(&["any newest 1"]).await;
    let in_progress = Refusal::from(LifecycleRefusal::PreviewInProgress(place.web.clone()));
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
    let other = place.world.operations().get_lifecycle_policy_preview(&place.web, page).await;
    let is_refused = matches!(
        other,
        Err(Failure::Refused(Refusal::InvalidParameter(InvalidParameter {
            path: "nextToken",
            ..
        })))
    );
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

async fn it_is_remembered_for_a_while_why_images_expired(engine: Engine) {
    let mut place = Place::new(engine).await;
    let old = place.image(&["v1", "stable"]).await;
    let referrer = Wanted { subject: Some(old.clone()), ..Wanted::default() };
    place.push(referrer, &["signature"]).await;
    place.image(&["v2"]).await;
    place.put_policy(&["v* newest 1", "untagged days 3"]).await;
    place.world.clock.forward(11 * MINUTE);
    place.world.run_due().await;
    for tag in ["v1", "stable"] {
        let Retention { image, expiries } = place.explain(tag).await.unwrap();
        assert_eq!(image, None);
        let [expired] = &expiries[..] else { panic!("{expiries:?}") };
        let tags: Vec<&str> = expired.tags.iter().map(ImageTag::as_str).collect();
        assert_eq!((&expired.digest, &tags[..]), (&old, &["stable", "v1"][..]));
        let why = "rule 1 keeps the newest image with tags v*; enough newer ones were there";
        assert_eq!(expired.reason, why);
        assert!(expired.rule.starts_with(r#"{"rulePriority":1,"#), "{}", expired.rule);
    }
    let signature = place.explain("signature").await.unwrap().expiries;
    let why = format!("rule 1 expired {old}, which this image refers to, and referrers follow");
    assert_eq!(signature.iter().map(|it| &it.reason).collect::<Vec<_>>(), [&why]);
    assert_eq!(place.world.operations().expired(), 2);
    place.world.operations().delete_lifecycle_policy(&place.web).await.unwrap();
    place.world.clock.forward(89 * DAY);
    place.world.run_due().await;
    assert_eq!(place.explain("v1").await.unwrap().expiries.len(), 1);
    place.world.clock.forward(2 * DAY);
    place.world.run_due().await;
    let forgotten = place.explain("v1").await;
    assert!(matches!(
        forgotten,
        Err(Failure::Refused(Refusal::Image(ImageRefusal::NotFound { .. })))
    ));
    let left = place.world.operations().list_jobs(None, 0, 10).await.unwrap();
    assert!(left.iter().all(|job| job.lane != "lifecycle"), "{left:?}");
}

async fn a_kept_image_knows_what_keeps_it(engine: Engine) {
    let mut place = Place::new(engine).await;
    place.image(&["v1"]).await;
    place.image(&["v2"]).await;
    place.image(&["other"]).await;
    let child = place.image(&["beta-1"]).await;
    let index = Wanted { children: vec![child], ..Wanted::default() };
    let index = place.push(index, &["index"]).await;
    let none = place.retained("v1").await;
    assert_eq!((none.is_kept, &*none.reason), (true, "the repository has no lifecycle policy"));
    place.put_policy(&["v* newest 1", "other days 3", "beta-* days 1"]).await;
    place.world.clock.forward(DAY + MINUTE);
    #[rustfmt::skip]
    let cases = [
        // tag      kept   rule     reason begins
        ("v1",     false, Some(1), "the next run expires it by rule 1, which keeps the newest image with tags v*"),
        ("v2",     true,  Some(1), "rule 1 keeps the newest image with tags v*, and it is number 1: one newer image"),
        ("other",  true,  Some(2), "rule 2 expires images with tags other 3 days after their push: it stays until "),
        ("index",  true,  None,    "no rule of the policy selects it"),
    ];
    for (tag, kept, rule, reason) in cases {
        let image = place.retained(tag).await;
        assert_eq!(
            (image.is_kept, image.rule.map(|(priority, _)| priority)),
            (kept, rule),
            "{tag}"
        );
        assert!(image.reason.starts_with(reason), "{}", image.reason);
        assert_eq!(image.until.is_some(), tag == "other");
    }
    let child = place.retained("beta-1").await.reason;
    assert_eq!(
        child,
        format!("rule 3 would take it, but the index {index} refers to it and stays")
    );
}

async fn an_image_that_is_tagged_in_the_moment_of_its_expiry_is_whole(engine: Engine) {
    const IMAGES: u64 = 400;
    let mut place = Place::new(engine).await;
    for _ in 0..IMAGES {
        place.image(&[]).await;
    }
    place.put_policy(&["untagged days 1"]).await;
    place.world.clock.forward(2 * DAY);
    let operations = place.world.operations();
    let tag = |salt: u64| ImageTag::parse(&format!("keep-{salt}")).unwrap();
    let push = async {
        // From the newest to the oldest, so that pushes and the run meet.
        for salt in (1..=IMAGES).rev().step_by(2) {
            let manifest = manifest(&Wanted { salt, ..Wanted::default() });
            let put = PutImage { manifest, tags: vec![tag(salt)], if_same: IfSame::Refuse };
            operations.put_image(&place.web, put).await.unwrap();
        }
    };
    tokio::join!(push, place.world.run_due());
    place.world.run_due().await;
    let left = place.images().await;
    assert!(left.len() >= 200, "{}", left.len());
    for salt in (1..=IMAGES).rev().step_by(2) {
        let digest = manifest(&Wanted { salt, ..Wanted::default() }).digest;
        let kept = Reference::Tag(tag(salt));
        let pulled = operations.pull_image(&place.web, &kept, &fixture::puller()).await.unwrap();
        assert_eq!(pulled.digest, digest, "keep-{salt} was acknowledged");
    }
    place.is_in_order().await;
}

async fn pulls_of_excluded_principals_are_not_recorded(engine: Engine) {
    let mut place = Place::new(engine).await;
    let excluded = fixture::puller();
    let Principal::Root { account } = &excluded else { panic!("the fixture pulls as root") };
    let other = Principal::Root { account: account.clone() };
    place.image(&["v1"]).await;
    let operations = place.world.operations();
    let registry = place.web.registry.clone();
    let arn = excluded.principal_arn();
    operations.register_pull_time_update_exclusion(&registry, &arn).await.unwrap();
    let again = operations.register_pull_time_update_exclusion(&registry, &arn).await;
    assert!(matches!(
        again,
        Err(Failure::Refused(Refusal::Registry(RegistryRefusal::ExclusionAlreadyExists(_))))
    ));
    let v1 = Reference::Tag(ImageTag::parse("v1").unwrap());
    let pulled_at = async || {
        operations.record_pulls().await.unwrap();
        operations.find_manifest(&place.web, &v1).await.unwrap().pulled_at
    };
    operations.pull_image(&place.web, &v1, &excluded).await.unwrap();
    assert_eq!(pulled_at().await, None);
    operations.deregister_pull_time_update_exclusion(&registry, &arn).await.unwrap();
    operations.pull_image(&place.web, &v1, &other).await.unwrap();
    assert!(pulled_at().await.is_some());
    for number in 0..100 {
        let arn = format!("arn:aws:iam::{account}:user/{number}");
        operations.register_pull_time_update_exclusion(&registry, &arn).await.unwrap();
    }
    let more = operations.register_pull_time_update_exclusion(&registry, &arn).await;
    assert!(matches!(
        more,
        Err(Failure::Refused(Refusal::Registry(RegistryRefusal::TooManyExclusions { .. })))
    ));
}
