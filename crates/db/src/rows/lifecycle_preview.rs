use names::{Digest, ImageTag, LifecycleAction, PreviewState, StorageClass, Timestamp};

use super::repository::RepositoryKey;
use crate::value::{Row, Value, args, as_slices};
use crate::{DbError, TagStatus, Tx};

/// The last preview in a repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LifecyclePreview {
    /// The policy, as it was sent.
    pub document: String,
    /// How far it is.
    pub state: PreviewState,
    /// Its newest run. Results are those of a run.
    pub turn: i64,
    /// When it was asked for.
    pub started_at: Timestamp,
    /// When its results were complete.
    pub ended_at: Option<Timestamp>,
    /// How many images would expire.
    pub expiring: u64,
    /// How many would move to the archive.
    pub transitioning: u64,
}

/// An image that a policy would act on, as it was when a preview looked at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewedImage {
    /// Its place in the order of acting.
    pub place: u64,
    /// Its digest.
    pub digest: Digest,
    /// Its tags, in order.
    pub tags: Vec<ImageTag>,
    /// When it was first pushed.
    pub pushed_at: Timestamp,
    /// Where it is.
    pub storage_class: StorageClass,
    /// The priority of the rule that takes it.
    pub rule: u32,
    /// What the rule does.
    pub action: LifecycleAction,
}

impl Tx<'_> {
    /// The last preview in a repository.
    pub fn find_lifecycle_preview(
        &mut self,
        repository: RepositoryKey,
    ) -> Result<Option<LifecyclePreview>, DbError> {
        self.row(
            "SELECT document, state, turn, started_at, ended_at, expiring, transitioning
             FROM lifecycle_preview WHERE repository = $1",
            args![repository],
            read,
        )
    }

    /// Replaces a repository's preview by one that is in progress. Its first run is yet to begin.
    pub fn start_lifecycle_preview(
        &mut self,
        repository: RepositoryKey,
        document: &str,
        now: Timestamp,
    ) -> Result<(), DbError> {
        self.send(
            "INSERT INTO lifecycle_preview (repository, document, state, turn, started_at, expiring,
                                            transitioning)
             VALUES ($1, $2, 'IN_PROGRESS', 1, $3, 0, 0)
             ON CONFLICT (repository) DO UPDATE SET document = excluded.document,
                 state = excluded.state, turn = lifecycle_preview.turn + 1,
                 started_at = excluded.started_at, ended_at = NULL, expiring = 0, transitioning = 0",
            args![repository, document, now],
        )
    }

    /// Stores how far a preview is; `false` if another run has begun since this one was read. A
    /// `next_turn` begins another run.
    pub fn put_lifecycle_preview(
        &mut self,
        repository: RepositoryKey,
        preview: &LifecyclePreview,
        next_turn: i64,
    ) -> Result<bool, DbError> {
        let LifecyclePreview {
            document: _,
            state,
            turn,
            started_at: _,
            ended_at,
            expiring,
            transitioning,
        } = preview;
        let put = self.execute(
            "UPDATE lifecycle_preview SET state = $3, turn = $4, ended_at = $5, expiring = $6,
                                          transitioning = $7
             WHERE repository = $1 AND turn = $2",
            args![
                repository,
                *turn,
                state.as_str(),
                next_turn,
                *ended_at,
                *expiring,
                *transitioning
            ],
        )?;
        Ok(put == 1)
    }

    /// Writes down results of a run.
    pub fn insert_previewed_images(
        &mut self,
        repository: RepositoryKey,
        turn: i64,
        images: &[PreviewedImage],
    ) -> Result<(), DbError> {
        let words = |image: &PreviewedImage| {
            let words: Vec<&str> = image.tags.iter().map(ImageTag::as_str).collect();
            words.join(" ")
        };
        let words: Vec<String> = images.iter().map(words).collect();
        let mut rows: Vec<[Value<'_>; 10]> = Vec::with_capacity(images.len());
        for (image, words) in images.iter().zip(&words) {
            let PreviewedImage { place, digest, tags, pushed_at, storage_class, rule, action } =
                image;
            let row = args![
                repository,
                turn,
                *place,
                digest,
                words,
                !tags.is_empty(),
                *pushed_at,
                storage_class.as_str(),
                i64::from(*rule),
                action.as_str()
            ];
            rows.push(*row);
        }
        self.insert_all(
            "lifecycle_preview_image (repository, turn, place, digest, tags, is_tagged, pushed_at,
                                      storage_class, rule, action)",
            &rows,
        )
    }

    /// Results of a run in their order, from after the place `after` on.
    pub fn list_previewed_images(
        &mut self,
        repository: RepositoryKey,
        turn: i64,
        tags: TagStatus,
        after: Option<u64>,
        limit: u32,
    ) -> Result<Vec<PreviewedImage>, DbError> {
        // `$5` is in all three, so that they have the same parameters.
        let which = match tags {
            TagStatus::Any => "CAST($5 AS bigint) >= 0",
            TagStatus::Tagged | TagStatus::Untagged => "is_tagged = $5",
        };
        let is_tagged = tags == TagStatus::Tagged;
        let after = after.map_or(-1, |place| i64::try_from(place).unwrap_or(i64::MAX));
        self.rows(
            &format!(
                "SELECT {COLUMNS} FROM lifecycle_preview_image
                 WHERE repository = $1 AND turn = $2 AND place > $3 AND {which}
                 ORDER BY place LIMIT $4"
            ),
            args![repository, turn, after, i64::from(limit), is_tagged],
            read_image,
        )
    }

    /// The results of a run about these images; `None` for one that no rule takes.
    pub fn find_previewed_images(
        &mut self,
        repository: RepositoryKey,
        turn: i64,
        digests: &[&Digest],
    ) -> Result<Vec<Option<PreviewedImage>>, DbError> {
        let each: Vec<[Value<'_>; 3]> = digests
            .iter()
            .map(|digest| [repository.into(), turn.into(), (*digest).into()])
            .collect();
        self.row_of_each(
            &format!(
                "SELECT {COLUMNS} FROM lifecycle_preview_image
                 WHERE repository = $1 AND turn = $2 AND digest = $3"
            ),
            &as_slices(&each),
            read_image,
        )
    }

    /// Deletes up to `limit` results of the runs before this one; `false` if there were none.
    pub fn delete_previewed_images(
        &mut self,
        repository: RepositoryKey,
        before_turn: i64,
        limit: u32,
    ) -> Result<bool, DbError> {
        let first = self.row(
            "SELECT turn, place FROM lifecycle_preview_image WHERE repository = $1 AND turn < $2
             ORDER BY turn, place LIMIT 1",
            args![repository, before_turn],
            |row| {
                let turn = row.int(0, "lifecycle_preview_image.turn")?;
                Ok((turn, row.int(1, "lifecycle_preview_image.place")?))
            },
        )?;
        let Some((turn, place)) = first else { return Ok(false) };
        self.send(
            "DELETE FROM lifecycle_preview_image
             WHERE repository = $1 AND turn = $2 AND place < $3",
            args![repository, turn, place.saturating_add(i64::from(limit))],
        )?;
        Ok(true)
    }

    /// Deletes the preview of a repository that is being erased. Its results must be gone.
    pub fn delete_lifecycle_preview(&mut self, repository: RepositoryKey) -> Result<(), DbError> {
        self.send("DELETE FROM lifecycle_preview WHERE repository = $1", args![repository])
    }
}

