//! Judges the packages that are noted, because an advisory that names them changed, and counts the
//! findings of their images anew. No layer is read.
//!
//! A crash leaves the notes of packages that were not judged, and of images that were not counted.

use db::{DbError, ImageKey, PackageKey, Tx};
use jobs::{Job, Lane, Moves, Outcome};
use names::{ScanStatus, Timestamp};
use serde::{Deserialize, Serialize};

use crate::scanning::findings::{count, groups, write_counts};
use crate::{Failure, Operations};

/// The command.
#[derive(Serialize, Deserialize)]
pub(crate) struct JudgePackages {}

impl Job for JudgePackages {
    const NAME: &'static str = "judge_packages";
    const LANE: Lane = Lane::Scanning;
    const MOVES: Moves = Moves::WithRows;

    fn subject(&self) -> String {
        String::new()
    }
}

/// Notes of packages that are read together.
const PAGE: u32 = 250;
/// Images that one transaction counts: others wait for it no longer than that.
const COUNTED_AT_ONCE: u32 = 10;

impl Operations {
    pub(super) async fn judge_packages(&self, _job: JudgePackages) -> Result<Outcome, Failure> {
        let mut after = PackageKey(0);
        loop {
            let page: Result<_, DbError> =
                self.db.read(move |tx| tx.list_packages_to_judge(after, PAGE)).await;
            let page = page?;
            let Some(last) = page.last() else { break };
            after = last.package;
            for note in page {
                self.judge_package(note.package).await?;
            }
        }
        loop {
            let now = self.now();
            let counted: Result<_, DbError> = self.db.write(move |tx| count_some(tx, now)).await;
            if counted? == 0 {
                return Ok(Outcome::Done);
            }
        }
    }
}

/// Counts the findings of some images. Returns how many images that were.
fn count_some(tx: &mut Tx<'_>, now: Timestamp) -> Result<usize, DbError> {
    let images = tx.list_images_to_count(COUNTED_AT_ONCE)?;
    for image in &images {
        recount(tx, *image, now)?;
        tx.image_is_counted(*image)?;
    }
    Ok(images.len())
}

fn recount(tx: &mut Tx<'_>, image: ImageKey, now: Timestamp) -> Result<(), DbError> {
    for mut scan in tx.list_image_scans(image)? {
        if matches!(scan.status, ScanStatus::Active | ScanStatus::Complete) {
            scan.counts = Some(write_counts(&count(&groups(tx, image, scan.scan_type)?)));
            scan.judged_at = Some(now);
            tx.put_image_scan(image, &scan)?;
        }
    }
    Ok(())
}
