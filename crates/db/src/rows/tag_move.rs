use names::{Digest, ImageTag, MovedThrough, Timestamp};

use super::image::ImageKey;
use super::repository::RepositoryKey;
use crate::value::{Row, Value, args, as_slices};
use crate::{DbError, Tx};

/// What moves a tag, as the tag's history will say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagMover {
    /// The ARN of the caller; `None` if a job moves it.
    pub by: Option<String>,
    /// Which door, or which job.
    pub through: MovedThrough,
    /// When.
    pub at: Timestamp,
}

/// A move of a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagMove {
    /// Its row: of two moves of one tag, the later one has the greater.
    pub id: i64,
    /// The tag.
    pub tag: ImageTag,
    /// The image that the tag named before, if any.
    pub from: Option<Digest>,
    /// The image that it names since, if any.
    pub to: Option<Digest>,
    /// What moved it.
    pub mover: TagMover,
}

/// The columns of [`TagMove`], in the order in which [`read`] reads them.
const COLUMNS: &str = "m.id, m.tag, m.from_digest, m.to_digest, m.moved_at, m.moved_by, m.through";

impl Tx<'_> {
    /// Writes down a move of a tag.
    pub(super) fn insert_tag_move(
        &mut self,
        repository: RepositoryKey,
        tag: &ImageTag,
        (from, to): (Option<&Digest>, Option<&Digest>),
        mover: &TagMover,
    ) -> Result<(), DbError> {
        let TagMover { by, through, at } = mover;
        self.send(
            "INSERT INTO tag_move (repository, tag, from_digest, to_digest, moved_at, moved_by, through)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            args![repository, tag, from, to, *at, by.as_ref(), through.as_str()],
        )
    }

    /// Moves of the tags of a repository, or of one of them, before a row: the newest first.
    pub fn list_tag_moves(
        &mut self,
        repository: RepositoryKey,
        tag: Option<&ImageTag>,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<TagMove>, DbError> {
        let (before, limit) = (before.unwrap_or(i64::MAX), i64::from(limit));
        match tag {
            Some(tag) => self.rows(
                &format!(
                    "SELECT {COLUMNS} FROM tag_move m
                     WHERE m.repository = $1 AND m.tag = $2 AND m.id < $3
                     ORDER BY m.id DESC LIMIT $4"
                ),
                args![repository, tag, before, limit],
                read,
            ),
            None => self.rows(
                &format!(
                    "SELECT {COLUMNS} FROM tag_move m WHERE m.repository = $1 AND m.id < $2
                     ORDER BY m.id DESC LIMIT $3"
                ),
                args![repository, before, limit],
                read,
            ),
        }
    }

    /// The last image that a tag named before the one that it names now.
    pub fn find_earlier_version(
        &mut self,
        repository: RepositoryKey,
        tag: &ImageTag,
        now: Option<&Digest>,
    ) -> Result<Option<Digest>, DbError> {
        // No digest is empty.
        self.row(
            "SELECT from_digest FROM tag_move
             WHERE repository = $1 AND tag = $2 AND from_digest IS NOT NULL AND from_digest <> $3
             ORDER BY id DESC LIMIT 1",
            args![repository, tag, now.map_or("", Digest::as_str)],
            |row| row.word(0, "tag_move.from_digest"),
        )
    }

    /// Has the tag ever named this image, as far as its history goes back?
    pub fn tag_has_named(
        &mut self,
        repository: RepositoryKey,
        tag: &ImageTag,
        digest: &Digest,
    ) -> Result<bool, DbError> {
        let found = self.row(
            "SELECT 1 FROM tag_move WHERE repository = $1 AND tag = $2
                 AND (from_digest = $3 OR to_digest = $3) LIMIT 1",
            args![repository, tag, digest],
            |_| Ok(()),
        )?;
        Ok(found.is_some())
    }

    /// The last move of a tag up to a moment.
    pub fn find_tag_move_until(
        &mut self,
        repository: RepositoryKey,
        tag: &ImageTag,
        moment: Timestamp,
    ) -> Result<Option<TagMove>, DbError> {
        self.row(
            &format!(
                "SELECT {COLUMNS} FROM tag_move m
                 WHERE m.repository = $1 AND m.tag = $2 AND m.moved_at <= $3
                 ORDER BY m.id DESC LIMIT 1"
            ),
            args![repository, tag, moment],
            read,
        )
    }

    /// The first move of a tag, as far as its history goes back.
    pub fn find_first_tag_move(
        &mut self,
        repository: RepositoryKey,
        tag: &ImageTag,
    ) -> Result<Option<TagMove>, DbError> {
        self.row(
            &format!(
                "SELECT {COLUMNS} FROM tag_move m WHERE m.repository = $1 AND m.tag = $2
                 ORDER BY m.id LIMIT 1"
            ),
            args![repository, tag],
            read,
        )
    }

    /// Of each of these images, the last move of a tag away from it that can be taken back: the tag
    /// does not name the image now.
    pub fn find_moves_away(
        &mut self,
        repository: RepositoryKey,
        images: &[(ImageKey, &Digest)],
    ) -> Result<Vec<Option<TagMove>>, DbError> {
        let each: Vec<[Value<'_>; 3]> = images
            .iter()
            .map(|(image, digest)| [repository.into(), (*digest).into(), (*image).into()])
            .collect();
        self.row_of_each(
            &format!(
                "SELECT {COLUMNS} FROM tag_move m
                 LEFT JOIN image_tag t ON t.repository = m.repository AND t.tag = m.tag
                 WHERE m.repository = $1 AND m.from_digest = $2
                     AND (t.image IS NULL OR t.image <> $3)
                 ORDER BY m.id DESC LIMIT 1"
            ),
            &as_slices(&each),
            read,
        )
    }

    /// Forgets the moves before a moment among the first so many after a row. Returns the last of
    /// those rows if there may be more to forget behind it.
    pub fn forget_tag_moves(
        &mut self,
        before: Timestamp,
        after: i64,
        limit: u32,
    ) -> Result<Option<i64>, DbError> {
        let first = self.rows(
            "SELECT id, moved_at FROM tag_move WHERE id > $1 ORDER BY id LIMIT $2",
            args![after, i64::from(limit)],
            |row| Ok((row.int(0, "tag_move.id")?, row.moment(1, "tag_move.moved_at")?)),
        )?;
        let mut forgotten = 0;
        for (id, moved_at) in &first {
            if *moved_at < before {
                self.send("DELETE FROM tag_move WHERE id = $1", args![*id])?;
                forgotten += 1;
            }
        }
        let last = first.last().map(|(id, _)| *id);
        Ok(last.filter(|_| first.len() == limit as usize && forgotten > 0))
    }

    /// Forgets moves of the tags of a repository, at most so many. `false` if there are no more.
    pub fn delete_tag_moves(
        &mut self,
        repository: RepositoryKey,
        limit: u32,
    ) -> Result<bool, DbError> {
        let moves = self.rows(
            "SELECT id FROM tag_move WHERE repository = $1 ORDER BY id LIMIT $2",
            args![repository, i64::from(limit)],
            |row| row.int(0, "tag_move.id"),
        )?;
        for id in &moves {
            self.send("DELETE FROM tag_move WHERE id = $1", args![*id])?;
        }
        Ok(moves.len() == limit as usize)
    }
}

fn read(row: &Row<'_>) -> Result<TagMove, DbError> {
    Ok(TagMove {
        id: row.int(0, "tag_move.id")?,
        tag: row.word(1, "tag_move.tag")?,
        from: row.maybe_word(2, "tag_move.from_digest")?,
        to: row.maybe_word(3, "tag_move.to_digest")?,
        mover: TagMover {
            at: row.moment(4, "tag_move.moved_at")?,
            by: row.maybe_text(5, "tag_move.moved_by")?,
            through: row.word(6, "tag_move.through")?,
        },
    })
}
