//! Uploads.

use std::sync::Arc;

use bytes::Bytes;
use futures_util::StreamExt;
use names::{Digest, RepositoryArn, Timestamp};
use operations::{
    Body, BodyBroken, Chunk, Completion, Door, Failure, LEASE, NewLayer, Refusal,
    RepositoryRefusal, UploadRefusal,
};
use tokio::sync::Notify;

use crate::act::{Ending, Manner, Stretch};
use crate::fixture::body;
use crate::perform::{Answer, Trial, possible, same};
use crate::state::{Presence, Upload};

/// Where an upload is in the model.
#[derive(Clone)]
struct Place {
    arn: RepositoryArn,
    at: usize,
}

impl Trial<'_> {
    pub(crate) async fn initiate(&mut self, number: u8, content: u8) -> Result<(), String> {
        let arn = self.catalogue.repository(number).clone();
        let begun = self.world.operations().initiate_layer_upload(&arn).await;
        let Some(begun) = self.judge(begun)? else { return Ok(()) };
        let touched_at = self.now();
        let Some(repository) = self.repository(&arn) else {
            return same("answer", begun.err(), Some(RepositoryRefusal::NotFound(arn).into()));
        };
        let id = begun.map_err(|refusal| refusal.to_string())?;
        let upload = Upload { id, content, received: 0, touched_at, dropped: false };
        repository.uploads.push(upload);
        Ok(())
    }

    /// The upload that a number means, if there is any.
    fn place(&self, number: u8) -> Option<Place> {
        let mut places = Vec::new();
        for arn in &self.catalogue.repositories {
            let uploads = self.model.0.get(&arn.repository).map_or(0, |found| found.uploads.len());
            places.extend((0..uploads).map(|at| Place { arn: arn.clone(), at }));
        }
        if places.is_empty() {
            None
        } else {
            Some(places[usize::from(number) % places.len()].clone())
        }
    }

    fn upload(&mut self, place: &Place) -> &mut Upload {
        &mut self.repository(&place.arn).expect("it has uploads").uploads[place.at]
    }

    fn forget_upload(&mut self, place: &Place) {
        self.repository(&place.arn).expect("it has uploads").uploads.remove(place.at);
    }

    /// Sorts the answer of a verb on an upload, which may have been abandoned, or be held up by the
    /// last batch of a request that was dropped. Those answers are dealt with here.
    fn judge_upload<T>(
        &mut self,
        place: &Place,
        outcome: Result<T, Failure>,
    ) -> Result<Answer<T>, String> {
        let now = self.now();
        let upload = self.upload(place);
        let (there, dropped) = (upload.presence(now), upload.dropped);
        match outcome {
            Err(
                Failure::Refused(Refusal::Upload(UploadRefusal::Busy { .. })) | Failure::Fault(_),
            ) if dropped => Ok(None),
            Err(Failure::Refused(Refusal::Upload(UploadRefusal::NotFound { .. }))) => {
                possible("upload found", false, there)?;
                self.forget_upload(place);
                Ok(None)
            }
            outcome => self.judge(outcome),
        }
    }

    pub(crate) async fn append(
        &mut self,
        number: u8,
        stretch: Stretch,
        manner: Manner,
    ) -> Result<(), String> {
        let Some(place) = self.place(number) else { return Ok(()) };
        let Upload { id, content, received, .. } = self.upload(&place);
        let (id, content, received) = (id.clone(), *content, *received);
        let left = &self.catalogue.content(content).bytes[received..];
        let piece = &left[..stretch.of(left.len())];
        let manner = manner.over(piece);
        let (chunk, ended) = manner.chunk(received as u64, piece);
        let operations = self.world.operations();
        let answer = tokio::select! {
            biased;
            answer = operations.append_to_upload(&place.arn, &id, chunk, Door::Oci) => Some(answer),
            () = ended.notified() => None,
        };
        let (now, length) = (self.now(), piece.len());
        let Some(answer) = answer else {
            self.upload(&place).dropped = true;
            return Ok(());
        };
        let Some(answer) = self.judge_upload(&place, answer)? else { return Ok(()) };
        let keep = |upload: &mut Upload| {
            (upload.received, upload.touched_at) = (received + length, now);
            upload.dropped = false;
        };
        match (manner, answer) {
            (Manner::Honest | Manner::Unmeasured, Ok(progress)) => {
                keep(self.upload(&place));
                same("received", progress.received_bytes, (received + length) as u64)
            }
            (Manner::Broken, Err(Refusal::Upload(UploadRefusal::BodyBroken))) => {
                keep(self.upload(&place));
                Ok(())
            }
            (manner, answer) => manner.require_refusal(answer.as_ref().err(), received as u64),
        }
    }

    pub(crate) async fn complete(&mut self, number: u8, ending: Ending) -> Result<(), String> {
        let Some(place) = self.place(number) else { return Ok(()) };
        let Upload { id, content, received, .. } = self.upload(&place);
        let (id, content, received) = (id.clone(), *content, *received);
        let whole = self.catalogue.content(content);
        let other = self.catalogue.content(content.wrapping_add(1));
        let digest = match ending {
            Ending::WithRest | Ending::AsIs => whole.sha256.clone(),
            Ending::WrongDigest => other.sha256.clone(),
            Ending::Sha512 => whole.sha512.clone(),
            Ending::WrongSha512 => other.sha512.clone(),
        };
        let end = if ending == Ending::AsIs { received } else { whole.bytes.len() };
        let computed = Digest::of(digest.algorithm(), &whole.bytes[..end]);
        let rest = &whole.bytes[received..end];
        let rest = (ending != Ending::AsIs).then(|| Manner::Honest.chunk(received as u64, rest).0);
        let completion =
            Completion { digest: digest.clone(), rest, door: Door::Oci, may_see_layers: true };
        let operations = self.world.operations();
        let ended = operations.complete_layer_upload(&place.arn, &id, completion).await;
        let Some(ended) = self.judge_upload(&place, ended)? else {
            if ending == Ending::WrongSha512 && self.is_failing() {
                self.upload_may_be_damaged = true;
                self.forget_damaged(&place, &id);
            }
            return Ok(());
        };
        if computed == digest {
            self.forget_upload(&place);
            return self.hold(&place.arn, &digest, ended);
        }
        if ending == Ending::WrongSha512 {
            self.forget_upload(&place);
        }
        same("answer", ended, Err(UploadRefusal::DigestDiffers { stated: digest, computed }.into()))
    }

    /// Forgets an upload that may be there or not, unless that is done.
    fn forget_damaged(&mut self, place: &Place, id: &names::UploadId) {
        if let Some(repository) = self.repository(&place.arn) {
            repository.uploads.retain(|upload| upload.id != *id);
        }
    }

    /// A layer has come.
    fn hold(
        &mut self,
        arn: &RepositoryArn,
        digest: &Digest,
        ended: Result<NewLayer, Refusal>,
    ) -> Result<(), String> {
        let now: Timestamp = self.now();
        let new = ended.map_err(|refusal| format!("refused: {refusal}"))?;
        let repository = self.repository(arn).expect("it has just taken a layer");
        let there: Presence = repository.presence(digest, now);
        repository.promise(digest, now.plus(LEASE));
        possible("was there before", new == NewLayer::No, there)
    }

    pub(crate) async fn cancel(&mut self, number: u8) -> Result<(), String> {
        let Some(place) = self.place(number) else { return Ok(()) };
        let id = self.upload(&place).id.clone();
        let cancelled = self.world.operations().cancel_upload(&place.arn, &id).await;
        if let Some(cancelled) = self.judge_upload(&place, cancelled)? {
            self.forget_upload(&place);
            same("answer", cancelled, Ok(()))?;
        }
        Ok(())
    }

    pub(crate) async fn upload_layer(
        &mut self,
        number: u8,
        content: u8,
        manner: Manner,
    ) -> Result<(), String> {
        let digest = self.layer(content);
        self.upload_layer_as(number, &digest, manner).await
    }

    pub(crate) async fn push_layer(&mut self, number: u8, layer: &Digest) -> Result<(), String> {
        self.upload_layer_as(number, layer, Manner::Honest).await
    }

    async fn upload_layer_as(
        &mut self,
        number: u8,
        digest: &Digest,
        manner: Manner,
    ) -> Result<(), String> {
        let arn = self.catalogue.repository(number).clone();
        let bytes = self.catalogue.bytes_of(digest);
        let manner = manner.over(bytes);
        let (chunk, ended) = manner.chunk(0, bytes);
        let operations = self.world.operations();
        let answer = tokio::select! {
            biased;
            answer = operations.upload_layer(&arn, digest, chunk) => Some(answer),
            () = ended.notified() => None,
        };
        let Some(answer) = answer else { return Ok(()) };
        let Some(answer) = self.judge(answer)? else { return Ok(()) };
        if self.repository(&arn).is_none() {
            return same("answer", answer.err(), Some(RepositoryRefusal::NotFound(arn).into()));
        }
        match manner {
            Manner::Honest | Manner::Unmeasured => self.hold(&arn, digest, answer),
            manner => manner.require_refusal(answer.as_ref().err(), 0),
        }
    }
}

