//! What an object says about itself without a database: the basis of a check or a rebuild.

use std::sync::Arc;

use names::{Algorithm, ByteRange, Digest, DigestHasher, ObjectKey, WrappedKey};

use crate::buffer::BufferPool;
use crate::format::{Codec, FOOTER_BYTES, Footer, HEADER_BYTES_MAX, Header, Layout, Suite};
use crate::segments::{Segments, read_header, read_start};
use crate::{ObjectStore, Protection, StoreError, StoreReader};

/// A complete object, as far as it can be read without its key.
#[derive(Debug, Clone)]
pub struct StoredObject {
    /// Its key.
    pub object: ObjectKey,
    /// How long its content is, by the length of its file.
    pub size_bytes: u64,
    /// Its data key under its keyring's seal; empty if the store protects it.
    pub wrapped: WrappedKey,
    /// Is it sealed, or left to the store's protection?
    pub sealed: bool,
    header: Vec<u8>,
    footer: Vec<u8>,
}

impl StoredObject {
    pub(crate) fn read(
        source: &mut dyn StoreReader,
        object: &ObjectKey,
    ) -> Result<Self, StoreError> {
        let corrupt = |offset, what| StoreError::Corrupt { object: object.clone(), offset, what };
        let mut start = [0; HEADER_BYTES_MAX];
        let start = read_start(source, &mut start)?;
        let (header, check) = Header::parse(start).map_err(|what| corrupt(0, what))?;
        let encoded = [header.encode(), check.to_vec()].concat();
        let layout = Layout::new(header.suite, encoded.len());
        let size_bytes = layout
            .size_of(source.length())
            .ok_or_else(|| corrupt(source.length(), "its length is that of no object"))?;
        let mut footer = vec![0; FOOTER_BYTES];
        source.read_at(layout.footer_at(size_bytes), &mut footer)?;
        if header.object != *object || !Footer::is_recognised(&footer) {
            return Err(corrupt(layout.footer_at(size_bytes), "it was never finished"));
        }
        let sealed = header.suite == Suite::Aes256Gcm;
        let object = header.object;
        Ok(Self { object, size_bytes, wrapped: header.wrapped, sealed, header: encoded, footer })
    }

    /// The content of the footer. It is authentic, but the content is not checked:
    /// [`crate::Blobs::verify`] does that.
    pub fn footer(&self, protection: &Protection) -> Result<Footer, StoreError> {
        let codec = Codec::recognise(&self.header, &self.object, protection)
            .map_err(|what| StoreError::Corrupt { object: self.object.clone(), offset: 0, what })?;
        open_footer(&codec, &self.footer, self.size_bytes)
    }
}

/// Reads all of an object; see [`crate::Blobs::verify`].
pub(crate) fn verify(
    store: &dyn ObjectStore,
    pool: &Arc<BufferPool>,
    object: &ObjectKey,
    protection: &Protection,
) -> Result<Footer, StoreError> {
    let mut source = store.open(object)?;
    let codec = read_header(source.as_mut(), object, protection)?;
    let layout = codec.layout();
    let size = layout
        .size_of(source.length())
        .ok_or_else(|| codec.corrupt(source.length(), "its length is that of no object"))?;
    let mut footer = vec![0; FOOTER_BYTES];
    source.read_at(layout.footer_at(size), &mut footer)?;
    let footer = open_footer(&codec, &footer, size)?;
    let segments = Segments::over(source, codec, ByteRange::whole(size))?;
    if hash(segments, pool, footer.digest.algorithm())? == footer.digest {
        Ok(footer)
    } else {
        let what = "its content is not what its footer says";
        Err(StoreError::Corrupt { object: object.clone(), offset: 0, what })
    }
}

/// The hash of the segments' content.
pub(crate) fn hash(
    mut segments: Segments,
    pool: &Arc<BufferPool>,
    algorithm: Algorithm,
) -> Result<Digest, StoreError> {
    let mut hasher = DigestHasher::new(algorithm);
    let mut buffer = pool.take();
    while segments.read_next(&mut buffer, |piece| {
        hasher.update(piece);
        Ok(())
    })? {}
    Ok(hasher.finish())
}

fn open_footer(codec: &Codec, sealed: &[u8], size: u64) -> Result<Footer, StoreError> {
    Footer::open(codec.cipher(), sealed).filter(|footer| footer.size_bytes == size).ok_or_else(
        || codec.corrupt(codec.layout().footer_at(size), "the footer is not what was written"),
    )
}
