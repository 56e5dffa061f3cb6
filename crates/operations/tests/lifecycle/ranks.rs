//! A rule that counts keeps its number, whatever callers delete while a run acts.

use db::testing::Engine;
use db::{DbError, IfTaken, NewImage, Tx, on_both_engines};
use names::{Clock as _, Digest, ImageId, ImageTag};
use operations::{ImageFilter, TagStatus};

use crate::fixture::{Wanted, manifest, pusher};
use crate::place::{MINUTE, Place};

on_both_engines!(
    a_rule_that_spares_hundreds_keeps_its_number_while_callers_delete_the_newest,
    a_rule_that_spares_thousands_keeps_its_number_while_callers_delete_the_newest,
);

/// How many images a caller deletes in the middle of the run.
const DELETED: usize = 100;

/// How many images are written in one transaction.
const TOGETHER: u64 = 500;

async fn a_rule_that_spares_hundreds_keeps_its_number_while_callers_delete_the_newest(
    engine: Engine,
) {
    keeps_its_number(engine, 300).await;
}

async fn a_rule_that_spares_thousands_keeps_its_number_while_callers_delete_the_newest(
    engine: Engine,
) {
    keeps_its_number(engine, 3_000).await;
}

/// Of `count` images that a rule spares, and 400 more, a caller deletes the newest as soon as one
/// has expired.
async fn keeps_its_number(engine: Engine, count: u64) {
    let place = Place::new(engine).await;
    let images = place.stock(count + 400).await;
    place.put_policy(&[&format!("v* newest {count}")]).await;
    place.world.clock.forward(11 * MINUTE);
    let operations = place.world.operations();
    let delete = async {
        while operations.expired() == 0 {
            tokio::task::yield_now().await;
        }
        let newest = images.iter().rev().take(DELETED).cloned().map(ImageId::Digest).collect();
        let deleted = operations.batch_delete_image(&place.web, newest, &pusher()).await.unwrap();
        assert!(deleted.iter().all(Result::is_ok), "{deleted:?}");
        operations.expired()
    };
    let (before, _) = tokio::join!(delete, place.world.run_due());
    assert!(before < 200, "the run was over too soon: {before} were expired");
    place.world.run_due().await;
    let kept = usize::try_from(count).unwrap();
    let left = place.count().await;
    assert_eq!(left, kept, "{DELETED} were deleted, the others took their places");
}

impl Place {
    /// Writes images with a tag each, as pushes would, the oldest first.
    async fn stock(&self, count: u64) -> Vec<Digest> {
        let mut images = Vec::new();
        for first in (0..count).step_by(usize::try_from(TOGETHER).unwrap()) {
            let (web, now) = (self.web.clone(), self.world.clock.now());
            let write = move |tx: &mut Tx<'_>| -> Result<Vec<Digest>, DbError> {
                let web = tx.find_repository(&web.registry, &web.repository)?;
                let web = web.expect("it is there").key;
                let mut written = Vec::new();
                for salt in first..count.min(first + TOGETHER) {
                    let pushed = manifest(&Wanted { salt, ..Wanted::default() });
                    let new = NewImage {
                        repository: web,
                        digest: pushed.digest.clone(),
                        media_type: pushed.media_type,
                        artifact_type: None,
                        config_media_type: None,
                        size_bytes: 0,
                        subject: None,
                        annotations: None,
                        manifest: pushed.bytes.to_vec(),
                    };
                    let image = (tx.insert_image(&new, now)?, &pushed.digest);
                    let tag = ImageTag::parse(&format!("v{salt}")).unwrap();
                    tx.point_tag(web, &tag, image, IfTaken::Refuse, None)?;
                    written.push(pushed.digest);
                }
                Ok(written)
            };
            images.extend(self.world.db().write(write).await.unwrap());
        }
        images
    }

    async fn count(&self) -> usize {
        let everything = ImageFilter { status: None, tags: TagStatus::Any };
        let list =
            self.world.operations().list_described_images(&self.web, everything, None, 9_000);
        list.await.unwrap().rows.len()
    }
}
