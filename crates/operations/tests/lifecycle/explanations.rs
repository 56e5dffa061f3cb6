//! Why an image expired, or what keeps it.

use db::on_both_engines;
use db::testing::Engine;
use names::{Clock as _, ImageId, ImageStatus, ImageTag, Reference, StorageClass, Timestamp};
use operations::{Failure, ImageRefusal, Refusal, Retention};

use crate::fixture::{Wanted, puller, pusher};
use crate::place::{DAY, MINUTE, Place};

on_both_engines!(
    it_is_remembered_for_a_while_why_images_expired,
    a_kept_image_knows_what_keeps_it,
    an_image_that_a_rule_spares_knows_the_index_that_will_keep_it,
    an_archived_image_says_since_when,
    a_restored_image_says_that_its_age_begins_with_that,
    a_rule_that_counts_says_which_images_count_as_newer_since_they_were_restored,
    a_rule_that_asks_for_pulls_says_which_half_of_it_takes_an_image,
);

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
    let find = place.world.operations();
    let found = find.find_expiry(&place.web, &ImageId::Digest(old.clone())).await.unwrap();
    assert_eq!(found.map(|expired| expired.digest), Some(old.clone()));
    let unknown = ImageId::Tag(ImageTag::parse("v2").unwrap());
    assert!(find.find_expiry(&place.web, &unknown).await.unwrap().is_none(), "it is there");
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
    assert!(left.iter().all(|job| job.job.lane != "lifecycle"), "{left:?}");
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
    assert_eq!(none.next_run_at, None);
    place.put_policy(&["v* newest 1", "other days 3", "beta-* days 1"]).await;
    let first_run = place.world.clock.now().plus(10 * MINUTE);
    place.world.clock.forward(DAY + MINUTE);
    assert_eq!(place.retained("v1").await.next_run_at, Some(first_run));
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

async fn an_image_that_a_rule_spares_knows_the_index_that_will_keep_it(engine: Engine) {
    let mut place = Place::new(engine).await;
    let (counted, aged) = (place.image(&["v1"]).await, place.image(&["beta-1"]).await);
    let index = Wanted { children: vec![counted, aged], ..Wanted::default() };
    let index = place.push(index, &["index"]).await;
    place.image(&["beta-2"]).await;
    place.put_policy(&["v* newest 1", "beta-* days 3"]).await;
    let also = format!("; it also stays while the index {index} refers to it");
    #[rustfmt::skip]
    let cases = [
        // tag      until   because
        ("v1",      false,  format!("rule 1 keeps the newest image with tags v*, and it is number 1: one newer image would push it out{also}")),
        ("beta-1",  false,  format!(", if nothing changes{also}")),
        ("beta-2",  true,   ", if nothing changes".to_owned()),
    ];
    for (tag, until, because) in cases {
        let image = place.retained(tag).await;
        assert_eq!((image.is_kept, image.until.is_some()), (true, until), "{tag}");
        assert!(image.reason.ends_with(&because), "{tag}: {}", image.reason);
    }
    place.world.clock.forward(DAY);
    place.put_policy(&["beta-* archive 3"]).await;
    assert!(place.retained("beta-1").await.reason.ends_with(&also), "it can be pulled");
    place.move_to("index", StorageClass::Archive).await;
    assert!(!place.retained("beta-1").await.reason.ends_with(&also), "its children may follow");
}

async fn an_archived_image_says_since_when(engine: Engine) {
    let mut place = Place::new(engine).await;
    place.image(&["v1"]).await;
    let image = place.retained("v1").await;
    assert_eq!((image.status, image.archived_at), (ImageStatus::Active, None));
    place.world.clock.forward(DAY);
    let archived_at = place.world.clock.now();
    place.move_to("v1", StorageClass::Archive).await;
    place.world.clock.forward(DAY);
    let image = place.retained("v1").await;
    assert_eq!((image.status, image.archived_at), (ImageStatus::Archived, Some(archived_at)));
    place.move_to("v1", StorageClass::Standard).await;
    let image = place.retained("v1").await;
    assert_eq!((image.status, image.archived_at), (ImageStatus::Activating, None));
}

async fn a_restored_image_says_that_its_age_begins_with_that(engine: Engine) {
    let mut place = Place::new(engine).await;
    place.world.restart_undoing_within(30 * DAY);
    let image = place.image(&["v1"]).await;
    place.image(&["v2"]).await;
    place.world.clock.forward(DAY);
    let id = ImageId::Digest(image.clone());
    place.world.operations().batch_delete_image(&place.web, vec![id], &pusher()).await.unwrap();
    place.world.clock.forward(DAY);
    place.world.operations().restore_image(&place.web, &image, None, &puller()).await.unwrap();
    let restored = told(place.world.clock.now());
    place.put_policy(&["v* days 3"]).await;
    let rule = "expires images with tags v* 3 days after their push";
    let kept = place.retained("v1").await;
    let begins = format!("rule 1 {rule}, and it was restored at {restored}: it stays until ");
    assert!(kept.is_kept && kept.reason.starts_with(&begins), "{}", kept.reason);
    let other = place.retained("v2").await.reason;
    assert!(other.starts_with(&format!("rule 1 {rule}: it stays until ")), "{other}");
    place.world.clock.forward(3 * DAY + MINUTE);
    let due = place.retained("v1").await;
    let reason =
        format!("the next run expires it by rule 1, which {rule}; it was restored at {restored}");
    assert_eq!((due.is_kept, due.reason), (false, reason));
    place.world.run_due().await;
    let expired = place.explain("v1").await.unwrap().expiries;
    assert_eq!(expired[0].reason, format!("rule 1 {rule}; it was restored at {restored}"));
}

