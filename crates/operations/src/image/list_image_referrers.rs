//! ListImageReferrers, which is `GET …/referrers/DIGEST` at the OCI door.

use db::{ImageKey, ListedReferrer, Referrer};
use names::{Digest, ImageStatus, MediaType, RepositoryArn};

use crate::operations::require_repository;
use crate::{Failure, Operations};

/// A page of referrers.
#[derive(Debug)]
pub struct ReferrersPage {
    /// The requested referrers.
    pub referrers: Vec<Referrer>,
    /// The start of the next page; `None` on the last.
    pub next: Option<ImageKey>,
}

/// How many rows are read for one page, so that a filter that matches nothing costs a bounded time.
const ROWS_MAX: u32 = 1_000;

/// The most bytes of annotations on a page: clients read 4 MiB of a document, and the largest
/// manifest has that much.
const PAGE_BYTES_MAX: u64 = 3 * 1024 * 1024;
/// About the size of a referrer without its annotations: its digest, its types, and its size.
const REFERRER_BYTES: u64 = 1_024;

impl Operations {
    /// One page of the images that refer to `subject`, which need not exist; of all or of this
    /// status. The page may be short, even empty, although more follow, if the filter matches few,
    /// or if their annotations are long. It has at least one match of the rows that it reads, and
    /// no more than a client reads.
    pub async fn list_image_referrers(
        &self,
        arn: &RepositoryArn,
        subject: &Digest,
        artifact_types: Vec<MediaType>,
        status: Option<ImageStatus>,
        after: Option<ImageKey>,
        limit: u32,
    ) -> Result<ReferrersPage, Failure> {
        // Annotations are what manifests say.
        let key = self.find_encryption_key(arn).await?;
        self.require_usable_key(arn, &key).await?;
        let (arn, subject) = (arn.clone(), subject.clone());
        self.db
            .read_at_length(move |tx| {
                let repository = require_repository(tx, &arn)?;
                let rows = tx.list_referrers(repository.key, &subject, after, ROWS_MAX)?;
                let last_row =
                    rows.last().map(|row| row.key).filter(|_| rows.len() == ROWS_MAX as usize);
                let wanted = |row: &ListedReferrer| {
                    let kind = row.artifact_type.as_ref();
                    status.is_none_or(|status| row.status == status)
                        && (artifact_types.is_empty()
                            || kind.is_some_and(|kind| artifact_types.contains(kind)))
                };
                let wanted: Vec<_> = rows.into_iter().filter(wanted).collect();
                let shown = shown(&wanted, limit);
                let keys: Vec<_> = wanted[..shown].iter().map(|row| row.key).collect();
                let next =
                    if shown < wanted.len() { keys.last().copied().or(after) } else { last_row };
                let referrers = tx.find_referrers(&keys)?.into_iter().flatten();
                Ok(ReferrersPage { referrers: referrers.map(without_too_much).collect(), next })
            })
            .await
    }
}

/// A referrer that no page could hold is shown without its annotations: they are in its manifest.
fn without_too_much(referrer: Referrer) -> Referrer {
    let annotations =
        referrer.annotations.filter(|annotations| annotations.len() as u64 <= PAGE_BYTES_MAX);
    Referrer { annotations, ..referrer }
}

/// How many of these a page shows.
fn shown(wanted: &[ListedReferrer], limit: u32) -> usize {
    let mut bytes = 0;
    let fits = |row: &&ListedReferrer| {
        let is_first = bytes == 0;
        bytes += REFERRER_BYTES + row.annotations_bytes;
        is_first || bytes <= PAGE_BYTES_MAX
    };
    wanted.iter().take(limit as usize).take_while(fits).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_ends_with_its_length_or_its_bytes() {
        const MIB: u64 = 1024 * 1024;
        let row = |annotations_bytes| ListedReferrer {
            key: ImageKey(1),
            artifact_type: None,
            status: ImageStatus::Active,
            annotations_bytes,
        };
        #[rustfmt::skip]
        let cases = [
            (vec![0; 5],              3, 3, "as many as were asked for"),
            (vec![MIB; 5],            5, 2, "as much as fits"),
            (vec![5 * MIB, 0],        5, 1, "the first always"),
            (vec![0, 5 * MIB],        5, 1, "one that does not fit begins the next page"),
            (vec![],                  5, 0, "nothing"),
        ];
        for (rows, limit, expected, because) in cases {
            let rows: Vec<_> = rows.into_iter().map(row).collect();
            assert_eq!(shown(&rows, limit), expected, "{because}");
        }
    }
}
