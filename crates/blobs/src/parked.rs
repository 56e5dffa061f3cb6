//! An upload between two requests: everything that another process needs to continue it.
//!
//! ```text
//! version 2 · algorithm 1 · has a file 1 · 0 1 · offset 8 · header length 4 · header
//! store state length 4 · store state · sealed(hash state length 2 · hash state · tail)
//! ```
//! The tail is the content after the file's last segment, less than a segment, or all content if
//! there is no file, less than a batch. It is sealed under one of the file's keys, with a random
//! nonce. Everything before it is authenticated with it. (If the store protects the object,
//! the tail is unencrypted here, as the content is in the store; then protect the database in the
//! same way.)

use names::{Algorithm, DigestHasher, ObjectKey, WrappedKey};

use crate::buffer::BATCH_BYTES;
use crate::format::{Codec, Header, Purpose, SEGMENT_BYTES, SIZE_BYTES_MAX, Suite};
use crate::{Protection, StoreError, StoreState};

const VERSION: u8 = 2;

/// More than a store needs for ten thousand parts.
pub(crate) const STORE_STATE_BYTES_MAX: usize = 1 << 20;

/// An upload that waits to be resumed, in a form that a row can keep.
#[derive(Debug, Clone)]
pub struct ParkedUpload {
    /// Everything except `secret`, as it is written and authenticated.
    open: Vec<u8>,
    secret: Vec<u8>,
    header: Header,
    encoded_header: Vec<u8>,
    position: Position,
}

/// The progress of an upload, and its state.
#[derive(Debug, Clone)]
pub(crate) struct Position {
    pub(crate) algorithm: Algorithm,
    pub(crate) offset: u64,
    /// How to continue the file, if there is one.
    pub(crate) state: Option<StoreState>,
}

/// The sealed part of a parked upload.
#[derive(Debug)]
pub(crate) struct Contents {
    pub(crate) codec: Codec,
    pub(crate) hasher: DigestHasher,
    pub(crate) tail: Vec<u8>,
}

impl ParkedUpload {
    pub(crate) fn seal(
        codec: &Codec,
        position: Position,
        hasher: &DigestHasher,
        tail: &[u8],
    ) -> Self {
        let hash_state = hasher.park();
        let Position { algorithm, offset, state } = &position;
        let mut open = vec![VERSION, algorithm_code(*algorithm), u8::from(state.is_some()), 0];
        open.extend_from_slice(&offset.to_le_bytes());
        for part in [codec.encoded(), state.as_deref().unwrap_or_default()] {
            let length = u32::try_from(part.len()).expect("headers and store states are bounded");
            open.extend_from_slice(&length.to_le_bytes());
            open.extend_from_slice(part);
        }
        let hash_length = u16::try_from(hash_state.len()).expect("hash states are small");
        let contents = [&hash_length.to_le_bytes()[..], &hash_state, tail].concat();
        let secret = codec.cipher().seal_small(Purpose::Parked, &open, &contents);
        let (header, encoded_header) = (codec.header().clone(), codec.encoded().to_vec());
        Self { open, secret, header, encoded_header, position }
    }

    /// The bytes for a row.
    pub fn to_bytes(&self) -> Vec<u8> {
        [&self.open[..], &self.secret].concat()
    }

    /// Reads the bytes of a row.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, StoreError> {
        Self::parse(bytes).map_err(StoreError::BadParked)
    }

    /// How much content had arrived when it was parked.
    pub fn offset(&self) -> u64 {
        self.position.offset
    }

    /// The object that is being written.
    pub fn object(&self) -> &ObjectKey {
        &self.header.object
    }

    /// The object's data key under its keyring's seal.
    pub fn wrapped(&self) -> &WrappedKey {
        &self.header.wrapped
    }

    /// Whether resuming needs a data key.
    pub fn is_sealed(&self) -> bool {
        self.header.suite == Suite::Aes256Gcm
    }

    /// The hash algorithm of the content.
    pub(crate) fn algorithm(&self) -> Algorithm {
        self.position.algorithm
    }

    /// How to continue the file, if there is one.
    pub(crate) fn state(&self) -> Option<&[u8]> {
        self.position.state.as_deref()
    }

    /// Opens the seal.
    pub(crate) fn contents(&self, protection: &Protection) -> Result<Contents, StoreError> {
        let codec = Codec::recognise(&self.encoded_header, &self.header.object, protection)
            .map_err(StoreError::BadParked)?;
        self.open_with(codec).ok_or(StoreError::BadParked("it is not what was parked"))
    }

    fn open_with(&self, codec: Codec) -> Option<Contents> {
        let contents = codec.cipher().open_small(Purpose::Parked, &self.open, &self.secret)?;
        let (length, rest) = contents.split_first_chunk::<2>()?;
        let (hash_state, tail) = rest.split_at_checked(usize::from(u16::from_le_bytes(*length)))?;
        let hasher = DigestHasher::resume(self.position.algorithm, hash_state)?;
        let offset = self.position.offset;
        let expected =
            if self.position.state.is_some() { offset % SEGMENT_BYTES as u64 } else { offset };
        (tail.len() as u64 == expected).then(|| Contents { codec, hasher, tail: tail.to_vec() })
    }

    fn parse(bytes: &[u8]) -> Result<Self, &'static str> {
        const CUT: &str = "it is cut";
        const DAMAGED: &str = "it is damaged";
        let ([version, algorithm, has_file, zero], rest) =
            bytes.split_first_chunk::<4>().ok_or(CUT)?;
        if *version != VERSION {
            return Err("it is of another version");
        }
        let algorithm = algorithm_of(*algorithm).ok_or(DAMAGED)?;
        let (offset, rest) = rest.split_first_chunk::<8>().ok_or(CUT)?;
        let offset = u64::from_le_bytes(*offset);
        if *zero != 0 || offset > SIZE_BYTES_MAX {
            return Err(DAMAGED);
        }
        let (encoded_header, rest) = split_part(rest).ok_or(CUT)?;
        let (state, secret) = split_part(rest).ok_or(CUT)?;
        let state = match (has_file, state) {
            (0, []) if offset < BATCH_BYTES as u64 => None,
            (1, state) if state.len() <= STORE_STATE_BYTES_MAX => Some(state.to_vec()),
            _ => return Err(DAMAGED),
        };
        let (header, check) = Header::parse(encoded_header)?;
        if encoded_header.len() != header.encode().len() + check.len() {
            return Err(DAMAGED);
        }
        Ok(Self {
            open: bytes[..bytes.len() - secret.len()].to_vec(),
            secret: secret.to_vec(),
            header,
            encoded_header: encoded_header.to_vec(),
            position: Position { algorithm, offset, state },
        })
    }
}

fn algorithm_code(algorithm: Algorithm) -> u8 {
    match algorithm {
        Algorithm::Sha256 => 1,
        Algorithm::Sha512 => 2,
    }
}

fn algorithm_of(code: u8) -> Option<Algorithm> {
    match code {
        1 => Some(Algorithm::Sha256),
        2 => Some(Algorithm::Sha512),
        _ => None,
    }
}

/// Splits off a part that begins with its length.
fn split_part(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    rest.split_at_checked(usize::try_from(u32::from_le_bytes(*length)).ok()?)
}
