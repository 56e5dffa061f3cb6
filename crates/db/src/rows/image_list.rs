use names::{Digest, ImageStatus, ImageTag, Timestamp};

use super::image::{COLUMNS, Image, ImageKey, read};
use super::image_scan::ImageScan;
use super::repository::RepositoryKey;
use crate::value::args;
use crate::{DbError, Tx};

/// Which images a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ImageFilter {
    /// Only those that can be pulled, or not; `None` shows all.
    pub status: Option<ImageStatus>,
    /// Only those with tags, or without.
    pub tags: TagStatus,
}

/// With tags, without, or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TagStatus {
    /// At least one tag.
    Tagged,
    /// No tag.
    Untagged,
    /// Both.
    Any,
}

/// An image as `DescribeImages` shows it.
#[derive(Debug, Clone)]
pub struct DescribedImage {
    /// The image.
    pub image: Image,
    /// Its tags, in order.
    pub tags: Vec<ImageTag>,
    /// Its last scan, and when the source of advisories for it last changed one.
    pub scan: Option<(ImageScan, Option<Timestamp>)>,
}

/// One line of `ListImages`: an image and one of its tags, or an image that has none.
#[derive(Debug, Clone)]
pub struct ListedImage {
    /// The row of the image.
    pub key: ImageKey,
    /// Its digest.
    pub digest: Digest,
    /// One of its tags.
    pub tag: Option<ImageTag>,
}

impl ImageFilter {
    /// The condition in SQL; each has an index that answers it in the order of rows.
    fn condition(self) -> &'static str {
        match (self.status.is_some(), self.tags) {
            (true, TagStatus::Any) => "i.repository = $1 AND i.status = $2",
            (true, TagStatus::Tagged) => "i.repository = $1 AND i.status = $2 AND i.tag_count > 0",
            (true, TagStatus::Untagged) => {
                "i.repository = $1 AND i.status = $2 AND i.tag_count = 0"
            }
            (false, TagStatus::Any) => "i.repository = $1 AND $2 = ''",
            (false, TagStatus::Tagged) => "i.repository = $1 AND $2 = '' AND i.tag_count > 0",
            (false, TagStatus::Untagged) => "i.repository = $1 AND $2 = '' AND i.tag_count = 0",
        }
    }

    fn status_text(self) -> &'static str {
        self.status.map_or("", ImageStatus::as_str)
    }
}

impl Tx<'_> {
    /// Lists images in the order of their pushes, from after `after` on.
    pub fn list_images(
        &mut self,
        repository: RepositoryKey,
        filter: ImageFilter,
        after: Option<ImageKey>,
        limit: u32,
    ) -> Result<Vec<Image>, DbError> {
        let condition = filter.condition();
        self.rows(
            &format!(
                "SELECT {COLUMNS} FROM image i WHERE {condition} AND i.id > $3
                 ORDER BY i.id LIMIT $4"
            ),
            args![repository, filter.status_text(), after.unwrap_or(ImageKey(0)), i64::from(limit)],
            read,
        )
    }

    /// Lists images from the newest push on, before `before`.
    pub fn list_newest_images(
        &mut self,
        repository: RepositoryKey,
        before: Option<ImageKey>,
        limit: u32,
    ) -> Result<Vec<Image>, DbError> {
        self.rows(
            &format!(
                "SELECT {COLUMNS} FROM image i WHERE i.repository = $1 AND i.id < $2
                 ORDER BY i.id DESC LIMIT $3"
            ),
            args![repository, before.unwrap_or(ImageKey(i64::MAX)), i64::from(limit)],
            read,
        )
    }

    /// One line for each tag of each image, and one for each image without tags, from after
    /// `after` on: an image and the last of its tags that was shown.
    pub fn list_image_tags(
        &mut self,
        repository: RepositoryKey,
        filter: ImageFilter,
        after: Option<(ImageKey, &str)>,
        limit: u32,
    ) -> Result<Vec<ListedImage>, DbError> {
        let condition = filter.condition();
        let (image, tag) = after.unwrap_or((ImageKey(0), ""));
        self.rows(
            &format!(
                "SELECT i.id, i.digest, t.tag FROM image i LEFT JOIN image_tag t ON t.image = i.id
                 WHERE {condition} AND i.id >= $3 AND (i.id > $3 OR coalesce(t.tag, '') > $4)
                 ORDER BY i.id, t.tag LIMIT $5"
            ),
            args![repository, filter.status_text(), image, tag, i64::from(limit)],
            |row| {
                Ok(ListedImage {
                    key: ImageKey(row.int(0, "image.id")?),
                    digest: row.word(1, "image.digest")?,
                    tag: row.maybe_word(2, "image_tag.tag")?,
                })
            },
        )
    }

    /// Lists the images of all repositories in the order of their rows, for checks.
    pub fn list_all_images(
        &mut self,
        after: Option<ImageKey>,
        limit: u32,
    ) -> Result<Vec<(RepositoryKey, Image)>, DbError> {
        self.rows(
            &format!(
                "SELECT {COLUMNS}, i.repository FROM image i WHERE i.id > $1 ORDER BY i.id LIMIT $2"
            ),
            args![after.unwrap_or(ImageKey(0)), i64::from(limit)],
            |row| Ok((RepositoryKey(row.int(14, "image.repository")?), read(row)?)),
        )
    }
}
