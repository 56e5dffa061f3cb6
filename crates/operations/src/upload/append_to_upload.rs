//! UploadLayerPart, which is `PATCH …/blobs/uploads/ID` at the OCI door.

use std::pin::Pin;

use bytes::Bytes;
use db::Upload;
use futures_util::{Stream, StreamExt, stream};
use names::{RepositoryArn, UploadId};

use super::find_upload::Goes;
use crate::upload::turns::{of_store, too_late};
use crate::{Failure, Operations, Refusal, UploadRefusal};

/// The bytes of a request, as a stream.
pub type Body = Pin<Box<dyn Stream<Item = Result<Bytes, BodyBroken>> + Send>>;

/// The client stopped sending, or sent too slowly.
#[derive(Debug, Clone, Copy)]
pub struct BodyBroken;

/// The door of a chunk: their rules differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// Parts, numbered by bytes, of at least 5 MiB but for the last, and 4,200 at most.
    Aws,
    /// Chunks of any size.
    Oci,
}

/// Some bytes for an upload, and what the client states about them.
pub struct Chunk {
    /// The stated position; `None` means "at the end".
    pub first_byte: Option<u64>,
    /// How many there are; `None` is "until the body ends".
    pub length: Option<u64>,
    /// How many bytes are expected, so that space can be reserved for them.
    pub expected: Option<u64>,
    /// The bytes.
    pub body: Body,
}

/// The progress of an upload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Bytes received and durable.
    pub received_bytes: u64,
}

/// ECR's largest layer: 52,000 MiB.
const LAYER_BYTES_MAX: u64 = 52_000 << 20;
/// ECR's smallest part but for the last.
const PART_BYTES_MIN: u64 = 5 << 20;
/// ECR's limit of parts.
const PARTS_MAX: u64 = 4_200;

impl Operations {
    /// Appends bytes to an upload. When this returns they are durable.
    ///
    /// If the body breaks off, the bytes that arrived are kept, and the next request learns where
    /// to continue. If the chunk stated its length, it is kept only as a whole.
    pub async fn append_to_upload(
        &self,
        arn: &RepositoryArn,
        id: &UploadId,
        chunk: Chunk,
        door: Door,
    ) -> Result<Progress, Failure> {
        self.require_writable()?;
        let _claim =
            self.claims.claim(id).ok_or_else(|| UploadRefusal::Busy { upload: id.clone() })?;
        let mut upload = self.require_upload(arn, id).await?;
        require_in_order(arn, &upload, chunk.first_byte)?;
        if door == Door::Aws && upload.progress.parts >= PARTS_MAX {
            return Err(UploadRefusal::TooManyParts { parts_max: PARTS_MAX }.into());
        }
        let appended = self.append(arn, &mut upload, chunk, door).await;
        self.or_overtaken(arn, &upload, appended).await
    }

    /// `upload` is left with the object that was written to.
    async fn append(
        &self,
        arn: &RepositoryArn,
        upload: &mut Upload,
        chunk: Chunk,
        door: Door,
    ) -> Result<Progress, Failure> {
        let before = upload.progress.received_bytes;
        let (chunk, goes) = self.look_ahead(chunk, before).await;
        let mut bytes = self.resume_upload(arn, upload, goes).await?;
        let broken = match self.receive(arn, upload, &mut bytes, chunk).await {
            Ok(()) => None,
            // Worth keeping: a client on a bad connection continues from here.
            Err(Failure::Refused(Refusal::Upload(broken @ UploadRefusal::BodyBroken))) => {
                Some(broken)
            }
            Err(failure) => {
                settle(bytes).await;
                return Err(failure);
            }
        };
        let mut appended = upload.clone();
        if door == Door::Aws {
            count_part(&mut appended, bytes.offset() - before);
        }
        let parked = bytes.park().await.map_err(|error| of_store(&upload.id, error))?;
        let received_bytes = parked.offset();
        appended.progress.received_bytes = received_bytes;
        appended.progress.parked = parked.to_bytes();
        self.put_progress(arn, appended).await?;
        broken.map_or(Ok(Progress { received_bytes }), |refusal| Err(refusal.into()))
    }

