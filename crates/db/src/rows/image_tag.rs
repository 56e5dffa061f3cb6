use names::{Digest, ImageTag};

use super::image::ImageKey;
use super::repository::RepositoryKey;
use super::tag_move::TagMover;
use crate::value::{self, Value, args, as_slices};
use crate::{DbError, Tx};

/// Whether a tag that points to one image may be pointed to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IfTaken {
    /// Yes.
    Move,
    /// No.
    Refuse,
}

/// The result of pointing a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pointed {
    /// It is new and points here.
    New,
    /// It pointed here already.
    Already,
    /// It pointed to another image, and points here now.
    MovedFrom(ImageKey),
    /// The tag points to another image and may not move.
    Refused,
}

/// A tag and its image.
#[derive(Debug, Clone)]
pub struct TaggedImage {
    /// The tag.
    pub tag: ImageTag,
    /// The image's digest.
    pub digest: Digest,
}

impl Tx<'_> {
    /// Points `tag` at an image, unless the tag is taken and may not move. A mover is written down
    /// in the tag's history.
    pub fn point_tag(
        &mut self,
        repository: RepositoryKey,
        tag: &ImageTag,
        (image, digest): (ImageKey, &Digest),
        if_taken: IfTaken,
        mover: Option<&TagMover>,
    ) -> Result<Pointed, DbError> {
        let before: Option<(ImageKey, Digest)> = self.row(
            "SELECT t.image, i.digest FROM image_tag t JOIN image i ON i.id = t.image
             WHERE t.repository = $1 AND t.tag = $2",
            args![repository, tag],
            |row| Ok((ImageKey(row.int(0, "image_tag.image")?), row.word(1, "image.digest")?)),
        )?;
        let pointed = match &before {
            Some((before, _)) if *before == image => return Ok(Pointed::Already),
            Some(_) if if_taken == IfTaken::Refuse => return Ok(Pointed::Refused),
            Some((before, _)) => Pointed::MovedFrom(*before),
            None => Pointed::New,
        };
        self.send(
            "INSERT INTO image_tag (repository, tag, image) VALUES ($1, $2, $3)
             ON CONFLICT (repository, tag) DO UPDATE SET image = excluded.image",
            args![repository, tag, image],
        )?;
        if let Pointed::MovedFrom(before) = pointed {
            self.count_tags(before, -1)?;
        }
        self.count_tags(image, 1)?;
        if let Some(mover) = mover {
            let from = before.as_ref().map(|(_, digest)| digest);
            self.insert_tag_move(repository, tag, (from, Some(digest)), mover)?;
        }
        Ok(pointed)
    }

    /// Removes a tag from an image. A mover is written down in the tag's history.
    pub fn delete_tag(
        &mut self,
        repository: RepositoryKey,
        tag: &ImageTag,
        (image, digest): (ImageKey, &Digest),
        mover: Option<&TagMover>,
    ) -> Result<(), DbError> {
        let deleted = self.execute(
            "DELETE FROM image_tag WHERE repository = $1 AND tag = $2 AND image = $3",
            args![repository, tag, image],
        )?;
        if deleted == 1 {
            self.count_tags(image, -1)?;
            if let Some(mover) = mover {
                self.insert_tag_move(repository, tag, (Some(digest), None), mover)?;
            }
        }
        Ok(())
    }

    /// Removes all tags of an image whose row goes next. A mover is written down in the history of
    /// each of them.
    pub fn delete_tags_of(
        &mut self,
        repository: RepositoryKey,
        (image, digest): (ImageKey, &Digest),
        tags: &[ImageTag],
        mover: Option<&TagMover>,
    ) -> Result<(), DbError> {
        if tags.is_empty() {
            return Ok(());
        }
        self.send("DELETE FROM image_tag WHERE image = $1", args![image])?;
        let Some(mover) = mover else { return Ok(()) };
        let gone = (Some(digest), None);
        tags.iter().try_for_each(|tag| self.insert_tag_move(repository, tag, gone, mover))
    }

    /// The tags of an image, in order. An image has at most 1,000.
    pub fn list_tags_of(&mut self, image: ImageKey) -> Result<Vec<ImageTag>, DbError> {
        self.list_tags_of_each(&[image]).map(|tags| tags.into_iter().flatten().collect())
    }

    /// The tags of each of these images, in order.
    pub fn list_tags_of_each(
        &mut self,
        images: &[ImageKey],
    ) -> Result<Vec<Vec<ImageTag>>, DbError> {
        let each: Vec<_> = images.iter().map(|image| [Value::from(*image)]).collect();
        self.rows_of_each(
            "SELECT tag FROM image_tag WHERE image = $1 ORDER BY tag",
            &as_slices(&each),
            |row| row.word(0, "image_tag.tag"),
        )
    }

    /// How many tags of this repository point to an image.
    pub fn count_tags_of(
        &mut self,
        repository: RepositoryKey,
        image: ImageKey,
    ) -> Result<u64, DbError> {
        self.row(
            "SELECT count(*) FROM image_tag WHERE image = $1 AND repository = $2",
            args![image, repository],
            |row| row.size(0, "image_tag"),
        )
        .map(Option::unwrap_or_default)
    }

    /// Counts the tags of an image again.
    pub fn recount_tags(&mut self, image: ImageKey) -> Result<(), DbError> {
        self.send(
            "UPDATE image SET tag_count = (SELECT count(*) FROM image_tag WHERE image = $1)
             WHERE id = $1",
            args![image],
        )
    }

    /// The tags of a repository, in order, from after `after` on.
    pub fn list_tags(
        &mut self,
        repository: RepositoryKey,
        after: &str,
        limit: u32,
    ) -> Result<Vec<ImageTag>, DbError> {
        self.rows(
            "SELECT tag FROM image_tag WHERE repository = $1 AND tag > $2 ORDER BY tag LIMIT $3",
            args![repository, value::after(after), i64::from(limit)],
            |row| row.word(0, "image_tag.tag"),
        )
    }

    fn count_tags(&mut self, image: ImageKey, change: i64) -> Result<(), DbError> {
        self.send("UPDATE image SET tag_count = tag_count + $2 WHERE id = $1", args![image, change])
    }
}
