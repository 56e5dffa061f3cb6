//! Writes one object to a bucket, over any number of turns.
//!
//! # Invariants
//! * A turn makes its claim before it takes in a byte, so at most one node continues an upload.
//! * After `park` returns, every byte that was taken in is in a part, in a piece or in the returned
//!   state; none is only in memory.
//! * The object appears whole, with one request (`commit`). Readers see nothing before that.
//! * A byte is sent once, except the bytes of pieces that must become part of something larger.
//! * Memory is bounded: three parts at most, one of them on its way.
//!
//! # Who calls
//! `store` makes a writer in `create` and `reopen`; `Blobs` drives it as an `ObjectWriter`, on a
//! thread that may block.
//!
//! # On a crash
//! * After any error the writer refuses all further calls.
//! * Claims, parts and pieces stay in the bucket. A row names the object's key, and `delete` of the
//!   key removes them all.
//! * If the turn had made its claim but was not parked, the state from the turn before is torn: the
//!   next request copies its bytes to a new object.
//! * If the answer to a commit was lost, the object may be there. The next request on the upload
//!   then finds its state torn.

mod commit;

use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::{Bytes, BytesMut};
use names::ObjectKey;
use object_store::multipart::PartId;
use object_store::path::Path;
use object_store::{Attribute, Attributes, PutMode};

use super::key::Place;
use super::parked::{PARTS_MAX, Parked, Part, Piece, ROW_TAIL_BYTES_MAX, TAG_BYTES_MAX};
use super::pieces::read_piece;
use super::service::{Denied, Running, SharedService};
use super::store::{Hold, abort, remove_all};
use super::turn::{CLAIM_BYTES_MAX, Turn, UPLOAD_ID_BYTES_MAX};
use crate::{Apart, ObjectWriter, StoreError, StoreState};

/// The file's first bytes, in metadata.
pub(super) const FRONT_BYTES: &str = "longshorefront";
/// The file's last bytes, in metadata. S3 allows 2 KiB of metadata: 256 and 1,024 bytes in base64
/// fit.
pub(super) const BACK_BYTES: &str = "longshoreback";
/// The length of the file's end, if that is a separate object.
pub(super) const BACK_BYTES_BESIDE: &str = "longshorebacklength";

/// How many parts may be as short as S3 allows.
const SHORT_PARTS: usize = 2_000;

/// How often to try a claim that is refused although no node has it, and the first pause.
const CLAIM_TRIES_MAX: u32 = 6;
const CLAIM_PAUSE: Duration = Duration::from_millis(20);

/// The length of a part, and the least length of a part that is sent when an upload is parked.
///
/// S3 requires 5 MiB for every part except the last. Ten thousand parts of that size would not hold
/// the longest layer, 52,000 MiB. With longer parts after the first `SHORT_PARTS`, 74,000 MiB fit.
fn part_bytes(sent: usize) -> usize {
    if sent < SHORT_PARTS { 5 << 20 } else { 8 << 20 }
}

/// Writes one object.
///
/// A part is sent once the buffer holds two, so that the bytes left at `park` are long enough for a
/// part too, and nothing is sent twice. An upload then holds three parts at most, one of them on
/// its way.
///
/// If too few bytes for a part are left at `park`, they become a piece, which is a separate object.
/// If only a commit follows, as with Docker, the pieces stay, and the object holds only the bytes
/// after them. If more bytes follow, the pieces are read back and sent again in a part, because S3
/// cannot append.
#[derive(Debug)]
pub(super) struct BucketWriter {
    service: SharedService,
    _hold: Hold,
    object: ObjectKey,
    apart: Option<Apart>,
    front: Vec<u8>,
    number: u32,
    /// This turn's claim, once it is made.
    turn: Option<Turn>,
    /// The state that it was reopened with, until bytes are added.
    unchanged: Option<StoreState>,
    upload: Option<String>,
    parts: Vec<Part>,
    /// The bytes after the parts that are not in the buffer.
    pieces: Vec<Piece>,
    /// Whether there were pieces that are in parts now.
    other_pieces: bool,
    sending: Option<Running<Result<Part, Denied>>>,
    buffer: BytesMut,
    failed: bool,
}

