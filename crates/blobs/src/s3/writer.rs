use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::{Bytes, BytesMut};
use futures_util::{TryStreamExt as _, stream};
use names::ObjectKey;
use object_store::multipart::{MultipartStore as _, PartId};
use object_store::path::Path;
use object_store::{Attribute, Attributes, PutMode, PutMultipartOptions};

use super::key::Place;
use super::parked::{PARTS_MAX, Parked, Part, Piece, ROW_TAIL_BYTES_MAX, TAG_BYTES_MAX};
use super::pieces::{self, PIECES, read_piece};
use super::service::{Denied, Running, Service, SharedService};
use super::store::{Hold, abort, remove_all, turns};
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

/// How many keys are removed at once.
const REMOVALS_MAX: usize = 8;

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
pub(super) struct S3Writer {
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

impl S3Writer {
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
            let sent = service.s3.put_part(&path, &upload, index, bytes.into());
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
        let mut options = PutMultipartOptions::from(self.attributes());
        if let Some(apart) = self.apart {
            let length = apart.back.to_string().into();
            options.attributes.insert(Attribute::Metadata(BACK_BYTES_BESIDE.into()), length);
        }
        let begun = self.service.s3.create_multipart_opts(&path, options);
        let begun = self.service.ask("begin an upload", begun).await;
        let upload = begun.map_err(|denied| denied.about(&self.object))?;
        if upload.len() > UPLOAD_ID_BYTES_MAX {
            return Err(StoreError::Misused("the object store's upload ids are longer than 2 KiB"));
        }
        self.upload = Some(upload.clone());
        if let Err(error) = self.note().await {
            // What fails here as well is for the bucket's lifecycle rule: it has no parts.
            let _ = abort(&self.service, &path, &upload).await;
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

    /// Makes this turn's claim. Order: the claim, then a look for the object. Whoever had the claim before and committed
    /// removed it after its object was there; so one of the two shows that the object is somebody else's.
    pub(super) async fn begin_turn(&mut self) -> Result<(), StoreError> {
        let path = self.service.path(Place::Turn(&self.object, self.number));
        let turn = Turn::generate(self.upload.clone());
        self.claim(&path, &turn).await?;
        self.turn = Some(turn);
        match self.service.inspect(&self.service.path(Place::Object(&self.object))).await {
            Err(Denied::NotFound) => Ok(()),
            Ok(_) => {
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

    /// First what is beside the object, then the object, then a look at it; at last the claims, whose absence
    /// nobody needs: if they stay, `delete` removes them.
    async fn commit_now(&mut self) -> Result<(), StoreError> {
        if self.unchanged.is_some() {
            self.take_in(&[]).await?;
        }
        self.arrive().await?;
        if self.upload.is_none() && self.pieces_may_stay() {
            self.put_behind_pieces().await?;
        } else {
            self.fetch_pieces().await?;
            let back = self.split_back()?;
            if self.upload.is_some() {
                self.complete(back).await?;
            } else {
                self.put(&back).await?;
            }
        }
        let _ = self.remove_leftovers().await;
        Ok(())
    }

    /// Takes what is kept behind the content off the buffer's end.
    fn split_back(&mut self) -> Result<Bytes, StoreError> {
        let back = self.apart.map_or(0, |apart| apart.back);
        let content = self.buffer.len().checked_sub(back);
        let content = content.filter(|_| self.apart.is_none_or(|a| a.front == self.front.len()));
        let content = content.ok_or(StoreError::Misused("the file is shorter than its ends"))?;
        Ok(self.buffer.split_off(content).freeze())
    }

    /// Are there pieces, and can the object be read well if they are not sent again? Each costs a reader a request.
    /// Content that is to be had alone must be in one of them to its last byte.
    fn pieces_may_stay(&self) -> bool {
        match self.apart {
            None => (1..=pieces::KEPT_MAX).contains(&self.pieces.len()),
            Some(Apart { front, back }) => {
                let is_whole = front == self.front.len() && back == self.buffer.len();
                is_whole && self.pieces.len() == 1
            }
        }
    }

    /// The object is what comes behind the pieces, and names them.
    async fn put_behind_pieces(&mut self) -> Result<(), StoreError> {
        for piece in &self.pieces {
            pieces::require(&self.service, &self.object, *piece).await?;
        }
        let path = self.service.path(Place::Object(&self.object));
        let mut attributes = self.attributes();
        let named = pieces::name(&self.pieces).into();
        attributes.insert(Attribute::Metadata(PIECES.into()), named);
        let bytes = self.buffer.split().freeze();
        let written = self.service.write(&path, bytes, PutMode::Overwrite, attributes).await;
        written.map_err(|denied| denied.about(&self.object))
    }

    /// The whole object in one request. It is there or it is not.
    async fn put(&mut self, back: &Bytes) -> Result<(), StoreError> {
        let path = self.service.path(Place::Object(&self.object));
        let mut attributes = self.attributes();
        if self.apart.is_some() {
            let back = BASE64_STANDARD.encode(back).into();
            attributes.insert(Attribute::Metadata(BACK_BYTES.into()), back);
        }
        let bytes = self.buffer.split().freeze();
        let written = self.service.write(&path, bytes, PutMode::Overwrite, attributes).await;
        written.map_err(|denied| denied.about(&self.object))
    }

    async fn complete(&mut self, back: Bytes) -> Result<(), StoreError> {
        if self.apart.is_some() {
            let path = self.service.path(Place::End(&self.object));
            let written = self.service.write(&path, back, PutMode::Overwrite, Attributes::new());
            written.await.map_err(|denied| denied.about(&self.object))?;
        }
        if !self.buffer.is_empty() {
            let last = self.buffer.split().freeze();
            self.send(last).await?;
            self.arrive().await?;
        }
        let upload = self.upload().await?;
        let path = self.service.path(Place::Object(&self.object));
        let parts = self.parts.iter().map(|part| PartId { content_id: part.tag.clone() });
        let completed = self.service.s3.complete_multipart(&path, &upload, parts.collect());
        let completed = self.service.ask("complete an upload", completed).await;
        let length: u64 = self.parts.iter().map(|part| u64::from(part.length)).sum();
        // An answer that was lost, and a second try that finds no upload, leave an object as well.
        match (self.service.inspect(&path).await, completed) {
            (Ok(found), _) if found.size == length => Ok(()),
            (Ok(_), Ok(_)) => {
                let what = "its length is not that of its parts";
                Err(StoreError::Corrupt { object: self.object.clone(), offset: length, what })
            }
            (_, Err(denied)) | (Err(denied), Ok(_)) => Err(denied.about(&self.object)),
        }
    }

    /// Removes the claims, and the pieces that are not the object's.
    async fn remove_leftovers(&self) -> Result<(), StoreError> {
        let (service, object) = (&self.service, &self.object);
        let claims = match self.number {
            0 => vec![0],
            _ => turns(service, Place::Upload(object)).await?,
        };
        let claims = claims.into_iter().map(|turn| service.path(Place::Turn(object, turn)));
        let mut paths: Vec<Path> = claims.collect();
        if self.other_pieces {
            let turns = turns(service, Place::PiecesOf(object)).await?.into_iter();
            let turns = turns.filter(|turn| self.pieces.iter().all(|piece| piece.turn != *turn));
            paths.extend(turns.map(|turn| service.path(Place::Piece(object, turn))));
        }
        remove_each(service, paths).await
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

/// Removes some keys, a few at a time: an upload in many small chunks leaves many.
pub(super) async fn remove_each(
    service: &Service,
    paths: impl IntoIterator<Item = Path>,
) -> Result<(), StoreError> {
    let each = stream::iter(paths.into_iter().map(Ok));
    each.try_for_each_concurrent(REMOVALS_MAX, |path| async move { service.remove(&path).await })
        .await
}

impl ObjectWriter for S3Writer {
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
