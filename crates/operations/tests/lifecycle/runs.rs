//! Runs: what expires, and what a run leaves whole.

use std::time::Duration;

use db::on_both_engines;
use db::testing::Engine;
use names::{Clock as _, Digest, ImageTag, Reference};
use operations::{IfSame, JobAbout, PutImage};

use crate::fixture::{Wanted, manifest, puller, pusher};
use crate::place::{DAY, MINUTE, Place};

on_both_engines!(
    a_policy_is_carried_out_minutes_after_it_was_put_and_then_daily,
    a_policy_that_was_deleted_does_nothing,
    a_step_that_loses_to_other_transactions_is_tried_again,
    an_index_that_stays_keeps_its_children_and_a_referrer_goes_with_its_subject,
    referrers_of_a_deleted_image_go_an_hour_later,
    referrers_stay_if_their_subject_comes_back,
    a_repository_is_erased_with_its_policy_and_its_preview,
    an_image_that_is_tagged_in_the_moment_of_its_expiry_is_whole,
);

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
    let due = async |place: &Place| {
        let queued = place.world.operations().list_jobs(None, 0, 100).await.unwrap();
        let run = queued.into_iter().find(|job| job.job.name == "apply_lifecycle_policy");
        run.map(|job| job.job.due_at)
    };
    assert_eq!(due(&place).await, Some(place.world.clock.now().plus(10 * MINUTE)));
    place.world.operations().delete_lifecycle_policy(&place.web).await.unwrap();
    assert_eq!(due(&place).await, None, "no run is to come");
    place.world.clock.forward(2 * DAY);
    place.world.run_due().await;
    assert_eq!(place.images().await, images);
    place.put_policy(&["any newest 1"]).await;
    place.world.clock.forward(DAY);
    place.world.run_due().await;
    let expired_at = place.world.clock.now();
    place.world.clock.forward(DAY);
    place.world.operations().delete_lifecycle_policy(&place.web).await.unwrap();
    let forgets = expired_at.plus(90 * DAY).plus(Duration::from_secs(1));
    assert_eq!(due(&place).await, Some(forgets), "it only forgets why images expired");
}

async fn a_step_that_loses_to_other_transactions_is_tried_again(engine: Engine) {
    let mut place = Place::new(engine).await;
    for _ in 0..30 {
        place.image(&[]).await;
    }
    let newest = place.image(&[]).await;
    place.put_policy(&["any newest 1"]).await;
    place.world.clock.forward(11 * MINUTE);
    // The first commit is that of the runner, which begins the job.
    place.world.db().faults().lose_commits(2, 3);
    place.world.run_lane(jobs::Lane::Lifecycle).await.unwrap();
    assert_eq!(place.images().await, [newest]);
    let queued = place.world.operations().list_jobs(None, 0, 100).await.unwrap();
    let run = queued.iter().find(|job| job.job.name == "apply_lifecycle_policy").unwrap();
    assert_eq!((run.job.attempts, &run.job.last_error), (0, &None), "it did not begin anew");
    place.is_in_order().await;
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

async fn referrers_of_a_deleted_image_go_an_hour_later(engine: Engine) {
    let mut place = Place::new(engine).await;
    let refers = |subject: &Digest| Wanted { subject: Some(subject.clone()), ..Wanted::default() };
    // Its subject was never there.
    let early = place.push(refers(&Digest::sha256(b"later")), &[]).await;
    let subject = place.image(&["v1"]).await;
    let signature = place.push(refers(&subject), &[]).await;
    place.push(refers(&signature), &["of-the-signature"]).await;
    let in_index = place.push(refers(&subject), &[]).await;
    let index = Wanted { children: vec![in_index.clone()], ..Wanted::default() };
    let index = place.push(index, &["index"]).await;
    for _ in 0..60 {
        place.push(refers(&subject), &[]).await;
    }
    place.delete(&subject).await;
    let about = JobAbout { repository: Some(place.web.clone()), image: Some(subject), layer: None };
    assert_eq!(place.about("delete_referrers").await, about);
    place.world.clock.forward(Duration::from_mins(59));
    place.world.run_due().await;
    assert_eq!(place.images().await.len(), 65, "it may come back");
    place.world.clock.forward(MINUTE);
    place.world.run_due().await;
    assert_eq!(place.images().await.len(), 4, "all but one of the signature");
    place.world.clock.forward(Duration::from_hours(1));
    place.world.run_due().await;
    assert_eq!(place.images().await, [early, in_index, index]);
    place.is_in_order().await;
}

async fn referrers_stay_if_their_subject_comes_back(engine: Engine) {
    let mut place = Place::new(engine).await;
    let subject = manifest(&Wanted { salt: 1_000, ..Wanted::default() });
    let push = async |place: &Place| {
        let put = PutImage { manifest: subject.clone(), tags: Vec::new(), if_same: IfSame::Refuse };
        place.world.operations().put_image(&place.web, put, &pusher()).await.unwrap();
    };
    push(&place).await;
    let referrer = Wanted { subject: Some(subject.digest.clone()), ..Wanted::default() };
    let referrer = place.push(referrer, &[]).await;
    place.delete(&subject.digest).await;
    push(&place).await;
    place.world.clock.forward(DAY);
    place.world.run_due().await;
    assert_eq!(place.images().await, [referrer, subject.digest]);
}

async fn a_repository_is_erased_with_its_policy_and_its_preview(engine: Engine) {
    let mut place = Place::new(engine).await;
    let subject = place.image(&[]).await;
    place.push(Wanted { subject: Some(subject), ..Wanted::default() }, &[]).await;
    place.put_policy(&["any newest 1"]).await;
    place.start_preview(&["any newest 1"]).await.unwrap();
    place.world.run_lane(jobs::Lane::Lifecycle).await.unwrap();
    place.world.operations().delete_repository(&place.web, true).await.unwrap();
    place.world.run_due().await;
    let queued = place.world.operations().list_jobs(None, 0, 100).await.unwrap();
    let of_referrers = queued.iter().find(|job| job.job.name == "delete_referrers");
    assert!(of_referrers.is_none(), "they were erased: {of_referrers:?}");
    place.world.clock.forward(2 * DAY);
    place.world.run_due().await;
    let left = place.world.operations().list_jobs(None, 0, 10).await.unwrap();
    assert!(left.iter().all(|job| job.job.lane != "lifecycle"), "{left:?}");
    place.is_in_order().await;
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
            operations.put_image(&place.web, put, &pusher()).await.unwrap();
        }
    };
    tokio::join!(push, place.world.run_due());
    place.world.run_due().await;
    let left = place.images().await;
    assert!(left.len() >= 200, "{}", left.len());
    for salt in (1..=IMAGES).rev().step_by(2) {
        let digest = manifest(&Wanted { salt, ..Wanted::default() }).digest;
        let kept = Reference::Tag(tag(salt));
        let pulled = operations.pull_image(&place.web, &kept, &puller()).await.unwrap();
        assert_eq!(pulled.digest, digest, "keep-{salt} was acknowledged");
    }
    place.is_in_order().await;
}
