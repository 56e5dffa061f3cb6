//! The parts of a long object: how long they are, and how they are sent.

use std::sync::Arc;

use bytes::Bytes;
use object_store::Attribute;
use object_store::multipart::PartId;

use super::{BACK_BYTES_BESIDE, BucketWriter};
use crate::StoreError;
use crate::bucket::key::Place;
use crate::bucket::parked::{PARTS_MAX, Part, TAG_BYTES_MAX};
use crate::bucket::turn::UPLOAD_ID_BYTES_MAX;

/// How many parts may be as short as S3 allows.
const SHORT_PARTS: usize = 2_000;

/// The length of a part, and the least length of a part that is sent when an upload is parked.
///
/// S3 requires 5 MiB for every part except the last. Ten thousand parts of that size would not hold
/// the longest layer, 52,000 MiB. With longer parts after the first `SHORT_PARTS`, 74,000 MiB fit.
pub(super) fn part_bytes(sent: usize) -> usize {
    if sent < SHORT_PARTS { 5 << 20 } else { 8 << 20 }
}

impl BucketWriter {
    /// How many parts there are, including the one on its way.
    pub(super) fn sent(&self) -> usize {
        self.parts.len() + usize::from(self.sending.is_some())
    }

    /// Sends a part, after the previous one has arrived.
    pub(super) async fn send(&mut self, bytes: Bytes) -> Result<(), StoreError> {
        self.arrive().await?;
        if self.parts.len() == PARTS_MAX {
            return Err(StoreError::Misused("an object has more parts than the store takes"));
        }
        let upload = self.upload().await?;
        let (service, index) = (Arc::clone(&self.service), self.parts.len());
        let path = service.path(Place::Object(&self.object));
        let length = u32::try_from(bytes.len()).expect("a part's length");
        self.sending = Some(self.service.start(async move {
            let sent = service.cloud.parts().put_part(&path, &upload, index, bytes.into());
            let PartId { content_id: tag } = service.ask("write a part of an object", sent).await?;
            Ok(Part { tag, length })
        }));
        Ok(())
    }

    /// Waits for the part on its way.
    pub(super) async fn arrive(&mut self) -> Result<(), StoreError> {
        let Some(sending) = self.sending.take() else { return Ok(()) };
        let part = sending.finish().await?.map_err(|denied| denied.about(&self.object))?;
        if part.tag.len() > TAG_BYTES_MAX {
            return Err(StoreError::Misused(
                "the object store's part tags are longer than 64 bytes",
            ));
        }
        self.parts.push(part);
        Ok(())
    }

    /// The multipart upload. It is begun, and noted in the claim, when it is first needed.
    pub(super) async fn upload(&mut self) -> Result<String, StoreError> {
        if let Some(upload) = &self.upload {
            return Ok(upload.clone());
        }
        let path = self.service.path(Place::Object(&self.object));
        let mut attributes = self.attributes();
        if let Some(apart) = self.apart {
            let length = apart.back.to_string().into();
            attributes.insert(Attribute::Metadata(BACK_BYTES_BESIDE.into()), length);
        }
        let begun = self.service.cloud.begin(&path, attributes);
        let begun = self.service.ask("begin an upload", begun).await;
        let upload = begun.map_err(|denied| denied.about(&self.object))?;
        if upload.len() > UPLOAD_ID_BYTES_MAX {
            return Err(StoreError::Misused("the object store's upload ids are longer than 2 KiB"));
        }
        self.upload = Some(upload.clone());
        if let Err(error) = self.note().await {
            // If this fails too, the bucket's lifecycle rule removes the upload, which has no
            // parts.
            let cancelled = self.service.cloud.cancel(&path, &upload);
            let _ = self.service.ask("abort an upload", cancelled).await;
            return Err(error);
        }
        Ok(upload)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_layer_fits_the_stores_parts() {
        let most: usize = (0..PARTS_MAX).map(part_bytes).sum();
        assert!(most >= 52_000 << 20, "52,000 MiB, each part as short as it may be");
        assert!((0..PARTS_MAX).all(|sent| part_bytes(sent) >= 5 << 20), "S3's shortest");
    }
}
