//! The end of an upload: makes one object from parts, pieces and the buffer.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use object_store::multipart::PartId;
use object_store::path::Path;
use object_store::{Attribute, Attributes, PutMode};

use super::super::key::Place;
use super::super::pieces::{self, PIECES};
use super::super::remove::turns;
use super::super::turn::Turn;
use super::{BACK_BYTES, BucketWriter};
use crate::{Apart, StoreError};

impl BucketWriter {
    /// Writes a short object, with nothing written before.
    ///
    /// Order: first the claim, then the object, if there is none: a writer that had the claim
    /// before and removed it has left an object. The claim is removed last.
    pub(in crate::bucket) async fn put_short(mut self, file: &[u8]) -> Result<(), StoreError> {
        if self.apart.is_some() {
            self.begin_turn().await?;
            self.take_in(file).await?;
            return self.commit_now().await;
        }
        let path = self.service.path(Place::Turn(&self.object, self.number));
        self.claim(&path, &Turn::generate(None)).await?;
        let object = self.service.path(Place::Object(&self.object));
        let bytes = Bytes::copy_from_slice(file);
        if let Err(error) = self.write_once(&object, bytes, self.attributes()).await {
            if matches!(error, StoreError::Exists(_)) {
                // If the claim stays, it is removed with the object.
                let _ = self.service.remove(&path).await;
            }
            return Err(error);
        }
        let _ = self.remove_leftovers().await;
        Ok(())
    }

    /// Order: first the separate end, then the object, then a check of its length. The claims are
    /// removed last; if that fails, they do no harm, and `delete` removes them.
    pub(super) async fn commit_now(&mut self) -> Result<(), StoreError> {
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

    /// Splits the bytes after the content off the buffer's end.
    fn split_back(&mut self) -> Result<Bytes, StoreError> {
        let back = self.apart.map_or(0, |apart| apart.back);
        let content = self.buffer.len().checked_sub(back);
        let content = content.filter(|_| self.apart.is_none_or(|a| a.front == self.front.len()));
        let content = content.ok_or(StoreError::Misused("the file is shorter than its ends"))?;
        Ok(self.buffer.split_off(content).freeze())
    }

    /// Whether there are pieces, and the object reads well without sending them again. Each piece
    /// costs a reader one request. If clients are to read the content directly, one piece must hold
    /// all of it.
    fn pieces_may_stay(&self) -> bool {
        match self.apart {
            None => (1..=pieces::KEPT_MAX).contains(&self.pieces.len()),
            Some(Apart { front, back }) => {
                let is_whole = front == self.front.len() && back == self.buffer.len();
                is_whole && self.pieces.len() == 1
            }
        }
    }

    /// Writes the object with only the bytes after the pieces, and names the pieces in its
    /// metadata.
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

    /// Writes the whole object with one request, which is atomic.
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
        let completed =
            self.service.cloud.parts().complete_multipart(&path, &upload, parts.collect());
        let completed = self.service.ask("complete an upload", completed).await;
        let length: u64 = self.parts.iter().map(|part| u64::from(part.length)).sum();
        // If an answer was lost, the retry finds no upload, but the object exists.
        match (self.service.inspect(&path).await, completed) {
            (Ok(found), _) if found.size == length => Ok(()),
            (Ok(_), Ok(_)) => {
                let what = "its length is not that of its parts";
                Err(StoreError::Corrupt { object: self.object.clone(), offset: length, what })
            }
            (_, Err(denied)) | (Err(denied), Ok(_)) => Err(denied.about(&self.object)),
        }
    }

    /// Removes the claims, and the pieces that the object does not use.
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
        service.remove_each(paths).await
    }
}
