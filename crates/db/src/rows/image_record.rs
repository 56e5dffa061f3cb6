use names::{Digest, ImageTag, MediaType, ObjectKey, Timestamp};

use super::image::ImageKey;
use super::repository::RepositoryKey;
use crate::value::{Row, Value, args, as_slices};
use crate::{DbError, Tx};

/// An object that holds a copy of an image's manifest, and of the tag that it was pushed with.
#[derive(Debug, Clone)]
pub struct ImageRecord {
    /// The object.
    pub object: ObjectKey,
    /// The tag that it records; `None` if it records only the image.
    pub tag: Option<ImageTag>,
}

/// The content of a record.
#[derive(Debug, Clone)]
pub struct RecordedImage {
    /// The digest of the manifest.
    pub digest: Digest,
    /// The media type of the manifest.
    pub media_type: MediaType,
    /// When it was pushed.
    pub pushed_at: Timestamp,
    /// The tag that the record speaks of.
    pub tag: Option<ImageTag>,
    /// The exact bytes.
    pub manifest: Vec<u8>,
}

impl Tx<'_> {
    /// What the record at this object should contain, if it is still wanted.
    pub fn find_recorded_image(
        &mut self,
        object: &ObjectKey,
    ) -> Result<Option<RecordedImage>, DbError> {
        self.row(
            "SELECT i.digest, i.media_type, i.pushed_at, r.tag, i.manifest
             FROM image_record r JOIN image i ON i.id = r.image WHERE r.object = $1",
            args![object],
            |row| {
                Ok(RecordedImage {
                    digest: row.word(0, "image.digest")?,
                    media_type: row.word(1, "image.media_type")?,
                    pushed_at: row.moment(2, "image.pushed_at")?,
                    tag: row.maybe_word(3, "image_record.tag")?,
                    manifest: row.bytes(4, "image.manifest")?.to_vec(),
                })
            },
        )
    }

    /// Notes that an object records an image.
    pub fn insert_image_record(
        &mut self,
        image: ImageKey,
        record: &ImageRecord,
    ) -> Result<(), DbError> {
        let ImageRecord { object, tag } = record;
        self.send(
            "INSERT INTO image_record (object, image, tag) VALUES ($1, $2, $3)",
            args![object, image, tag.as_ref()],
        )
    }

    /// The records of an image.
    pub fn list_image_records(&mut self, image: ImageKey) -> Result<Vec<ImageRecord>, DbError> {
        let records = self.list_records_of_each(&[image])?;
        Ok(records.into_iter().flatten().collect())
    }

    /// The same for each of these images.
    pub fn list_records_of_each(
        &mut self,
        images: &[ImageKey],
    ) -> Result<Vec<Vec<ImageRecord>>, DbError> {
        let each: Vec<_> = images.iter().map(|image| [Value::from(*image)]).collect();
        let sql = "SELECT object, tag FROM image_record WHERE image = $1";
        self.rows_of_each(sql, &as_slices(&each), read)
    }

    /// Whether there is any record of the image.
    pub fn image_is_recorded(&mut self, image: ImageKey) -> Result<bool, DbError> {
        self.row("SELECT 1 FROM image_record WHERE image = $1 LIMIT 1", args![image], |_| Ok(()))
            .map(|found| found.is_some())
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

    /// Lists all records in the order of their objects, each with its repository and image, for
    /// checks.
    pub fn list_all_image_records(
        &mut self,
        after: Option<&ObjectKey>,
        limit: u32,
    ) -> Result<Vec<(RepositoryKey, ImageKey, ImageRecord)>, DbError> {
        self.rows(
            "SELECT r.object, r.tag, r.image, i.repository
             FROM image_record r JOIN image i ON i.id = r.image
             WHERE r.object > $1 ORDER BY r.object LIMIT $2",
            args![after.map_or("", ObjectKey::as_str), i64::from(limit)],
            |row| {
                let repository = RepositoryKey(row.int(3, "image.repository")?);
                Ok((repository, ImageKey(row.int(2, "image_record.image")?), read(row)?))
            },
        )
    }

    /// Makes another object the record, in place of `from`; `false` if there is no such record.
    pub fn move_image_record(&mut self, from: &ObjectKey, to: &ObjectKey) -> Result<bool, DbError> {
        let moved =
            self.execute("UPDATE image_record SET object = $2 WHERE object = $1", args![from, to])?;
        Ok(moved == 1)
    }

    /// Forgets a record.
    pub fn delete_image_record(&mut self, object: &ObjectKey) -> Result<(), DbError> {
        self.send("DELETE FROM image_record WHERE object = $1", args![object])
    }
}

fn read(row: &Row<'_>) -> Result<ImageRecord, DbError> {
    Ok(ImageRecord {
        object: row.word(0, "image_record.object")?,
        tag: row.maybe_word(1, "image_record.tag")?,
    })
}