async fn a_rule_that_counts_says_which_images_count_as_newer_since_they_were_restored(
    engine: Engine,
) {
    let mut place = Place::new(engine).await;
    let oldest = place.image(&["v0"]).await;
    for tag in ["v1", "v2", "v3"] {
        place.image(&[tag]).await;
    }
    place.move_to("v0", StorageClass::Archive).await;
    place.world.clock.forward(3 * DAY);
    place.move_to("v0", StorageClass::Standard).await;
    place.world.run_due().await;
    let restored = told(place.world.clock.now());
    place.put_policy(&["v* newest 2"]).await;
    place.world.clock.forward(MINUTE);
    let rule = "keeps the newest 2 images with tags v*";
    let kept = format!(
        "rule 1 {rule}, and it was restored at {restored}, and it is number 1: 2 newer ones would \
         push it out"
    );
    assert_eq!(place.retained("v0").await.reason, kept);
    let of_others = format!(
        "the next run expires it by rule 1, which {rule}; the older image {oldest} counts as newer, \
         as it was restored at {restored}"
    );
    assert_eq!(place.retained("v2").await.reason, of_others);
    let kept = format!("rule 1 {rule}, and it is number 2: one newer image would push it out");
    assert_eq!(place.retained("v3").await.reason, kept);
    for tag in ["v4", "v5"] {
        place.image(&[tag]).await;
    }
    let due =
        format!("the next run expires it by rule 1, which {rule}; it was restored at {restored}");
    assert_eq!(place.retained("v0").await.reason, due);
    place.world.clock.forward(DAY);
    place.world.run_due().await;
    let expired = place.explain("v0").await.unwrap().expiries;
    let gone =
        format!("rule 1 {rule}; it was restored at {restored}, and enough newer ones were there");
    assert_eq!(expired[0].reason, gone);
}

async fn a_rule_that_asks_for_pulls_says_which_half_of_it_takes_an_image(engine: Engine) {
    const POLICY: &str = r#"{"rules":[{"rulePriority":1,"selection":{"tagStatus":"tagged",
        "tagPatternList":["v*"],"countType":"imageCountMoreThan","countNumber":1,
        "longshore":{"pulledWithinDays":5}},"action":{"type":"expire"}}]}"#;
    let mut place = Place::new(engine).await;
    let mut pushed = Vec::new();
    for tag in ["v1", "v2"] {
        place.image(&[tag]).await;
        pushed.push(told(place.world.clock.now()));
    }
    place.world.clock.forward(4 * DAY);
    for tag in ["v3", "v4"] {
        place.image(&[tag]).await;
    }
    let used = place.world.clock.now();
    let tag = Reference::Tag(ImageTag::parse("v1").unwrap());
    let pulled = told(place.world.clock.now());
    place.world.operations().pull_image(&place.web, &tag, &puller()).await.unwrap();
    place.world.operations().record_pulls().await.unwrap();
    place.world.clock.forward(3 * DAY);
    place.world.operations().put_lifecycle_policy(&place.web, POLICY).await.unwrap();
    let rule = "keeps the newest image with tags v* of those pulled within 5 days";
    let due = async |place: &Place, tag: &str| {
        let image = place.retained(tag).await;
        assert!(!image.is_kept, "{}", image.reason);
        let begins = format!("the next run expires it by rule 1, which {rule}; ");
        image.reason.strip_prefix(&begins).map_or(image.reason.clone(), str::to_owned)
    };
    let newer = "a newer one was pulled in that time";
    assert_eq!(due(&place, "v1").await, newer, "it was pulled itself");
    assert_eq!(due(&place, "v3").await, newer, "it counts as pulled when it was pushed");
    let not_pulled = format!("it was pushed at {} and not pulled since", pushed[1]);
    assert_eq!(due(&place, "v2").await, not_pulled);
    let kept = place.retained("v4").await;
    let until = kept.until.expect("its pull will be too long ago");
    assert_eq!(until, used.plus(5 * DAY));
    let stays = format!(
        "rule 1 {rule}, and it is number 1: one newer image would push it out; it was pushed at {} \
         and not pulled since, and if it is not pulled again, it stays until {}",
        told(used),
        told(until)
    );
    assert_eq!((kept.is_kept, kept.reason), (true, stays));
    place.world.clock.forward(3 * DAY);
    assert_eq!(
        due(&place, "v4").await,
        format!("it was pushed at {} and not pulled since", told(used))
    );
    assert_eq!(due(&place, "v1").await, format!("it was last pulled at {pulled}"));
    place.world.run_due().await;
    let expired = async |tag: &str| place.explain(tag).await.unwrap().expiries[0].reason.clone();
    assert_eq!(expired("v2").await, format!("rule 1 {rule}; {not_pulled}"));
}

/// A moment as reasons have it.
fn told(moment: Timestamp) -> String {
    jiff::Timestamp::from_second(moment.as_seconds()).unwrap().to_string()
}
