use names::{ImageTag, ObjectKey};

use super::image::ImageKey;
use crate::value::{Row, args};
use crate::{DbError, Tx};

/// An object that holds a copy of an image's manifest, and of the tag that it was pushed with.
#[derive(Debug, Clone)]
pub struct ImageRecord {
    /// The object.
    pub object: ObjectKey,
    /// The tag that it speaks of; `None` if it speaks of the image alone.
    pub tag: Option<ImageTag>,
}

impl Tx<'_> {
    /// Notes that an object records an image.
    pub fn insert_image_record(
        &mut self,
        image: ImageKey,
        record: &ImageRecord,
    ) -> Result<(), DbError> {
        let ImageRecord { object, tag } = record;
        self.execute(
            "INSERT INTO image_record (object, image, tag) VALUES ($1, $2, $3)",
            args![object, image, tag.as_ref()],
        )
        .map(drop)
    }

    /// The records of an image.
    pub fn list_image_records(&mut self, image: ImageKey) -> Result<Vec<ImageRecord>, DbError> {
        self.rows("SELECT object, tag FROM image_record WHERE image = $1", args![image], read)
    }

    /// The record that speaks of this tag of the image.
    pub fn find_image_record(
        &mut self,
        image: ImageKey,
        tag: &ImageTag,
    ) -> Result<Option<ImageRecord>, DbError> {
        self.row(
            "SELECT object, tag FROM image_record WHERE image = $1 AND tag = $2",
            args![image, tag],
            read,
        )
    }

    /// Forgets a record.
    pub fn delete_image_record(&mut self, object: &ObjectKey) -> Result<(), DbError> {
        self.execute("DELETE FROM image_record WHERE object = $1", args![object]).map(drop)
    }
}

fn read(row: &Row<'_>) -> Result<ImageRecord, DbError> {
    Ok(ImageRecord {
        object: row.word(0, "image_record.object")?,
        tag: row.maybe_word(1, "image_record.tag")?,
    })
}
