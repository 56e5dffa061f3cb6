//! Previews, which say what a run would do.

use std::time::Duration;

use db::on_both_engines;
use db::testing::Engine;
use names::{Digest, ImageTag, PreviewState};
use operations::{
    Failure, InvalidParameter, LifecycleRefusal, PreviewPlace, PreviewResults, Refusal, TagStatus,
};

use crate::fixture::Wanted;
use crate::place::{DAY, MINUTE, Place};

on_both_engines!(
    a_preview_says_what_a_run_then_does,
    one_preview_at_a_time_until_it_has_failed,
    results_of_a_preview_are_given_up_after_a_day,
);

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
