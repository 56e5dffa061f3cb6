use names::{Digest, ImageTag, Timestamp};

use super::repository::RepositoryKey;
use crate::value::{Row, args};
use crate::{DbError, Tx};

/// An image that a lifecycle policy expired: what it was, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpiredImage {
    /// Its digest.
    pub digest: Digest,
    /// Its tags, in order.
    pub tags: Vec<ImageTag>,
    /// When it was first pushed.
    pub pushed_at: Timestamp,
    /// When it was last pulled, as far as recorded.
    pub pulled_at: Option<Timestamp>,
    /// When it expired.
    pub expired_at: Timestamp,
    /// The rule that took it, as in the policy of that time.
    pub rule: String,
    /// Why, in a sentence.
    pub reason: String,
}

const COLUMNS: &str = "e.digest, e.tags, e.pushed_at, e.pulled_at, e.expired_at, e.rule, e.reason";

impl Tx<'_> {
    /// Writes down why an image expired.
    pub fn insert_expired_image(
        &mut self,
        repository: RepositoryKey,
        expired: &ExpiredImage,
    ) -> Result<(), DbError> {
        let ExpiredImage { digest, tags, pushed_at, pulled_at, expired_at, rule, reason } = expired;
        let words: Vec<&str> = tags.iter().map(ImageTag::as_str).collect();
        self.send(
            "INSERT INTO expired_image (repository, digest, expired_at, tags, pushed_at, pulled_at,
                                        rule, reason)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING",
            args![
                repository,
                digest,
                *expired_at,
                &words.join(" "),
                *pushed_at,
                *pulled_at,
                rule,
                reason
            ],
        )?;
        for tag in tags {
            self.send(
                "INSERT INTO expired_image_tag (repository, tag, expired_at, digest)
                 VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
                args![repository, tag, *expired_at, digest],
            )?;
        }
        Ok(())
    }

    /// The last times that an image with this digest expired, the newest first.
    pub fn list_expired_images(
        &mut self,
        repository: RepositoryKey,
        digest: &Digest,
        limit: u32,
    ) -> Result<Vec<ExpiredImage>, DbError> {
        self.rows(
            &format!(
                "SELECT {COLUMNS} FROM expired_image e WHERE e.repository = $1 AND e.digest = $2
                 ORDER BY e.expired_at DESC LIMIT $3"
            ),
            args![repository, digest, i64::from(limit)],
            read,
        )
    }

    /// The same of images that had this tag when they expired.
    pub fn list_expired_images_by_tag(
        &mut self,
        repository: RepositoryKey,
        tag: &ImageTag,
        limit: u32,
    ) -> Result<Vec<ExpiredImage>, DbError> {
        self.rows(
            &format!(
                "SELECT {COLUMNS} FROM expired_image_tag t JOIN expired_image e
                     ON e.repository = t.repository AND e.digest = t.digest
                     AND e.expired_at = t.expired_at
                 WHERE t.repository = $1 AND t.tag = $2
                 ORDER BY t.expired_at DESC LIMIT $3"
            ),
            args![repository, tag, i64::from(limit)],
            read,
        )
    }

    /// When the image expired that is the first one to forget.
    pub fn find_oldest_expiry(
        &mut self,
        repository: RepositoryKey,
    ) -> Result<Option<Timestamp>, DbError> {
        self.row(
            "SELECT expired_at FROM expired_image WHERE repository = $1
             ORDER BY expired_at LIMIT 1",
            args![repository],
            |row| row.moment(0, "expired_image.expired_at"),
        )
    }

    /// Forgets images that expired before a moment; at most so many. `false` if there are no more.
    pub fn forget_expired_images(
        &mut self,
        repository: RepositoryKey,
        before: Timestamp,
        limit: u32,
    ) -> Result<bool, DbError> {
        let old = self.rows(
            "SELECT digest, expired_at FROM expired_image
             WHERE repository = $1 AND expired_at < $2 ORDER BY expired_at LIMIT $3",
            args![repository, before, i64::from(limit)],
            |row| {
                let digest: Digest = row.word(0, "expired_image.digest")?;
                Ok((digest, row.moment(1, "expired_image.expired_at")?))
            },
        )?;
        for (digest, expired_at) in &old {
            self.forget_expired_image(repository, digest, *expired_at)?;
        }
        Ok(old.len() == limit as usize)
    }

    /// Forgets that an image expired.
    pub fn forget_expired_image(
        &mut self,
        repository: RepositoryKey,
        digest: &Digest,
        expired_at: Timestamp,
    ) -> Result<(), DbError> {
        self.send(
            "DELETE FROM expired_image_tag
             WHERE repository = $1 AND digest = $2 AND expired_at = $3",
            args![repository, digest, expired_at],
        )?;
        self.send(
            "DELETE FROM expired_image WHERE repository = $1 AND digest = $2 AND expired_at = $3",
            args![repository, digest, expired_at],
        )
    }
}

fn read(row: &Row<'_>) -> Result<ExpiredImage, DbError> {
    let corrupt = |_| DbError::Corrupt { column: "expired_image.tags" };
    let tags = row.text(1, "expired_image.tags")?;
    Ok(ExpiredImage {
        digest: row.word(0, "expired_image.digest")?,
        tags: tags
            .split_whitespace()
            .map(ImageTag::parse)
            .collect::<Result<_, _>>()
            .map_err(corrupt)?,
        pushed_at: row.moment(2, "expired_image.pushed_at")?,
        pulled_at: row.maybe_moment(3, "expired_image.pulled_at")?,
        expired_at: row.moment(4, "expired_image.expired_at")?,
        rule: row.text(5, "expired_image.rule")?,
        reason: row.text(6, "expired_image.reason")?,
    })
}
