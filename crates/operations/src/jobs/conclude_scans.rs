//! Concludes scans anew that awaited advisories of an ecosystem, once there are some.
//!
//! A crash leaves the rest of them, and the job runs again.

use db::{DbError, ImageKey, Tx};
use jobs::{Job, Lane, Moves, Outcome};
use names::{RepositoryArn, Timestamp};
use serde::{Deserialize, Serialize};

use crate::events::{Events, image_scan};
use crate::scanning::conclusion::write_conclusion;
use crate::scanning::configuration::ScanningConfiguration;
use crate::scanning::inventory::find_stored;
use crate::{Failure, Operations};

/// The command.
#[derive(Serialize, Deserialize)]
pub(crate) struct ConcludeScans {
    pub(crate) ecosystem: String,
}

impl Job for ConcludeScans {
    const NAME: &'static str = "conclude_scans";
    const LANE: Lane = Lane::Scanning;
    const MOVES: Moves = Moves::WithRows;

    fn subject(&self) -> String {
        self.ecosystem.clone()
    }
}

/// Images that one transaction concludes: others wait for it no longer than that.
const CONCLUDED_AT_ONCE: u32 = 10;

impl Operations {
    pub(super) async fn conclude_scans(&self, job: ConcludeScans) -> Result<Outcome, Failure> {
        let mut after = ImageKey(0);
        loop {
            let (ecosystem, at) = (job.ecosystem.clone(), (self.events(), self.now()));
            let conclude = move |tx: &mut Tx<'_>| {
                let images = tx.list_awaiting_images(&ecosystem, after, CONCLUDED_AT_ONCE)?;
                for image in &images {
                    conclude_again(tx, *image, &ecosystem, at)?;
                }
                Ok(images.last().copied())
            };
            let concluded: Result<_, DbError> = self.db.write(conclude).await;
            match concluded? {
                Some(last) => after = last,
                None => return Ok(Outcome::Done),
            }
        }
    }
}

fn conclude_again(
    tx: &mut Tx<'_>,
    image: ImageKey,
    ecosystem: &str,
    at: (Events, Timestamp),
) -> Result<(), DbError> {
    let Some((home, ..)) = tx.find_image_status(image)? else { return Ok(()) };
    let Some((registry, name)) = tx.find_registry_of(home)? else { return Ok(()) };
    let Some((inventory, _)) = find_stored(tx, image)? else { return Ok(()) };
    let continues = ScanningConfiguration::find(tx, &registry)?.continues(&name);
    let arn = RepositoryArn { registry, repository: name };
    for scan in tx.list_image_scans(image)? {
        if scan.awaits.as_deref() == Some(ecosystem) {
            let ended = write_conclusion(tx, image, &scan, continues, &inventory, at.1)?;
            image_scan::write(tx, &arn, image, (scan.status, &ended), at)?;
        }
    }
    Ok(())
}
