//! What is written down.

use db::on_both_engines;
use db::testing::Engine;
use names::{Digest, ImageId, ImageTag, MovedThrough, Reference, TagMutability};
use operations::fsck;
use operations::{Failure, IfUnsealed, RepositoryRefusal, RepositorySettings, TagMove};

use crate::fixture::{parse, puller, pusher, repository};
use crate::place::{DAY, Place, image, tag};

on_both_engines!(
    pushes_and_deletions_are_written_down_with_who_did_them,
    what_changes_nothing_is_not_written_down,
    the_last_page_is_the_oldest,
    an_expiry_names_the_policy,
    a_history_goes_with_its_repository,
    a_rebuild_has_no_history,
);

fn told(moves: &[TagMove]) -> Vec<(String, Option<Digest>, Option<Digest>, MovedThrough)> {
    let told =
        |it: &TagMove| (it.tag.to_string(), it.from.clone(), it.to.clone(), it.mover.through);
    moves.iter().map(told).collect()
}

async fn pushes_and_deletions_are_written_down_with_who_did_them(engine: Engine) {
    let place = Place::new(engine).await;
    let (one, two) = (place.push(1, "v1").await, place.push(2, "v1").await);
    let pushed_at = names::Clock::now(&*place.world.clock);
    place.push(2, "v2").await;
    place.untag("v1").await;
    place.push(1, "v1").await;
    place.delete(ImageId::Digest(two.clone())).await;
    let by_tag = Reference::Tag(tag("v1"));
    let operations = place.world.operations();
    operations.delete_manifest(&place.web, &by_tag, &pusher()).await.unwrap();
    let moves = place.moves(None).await;
    let line = |tag: &str, from: Option<&Digest>, to: Option<&Digest>, through| {
        (tag.to_owned(), from.cloned(), to.cloned(), through)
    };
    let (aws, oci) = (MovedThrough::AwsApi, MovedThrough::OciApi);
    #[rustfmt::skip]
    let expected = [
        line("v1", Some(&one), None,       oci),
        line("v2", Some(&two), None,       aws),
        line("v1", None,       Some(&one), oci),
        line("v1", Some(&two), None,       aws),
        line("v2", None,       Some(&two), oci),
        line("v1", Some(&one), Some(&two), oci),
        line("v1", None,       Some(&one), oci),
    ];
    assert_eq!(told(&moves), expected);
    assert!(moves.iter().all(|it| it.mover.by == Some(puller().arn())), "{moves:?}");
    assert_eq!(moves[5].mover.at, pushed_at);
    let of_v2 = place.moves(Some("v2")).await;
    assert_eq!(told(&of_v2), [expected[1].clone(), expected[4].clone()]);
    place.is_in_order().await;
}

async fn what_changes_nothing_is_not_written_down(engine: Engine) {
    let settings =
        RepositorySettings { mutability: TagMutability::Immutable, ..Default::default() };
    let place = Place::with(engine, settings).await;
    place.push(1, "v1").await;
    place.push(1, "v1").await;
    assert!(place.try_to_push(2, &["v2", "v1"]).await.is_err(), "the tag is immutable");
    let missing = Reference::Tag(tag("v9"));
    let operations = place.world.operations();
    assert!(operations.delete_manifest(&place.web, &missing, &pusher()).await.is_err());
    assert_eq!(told(&place.moves(None).await).len(), 1);
    assert_eq!(place.moves(Some("v2")).await, [], "all of a push, or nothing");
    let nowhere = operations.list_tag_history(&repository("none"), None, None, 10).await;
    let Err(Failure::Refused(refusal)) = nowhere else { panic!("{nowhere:?}") };
    assert_eq!(refusal, RepositoryRefusal::NotFound(repository("none")).into());
}

async fn the_last_page_is_the_oldest(engine: Engine) {
    let place = Place::new(engine).await;
    for number in 0..5 {
        place.push(number, "latest").await;
        place.push(number, &format!("v{number}")).await;
    }
    let operations = place.world.operations();
    for (name, expected) in [(None, 10), (Some(tag("latest")), 5)] {
        let (mut seen, mut before) = (Vec::new(), None);
        loop {
            let page = operations.list_tag_history(&place.web, name.clone(), before, 3).await;
            let page = page.unwrap();
            let Some(last) = page.last() else { break };
            before = Some(last.id);
            seen.extend(page.iter().map(|it| it.mover.at));
        }
        assert_eq!(seen.len(), expected, "{name:?}");
        assert!(seen.is_sorted_by(|newer, older| newer > older), "{name:?}: {seen:?}");
    }
}

async fn an_expiry_names_the_policy(engine: Engine) {
    let place = Place::new(engine).await;
    let one = place.push(1, "v1").await;
    let policy = r#"{"rules":[{"rulePriority":1,"selection":{"tagStatus":"any","countType":"sinceImagePushed",
                    "countUnit":"days","countNumber":1},"action":{"type":"expire"}}]}"#;
    place.world.operations().put_lifecycle_policy(&place.web, policy).await.unwrap();
    place.world.clock.forward(2 * DAY);
    place.world.run_due().await;
    assert_eq!(place.pulled("v1").await, None);
    let moves = place.moves(None).await;
    let expired = ("v1".to_owned(), Some(one), None, MovedThrough::LifecyclePolicy);
    assert_eq!(told(&moves)[0], expired);
    assert_eq!((moves[0].mover.by.as_ref(), moves.len()), (None, 2));
}

async fn a_history_goes_with_its_repository(engine: Engine) {
    let place = Place::new(engine).await;
    // More moves than one step deletes.
    let names: Vec<String> = (0..600).map(|number| format!("v{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    place.try_to_push(1, &names).await.unwrap();
    let operations = place.world.operations();
    operations.delete_repository(&place.web, true).await.unwrap();
    place.world.run_due().await;
    let settings = RepositorySettings::default();
    operations.create_repository(&place.web, settings).await.unwrap();
    assert_eq!(place.moves(None).await, []);
    place.world.clock.forward(2 * DAY);
    place.world.run_due().await;
    let left: Result<_, db::DbError> = place
        .world
        .db()
        .read(|tx| {
            let hidden = tx.list_hidden_repositories(None, 10)?;
            Ok(hidden.len())
        })
        .await;
    assert_eq!(left.unwrap(), 0, "nothing refers to the row any more");
}

async fn a_rebuild_has_no_history(engine: Engine) {
    let mut place = Place::new(engine).await;
    let one = place.push(1, "v1").await;
    place.push(2, "v1").await;
    place.push(1, "kept").await;
    place.world.run_due().await;
    place.world.stop();
    place.world.rows.lose();
    place.world.restart();
    let operations = place.world.operations();
    fsck::rebuild(operations, IfUnsealed::Refuse, &parse, &mut |_, _| {}).await.unwrap();
    assert_eq!((place.pulled("v1").await, place.pulled("kept").await), (Some(image(2)), Some(one)));
    assert_eq!(place.moves(None).await, []);
    let again: Vec<ImageTag> = operations.list_tags(&place.web, String::new(), 10).await.unwrap();
    assert_eq!(again.len(), 2);
    place.push(3, "v1").await;
    assert_eq!(place.moves(None).await.len(), 1, "what moves from now on is remembered");
}
