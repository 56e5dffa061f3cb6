//! Images that the history of a tag can roll back to.

use db::on_both_engines;
use db::testing::Engine;
use names::ImageTag;
use operations::{IfSame, PutImage, Shield, TagHistory, TagVersion};

use crate::fixture::{Wanted, manifest, puller, pusher};
use crate::place::{DAY, MINUTE, Place};

on_both_engines!(
    without_a_shield_a_rule_takes_what_a_tag_named,
    a_shielded_image_stays_until_its_move_is_forgotten,
    a_kept_image_knows_the_history_that_keeps_it,
    a_tag_that_moves_in_the_moment_of_an_expiry_shields_the_image,
);

impl Place {
    async fn shielded(engine: Engine) -> Self {
        let mut place = Self::new(engine).await;
        place.world.tag_history = TagHistory { shield: Shield::On, ..TagHistory::default() };
        place.world.restart();
        place
    }

    async fn run(&self) {
        self.world.run_due().await;
    }
}

async fn without_a_shield_a_rule_takes_what_a_tag_named(engine: Engine) {
    let mut place = Place::new(engine).await;
    place.image(&["v1"]).await;
    let two = place.image(&["v1"]).await;
    place.put_policy(&["untagged days 1"]).await;
    place.world.clock.forward(2 * DAY);
    place.run().await;
    assert_eq!(place.images().await, [two]);
}

async fn a_shielded_image_stays_until_its_move_is_forgotten(engine: Engine) {
    let mut place = Place::shielded(engine).await;
    let one = place.image(&["v1"]).await;
    let never_tagged = place.image(&[]).await;
    let index = Wanted { children: vec![never_tagged.clone()], ..Wanted::default() };
    let index = place.push(index, &["v1"]).await;
    let three = place.image(&["v1"]).await;
    let lonely = place.image(&[]).await;
    place.world.operations().begin_forgetting_tag_moves().await.unwrap();
    place.put_policy(&["untagged days 1"]).await;
    place.world.clock.forward(2 * DAY);
    place.run().await;
    place.start_preview(&["untagged days 1"]).await.unwrap();
    place.run().await;
    assert_eq!(place.previewed().await, [], "a preview decides as a run does");
    let left = [one.clone(), never_tagged.clone(), index.clone(), three.clone()];
    assert_eq!(place.images().await, left, "{lonely} alone is gone");
    // To roll back to the first image is to shield the third one instead.
    let version = TagVersion::Digest(one.clone());
    let v1 = ImageTag::parse("v1").unwrap();
    let operations = place.world.operations();
    operations.roll_back_tag(&place.web, v1, version, &puller()).await.unwrap();
    place.world.clock.forward(87 * DAY);
    place.run().await;
    assert_eq!(place.images().await, left);
    // One after the other, no move away from them is remembered any more.
    for _ in 0..4 {
        place.world.clock.forward(2 * DAY);
        place.run().await;
    }
    assert_eq!(place.images().await, [one], "no move is remembered any more");
    place.is_in_order().await;
}

async fn a_kept_image_knows_the_history_that_keeps_it(engine: Engine) {
    let mut place = Place::shielded(engine).await;
    place.image(&["v1", "old"]).await;
    let moved_at = names::Clock::now(&*place.world.clock).plus(MINUTE);
    place.image(&["v1"]).await;
    place.put_policy(&["* days 3"]).await;
    let until = moved_at.plus(90 * DAY);
    let young = place.retained("old").await;
    assert!(young.is_kept && young.until == Some(until), "{young:?}");
    assert!(
        young
            .reason
            .contains(", if nothing changes; it also stays because the tag v1 named it until "),
        "{}",
        young.reason
    );
    place.world.clock.forward(4 * DAY);
    let shielded = place.retained("old").await;
    assert!(shielded.is_kept && shielded.until == Some(until), "{shielded:?}");
    let begins = "rule 1 would take it, but the tag v1 named it until ";
    assert!(shielded.reason.starts_with(begins), "{}", shielded.reason);
    assert_eq!(shielded.rule.map(|(priority, _)| priority), Some(1));
    let due = place.retained("v1").await;
    assert!(!due.is_kept, "{}", due.reason);
    place.world.tag_history = TagHistory::default();
    place.world.restart();
    assert!(!place.retained("old").await.is_kept, "without a shield");
}

async fn a_tag_that_moves_in_the_moment_of_an_expiry_shields_the_image(engine: Engine) {
    const IMAGES: u64 = 300;
    let mut place = Place::shielded(engine).await;
    let name = |number: u64| format!("t{number}");
    for number in 0..IMAGES {
        place.image(&[&name(number)]).await;
    }
    place.put_policy(&["any days 1"]).await;
    place.world.clock.forward(2 * DAY);
    let operations = place.world.operations();
    let push = async {
        // From the newest to the oldest, so that pushes and the run meet.
        for number in (0..IMAGES).rev() {
            let manifest = manifest(&Wanted { salt: 1_000 + number, ..Wanted::default() });
            let tags = vec![ImageTag::parse(&name(number)).unwrap()];
            let put = PutImage { manifest, tags, if_same: IfSame::Refuse };
            operations.put_image(&place.web, put, &pusher()).await.unwrap();
        }
    };
    tokio::join!(push, place.run());
    place.run().await;
    let images = place.images().await;
    let moves = operations.list_tag_history(&place.web, None, None, 10_000).await.unwrap();
    let away = moves.iter().filter(|it| it.to.is_some()).filter_map(|it| it.from.as_ref());
    let (mut shielded, mut lost) = (0, 0);
    for image in away {
        shielded += 1;
        lost += usize::from(!images.contains(image));
    }
    assert_eq!(lost, 0, "of {shielded} images that lost their tag to another");
    assert!(shielded > 0);
    place.is_in_order().await;
}
