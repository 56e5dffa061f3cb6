//! What images have: their packages, and what of them could not be read.

use names::{Digest, Timestamp};

use super::image::ImageKey;
use super::scanned_package::PackageKey;
use crate::value::args;
use crate::{DbError, Tx};

/// What an image has, without its packages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageInventory {
    /// Which set of readers read it.
    pub readers: u32,
    /// Which operating system it is, and what of it could not be read.
    pub document: Vec<u8>,
    /// When it was read.
    pub made_at: Timestamp,
}

/// A package in an image.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ImagePackage {
    /// Which package.
    pub package: PackageKey,
    /// The file that names it.
    pub path: String,
    /// The layer that brought it.
    pub layer: Digest,
}

impl Tx<'_> {
    /// What an image has, if it was read.
    pub fn find_image_inventory(
        &mut self,
        image: ImageKey,
    ) -> Result<Option<ImageInventory>, DbError> {
        const READERS: &str = "image_inventory.readers";
        self.row(
            "SELECT readers, document, made_at FROM image_inventory WHERE image = $1",
            args![image],
            |row| {
                Ok(ImageInventory {
                    readers: u32::try_from(row.int(0, READERS)?)
                        .map_err(|_| DbError::Corrupt { column: READERS })?,
                    document: row.bytes(1, "image_inventory.document")?.to_vec(),
                    made_at: row.moment(2, "image_inventory.made_at")?,
                })
            },
        )
    }

    /// Writes down what an image has.
    pub fn put_image_inventory(
        &mut self,
        image: ImageKey,
        inventory: &ImageInventory,
    ) -> Result<(), DbError> {
        let ImageInventory { readers, document, made_at } = inventory;
        self.send(
            "INSERT INTO image_inventory (image, readers, document, made_at)
             VALUES ($1, $2, $3, $4)
             ON CONFLICT (image) DO UPDATE SET readers = excluded.readers,
                 document = excluded.document, made_at = excluded.made_at",
            args![image, i64::from(*readers), document, *made_at],
        )
    }

    /// Packages of an image in order, from after `after` on.
    pub fn list_image_packages(
        &mut self,
        image: ImageKey,
        after: Option<(PackageKey, &str)>,
        limit: u32,
    ) -> Result<Vec<ImagePackage>, DbError> {
        let (package, path) = after.unwrap_or((PackageKey(0), ""));
        self.rows(
            "SELECT package, path, layer FROM image_package
             WHERE image = $1 AND (package, path) > ($2, $3) ORDER BY package, path LIMIT $4",
            args![image, package, path, i64::from(limit)],
            |row| {
                Ok(ImagePackage {
                    package: PackageKey(row.int(0, "image_package.package")?),
                    path: row.text(1, "image_package.path")?,
                    layer: row.word(2, "image_package.layer")?,
                })
            },
        )
    }

    /// Where an image has a package.
    pub fn list_places_of_package(
        &mut self,
        image: ImageKey,
        package: PackageKey,
        limit: u32,
    ) -> Result<Vec<ImagePackage>, DbError> {
        self.rows(
            "SELECT path, layer FROM image_package WHERE image = $1 AND package = $2
             ORDER BY path LIMIT $3",
            args![image, package, i64::from(limit)],
            |row| {
                let path = row.text(0, "image_package.path")?;
                Ok(ImagePackage { package, path, layer: row.word(1, "image_package.layer")? })
            },
        )
    }

    /// Writes down that an image has a package.
    pub fn insert_image_package(
        &mut self,
        image: ImageKey,
        place: &ImagePackage,
    ) -> Result<(), DbError> {
        let ImagePackage { package, path, layer } = place;
        self.send(
            "INSERT INTO image_package (image, package, path, layer) VALUES ($1, $2, $3, $4)
             ON CONFLICT DO NOTHING",
            args![image, *package, path, layer],
        )
    }

    /// Forgets that an image has a package in a place.
    pub fn delete_image_package(
        &mut self,
        image: ImageKey,
        package: PackageKey,
        path: &str,
    ) -> Result<(), DbError> {
        self.send(
            "DELETE FROM image_package WHERE image = $1 AND package = $2 AND path = $3",
            args![image, package, path],
        )
    }

    /// Forgets what an image has, besides its packages.
    pub fn delete_image_inventory(&mut self, image: ImageKey) -> Result<(), DbError> {
        self.send("DELETE FROM image_to_count WHERE image = $1", args![image])?;
        self.send("DELETE FROM image_inventory WHERE image = $1", args![image])
    }

    /// Notes that the images after `after` that have a package have to be counted again, up to
    /// `limit` of them. Returns the last; `None` if there are no more.
    pub fn tell_images(
        &mut self,
        package: PackageKey,
        after: ImageKey,
        limit: u32,
    ) -> Result<Option<ImageKey>, DbError> {
        let images = self.rows(
            "SELECT image FROM image_package WHERE package = $1 AND image > $2
             ORDER BY image LIMIT $3",
            args![package, after, i64::from(limit)],
            |row| row.int(0, "image_package.image").map(ImageKey),
        )?;
        for image in &images {
            self.send(
                "INSERT INTO image_to_count (image) VALUES ($1) ON CONFLICT DO NOTHING",
                args![*image],
            )?;
        }
        Ok(images.last().copied())
    }

    /// Images that have to be counted again.
    pub fn list_images_to_count(&mut self, limit: u32) -> Result<Vec<ImageKey>, DbError> {
        self.rows(
            "SELECT image FROM image_to_count ORDER BY image LIMIT $1",
            args![i64::from(limit)],
            |row| row.int(0, "image_to_count.image").map(ImageKey),
        )
    }

    /// Notes that an image was counted.
    pub fn image_is_counted(&mut self, image: ImageKey) -> Result<(), DbError> {
        self.send("DELETE FROM image_to_count WHERE image = $1", args![image])
    }
}