impl BucketWriter {
    pub(super) fn new(
        service: &SharedService,
        hold: Hold,
        object: &ObjectKey,
        apart: Option<Apart>,
    ) -> Self {
        Self {
            service: Arc::clone(service),
            _hold: hold,
            object: object.clone(),
            apart,
            front: Vec::new(),
            number: 0,
            turn: None,
            unchanged: None,
            upload: None,
            parts: Vec::new(),
            pieces: Vec::new(),
            other_pieces: false,
            sending: None,
            buffer: BytesMut::new(),
            failed: false,
        }
    }

    /// The writer of the next turn of a parked object.
    pub(super) fn reopened(
        service: &SharedService,
        hold: Hold,
        object: &ObjectKey,
        parked: Parked,
        state: StoreState,
    ) -> Self {
        let Parked { turn, apart, front, upload, parts, pieces, other_pieces, tail } = parked;
        let fresh = Self::new(service, hold, object, apart);
        let (number, unchanged, buffer) = (turn + 1, Some(state), BytesMut::from(&tail[..]));
        Self { front, number, unchanged, upload, parts, pieces, other_pieces, buffer, ..fresh }
    }

    async fn take_in(&mut self, mut bytes: &[u8]) -> Result<(), StoreError> {
        if self.unchanged.is_some() {
            // From here on bytes may leave this node, so no other node may continue from the old
            // state.
            self.begin_turn().await?;
            self.unchanged = None;
        }
        if let Some(apart) = self.apart {
            let missing = (apart.front - self.front.len()).min(bytes.len());
            let (front, rest) = bytes.split_at(missing);
            self.front.extend_from_slice(front);
            bytes = rest;
        }
        self.buffer.extend_from_slice(bytes);
        loop {
            let length = part_bytes(self.sent());
            if self.unsent() < 2 * length {
                return Ok(());
            }
            self.fetch_pieces().await?;
            let part = self.buffer.split_to(length).freeze();
            self.send(part).await?;
        }
    }

    /// How many bytes there are after the parts.
    fn unsent(&self) -> usize {
        self.pieces.iter().map(|piece| piece.length as usize).sum::<usize>() + self.buffer.len()
    }

    /// Reads the pieces back into the buffer, to send them again in a larger part.
    async fn fetch_pieces(&mut self) -> Result<(), StoreError> {
        if self.pieces.is_empty() {
            return Ok(());
        }
        let mut bytes = BytesMut::with_capacity(self.unsent());
        for piece in std::mem::take(&mut self.pieces) {
            bytes.extend_from_slice(&read_piece(&self.service, &self.object, piece).await?);
        }
        bytes.extend_from_slice(&self.buffer);
        (self.buffer, self.other_pieces) = (bytes, true);
        Ok(())
    }

    /// Writes the buffer as a piece. A turn does that at most once, at its end.
    async fn write_piece(&mut self) -> Result<(), StoreError> {
        let path = self.service.path(Place::Piece(&self.object, self.number));
        let bytes = self.buffer.split().freeze();
        let length = u32::try_from(bytes.len()).expect("less than two parts");
        let written = self.service.write(&path, bytes, PutMode::Overwrite, Attributes::new());
        written.await.map_err(|denied| denied.about(&self.object))?;
        self.pieces.push(Piece { turn: self.number, length });
        Ok(())
    }

    /// How many parts there are, including the one on its way.
    fn sent(&self) -> usize {
        self.parts.len() + usize::from(self.sending.is_some())
    }

