//! Layers of one size.

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sha2::{Digest as _, Sha256};

use super::noise::Noise;

/// The size of one write of `docker push`: Go's copy buffer.
const FRAME_BYTES: usize = 32 * 1024;

/// `8000\r\n` before a full frame, `\r\n` after it.
const FRAME_HEAD_BYTES: usize = 6;
const FRAME_END: &[u8] = b"\r\n";

const TAIL_BYTES: usize = 32;

/// Makes fresh layers of one size.
///
/// The shared body is kept in wire format, cut into the chunks that `docker push` sends, so that
/// sending a layer is one long write.
pub(crate) struct LayerSource {
    framed: Vec<u8>,
    body_hash: Sha256,
    size_bytes: u64,
    nonce: [u8; 16],
    made: AtomicU64,
}

/// One layer: its source, and its unique part.
pub(crate) struct Layer {
    source: Arc<LayerSource>,
    tail: [u8; TAIL_BYTES],
    pub(crate) digest: String,
}

impl LayerSource {
    /// Layers of `size_bytes`, a multiple of the frame. `nonce` distinguishes this run from others.
    pub(crate) fn new(size_bytes: usize, nonce: [u8; 16]) -> Arc<Self> {
        assert!(size_bytes.is_multiple_of(FRAME_BYTES) && size_bytes > 0, "whole frames");
        let count = size_bytes / FRAME_BYTES;
        let mut framed = Vec::with_capacity(count * (FRAME_BYTES + 8));
        let mut body_hash = Sha256::new();
        let seed = nonce[..8].try_into().expect("eight bytes");
        let mut noise = Noise::from_seed(u64::from_le_bytes(seed));
        let mut frame = vec![0; FRAME_BYTES];
        for index in 1..=count {
            let length = if index == count { FRAME_BYTES - TAIL_BYTES } else { FRAME_BYTES };
            noise.fill(&mut frame);
            body_hash.update(&frame[..length]);
            write!(framed, "{length:04x}\r\n").expect("memory takes writes");
            framed.extend_from_slice(&frame[..length]);
            framed.extend_from_slice(FRAME_END);
        }
        let made = AtomicU64::new(0);
        Arc::new(Self { framed, body_hash, size_bytes: size_bytes as u64, nonce, made })
    }

    pub(crate) fn size_bytes(&self) -> u64 {
        self.size_bytes
    }

    /// A layer that no server has seen.
    pub(crate) fn fresh(self: &Arc<Self>) -> Layer {
        let mut tail = [0; TAIL_BYTES];
        tail[..16].copy_from_slice(&self.nonce);
        tail[16..24].copy_from_slice(&self.made.fetch_add(1, Ordering::Relaxed).to_le_bytes());
        let digest = self.body_hash.clone().chain_update(tail).finalize();
        Layer { source: Arc::clone(self), tail, digest: format!("sha256:{}", hex::encode(digest)) }
    }
}

impl Layer {
    pub(crate) fn size_bytes(&self) -> u64 {
        self.source.size_bytes
    }

    /// The shared chunks as they go over the wire.
    pub(crate) fn framed_body(&self) -> &[u8] {
        &self.source.framed
    }

    /// The layer's own last chunk, and the end of the chunks.
    pub(crate) fn framed_tail(&self) -> Vec<u8> {
        let mut framed = format!("{TAIL_BYTES:x}\r\n").into_bytes();
        framed.extend_from_slice(&self.tail);
        framed.extend_from_slice(b"\r\n0\r\n\r\n");
        framed
    }

    /// Writes the layer's bytes, without frames.
    pub(crate) fn write_to(&self, out: &mut impl Write) -> io::Result<()> {
        let last = FRAME_BYTES - TAIL_BYTES;
        for framed in self.source.framed.chunks(FRAME_HEAD_BYTES + FRAME_BYTES + FRAME_END.len()) {
            let length = (framed.len() - FRAME_HEAD_BYTES - FRAME_END.len()).max(last);
            out.write_all(&framed[FRAME_HEAD_BYTES..FRAME_HEAD_BYTES + length])?;
        }
        out.write_all(&self.tail)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_layers_digest_is_that_of_its_bytes() {
        for size_bytes in [FRAME_BYTES, 3 * FRAME_BYTES] {
            let source = LayerSource::new(size_bytes, [7; 16]);
            let layer = source.fresh();
            let mut bytes = Vec::new();
            layer.write_to(&mut bytes).unwrap();
            assert_eq!(bytes.len(), size_bytes);
            assert_eq!(layer.digest, format!("sha256:{}", hex::encode(Sha256::digest(&bytes))));
        }
    }

    #[test]
    fn the_frames_hold_the_same_bytes() {
        let source = LayerSource::new(2 * FRAME_BYTES, [7; 16]);
        let layer = source.fresh();
        let (mut plain, mut unframed) = (Vec::new(), Vec::new());
        layer.write_to(&mut plain).unwrap();
        let mut wire = [layer.framed_body(), &layer.framed_tail()].concat();
        while let Some(line) = wire.windows(2).position(|window| window == b"\r\n") {
            let size = usize::from_str_radix(std::str::from_utf8(&wire[..line]).unwrap(), 16);
            let rest = wire.split_off(line + 2);
            let (chunk, rest) = rest.split_at(size.unwrap());
            unframed.extend_from_slice(chunk);
            assert_eq!(&rest[..2], b"\r\n");
            wire = rest[2..].to_vec();
        }
        assert_eq!(plain, unframed);
        assert!(wire.is_empty());
    }

    #[test]
    fn no_two_layers_are_the_same() {
        let source = LayerSource::new(FRAME_BYTES, [7; 16]);
        let elsewhere = LayerSource::new(FRAME_BYTES, [8; 16]);
        assert_ne!(source.fresh().digest, source.fresh().digest);
        assert_ne!(source.fresh().digest, elsewhere.fresh().digest);
    }
}
