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
/// The file's last bytes, in metadata. S3 takes 2 KiB of it: 256 and 1,024 bytes in base 64 fit.
pub(super) const BACK_BYTES: &str = "longshoreback";
/// How long the file's end is that is in an object of its own.
pub(super) const BACK_BYTES_BESIDE: &str = "longshorebacklength";

/// How many parts may be as short as S3 allows.
const SHORT_PARTS: usize = 2_000;

/// How often a claim is tried that is refused although nobody has it, and the first pause in between.
const CLAIM_TRIES_MAX: u32 = 6;
const CLAIM_PAUSE: Duration = Duration::from_millis(20);

/// How long a part is that is sent when there is enough, and the shortest one sent when an upload is parked.
///
/// S3 takes no part under 5 MiB but the last one. With ten thousand of those, 52,000 MiB (the longest layer) would not
/// fit; with longer ones from some number on, 74,000 do.
fn part_bytes(sent: usize) -> usize {
    if sent < SHORT_PARTS { 5 << 20 } else { 8 << 20 }
}

/// Writes one object.
///
/// A part is sent when two of them are at hand, so that what is left when the upload is parked makes a part as
/// well: nothing is sent twice. An upload then holds three parts at most, one of them on its way.
///
/// What is too little for a part when the upload is parked becomes a piece, an object of its own. If nothing but a commit
/// follows, as with Docker, the pieces stay what they are and the object is what comes behind them. If more follows than
/// that, they are read back and sent again in a part: S3 has no way to append.
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
    /// What it was reopened with, until something is added.
    unchanged: Option<StoreState>,
    upload: Option<String>,
    parts: Vec<Part>,
    /// What follows the parts and is not in the buffer.
    pieces: Vec<Piece>,
    /// Were there pieces that are in parts now?
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

    /// For an object that was parked: the next turn.
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
            // What comes now may leave this node, and so nobody may go on from before it.
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

    /// How many bytes there are behind the parts.
    fn unsent(&self) -> usize {
        self.pieces.iter().map(|piece| piece.length as usize).sum::<usize>() + self.buffer.len()
    }

    /// Brings the pieces back, to be sent again in something larger.
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

    /// Makes a piece of what is in the buffer. A turn does that once, at its end.
    async fn write_piece(&mut self) -> Result<(), StoreError> {
        let path = self.service.path(Place::Piece(&self.object, self.number));
        let bytes = self.buffer.split().freeze();
        let length = u32::try_from(bytes.len()).expect("less than two parts");
        let written = self.service.write(&path, bytes, PutMode::Overwrite, Attributes::new());
        written.await.map_err(|denied| denied.about(&self.object))?;
        self.pieces.push(Piece { turn: self.number, length });
        Ok(())
    }

    /// How many parts there are, with the one on its way.
    fn sent(&self) -> usize {
        self.parts.len() + usize::from(self.sending.is_some())
    }

    /// Sends a part, once the one before has arrived.
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

    /// The multipart upload, begun and noted in the claim when it is first needed.
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
            // What fails here as well is for the bucket's lifecycle rule: it has no parts.
            let cancelled = self.service.cloud.cancel(&path, &upload);
            let _ = self.service.ask("abort an upload", cancelled).await;
            return Err(error);
        }
        Ok(upload)
    }

    /// What the object's metadata says from its start.
    fn attributes(&self) -> Attributes {
        let mut attributes = Attributes::new();
        if self.apart.is_some() {
            let front = BASE64_STANDARD.encode(&self.front).into();
            attributes.insert(Attribute::Metadata(FRONT_BYTES.into()), front);
        }
        attributes
    }

    /// Makes this turn's claim. Order: the claim, then a look at what must be so if nobody else had it.
    ///
    /// Claims are removed in the order of their turns, by who committed (after its object is there) and by who deletes. So if
    /// somebody had this claim before, and it is gone, the claim of the turn before is gone as well. A first claim has none
    /// before it: there the object shows that somebody committed; one that was deleted had keys of its own.
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
                // If it stays, it is removed with the object.
                let _ = self.service.remove(&path).await;
                Err(self.is_anothers())
            }
            Err(other) => Err(other.about(&self.object)),
        }
    }

    /// Puts a claim where none may be.
    async fn claim(&self, path: &Path, turn: &Turn) -> Result<(), StoreError> {
        let mut tries = 0;
        loop {
            tries += 1;
            let bytes = turn.encode();
            let claimed = self.service.write(path, bytes, PutMode::Create, Attributes::new()).await;
            let Err(denied) = claimed else { return Ok(()) };
            // An earlier try may have been taken and not answered.
            let found = self.service.read(path, 0..CLAIM_BYTES_MAX).await;
            let found = found.map(|found| Turn::parse(&found.bytes).ok());
            match (found, denied) {
                (Ok(Some(found)), _) if found.nonce == turn.nonce => return Ok(()),
                // Refused, and yet nobody has it: two conditional requests met (409 ConditionalRequestConflict).
                (Err(Denied::NotFound), Denied::Exists) if tries < CLAIM_TRIES_MAX => {
                    tokio::time::sleep(CLAIM_PAUSE * tries).await;
                }
                (_, Denied::Exists) => return Err(self.is_anothers()),
                (_, other) => return Err(other.about(&self.object)),
            }
        }
    }

    /// A new object's key is taken; one that was parked is being written by another node.
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

    /// Ends the writer for good if the work failed.
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