impl Stretch {
    fn of(self, left: usize) -> usize {
        match self {
            Self::Nothing => 0,
            Self::Byte => left.min(1),
            Self::Half => left / 2,
            Self::Rest => left,
        }
    }
}

impl Manner {
    /// No client can announce less than nothing.
    fn over(self, piece: &[u8]) -> Self {
        if self == Self::Long && piece.is_empty() { Self::Honest } else { self }
    }

    /// A chunk that brings this piece in this manner, and a bell for the moment when a client that
    /// goes away has sent all it will.
    fn chunk(self, first_byte: u64, piece: &[u8]) -> (Chunk, Arc<Notify>) {
        let (length, bell) = (piece.len() as u64, Arc::new(Notify::new()));
        let (first_byte, length) = match self {
            Self::Honest => (Some(first_byte), Some(length)),
            Self::Elsewhere => (Some(first_byte + 1), Some(length)),
            Self::Short => (None, Some(length + 10)),
            Self::Long => (None, Some(length - 1)),
            Self::Unmeasured | Self::Broken | Self::Dropped => (None, None),
        };
        let body: Body = match self {
            Self::Broken => {
                Box::pin(body(piece).chain(futures_util::stream::iter([Err(BodyBroken)])))
            }
            Self::Dropped => {
                let ring = Arc::clone(&bell);
                let silence = futures_util::stream::poll_fn(move |_| {
                    ring.notify_one();
                    std::task::Poll::<Option<Result<Bytes, BodyBroken>>>::Pending
                });
                Box::pin(body(piece).chain(silence))
            }
            _ => body(piece),
        };
        (Chunk { first_byte, length, expected: None, body }, bell)
    }

    /// The refusal that this manner earns.
    fn require_refusal(self, refusal: Option<&Refusal>, received: u64) -> Result<(), String> {
        let of_upload = match refusal {
            Some(Refusal::Upload(refusal)) => Some(refusal),
            _ => None,
        };
        let earned = match (self, of_upload) {
            (Self::Elsewhere, Some(UploadRefusal::PartOutOfOrder { first_byte, expected, .. })) => {
                *expected == received && *first_byte == received + 1
            }
            (Self::Short | Self::Long, Some(UploadRefusal::BodyLengthDiffers { .. }))
            | (Self::Broken, Some(UploadRefusal::BodyBroken)) => true,
            _ => false,
        };
        if earned { Ok(()) } else { Err(format!("{self:?} is answered with {refusal:?}")) }
    }
}
