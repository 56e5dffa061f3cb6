use std::sync::Arc;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::{Bytes, BytesMut};
use names::ObjectKey;
use object_store::multipart::{MultipartStore as _, PartId};
use object_store::{Attribute, Attributes, PutMode, PutMultipartOptions};

use super::key::Place;
use super::parked::{PARTS_MAX, Parked, Part, ROW_TAIL_BYTES_MAX, TAG_BYTES_MAX, Tail};
use super::service::{Denied, Running, SharedService};
use super::store::{Hold, abort, remove_all, turns};
use super::turn::{START_BYTES, Turn, UPLOAD_ID_BYTES_MAX};
use crate::{Apart, ObjectWriter, StoreError, StoreState};

/// The file's first bytes, in metadata.
pub(super) const FRONT_BYTES: &str = "longshore-front";
/// The file's last bytes, in metadata. S3 takes 2 KiB of it: 256 and 1,024 bytes in base 64 fit.
pub(super) const BACK_BYTES: &str = "longshore-back";
/// How long the file's end is that is in an object of its own.
pub(super) const BACK_BYTES_BESIDE: &str = "longshore-back-length";

/// How many parts may be as short as S3 allows.
const SHORT_PARTS: usize = 2_000;

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
        tail: &[u8],
    ) -> Self {
        let Parked { turn, apart, front, upload, parts, tail: _ } = parked;
        let fresh = Self::new(service, hold, object, apart);
        let (number, unchanged, buffer) = (turn + 1, Some(state), BytesMut::from(tail));
        Self { front, number, unchanged, upload, parts, buffer, ..fresh }
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
            if self.buffer.len() < 2 * length {
                return Ok(());
            }
            let part = self.buffer.split_to(length).freeze();
            self.send(part).await?;
        }
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
        if let Err(error) = self.note(&[]).await {
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

    /// Makes this turn's claim. Order: the claim, then a look at what must be so if nobody else had it.
    ///
    /// Claims are removed in the order of their turns, by who committed (after its object is there) and by who deletes. So if
    /// somebody had this claim before, and it is gone, the claim of the turn before is gone as well. A first claim has none
    /// before it: there the object shows that somebody committed; one that was deleted had keys of its own.
    pub(super) async fn begin_turn(&mut self) -> Result<(), StoreError> {
        let path = self.service.path(Place::Turn(&self.object, self.number));
        let turn = Turn::generate(self.upload.clone());
        let bytes = turn.encode(&[]);
        let claimed = self.service.write(&path, bytes, PutMode::Create, Attributes::new()).await;
        if let Err(denied) = claimed {
            // The first try may have been taken and not answered.
            let found = self.service.read(&path, 0..START_BYTES).await;
            let is_ours = found.is_ok_and(|found| {
                Turn::parse(&found.bytes).is_ok_and(|(found, _)| found.nonce == turn.nonce)
            });
            if !is_ours {
                return Err(match denied {
                    Denied::Exists => self.is_anothers(),
                    other => other.about(&self.object),
                });
            }
        }
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

    /// A new object's key is taken; one that was parked is being written by another node.
    fn is_anothers(&self) -> StoreError {
        let object = self.object.clone();
        if self.number == 0 { StoreError::Exists(object) } else { StoreError::Busy(object) }
    }

    /// Notes the upload, and `tail`, in this turn's claim.
    async fn note(&mut self, tail: &[u8]) -> Result<(), StoreError> {
        let path = self.service.path(Place::Turn(&self.object, self.number));
        let turn = self.turn.as_mut().ok_or(StoreError::Misused("a turn begins with its claim"))?;
        turn.upload.clone_from(&self.upload);
        let bytes = turn.encode(tail);
        let written = self.service.write(&path, bytes, PutMode::Overwrite, Attributes::new());
        written.await.map_err(|denied| denied.about(&self.object))
    }

    async fn park_now(&mut self) -> Result<StoreState, StoreError> {
        self.arrive().await?;
        if self.buffer.len() >= part_bytes(self.sent()) {
            let part = self.buffer.split().freeze();
            self.send(part).await?;
            self.arrive().await?;
        }
        let tail = self.buffer.split();
        let in_claim = tail.len() > ROW_TAIL_BYTES_MAX;
        if in_claim {
            self.note(&tail).await?;
        }
        let tail = if in_claim { Tail::InClaim(tail.len()) } else { Tail::Here(tail.to_vec()) };
        let (apart, front) = (self.apart, self.front.clone());
        let (upload, parts) = (self.upload.clone(), self.parts.clone());
        Ok(Parked { turn: self.number, apart, front, upload, parts, tail }.encode())
    }

    /// First what is beside the object, then the object, then a look at it; at last the claims, whose absence
    /// nobody needs: if they stay, `delete` removes them.
    async fn commit_now(&mut self) -> Result<(), StoreError> {
        if self.unchanged.is_some() {
            self.take_in(&[]).await?;
        }
        self.arrive().await?;
        let back = self.apart.map_or(0, |apart| apart.back);
        let content = self.buffer.len().checked_sub(back);
        let content = content.filter(|_| self.apart.is_none_or(|a| a.front == self.front.len()));
        let content = content.ok_or(StoreError::Misused("the file is shorter than its ends"))?;
        let back = self.buffer.split_off(content).freeze();
        if self.upload.is_some() {
            self.complete(back).await?;
        } else {
            self.put(&back).await?;
        }
        let _ = self.remove_claims().await;
        Ok(())
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

    async fn remove_claims(&self) -> Result<(), StoreError> {
        let turns = match self.number {
            0 => vec![0],
            _ => turns(&self.service, &self.object).await?,
        };
        for turn in turns {
            self.service.remove(&self.service.path(Place::Turn(&self.object, turn))).await?;
        }
        Ok(())
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
