//! Images that are gone and can be restored, found by what they were called.

use std::time::Duration;

use db::on_both_engines;
use db::testing::Engine;
use names::{Digest, ImageId, ImageTag};
use operations::TagHistory;

use crate::fixture::puller;
use crate::place::{DAY, MINUTE, Place};

on_both_engines!(
    an_image_that_can_be_restored_is_found_by_a_digest_or_a_tag,
    by_a_tag_without_a_history_the_one_that_expired_last_is_found,
);

const WINDOW: Duration = Duration::from_hours(24 * 7);

impl Place {
    /// The image that can be restored and was called this, by a digest or a tag.
    async fn gone(&self, name: &str) -> Option<Digest> {
        let tag = || ImageId::Tag(ImageTag::parse(name).unwrap());
        let id = Digest::parse(name).map_or_else(|_| tag(), ImageId::Digest);
        let found = self.world.operations().find_restorable_image(&self.web, &id).await;
        found.unwrap().map(|image| image.digest)
    }
}

async fn an_image_that_can_be_restored_is_found_by_a_digest_or_a_tag(engine: Engine) {
    let mut place = Place::new(engine).await;
    place.world.restart_undoing_within(WINDOW);
    let (one, two) = (place.image(&["v1", "x"]).await, place.image(&["v1"]).await);
    let (by_one, by_two) = (one.as_str(), two.as_str());
    assert_eq!((place.gone(by_one).await, place.gone("v1").await), (None, None));
    place.delete(&one).await;
    assert_eq!(place.gone(by_one).await, Some(one.clone()));
    assert_eq!(place.gone("x").await, Some(one.clone()));
    assert_eq!(place.gone("v1").await, None, "another image has it");
    place.delete(&two).await;
    assert_eq!(place.gone("v1").await, Some(two.clone()), "it had it last");
    assert_eq!(place.gone("v2").await, None);
    place.world.operations().restore_image(&place.web, &one, None, &puller()).await.unwrap();
    assert_eq!((place.gone(by_one).await, place.gone("x").await), (None, None));
    place.world.clock.forward(WINDOW.saturating_sub(MINUTE));
    assert_eq!(place.gone(by_two).await, Some(two.clone()));
    place.world.clock.forward(2 * MINUTE);
    assert_eq!((place.gone(by_two).await, place.gone("v1").await), (None, None));
}

async fn by_a_tag_without_a_history_the_one_that_expired_last_is_found(engine: Engine) {
    let mut place = Place::new(engine).await;
    place.world.tag_history = TagHistory { remember: Duration::ZERO, ..TagHistory::default() };
    place.world.restart_undoing_within(WINDOW);
    let image = place.image(&["v1"]).await;
    place.put_policy(&["v* days 1"]).await;
    place.world.clock.forward(2 * DAY);
    place.world.run_due().await;
    assert_eq!(place.gone("v1").await, Some(image));
}
