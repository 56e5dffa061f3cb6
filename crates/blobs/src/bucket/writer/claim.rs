//! The claim of a turn: the store grants it once, to one node.

use std::time::Duration;

use bytes::Bytes;
use object_store::path::Path;
use object_store::{Attributes, PutMode};

use super::BucketWriter;
use crate::StoreError;
use crate::bucket::key::Place;
use crate::bucket::service::Denied;
use crate::bucket::turn::Turn;

/// How often to try what is refused although no node has it, and the first pause.
const WRITE_TRIES_MAX: u32 = 6;
const WRITE_PAUSE: Duration = Duration::from_millis(20);

impl BucketWriter {
    /// Makes this turn's claim. Order: first the claim, then a check that no other writer had it
    /// before.
    ///
    /// A commit (after its object exists) and a delete remove claims in the order of their turns.
    /// So if another writer had this claim and it was removed, the claim of the turn before was
    /// removed too. The first turn has no earlier claim: there, an existing object shows that
    /// another writer committed. A deleted object does not matter, because keys are never used
    /// again.
    pub(in crate::bucket) async fn begin_turn(&mut self) -> Result<(), StoreError> {
        let path = self.service.path(Place::Turn(&self.object, self.number));
        let turn = Turn::generate(self.upload.clone());
        self.claim(&path, &turn).await?;
        self.turn = Some(turn);
        let (place, must_be_there) = match self.number.checked_sub(1) {
            None => (Place::Object(&self.object), false),
            Some(before) => (Place::Turn(&self.object, before), true),
        };
        match self.service.inspect(&self.service.path(place)).await {
            Ok(_) if must_be_there => Ok(()),
            Err(Denied::NotFound) if !must_be_there => Ok(()),
            Ok(_) | Err(Denied::NotFound) => {
                // If the claim stays, it is removed with the object.
                let _ = self.service.remove(&path).await;
                Err(self.is_anothers())
            }
            Err(other) => Err(other.about(&self.object)),
        }
    }

    /// Writes a claim, which must not exist yet.
    pub(super) async fn claim(&self, path: &Path, turn: &Turn) -> Result<(), StoreError> {
        self.write_once(path, turn.encode().into(), Attributes::new()).await
    }

    /// Writes something that must not exist yet. No other writer has the same bytes: a claim has a
    /// nonce, and an object its salt.
    pub(super) async fn write_once(
        &self,
        path: &Path,
        bytes: Bytes,
        attributes: Attributes,
    ) -> Result<(), StoreError> {
        let mut tries = 0;
        loop {
            tries += 1;
            let (once, attributes) = (PutMode::Create, attributes.clone());
            let written = self.service.write(path, bytes.clone(), once, attributes).await;
            let Err(denied) = written else { return Ok(()) };
            // An earlier try may have succeeded although its answer was lost.
            let found = self.service.read(path, 0..bytes.len() as u64 + 1).await;
            match (found, denied) {
                (Ok(found), _) if found.bytes == bytes => return Ok(()),
                // Refused, although it does not exist: two conditional requests collided (409
                // ConditionalRequestConflict).
                (Err(Denied::NotFound), Denied::Exists) if tries < WRITE_TRIES_MAX => {
                    tokio::time::sleep(WRITE_PAUSE * tries).await;
                }
                (_, Denied::Exists) => return Err(self.is_anothers()),
                (_, other) => return Err(other.about(&self.object)),
            }
        }
    }

    /// The error if another node has the claim: the key of a new object is taken, or a parked
    /// object is being written by another node.
    fn is_anothers(&self) -> StoreError {
        let object = self.object.clone();
        if self.number == 0 { StoreError::Exists(object) } else { StoreError::Busy(object) }
    }

    /// Notes the upload in this turn's claim.
    pub(super) async fn note(&mut self) -> Result<(), StoreError> {
        let path = self.service.path(Place::Turn(&self.object, self.number));
        let turn = self.turn.as_mut().ok_or(StoreError::Misused("a turn begins with its claim"))?;
        turn.upload.clone_from(&self.upload);
        let bytes = turn.encode();
        let written = self.service.write(&path, bytes, PutMode::Overwrite, Attributes::new());
        written.await.map_err(|denied| denied.about(&self.object))
    }
}
