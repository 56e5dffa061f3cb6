//! Random repositories of thousands of images: a run does exactly what a preview said.

use std::collections::BTreeMap;
use std::time::Duration;

use db::on_both_engines;
use db::testing::Engine;
use jobs::Lane;
use names::{Digest, ImageId, ImageStatus, ImageTag, LifecycleAction, StorageClass};
use operations::{IfSame, ImageFilter, PreviewPlace, PutImage, TagStatus};

use crate::fixture::{Wanted, manifest, pusher};
use crate::place::{MINUTE, Place};

on_both_engines!(a_run_does_what_a_preview_said_in_random_repositories);

const IMAGES: usize = 2_000;

const HOUR: Duration = Duration::from_hours(1);

/// From a preview to the run. Images come at whole hours, and both are between two of them, so none
/// becomes old enough meanwhile.
const TO_THE_RUN: Duration = Duration::from_mins(11);

/// Both together are a day.
const TO_THE_NEXT_PREVIEW: Duration = Duration::from_mins(24 * 60 - 11);

/// Policies; every count takes some of the images and spares some.
const POLICIES: [&[&str]; 3] = [
    &["v* newest 20", "beta-* days 9", "untagged days 3", "any newest 300"],
    &["beta-* archive 4", "untagged newest 200", "v1* days 11", "any archive 12"],
    &["*-3* newest 2", "v* archive 8", "untagged archive 6", "any days 10"],
];

/// SplitMix64.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % bound as u64).expect("less than the bound")
    }

    fn some_of(&mut self, known: &[Digest], most: usize) -> Vec<Digest> {
        let count = self.below(most + 1).min(known.len());
        let mut some: Vec<_> = (0..count).map(|_| known[self.below(known.len())].clone()).collect();
        some.sort();
        some.dedup();
        some
    }
}

type Statuses = BTreeMap<Digest, ImageStatus>;

impl Place {
    async fn fill(&mut self, dice: &mut Dice) {
        let mut known: Vec<Digest> = Vec::new();
        for _ in 0..IMAGES {
            if dice.below(6) == 0 {
                self.world.clock.forward(HOUR);
            }
            let tags = [format!("v{}", dice.below(700)), format!("beta-{}", dice.below(400))];
            let tags = tags.iter().skip(dice.below(4)).map(|tag| ImageTag::parse(tag).unwrap());
            let wanted = match dice.below(10) {
                0 => Wanted { children: dice.some_of(&known, 3), ..Wanted::default() },
                1 => Wanted { subject: dice.some_of(&known, 1).pop(), ..Wanted::default() },
                _ => Wanted::default(),
            };
            let manifest = manifest(&Wanted { salt: known.len() as u64, ..wanted });
            known.push(manifest.digest.clone());
            let put = PutImage { manifest, tags: tags.collect(), if_same: IfSame::Refuse };
            self.world.operations().put_image(&self.web, put, &pusher()).await.unwrap();
            if dice.below(20) == 0 {
                let id = ImageId::Digest(known[dice.below(known.len())].clone());
                // One that an index needs is refused, and one that is archived.
                let operations = self.world.operations();
                let archive = StorageClass::Archive;
                drop(operations.update_image_storage_class(&self.web, id, archive).await);
            }
        }
        self.run_lifecycle().await;
    }

    async fn run_lifecycle(&self) {
        while self.world.run_lane(Lane::Lifecycle).await.unwrap() > 0 {}
    }

    async fn statuses(&self) -> Statuses {
        let (mut found, mut after) = (Statuses::new(), None);
        let all = ImageFilter { status: None, tags: TagStatus::Any };
        loop {
            let operations = self.world.operations();
            let page = operations.list_described_images(&self.web, all, after, 500).await.unwrap();
            let Some(last) = page.rows.last() else { return found };
            after = Some(last.image.key);
            found.extend(page.rows.into_iter().map(|row| (row.image.digest, row.image.status)));
        }
    }

    /// What the preview says that becomes of the images.
    async fn previewed_statuses(&self, mut statuses: Statuses) -> Statuses {
        let mut after = None;
        loop {
            let (_, turn, page) = self.results(after, 100).await;
            let Some(last) = page.last() else { return statuses };
            after = Some(PreviewPlace { turn, place: last.place });
            for image in page {
                match image.action {
                    LifecycleAction::Expire => drop(statuses.remove(&image.digest)),
                    LifecycleAction::Transition => {
                        statuses.insert(image.digest, ImageStatus::Archived);
                    }
                }
            }
        }
    }
}

async fn a_run_does_what_a_preview_said_in_random_repositories(engine: Engine) {
    let mut dice = Dice(7);
    let mut place = Place::new(engine).await;
    place.fill(&mut dice).await;
    place.world.clock.forward(30 * MINUTE);
    for rules in POLICIES {
        let before = place.statuses().await;
        place.start_preview(rules).await.unwrap();
        place.run_lifecycle().await;
        let expected = place.previewed_statuses(before.clone()).await;
        let (gone, kept) = (before.len() - expected.len(), expected.len());
        assert!(kept > 100, "{rules:?} keep only {kept}");
        assert_ne!(expected, before, "{rules:?} take nothing");
        place.put_policy(rules).await;
        place.world.clock.forward(TO_THE_RUN);
        place.run_lifecycle().await;
        let after = place.statuses().await;
        let differs: Vec<_> =
            before.keys().filter(|image| expected.get(image) != after.get(image)).collect();
        assert!(differs.is_empty(), "{rules:?}, of which {gone} go: {differs:?}");
        // Others are old enough by then.
        place.world.clock.forward(TO_THE_NEXT_PREVIEW);
    }
}
