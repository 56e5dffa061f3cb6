use std::collections::HashMap;

use names::{Digest, ImageStatus, ImageTag, Timestamp};

use super::image::ImageKey;
use super::repository::RepositoryKey;
use crate::value::{Row, args};
use crate::{DbError, Tx};

/// An image, with everything that a lifecycle policy asks about it.
#[derive(Debug, Clone)]
pub struct LifecycleImage {
    /// Its row.
    pub key: ImageKey,
    /// Its digest.
    pub digest: Digest,
    /// Its tags, in order.
    pub tags: Vec<ImageTag>,
    /// When its manifest was first pushed.
    pub pushed_at: Timestamp,
    /// When it was last pulled, as far as recorded.
    pub pulled_at: Option<Timestamp>,
    /// Can it be pulled?
    pub status: ImageStatus,
    /// When it last moved to the archive.
    pub archived_at: Option<Timestamp>,
    /// When it last came back from the archive.
    pub activated_at: Option<Timestamp>,
    /// The images that it holds, if it is an index.
    pub children: Vec<Digest>,
    /// The digest that it refers to.
    pub subject: Option<Digest>,
}

/// An image before its tags and children are read.
struct Bare {
    image: LifecycleImage,
    is_tagged: bool,
    /// An index has no configuration. Of artifacts without one, too, children are asked for.
    may_be_index: bool,
}

/// The columns of [`LifecycleImage`] that are its own, in the order in which [`read`] reads them.
const COLUMNS: &str = "i.id, i.digest, i.pushed_at, i.pulled_at, i.status, i.archived_at,
    i.activated_at, i.subject, i.tag_count, i.config_media_type";