    /// Sends a part, after the previous one has arrived.
    async fn send(&mut self, bytes: Bytes) -> Result<(), StoreError> {
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
    async fn arrive(&mut self) -> Result<(), StoreError> {
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
    async fn upload(&mut self) -> Result<String, StoreError> {
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

    /// The metadata that the object has from its beginning.
    fn attributes(&self) -> Attributes {
        let mut attributes = Attributes::new();
        if self.apart.is_some() {
            let front = BASE64_STANDARD.encode(&self.front).into();
            attributes.insert(Attribute::Metadata(FRONT_BYTES.into()), front);
        }
        attributes
    }

    /// Makes this turn's claim. Order: first the claim, then a check that no other writer had it
    /// before.
    ///
    /// A commit (after its object exists) and a delete remove claims in the order of their turns.
    /// So if another writer had this claim and it was removed, the claim of the turn before was
    /// removed too. The first turn has no earlier claim: there, an existing object shows that
    /// another writer committed. A deleted object does not matter, because keys are never used
    /// again.
    pub(super) async fn begin_turn(&mut self) -> Result<(), StoreError> {
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
    async fn claim(&self, path: &Path, turn: &Turn) -> Result<(), StoreError> {
        let mut tries = 0;
        loop {
            tries += 1;
            let bytes = turn.encode();
            let claimed = self.service.write(path, bytes, PutMode::Create, Attributes::new()).await;
            let Err(denied) = claimed else { return Ok(()) };
            // An earlier try may have succeeded although its answer was lost.
            let found = self.service.read(path, 0..CLAIM_BYTES_MAX).await;
            let found = found.map(|found| Turn::parse(&found.bytes).ok());
            match (found, denied) {
                (Ok(Some(found)), _) if found.nonce == turn.nonce => return Ok(()),
                // Refused, although no node has it: two conditional requests collided (409
                // ConditionalRequestConflict).
                (Err(Denied::NotFound), Denied::Exists) if tries < CLAIM_TRIES_MAX => {
                    tokio::time::sleep(CLAIM_PAUSE * tries).await;
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
    async fn note(&mut self) -> Result<(), StoreError> {
        let path = self.service.path(Place::Turn(&self.object, self.number));
        let turn = self.turn.as_mut().ok_or(StoreError::Misused("a turn begins with its claim"))?;
        turn.upload.clone_from(&self.upload);
        let bytes = turn.encode();
        let written = self.service.write(&path, bytes, PutMode::Overwrite, Attributes::new());
        written.await.map_err(|denied| denied.about(&self.object))
    }

    async fn park_now(&mut self) -> Result<StoreState, StoreError> {
        self.arrive().await?;
        if self.unsent() >= part_bytes(self.sent()) {
            self.fetch_pieces().await?;
            let part = self.buffer.split().freeze();
            self.send(part).await?;
            self.arrive().await?;
        }
        if self.buffer.len() > ROW_TAIL_BYTES_MAX {
            self.write_piece().await?;
        }
        let (turn, apart, front) = (self.number, self.apart, self.front.clone());
        let (upload, parts) = (self.upload.clone(), self.parts.clone());
        let (pieces, other_pieces) = (self.pieces.clone(), self.other_pieces);
        let tail = self.buffer.to_vec();
        Ok(Parked { turn, apart, front, upload, parts, pieces, other_pieces, tail }.encode())
    }

    /// Disables the writer for good if the call failed.
    fn settle<T>(&mut self, result: Result<T, StoreError>) -> Result<T, StoreError> {
        if result.is_err() {
            (self.failed, self.sending) = (true, None);
            self.buffer.clear();
        }
        result
    }
}

impl ObjectWriter for BucketWriter {
    fn append(&mut self, bytes: &[u8]) -> Result<(), StoreError> {
        if self.failed {
            return Err(StoreError::Failed);
        }
        let service = Arc::clone(&self.service);
        let taken = service.wait(self.take_in(bytes));
        self.settle(taken)
    }

    fn park(mut self: Box<Self>) -> Result<StoreState, StoreError> {
        if self.failed {
            return Err(StoreError::Failed);
        }
        if let Some(state) = self.unchanged.take() {
            return Ok(state);
        }
        let service = Arc::clone(&self.service);
        service.wait(self.park_now())
    }

    fn commit(mut self: Box<Self>) -> Result<(), StoreError> {
        if self.failed {
            return Err(StoreError::Failed);
        }
        let service = Arc::clone(&self.service);
        service.wait(self.commit_now())
    }

    fn discard(mut self: Box<Self>) -> Result<(), StoreError> {
        let service = Arc::clone(&self.service);
        service.wait(async {
            self.sending = None;
            if let (Some(upload), None) = (&self.upload, &self.turn) {
                abort(&service, &service.path(Place::Object(&self.object)), upload).await?;
            }
            remove_all(&service, &self.object).await
        })
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
