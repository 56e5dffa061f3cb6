use names::{ScanStatus, ScanType, Timestamp};

use super::image::ImageKey;
use crate::value::{Row, Value, args, as_slices};
use crate::{DbError, Tx};

/// The last scan of an image of one type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageScan {
    /// Its type.
    pub scan_type: ScanType,
    /// How far it is.
    pub status: ScanStatus,
    /// The status in a sentence.
    pub description: String,
    /// When it was asked for.
    pub started_at: Timestamp,
    /// When it came to its end.
    pub ended_at: Option<Timestamp>,
    /// When its findings were last compared with the advisories.
    pub judged_at: Option<Timestamp>,
    /// How many findings there are of each severity, as JSON.
    pub counts: Option<String>,
    /// Whose advisories speak of its operating system.
    pub source: Option<String>,
    /// The ecosystem whose advisories are missing.
    pub awaits: Option<String>,
}

/// The columns of [`ImageScan`], in the order in which [`read`] reads them.
const COLUMNS: &str =
    "scan_type, status, description, started_at, ended_at, judged_at, counts, source, awaits";

impl Tx<'_> {
    /// The last scan of an image of this type.
    pub fn find_image_scan(
        &mut self,
        image: ImageKey,
        scan_type: ScanType,
    ) -> Result<Option<ImageScan>, DbError> {
        self.row(
            &format!("SELECT {COLUMNS} FROM image_scan WHERE image = $1 AND scan_type = $2"),
            args![image, scan_type.as_str()],
            read,
        )
    }

    /// The last scan of each type of an image.
    pub fn list_image_scans(&mut self, image: ImageKey) -> Result<Vec<ImageScan>, DbError> {
        self.rows(
            &format!("SELECT {COLUMNS} FROM image_scan WHERE image = $1 ORDER BY scan_type"),
            args![image],
            read,
        )
    }

    /// The last scan of this type of each of these images, in their order.
    pub fn find_scans_of_each(
        &mut self,
        images: &[ImageKey],
        scan_type: ScanType,
    ) -> Result<Vec<Option<ImageScan>>, DbError> {
        let each: Vec<[Value<'_>; 2]> =
            images.iter().map(|image| [(*image).into(), scan_type.as_str().into()]).collect();
        self.row_of_each(
            &format!("SELECT {COLUMNS} FROM image_scan WHERE image = $1 AND scan_type = $2"),
            &as_slices(&each),
            read,
        )
    }

    /// Writes down the scan of an image, over the last one of its type.
    pub fn put_image_scan(&mut self, image: ImageKey, scan: &ImageScan) -> Result<(), DbError> {
        let ImageScan {
            scan_type,
            status,
            description,
            started_at,
            ended_at,
            judged_at,
            counts,
            source,
            awaits,
        } = scan;
        self.send(
            "INSERT INTO image_scan (image, scan_type, status, description, started_at, ended_at,
                                     judged_at, counts, source, awaits)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
             ON CONFLICT (image, scan_type) DO UPDATE SET status = excluded.status,
                 description = excluded.description, started_at = excluded.started_at,
                 ended_at = excluded.ended_at, judged_at = excluded.judged_at,
                 counts = excluded.counts, source = excluded.source, awaits = excluded.awaits",
            args![
                image,
                scan_type.as_str(),
                status.as_str(),
                description,
                *started_at,
                *ended_at,
                *judged_at,
                counts.as_ref(),
                source.as_ref(),
                awaits.as_ref()
            ],
        )
    }

    /// Forgets the scans of an image.
    pub fn delete_image_scans(&mut self, image: ImageKey) -> Result<(), DbError> {
        self.send("DELETE FROM image_scan WHERE image = $1", args![image])
    }

    /// Images whose scan awaits advisories of an ecosystem, from after `after` on.
    pub fn list_awaiting_images(
        &mut self,
        ecosystem: &str,
        after: ImageKey,
        limit: u32,
    ) -> Result<Vec<ImageKey>, DbError> {
        self.rows(
            "SELECT image FROM image_scan WHERE awaits = $1 AND image > $2
             ORDER BY image LIMIT $3",
            args![ecosystem, after, i64::from(limit)],
            |row| row.int(0, "image_scan.image").map(ImageKey),
        )
    }
}

fn read(row: &Row<'_>) -> Result<ImageScan, DbError> {
    Ok(ImageScan {
        scan_type: row.word(0, "image_scan.scan_type")?,
        status: row.word(1, "image_scan.status")?,
        description: row.text(2, "image_scan.description")?,
        started_at: row.moment(3, "image_scan.started_at")?,
        ended_at: row.maybe_moment(4, "image_scan.ended_at")?,
        judged_at: row.maybe_moment(5, "image_scan.judged_at")?,
        counts: row.maybe_text(6, "image_scan.counts")?,
        source: row.maybe_text(7, "image_scan.source")?,
        awaits: row.maybe_text(8, "image_scan.awaits")?,
    })
}
