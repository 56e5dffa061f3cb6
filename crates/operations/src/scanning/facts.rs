//! What a layer says: read once, and then kept with its blob.

use std::io::{self, Read, Write};
use std::time::Instant;

use blobs::{ObjectReader, StoreError};
use bytes::Bytes;
use db::{DbError, RepositoryBlob, RepositoryKey, Tx};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use names::{ByteRange, Digest, StorageClass};
use scan::{Bounds, LayerFacts, Part, READERS, Unread, Why, read_layer};
use tokio::sync::{mpsc, oneshot};

use crate::{Failure, Fault, Operations};

/// Chunks of 256 KiB that wait for the reader of a layer.
const CHUNKS_MAX: usize = 4;

/// Facts of a layer take a few megabytes at most; a row that claims more is not ours.
const FACTS_BYTES_MAX: u64 = 1 << 30;

/// How much slower than requests a layer is read if both want the processor.
const NICENESS: i32 = 10;

impl Operations {
    /// What a layer of a repository says. A layer that is not here says that it cannot be read.
    pub(crate) async fn facts_of_layer(
        &self,
        home: RepositoryKey,
        digest: &Digest,
    ) -> Result<LayerFacts, Failure> {
        let (blob, facts) = self.find_facts(home, digest).await?;
        let Some(blob) = blob else { return Ok(unread("the layer is kept elsewhere")) };
        if let Some(facts) = facts {
            return Ok(facts);
        }
        if blob.storage_class != StorageClass::Standard {
            return Ok(unread("the layer is in the archive storage"));
        }
        let turn = self.reading.turn(blob.blob.0);
        let _turn = turn.lock().await;
        if let (_, Some(facts)) = self.find_facts(home, digest).await? {
            return Ok(facts);
        }
        let facts = self.read_layer_of(&blob).await?;
        let (key, packed) = (blob.blob, pack(&facts)?);
        let keep = move |tx: &mut Tx<'_>| match tx.find_blob_by_key(key)? {
            Some(_) => tx.put_layer_facts(key, READERS, &packed),
            // It was deleted meanwhile.
            None => Ok(()),
        };
        let kept: Result<_, DbError> = self.db.write(keep).await;
        kept?;
        Ok(facts)
    }

    async fn find_facts(
        &self,
        home: RepositoryKey,
        digest: &Digest,
    ) -> Result<(Option<RepositoryBlob>, Option<LayerFacts>), Failure> {
        let digest = digest.clone();
        let find = move |tx: &mut Tx<'_>| {
            let Some(blob) = tx.find_repository_blob(home, &digest)? else {
                return Ok((None, None));
            };
            let facts = tx.find_layer_facts(blob.blob, READERS)?;
            Ok((Some(blob), facts))
        };
        let found: Result<_, DbError> = self.db.read(find).await;
        let (blob, facts) = found?;
        Ok((blob, facts.and_then(|facts| unpack(&facts))))
    }

    async fn read_layer_of(&self, blob: &RepositoryBlob) -> Result<LayerFacts, Failure> {
        let closed = |error: tokio::sync::AcquireError| Failure::Fault(Fault::Broken(error.into()));
        let _place = self.reading.places.acquire().await.map_err(closed)?;
        let protection = self.protection(&blob.object, &blob.wrapped_key).await?;
        let range = ByteRange::whole(blob.size_bytes);
        let mut object = self.blobs.open(&blob.object, &protection, range).await?;
        let (chunks, read) = mpsc::channel(CHUNKS_MAX);
        let (answer, answered) = oneshot::channel();
        let thread = std::thread::Builder::new().name("scan".to_owned());
        thread
            .spawn(move || {
                // It is only slower for requests if this cannot be done.
                rustix::process::nice(NICENESS).ok();
                let begun = Instant::now();
                let elapsed = || begun.elapsed();
                let stream = Chunks { read, rest: Bytes::new() };
                answer.send(read_layer(stream, &Bounds::default(), &elapsed)).ok();
            })
            .map_err(|error| Failure::Fault(Fault::Broken(error.into())))?;
        let failed = deliver(&mut object, chunks).await;
        let facts = answered.await.map_err(|error| Failure::Fault(Fault::Broken(error.into())))?;
        match (failed, facts) {
            (Some(error), _) => Err(error.into()),
            (None, Ok(facts)) => Ok(facts),
            (None, Err(error)) => Err(Failure::Fault(Fault::Broken(error.into()))),
        }
    }
}

/// Delivers an object until its end, or until the reader has ended. Returns how the store failed.
async fn deliver(
    object: &mut ObjectReader,
    chunks: mpsc::Sender<io::Result<Bytes>>,
) -> Option<StoreError> {
    while let Some(chunk) = object.next().await {
        match chunk {
            Ok(chunk) => {
                if chunks.send(Ok(chunk)).await.is_err() {
                    return None;
                }
            }
            Err(error) => {
                chunks.send(Err(io::Error::other("the store failed"))).await.ok();
                return Some(error);
            }
        }
    }
    None
}

/// The chunks of an object, as a stream.
struct Chunks {
    read: mpsc::Receiver<io::Result<Bytes>>,
    rest: Bytes,
}

impl Read for Chunks {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.rest.is_empty() {
            match self.read.blocking_recv() {
                Some(chunk) => self.rest = chunk?,
                None => return Ok(0),
            }
        }
        let length = self.rest.len().min(buffer.len());
        buffer[..length].copy_from_slice(&self.rest.split_to(length));
        Ok(length)
    }
}

fn unread(why: &str) -> LayerFacts {
    let why = Why::Unsupported(why.to_owned());
    LayerFacts { unread: vec![Unread { part: Part::Layer, why }], ..LayerFacts::default() }
}

fn pack(facts: &LayerFacts) -> Result<Vec<u8>, Failure> {
    let text = serde_json::to_vec(facts).expect("facts are plain data");
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    let done = packed.write_all(&text).and_then(|()| packed.finish());
    done.map_err(|error| Failure::Fault(Fault::Broken(error.into())))
}

/// `None` if a newer program wrote them in another form: they are read from the layer again.
fn unpack(packed: &[u8]) -> Option<LayerFacts> {
    let mut text = Vec::new();
    GzDecoder::new(packed).take(FACTS_BYTES_MAX).read_to_end(&mut text).ok()?;
    serde_json::from_slice(&text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_survive_the_way_through_a_row() {
        let facts = unread("somewhere else");
        assert_eq!(unpack(&pack(&facts).unwrap()), Some(facts));
        assert_eq!(unpack(b"no facts"), None);
    }
}