impl Tx<'_> {
    /// Images of a repository in the order of their pushes, from after `after` on.
    pub fn list_lifecycle_images(
        &mut self,
        repository: RepositoryKey,
        after: Option<ImageKey>,
        limit: u32,
    ) -> Result<Vec<LifecycleImage>, DbError> {
        let after = after.unwrap_or(ImageKey(0));
        let bare = self.rows(
            &format!(
                "SELECT {COLUMNS} FROM image i WHERE i.repository = $1 AND i.id > $2
                 ORDER BY i.id LIMIT $3"
            ),
            args![repository, after, i64::from(limit)],
            read,
        )?;
        let Some(last) = bare.last().map(|bare| bare.image.key) else { return Ok(Vec::new()) };
        let tags = self.list_tags_between(repository, after, last)?;
        let children = self.list_children_between(repository, after, last)?;
        Ok(fill_in(bare, tags, children))
    }

    /// The tags of the images of a repository between two of them, each with its image, in order.
    ///
    /// One statement for a page costs a fraction of one for each image. `CROSS JOIN` keeps SQLite
    /// from beginning with the tags, which may be those of other repositories.
    pub(crate) fn list_tags_between(
        &mut self,
        repository: RepositoryKey,
        after: ImageKey,
        last: ImageKey,
    ) -> Result<Vec<(ImageKey, ImageTag)>, DbError> {
        self.rows(
            "SELECT i.id, t.tag FROM image i CROSS JOIN image_tag t
             WHERE i.repository = $1 AND i.id > $2 AND i.id <= $3
                 AND t.image = i.id AND t.image > $2 AND t.image <= $3
             ORDER BY i.id, t.tag",
            args![repository, after, last],
            |row| Ok((ImageKey(row.int(0, "image.id")?), row.word(1, "image_tag.tag")?)),
        )
    }

    /// The same for the images that indexes hold.
    pub(crate) fn list_children_between(
        &mut self,
        repository: RepositoryKey,
        after: ImageKey,
        last: ImageKey,
    ) -> Result<Vec<(ImageKey, Digest)>, DbError> {
        self.rows(
            "SELECT i.id, c.child FROM image i CROSS JOIN image_child c
             WHERE i.repository = $1 AND i.id > $2 AND i.id <= $3
                 AND c.parent = i.id AND c.parent > $2 AND c.parent <= $3
             ORDER BY i.id",
            args![repository, after, last],
            |row| Ok((ImageKey(row.int(0, "image.id")?), row.word(1, "image_child.child")?)),
        )
    }

    /// These images, in their order, without those that are gone.
    pub fn find_lifecycle_images(
        &mut self,
        images: &[ImageKey],
    ) -> Result<Vec<LifecycleImage>, DbError> {
        let among = |keys: &str| format!("SELECT {COLUMNS} FROM image i WHERE i.id IN ({keys})");
        let keys: Vec<i64> = images.iter().map(|image| image.0).collect();
        let mut bare = self.rows_among(among, &keys, read)?;
        bare.sort_by_key(|bare| bare.image.key);
        let keys = |which: fn(&Bare) -> bool| -> Vec<i64> {
            bare.iter().filter(|bare| which(bare)).map(|bare| bare.image.key.0).collect()
        };
        let (tagged, indexes) = (keys(|bare| bare.is_tagged), keys(|bare| bare.may_be_index));
        let tags = self.list_tags_among(&tagged)?;
        let children = self.list_children_among(&indexes)?;
        let found = fill_in(bare, tags, children);
        let mut found: HashMap<ImageKey, LifecycleImage> =
            found.into_iter().map(|image| (image.key, image)).collect();
        Ok(images.iter().filter_map(|image| found.remove(image)).collect())
    }

    /// The tags of each of these images that can be pulled, and of no other, in no order of images.
    pub fn list_tags_of_active(
        &mut self,
        images: &[ImageKey],
    ) -> Result<Vec<Vec<ImageTag>>, DbError> {
        let among = |keys: &str| {
            format!("SELECT id, tag_count FROM image WHERE id IN ({keys}) AND status = 'ACTIVE'")
        };
        let keys: Vec<i64> = images.iter().map(|image| image.0).collect();
        let (mut tagged, mut found) = (Vec::new(), Vec::new());
        self.rows_among(among, &keys, |row| {
            if row.size(1, "image.tag_count")? > 0 {
                tagged.push(row.int(0, "image.id")?);
            } else {
                found.push(Vec::new());
            }
            Ok(())
        })?;
        let mut tags = self.list_tags_among(&tagged)?.into_iter().peekable();
        while let Some((image, tag)) = tags.next() {
            let mut own = vec![tag];
            while let Some((_, tag)) = tags.next_if(|(of, _)| *of == image) {
                own.push(tag);
            }
            found.push(own);
        }
        Ok(found)
    }

    /// The tags of these images, each with its image, in order.
    fn list_tags_among(&mut self, images: &[i64]) -> Result<Vec<(ImageKey, ImageTag)>, DbError> {
        let among =
            |keys: &str| format!("SELECT image, tag FROM image_tag WHERE image IN ({keys})");
        let mut tags: Vec<(ImageKey, ImageTag)> = self.rows_among(among, images, |row| {
            Ok((ImageKey(row.int(0, "image_tag.image")?), row.word(1, "image_tag.tag")?))
        })?;
        tags.sort_by(|(a, tag), (b, other)| (a, tag.as_str()).cmp(&(b, other.as_str())));
        Ok(tags)
    }

    /// The images that these indexes hold, each with its index, in the order of the indexes.
    fn list_children_among(&mut self, parents: &[i64]) -> Result<Vec<(ImageKey, Digest)>, DbError> {
        let among =
            |keys: &str| format!("SELECT parent, child FROM image_child WHERE parent IN ({keys})");
        let mut children = self.rows_among(among, parents, |row| {
            Ok((ImageKey(row.int(0, "image_child.parent")?), row.word(1, "image_child.child")?))
        })?;
        children.sort_by_key(|(parent, _)| *parent);
        Ok(children)
    }
}

/// Gives each image what is its own: of tags and of children, in the order of the images.
fn fill_in(
    bare: Vec<Bare>,
    tags: Vec<(ImageKey, ImageTag)>,
    children: Vec<(ImageKey, Digest)>,
) -> Vec<LifecycleImage> {
    let (mut tags, mut children) = (tags.into_iter().peekable(), children.into_iter().peekable());
    let filled = bare.into_iter().map(|Bare { mut image, .. }| {
        let key = image.key;
        while let Some((_, tag)) = tags.next_if(|(of, _)| *of == key) {
            image.tags.push(tag);
        }
        while let Some((_, child)) = children.next_if(|(of, _)| *of == key) {
            image.children.push(child);
        }
        image
    });
    filled.collect()
}

fn read(row: &Row<'_>) -> Result<Bare, DbError> {
    let image = LifecycleImage {
        key: ImageKey(row.int(0, "image.id")?),
        digest: row.word(1, "image.digest")?,
        tags: Vec::new(),
        pushed_at: row.moment(2, "image.pushed_at")?,
        pulled_at: row.maybe_moment(3, "image.pulled_at")?,
        status: row.word(4, "image.status")?,
        archived_at: row.maybe_moment(5, "image.archived_at")?,
        activated_at: row.maybe_moment(6, "image.activated_at")?,
        children: Vec::new(),
        subject: row.maybe_word(7, "image.subject")?,
    };
    Ok(Bare {
        image,
        is_tagged: row.size(8, "image.tag_count")? > 0,
        may_be_index: row.maybe_text(9, "image.config_media_type")?.is_none(),
    })
}
