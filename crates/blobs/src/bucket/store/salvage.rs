//! Reads what a torn upload acknowledged, wherever it is now.
//!
//! # Invariants
//! * The reader yields the acknowledged bytes or an error, also while a commit or a delete of the
//!   same upload is under way.
//! * Nothing here makes a committed object.
//!
//! # On a crash
//! The parts may have become an object without an end. It is not a committed object, and the next
//! call reads it.

use std::time::Duration;

use bytes::Bytes;
use names::ObjectKey;
use object_store::multipart::PartId;

use super::BucketStore;
use crate::StoreError;
use crate::bucket::key::Place;
use crate::bucket::parked::{Parked, Part};
use crate::bucket::pieces::read_piece;
use crate::bucket::reader::{Back, BucketReader, Extent};
use crate::bucket::service::Denied;

/// How long to wait for a commit that is about to end.
const SALVAGE_PAUSES: [Duration; 3] =
    [Duration::from_millis(20), Duration::from_millis(100), Duration::from_millis(400)];

impl BucketStore {
    /// Order: if the object exists, it holds all parts, no matter which node completed it.
    /// Otherwise the parts are completed into an object, because they can be read in no other way.
    /// That object has no end, so it is not a committed one. A writer that still has the upload
    /// loses it, and its commit fails. If a commit ends at the same time, the parts and pieces may
    /// be gone; then the object exists, or will in a moment.
    pub(super) async fn salvage_now(
        &self,
        object: &ObjectKey,
        state: &[u8],
    ) -> Result<BucketReader, StoreError> {
        for pause in SALVAGE_PAUSES {
            match self.salvage_once(object, state).await {
                Err(StoreError::NotFound(_)) => tokio::time::sleep(pause).await,
                ended => return ended,
            }
        }
        self.salvage_once(object, state).await
    }

    async fn salvage_once(
        &self,
        object: &ObjectKey,
        state: &[u8],
    ) -> Result<BucketReader, StoreError> {
        let parked = Parked::parse(state)?;
        let path = self.service.path(Place::Object(object));
        let is_object = match self.service.inspect(&path).await {
            Ok(_) => true,
            Err(Denied::NotFound) => false,
            Err(other) => return Err(other.about(object)),
        };
        if !is_object && self.turns(object).await?.is_empty() {
            return Err(StoreError::NotFound(object.clone()));
        }
        let tail = match self.tail_of(object, &parked).await {
            Ok(tail) => tail,
            // A commit has removed the pieces, and the object has all bytes.
            Err(StoreError::NotFound(_)) if is_object => return self.open_now(object).await,
            Err(other) => return Err(other),
        };
        if let (false, Some(upload)) = (is_object || parked.parts.is_empty(), &parked.upload) {
            let content_id = |part: &Part| PartId { content_id: part.tag.clone() };
            let parts = parked.parts.iter().map(content_id).collect();
            let completed = self.service.cloud.parts().complete_multipart(&path, upload, parts);
            let completed = self.service.ask("complete a torn upload", completed).await;
            if let Err(denied) = completed {
                // Its writer may just have completed it: then all bytes are there, and we know
                // where the tail begins.
                let found = self.service.inspect(&path).await;
                found.map(drop).map_err(|_| denied.about(object))?;
            }
        }
        let extents = vec![Extent { path, length: parked.in_parts() }];
        let (front, back) = (Bytes::from(parked.front), Back::Here(tail));
        Ok(BucketReader::new(&self.service, object, front, extents, back, Bytes::new()))
    }

    /// The bytes after the parts, from wherever they were parked.
    async fn tail_of(&self, object: &ObjectKey, parked: &Parked) -> Result<Bytes, StoreError> {
        let mut bytes = Vec::new();
        for piece in &parked.pieces {
            bytes.extend_from_slice(&read_piece(&self.service, object, *piece).await?);
        }
        bytes.extend_from_slice(&parked.tail);
        Ok(bytes.into())
    }
}
