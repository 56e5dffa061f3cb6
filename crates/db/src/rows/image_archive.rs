use names::{Digest, ImageStatus, Timestamp};

use super::image::ImageKey;
use super::repository::RepositoryKey;
use crate::value::args;
use crate::{DbError, Tx};

impl Tx<'_> {
    /// Moves an image to the archive: it cannot be pulled until it is restored.
    pub fn archive_image(&mut self, image: ImageKey, now: Timestamp) -> Result<(), DbError> {
        self.send(
            "UPDATE image SET status = 'ARCHIVED', archived_at = $2 WHERE id = $1",
            args![image, now],
        )
    }

    /// Notes that an archived image is being restored.
    pub fn begin_activation(&mut self, image: ImageKey) -> Result<(), DbError> {
        self.send("UPDATE image SET status = 'ACTIVATING' WHERE id = $1", args![image])
    }

    /// Ends the restoring of an image: it can be pulled again.
    pub fn activate_image(&mut self, image: ImageKey, now: Timestamp) -> Result<(), DbError> {
        self.send(
            "UPDATE image SET status = 'ACTIVE', activated_at = $2 WHERE id = $1",
            args![image, now],
        )
    }

    /// The digest and the status of an image, and the repository that holds it.
    pub fn find_image_status(
        &mut self,
        image: ImageKey,
    ) -> Result<Option<(RepositoryKey, Digest, ImageStatus)>, DbError> {
        self.row(
            "SELECT repository, digest, status FROM image WHERE id = $1",
            args![image],
            |row| {
                let repository = RepositoryKey(row.int(0, "image.repository")?);
                Ok((repository, row.word(1, "image.digest")?, row.word(2, "image.status")?))
            },
        )
    }

    /// Digests of the indexes that hold this image and are not archived themselves.
    pub fn list_parents_in_use(
        &mut self,
        repository: RepositoryKey,
        child: &Digest,
        limit: u32,
    ) -> Result<Vec<Digest>, DbError> {
        self.rows(
            "SELECT i.digest FROM image_child c JOIN image i ON i.id = c.parent
             WHERE c.repository = $1 AND c.child = $2 AND i.status <> 'ARCHIVED'
             ORDER BY c.parent LIMIT $3",
            args![repository, child, i64::from(limit)],
            |row| row.word(0, "image.digest"),
        )
    }
}