    /// Reads a body's first bytes, and puts them back: if they are all and few, they will be in the
    /// row, and the store need not be asked about the object.
    async fn look_ahead(&self, chunk: Chunk, mut received_bytes: u64) -> (Chunk, Goes) {
        let Chunk { first_byte, length, expected, body } = chunk;
        // It may have ended here, and is asked once more behind what is put back.
        let mut body = body.fuse();
        let mut first = Vec::new();
        let mut goes = Goes::ToStore;
        while self.blobs.is_short(received_bytes) {
            let Some(frame) = body.next().await else {
                goes = Goes::ToRow;
                break;
            };
            let is_broken = frame.is_err();
            received_bytes += frame.as_ref().map_or(0, |bytes| bytes.len() as u64);
            // Frames without bytes have no end, and say nothing.
            if !frame.as_ref().is_ok_and(Bytes::is_empty) {
                first.push(frame);
            }
            if is_broken {
                break;
            }
        }
        let body = Box::pin(stream::iter(first).chain(body));
        (Chunk { first_byte, length, expected, body }, goes)
    }

    async fn put_progress(&self, arn: &RepositoryArn, upload: Upload) -> Result<(), Failure> {
        let (arn, now) = (arn.clone(), self.now());
        self.db
            .write(move |tx| {
                if tx.put_upload_progress(&upload, now)? {
                    Ok(())
                } else {
                    too_late(tx, &arn, &upload.id)
                }
            })
            .await
    }

    /// Receives a chunk, and checks what the client stated about it.
    pub(super) async fn receive(
        &self,
        arn: &RepositoryArn,
        upload: &Upload,
        bytes: &mut blobs::Upload,
        chunk: Chunk,
    ) -> Result<(), Failure> {
        let Chunk { first_byte: _, length, expected, mut body } = chunk;
        if let Some(expected) = expected.or(length) {
            require_room(bytes, expected)?;
            if bytes.offset() == 0 {
                bytes.expect_length(expected);
            }
        }
        let mut received = 0_u64;
        let mut renewal = self.renewal();
        let mut watch = self.watch(arn, &upload.encryption_key);
        while let Some(frame) = body.next().await {
            let frame = match (frame, length) {
                (Ok(frame), _) => frame,
                (Err(BodyBroken), None) => return Err(UploadRefusal::BodyBroken.into()),
                (Err(BodyBroken), Some(stated)) => {
                    return Err(UploadRefusal::BodyLengthDiffers { stated, received }.into());
                }
            };
            received += frame.len() as u64;
            if let Some(stated) = length.filter(|stated| received > *stated) {
                return Err(UploadRefusal::BodyLengthDiffers { stated, received }.into());
            }
            require_room(bytes, frame.len() as u64)?;
            if let Some(watch) = &mut watch {
                watch.require_usable().await?;
            }
            bytes.append(frame).await.map_err(|error| of_store(&upload.id, error))?;
            self.renew(arn, upload, &mut renewal).await?;
        }
        match length {
            Some(stated) if stated != received => {
                Err(UploadRefusal::BodyLengthDiffers { stated, received }.into())
            }
            _ => Ok(()),
        }
    }
}

fn require_room(bytes: &blobs::Upload, more: u64) -> Result<(), UploadRefusal> {
    if more > LAYER_BYTES_MAX - bytes.offset().min(LAYER_BYTES_MAX) {
        return Err(UploadRefusal::TooLarge { size_bytes_max: LAYER_BYTES_MAX });
    }
    Ok(())
}

/// Refuses a chunk that does not begin where the upload ends.
pub(super) fn require_in_order(
    arn: &RepositoryArn,
    upload: &Upload,
    first_byte: Option<u64>,
) -> Result<(), UploadRefusal> {
    let expected = upload.progress.received_bytes;
    match first_byte {
        Some(first_byte) if first_byte != expected => Err(UploadRefusal::PartOutOfOrder {
            repository: arn.clone(),
            upload: upload.id.clone(),
            first_byte,
            expected,
        }),
        _ => Ok(()),
    }
}

/// Ends an upload whose last bytes do not count. Waits for the batch on its way to the store, so
/// that a client that retries at once does not collide with it.
pub(super) async fn settle(bytes: blobs::Upload) {
    // The row is not changed; the next request continues from what it says.
    drop(bytes.park().await);
}

/// Counts a part of the AWS door, and remembers whether one that was not the last was too small.
fn count_part(upload: &mut Upload, length: u64) {
    let progress = &mut upload.progress;
    progress.parts += 1;
    // `short_part` is set once a small part has a successor, so a small last part leaves no mark:
    // its successor learns its size.
    let is_first = progress.parts == 1;
    if !is_first && progress.last_part_bytes < PART_BYTES_MIN {
        progress.short_part = true;
    }
    progress.last_part_bytes = length;
}