/// The columns of [`PreviewedImage`], in the order in which [`read_image`] reads them.
const COLUMNS: &str = "place, digest, tags, pushed_at, storage_class, rule, action";

fn read(row: &Row<'_>) -> Result<LifecyclePreview, DbError> {
    Ok(LifecyclePreview {
        document: row.text(0, "lifecycle_preview.document")?,
        state: row.word(1, "lifecycle_preview.state")?,
        turn: row.int(2, "lifecycle_preview.turn")?,
        started_at: row.moment(3, "lifecycle_preview.started_at")?,
        ended_at: row.maybe_moment(4, "lifecycle_preview.ended_at")?,
        expiring: row.size(5, "lifecycle_preview.expiring")?,
        transitioning: row.size(6, "lifecycle_preview.transitioning")?,
    })
}

fn read_image(row: &Row<'_>) -> Result<PreviewedImage, DbError> {
    const TAGS: &str = "lifecycle_preview_image.tags";
    const RULE: &str = "lifecycle_preview_image.rule";
    let tags = row.text(2, TAGS)?;
    let tags: Result<Vec<ImageTag>, _> =
        tags.split_ascii_whitespace().map(ImageTag::parse).collect();
    Ok(PreviewedImage {
        place: row.size(0, "lifecycle_preview_image.place")?,
        digest: row.word(1, "lifecycle_preview_image.digest")?,
        tags: tags.map_err(|_| DbError::Corrupt { column: TAGS })?,
        pushed_at: row.moment(3, "lifecycle_preview_image.pushed_at")?,
        storage_class: row.word(4, "lifecycle_preview_image.storage_class")?,
        rule: u32::try_from(row.int(5, RULE)?).map_err(|_| DbError::Corrupt { column: RULE })?,
        action: row.word(6, "lifecycle_preview_image.action")?,
    })
}
