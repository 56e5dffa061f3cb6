//! Opens a committed object: its metadata says where its bytes are.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use names::ObjectKey;

use super::BucketStore;
use crate::StoreError;
use crate::bucket::key::Place;
use crate::bucket::parked::Piece;
use crate::bucket::pieces::{self, PIECES};
use crate::bucket::reader::{Back, BucketReader, Extent, FIRST_READ_BYTES};
use crate::bucket::service::{Denied, metadata};
use crate::bucket::writer::{BACK_BYTES, BACK_BYTES_BESIDE, FRONT_BYTES};

impl BucketStore {
    /// Reads the object's start and its metadata, with one request.
    pub(super) async fn open_now(&self, object: &ObjectKey) -> Result<BucketReader, StoreError> {
        let path = self.service.path(Place::Object(object));
        let found = match self.service.read(&path, 0..FIRST_READ_BYTES).await {
            // An empty object has no range.
            Err(Denied::Failed(refused)) => match self.service.inspect(&path).await {
                Ok(found) if found.size == 0 => Ok(found),
                _ => Err(Denied::Failed(refused)),
            },
            other => other,
        };
        let found = found.map_err(|denied| denied.about(object))?;
        let corrupt = |what| StoreError::Corrupt { object: object.clone(), offset: 0, what };
        let bytes_of = |name| match metadata(&found.attributes, name) {
            None => Ok(None),
            Some(text) => BASE64_STANDARD.decode(text).map(|bytes| Some(Bytes::from(bytes))),
        };
        let damaged = |_| corrupt("its metadata is damaged");
        let front = bytes_of(FRONT_BYTES).map_err(damaged)?.unwrap_or_default();
        let back = match bytes_of(BACK_BYTES).map_err(damaged)? {
            Some(bytes) => Back::Here(bytes),
            None => match metadata(&found.attributes, BACK_BYTES_BESIDE) {
                None => Back::Here(Bytes::new()),
                Some(length) => Back::Beside {
                    length: length.parse().map_err(|_| corrupt("its metadata is damaged"))?,
                },
            },
        };
        let whole = Extent { path, length: found.size };
        let Some(names) = metadata(&found.attributes, PIECES) else {
            let extents = vec![whole];
            return Ok(BucketReader::new(&self.service, object, front, extents, back, found.bytes));
        };
        let pieces = pieces::parse(names).ok_or_else(|| corrupt("its metadata is damaged"))?;
        let mut extents: Vec<Extent> = pieces.into_iter().map(|p| self.extent(object, p)).collect();
        let back = if found.bytes.len() as u64 == found.size {
            Back::Here(found.bytes)
        } else {
            extents.push(whole);
            back
        };
        Ok(BucketReader::new(&self.service, object, front, extents, back, Bytes::new()))
    }

    fn extent(&self, object: &ObjectKey, Piece { turn, length }: Piece) -> Extent {
        Extent { path: self.service.path(Place::Piece(object, turn)), length: u64::from(length) }
    }
}
