//! Tags that are rolled back, and why some are not.

use db::on_both_engines;
use db::testing::Engine;
use names::{Clock, Digest, ImageId, ImageStatus, MovedThrough, StorageClass, TagMutability};
use operations::{ImageRefusal, RolledBack, TagHistoryRefusal, TagVersion};

use crate::place::{DAY, MINUTE, Place, image, tag};

on_both_engines!(
    a_rollback_undoes_the_last_move_and_a_second_one_undoes_the_first,
    a_tag_goes_back_to_any_image_that_it_named,
    a_tag_goes_back_to_what_it_named_at_a_moment,
    a_deleted_tag_comes_back,
    a_history_that_knows_no_such_version_is_refused,
    an_image_that_is_gone_or_archived_is_refused,
    an_immutable_tag_stays_and_a_deleted_one_comes_back,
    an_image_has_no_more_tags_by_a_rollback_than_by_a_push,
);

fn rolled_back(from: &Digest, to: &Digest) -> RolledBack {
    RolledBack { from: Some(from.clone()), to: to.clone() }
}

async fn a_rollback_undoes_the_last_move_and_a_second_one_undoes_the_first(engine: Engine) {
    let place = Place::new(engine).await;
    let (one, two) = (place.push(1, "v1").await, place.push(2, "v1").await);
    assert_eq!(place.roll_back("v1", TagVersion::Before).await, Ok(rolled_back(&two, &one)));
    assert_eq!(place.pulled("v1").await, Some(one.clone()));
    assert_eq!(place.roll_back("v1", TagVersion::Before).await, Ok(rolled_back(&one, &two)));
    assert_eq!(place.pulled("v1").await, Some(two.clone()));
    let moves = place.moves(None).await;
    let rollback = &moves[1];
    assert_eq!((&rollback.from, &rollback.to), (&Some(two), &Some(one)));
    assert_eq!(rollback.mover.through, MovedThrough::Rollback);
    assert_eq!(rollback.mover.by.as_deref(), Some("arn:aws:iam::123456789012:root"));
    place.is_in_order().await;
}

async fn a_tag_goes_back_to_any_image_that_it_named(engine: Engine) {
    let place = Place::new(engine).await;
    let first = place.push(1, "v1").await;
    for number in 2..5 {
        place.push(number, "v1").await;
    }
    let to = |digest: &Digest| TagVersion::Digest(digest.clone());
    assert_eq!(place.roll_back("v1", to(&first)).await, Ok(rolled_back(&image(4), &first)));
    let moves = place.moves(None).await.len();
    // A client that repeats what it did not hear of does no harm.
    assert_eq!(place.roll_back("v1", to(&first)).await, Ok(rolled_back(&first, &first)));
    assert_eq!(place.moves(None).await.len(), moves);
    assert_eq!(place.roll_back("v1", to(&image(3))).await, Ok(rolled_back(&first, &image(3))));
    place.is_in_order().await;
}

async fn a_tag_goes_back_to_what_it_named_at_a_moment(engine: Engine) {
    let place = Place::new(engine).await;
    let created_at = place.world.clock.now();
    let one = place.push(1, "v1").await;
    let pushed_at = place.world.clock.now();
    let two = place.push(2, "v1").await;
    place.world.clock.forward(DAY);
    let three = place.push(3, "v1").await;
    let now = place.world.clock.now();
    let refused = |at| {
        let (repository, tag, version) = (place.web.clone(), tag("v1"), TagVersion::At(at));
        Err(TagHistoryRefusal::VersionNotFound { repository, tag, version }.into())
    };
    #[rustfmt::skip]
    let cases = [
        // at                            names   because
        (now.plus(DAY),                  Some(&three), "what is to come is what is"),
        (now.minus(DAY),                 Some(&two),   "a day before"),
        (pushed_at.plus(MINUTE),         Some(&two),   "the moment of the move counts"),
        (pushed_at,                      Some(&one),   "the first push"),
        (created_at,                     None,         "there was no such tag"),
        (created_at.minus(400 * DAY),    None,         "what is not remembered"),
    ];
    let mut current = three.clone();
    for (at, expected, because) in cases {
        let found = place.roll_back("v1", TagVersion::At(at)).await;
        let Some(expected) = expected else {
            assert_eq!(found, refused(at), "{because}");
            continue;
        };
        assert_eq!(found, Ok(rolled_back(&current, expected)), "{because}");
        current = expected.clone();
    }
    place.world.clock.forward(89 * DAY);
    // Its first push is forgotten, and the move after it says what it named then.
    place.world.operations().begin_forgetting_tag_moves().await.unwrap();
    place.world.run_due().await;
    let forgotten = place.moves(Some("v1")).await;
    let first = forgotten.last().unwrap();
    let known = first.mover.at.minus(MINUTE);
    assert_eq!(
        place.roll_back("v1", TagVersion::At(known)).await.map(|it| Some(it.to)),
        Ok(first.from.clone()),
    );
}

