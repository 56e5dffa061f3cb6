//! How much there is, for metrics: read from totals that rows keep, and counted again by checks,
//! repairs and moves.

use std::sync::PoisonError;

use db::{Counted, DbError, Total, Tx};
use names::StorageClass;

use crate::{Failure, Operations};

/// How much there is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stored {
    /// Bytes of layers in the store.
    pub standard_bytes: u64,
    /// Bytes of layers in the archive storage.
    pub archive_bytes: u64,
    /// Deleted images that are kept to be restored.
    pub restorable_images: u64,
    /// Their sizes. Layers that other images have, too, are among them.
    pub restorable_bytes: u64,
}

/// How many rows are counted together.
const PAGE: u32 = 512;

/// The same for rows with long texts.
const PAGE_OF_DELETED: u32 = 64;

impl Operations {
    /// How much there was when it was last measured.
    pub fn measured(&self) -> Option<Stored> {
        *self.measured.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Measures again.
    pub async fn measure(&self) -> Result<(), Failure> {
        let stored = self.stored().await?;
        *self.measured.lock().unwrap_or_else(PoisonError::into_inner) = Some(stored);
        Ok(())
    }

    /// How much there is.
    pub async fn stored(&self) -> Result<Stored, Failure> {
        let read = |tx: &mut Tx<'_>| {
            let restorable = tx.find_total(Total::Restorable)?;
            Ok::<_, DbError>(Stored {
                standard_bytes: tx.find_total(Total::Standard)?.bytes,
                archive_bytes: tx.find_total(Total::Archive)?.bytes,
                restorable_images: restorable.number,
                restorable_bytes: restorable.bytes,
            })
        };
        Ok(self.db.read(read).await?)
    }

    /// Counts everything, page by page.
    pub(crate) async fn count_all(&self) -> Result<[(Total, Counted); 3], DbError> {
        let mut counted = Total::ALL.map(|total| (total, Counted::default()));
        let mut add = |total: Total, size_bytes: u64| {
            let found = counted.iter_mut().find(|(known, _)| *known == total);
            let (_, counted) = found.expect("all are there");
            counted.number += 1;
            counted.bytes += size_bytes;
        };
        let mut after = None;
        loop {
            let page = self.db.read(move |tx| tx.list_blobs(after, PAGE)).await?;
            let Some(last) = page.last() else { break };
            after = Some(last.key);
            for blob in &page {
                let is_archived = blob.storage_class == StorageClass::Archive;
                let place = if is_archived { Total::Archive } else { Total::Standard };
                add(place, blob.size_bytes);
            }
        }
        let mut after = None;
        loop {
            let read = move |tx: &mut Tx<'_>| tx.list_all_deleted_images(after, PAGE_OF_DELETED);
            let page = self.db.read(read).await?;
            let Some((_, last)) = page.last() else { break };
            after = Some(last.key);
            for (_, image) in &page {
                add(Total::Restorable, image.size_bytes);
            }
        }
        Ok(counted)
    }

    /// Counts everything, and writes down how much there is.
    pub(crate) async fn recount(&self) -> Result<(), DbError> {
        let counted = self.count_all().await?;
        let put = move |tx: &mut Tx<'_>| {
            counted.iter().try_for_each(|(total, counted)| tx.put_total(*total, *counted))
        };
        self.db.write(put).await
    }
}
