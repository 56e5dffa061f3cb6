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

mod claim;
mod commit;
mod parts;

use std::sync::Arc;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::BytesMut;
use names::ObjectKey;
use object_store::{Attribute, Attributes, PutMode};

use self::parts::part_bytes;
use super::hold::Hold;
use super::key::Place;
use super::parked::{Parked, Part, Piece, ROW_TAIL_BYTES_MAX};
use super::pieces::read_piece;
use super::remove::{abort, remove_all};
use super::service::{Denied, Running, SharedService};
use super::turn::Turn;
use crate::{Apart, ObjectWriter, StoreError, StoreState};

/// The file's first bytes, in metadata.
pub(super) const FRONT_BYTES: &str = "longshorefront";
/// The file's last bytes, in metadata. S3 allows 2 KiB of metadata: 256 and 1,024 bytes in base64
/// fit.
pub(super) const BACK_BYTES: &str = "longshoreback";
/// The length of the file's end, if that is a separate object.
pub(super) const BACK_BYTES_BESIDE: &str = "longshorebacklength";

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

    /// The metadata that the object has from its beginning.
    fn attributes(&self) -> Attributes {
        let mut attributes = Attributes::new();
        if let Some(class) = self.service.storage_class {
            attributes.insert(Attribute::StorageClass, class.into());
        }
        if self.apart.is_some() {
            let front = BASE64_STANDARD.encode(&self.front).into();
            attributes.insert(Attribute::Metadata(FRONT_BYTES.into()), front);
        }
        attributes
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
