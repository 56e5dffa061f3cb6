//! ListImageReferrers, which is `GET …/referrers/DIGEST` at the OCI door.

use db::{ImageKey, Referrer};
use names::{Digest, ImageStatus, MediaType, RepositoryArn};

use crate::operations::require_repository;
use crate::{Failure, Operations};

/// A page of referrers.
#[derive(Debug)]
pub struct ReferrersPage {
    /// Those that were asked for.
    pub referrers: Vec<Referrer>,
    /// Where the next page begins; `None` on the last.
    pub next: Option<ImageKey>,
}

/// Rows looked at for one page, so that a filter that fits nothing costs a bounded time.
const ROWS_MAX: u32 = 1_000;

impl Operations {
    /// One page of the images that refer to `subject`, which need not be there itself. The page may be
    /// short, even empty, and yet not the last, if the filter fits few.
    pub async fn list_image_referrers(
        &self,
        arn: &RepositoryArn,
        subject: &Digest,
        artifact_types: Vec<MediaType>,
        after: Option<ImageKey>,
        limit: u32,
    ) -> Result<ReferrersPage, Failure> {
        let (arn, subject) = (arn.clone(), subject.clone());
        self.db
            .read(move |tx| {
                let repository = require_repository(tx, &arn)?;
                let rows = tx.list_referrers(repository.key, &subject, after, ROWS_MAX)?;
                let more_rows = rows.len() == ROWS_MAX as usize;
                let last_row = rows.last().map(|row| row.key);
                let wanted = |row: &Referrer| {
                    let kind = row.artifact_type.as_ref();
                    row.status == ImageStatus::Active
                        && (artifact_types.is_empty()
                            || kind.is_some_and(|kind| artifact_types.contains(kind)))
                };
                let mut referrers: Vec<Referrer> = rows.into_iter().filter(wanted).collect();
                let next = if referrers.len() > limit as usize {
                    referrers.truncate(limit as usize);
                    referrers.last().map(|row| row.key)
                } else {
                    last_row.filter(|_| more_rows)
                };
                Ok(ReferrersPage { referrers, next })
            })
            .await
    }
}