async fn a_deleted_tag_comes_back(engine: Engine) {
    let place = Place::new(engine).await;
    let one = place.push(1, "v1").await;
    place.push(1, "other").await;
    place.untag("v1").await;
    assert_eq!(place.pulled("v1").await, None);
    let found = place.roll_back("v1", TagVersion::Before).await;
    assert_eq!(found, Ok(RolledBack { from: None, to: one.clone() }));
    assert_eq!(place.pulled("v1").await, Some(one));
    place.is_in_order().await;
}

async fn a_history_that_knows_no_such_version_is_refused(engine: Engine) {
    let place = Place::new(engine).await;
    place.push(1, "v1").await;
    place.push(2, "v2").await;
    let unknown = Digest::sha256(b"unknown");
    #[rustfmt::skip]
    let cases = [
        // tag    version                          because                          text
        ("v1",    TagVersion::Before,              "it never moved",
         "The history of the tag 'v1' knows no earlier image in the repository with name 'web' in the registry with id '123456789012'"),
        ("v9",    TagVersion::Before,              "there is no such tag",
         "The history of the tag 'v9' knows no earlier image in the repository with name 'web' in the registry with id '123456789012'"),
        ("v1",    TagVersion::Digest(image(2)),    "the image is another tag's",
         "The history of the tag 'v1' does not know the image with digest"),
        ("v1",    TagVersion::Digest(unknown),     "there is no such image",
         "The history of the tag 'v1' does not know the image with digest"),
    ];
    for (name, version, because, text) in cases {
        let refused = place.roll_back(name, version.clone()).await.unwrap_err();
        assert!(refused.to_string().starts_with(text), "{because}: {refused}");
        let (repository, tag) = (place.web.clone(), tag(name));
        let expected = TagHistoryRefusal::VersionNotFound { repository, tag, version };
        assert_eq!(refused, expected.into(), "{because}");
    }
    let elsewhere = crate::fixture::repository("none");
    let version = TagVersion::Before;
    let operations = place.world.operations();
    let principal = crate::fixture::puller();
    assert!(operations.roll_back_tag(&elsewhere, tag("v1"), version, &principal).await.is_err());
    assert_eq!(place.moves(None).await.len(), 2);
}

async fn an_image_that_is_gone_or_archived_is_refused(engine: Engine) {
    let place = Place::new(engine).await;
    let (one, two) = (place.push(1, "v1").await, place.push(2, "v1").await);
    let archived = ImageId::Digest(one.clone());
    let operations = place.world.operations();
    for (target, status) in [
        (StorageClass::Archive, ImageStatus::Archived),
        (StorageClass::Standard, ImageStatus::Activating),
    ] {
        let moved = operations.update_image_storage_class(&place.web, archived.clone(), target);
        moved.await.unwrap();
        let (repository, digest) = (place.web.clone(), one.clone());
        let expected = TagHistoryRefusal::ImageInaccessible { repository, digest, status };
        let refused = place.roll_back("v1", TagVersion::Before).await.unwrap_err();
        assert_eq!(refused, expected.into());
    }
    place.world.run_due().await;
    assert_eq!(place.roll_back("v1", TagVersion::Before).await, Ok(rolled_back(&two, &one)));
    place.delete(ImageId::Digest(two.clone())).await;
    let refused = place.roll_back("v1", TagVersion::Before).await.unwrap_err();
    let (repository, image) = (place.web.clone(), ImageId::Digest(two));
    assert_eq!(refused, ImageRefusal::NotFound { repository, image }.into());
    assert_eq!(place.pulled("v1").await, Some(one));
    place.is_in_order().await;
}

async fn an_immutable_tag_stays_and_a_deleted_one_comes_back(engine: Engine) {
    let place = Place::new(engine).await;
    let (one, two) = (place.push(1, "v1").await, place.push(2, "v1").await);
    place.push(2, "other").await;
    let operations = place.world.operations();
    let frozen =
        operations.put_image_tag_mutability(&place.web, TagMutability::Immutable, Vec::new());
    frozen.await.unwrap();
    let refused = place.roll_back("v1", TagVersion::Digest(one)).await.unwrap_err();
    let expected = ImageRefusal::TagImmutable { repository: place.web.clone(), tag: tag("v1") };
    assert_eq!(refused, expected.into());
    assert_eq!(place.pulled("v1").await, Some(two.clone()));
    place.untag("v1").await;
    let found = place.roll_back("v1", TagVersion::Before).await;
    assert_eq!(found, Ok(RolledBack { from: None, to: two }), "as a push may put it again");
}

async fn an_image_has_no_more_tags_by_a_rollback_than_by_a_push(engine: Engine) {
    let place = Place::new(engine).await;
    place.push(1, "v1").await;
    place.push(2, "v1").await;
    let names: Vec<String> = (0..1_000).map(|number| format!("t{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    place.try_to_push(1, &names).await.unwrap();
    let refused = place.roll_back("v1", TagVersion::Before).await.unwrap_err();
    assert_eq!(refused, ImageRefusal::TooManyTags { tags_max: 1_000 }.into());
    assert_eq!(place.pulled("v1").await, Some(image(2)));
    assert_eq!(place.moves(Some("v1")).await.len(), 2, "what is refused is not written down");
}
