//! The state of an unfinished object, as its row keeps it.
//!
//! ```text
//! version 2 · turn 4 · has apart 1 · front wanted 2 · back 2 · front length 2 · front
//! upload id length 2 · upload id · parts 4 · (tag length 2 · tag · length 4)*
//! pieces 2 · (turn 4 · length 4)* · were other pieces 1 · tail length 4 · tail
//! ```
//! The seal around a parked upload covers it.

use crate::{Apart, StoreError};

const VERSION: u8 = 2;

/// The most parts that S3 allows.
pub(super) const PARTS_MAX: usize = 10_000;

/// The longest tag that we accept. AWS's have 34 bytes; ten thousand of 64 and a tail fit a row's
/// bound.
pub(super) const TAG_BYTES_MAX: usize = 64;

/// Up to here a tail, and all of a short upload, is kept in the row; a longer one becomes a piece.
/// A row of this size is no burden for a database; megabytes for each upload would be, twice over
/// with its log.
pub(super) const ROW_TAIL_BYTES_MAX: usize = 256 << 10;

/// More pieces than there can be: each is longer than a row's tail, and together they are shorter
/// than a part.
pub(super) const PIECES_MAX: usize = 32;

/// A part that the store has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) tag: String,
    pub(super) length: u32,
}

/// Bytes after the parts that are too few for one, as a separate object: the bytes left at the end
/// of one turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) turn: u32,
    pub(super) length: u32,
}

/// The state for continuing an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Parked {
    pub(super) turn: u32,
    pub(super) apart: Option<Apart>,
    pub(super) front: Vec<u8>,
    pub(super) upload: Option<String>,
    pub(super) parts: Vec<Part>,
    /// The bytes after the parts.
    pub(super) pieces: Vec<Piece>,
    /// Were there pieces that are in parts now?
    pub(super) other_pieces: bool,
    /// The bytes after the pieces.
    pub(super) tail: Vec<u8>,
}

impl Parked {
    pub(super) fn encode(&self) -> Vec<u8> {
        let Self { turn, apart, front, upload, parts, pieces, other_pieces, tail } = self;
        let mut bytes = vec![VERSION];
        bytes.extend_from_slice(&turn.to_le_bytes());
        bytes.push(u8::from(apart.is_some()));
        let apart = apart.unwrap_or(Apart { front: 0, back: 0 });
        for end in [apart.front, apart.back] {
            push_short(&mut bytes, end);
        }
        push_text(&mut bytes, front);
        push_text(&mut bytes, upload.as_deref().unwrap_or_default().as_bytes());
        push_long(&mut bytes, parts.len());
        for part in parts {
            push_text(&mut bytes, part.tag.as_bytes());
            bytes.extend_from_slice(&part.length.to_le_bytes());
        }
        push_short(&mut bytes, pieces.len());
        for Piece { turn, length } in pieces {
            bytes.extend_from_slice(&turn.to_le_bytes());
            bytes.extend_from_slice(&length.to_le_bytes());
        }
        bytes.push(u8::from(*other_pieces));
        push_long(&mut bytes, tail.len());
        bytes.extend_from_slice(tail);
        bytes
    }

    pub(super) fn parse(bytes: &[u8]) -> Result<Self, StoreError> {
        Self::read(bytes).ok_or(StoreError::BadParked("its store state is damaged"))
    }

    fn read(mut bytes: &[u8]) -> Option<Self> {
        let rest = &mut bytes;
        if take::<1>(rest)? != [VERSION] {
            return None;
        }
        let turn = u32::from_le_bytes(take(rest)?);
        let [has_apart] = take(rest)?;
        let (front, back) = (take_short(rest)?, take_short(rest)?);
        let apart = match has_apart {
            0 if front == 0 && back == 0 => None,
            1 => Some(Apart { front, back }),
            _ => return None,
        };
        let front = take_text(rest)?.to_vec();
        let upload = String::from_utf8(take_text(rest)?.to_vec()).ok()?;
        let count = take_long(rest).filter(|count| *count <= PARTS_MAX)?;
        let mut parts = Vec::with_capacity(count);
        for _ in 0..count {
            let tag = String::from_utf8(take_text(rest)?.to_vec()).ok()?;
            parts.push(Part { tag, length: u32::from_le_bytes(take(rest)?) });
        }
        let count = take_short(rest).filter(|count| *count <= PIECES_MAX)?;
        let mut pieces = Vec::with_capacity(count);
        for _ in 0..count {
            let (turn, length) = (u32::from_le_bytes(take(rest)?), u32::from_le_bytes(take(rest)?));
            pieces.push(Piece { turn, length });
        }
        let other_pieces = match take(rest)? {
            [0] => false,
            [1] => true,
            _ => return None,
        };
        let tail = (take_long(rest)? == rest.len()).then(|| rest.to_vec())?;
        let upload = (!upload.is_empty()).then_some(upload);
        (upload.is_some() || parts.is_empty()).then_some(Self {
            turn,
            apart,
            front,
            upload,
            parts,
            pieces,
            other_pieces,
            tail,
        })
    }

    /// How many bytes are in parts.
    pub(super) fn in_parts(&self) -> u64 {
        self.parts.iter().map(|part| u64::from(part.length)).sum()
    }
}

fn push_short(bytes: &mut Vec<u8>, number: usize) {
    let number = u16::try_from(number).expect("ends, tags and upload ids are bounded");
    bytes.extend_from_slice(&number.to_le_bytes());
}

fn push_long(bytes: &mut Vec<u8>, number: usize) {
    let number = u32::try_from(number).expect("parts and tails are bounded");
    bytes.extend_from_slice(&number.to_le_bytes());
}

fn push_text(bytes: &mut Vec<u8>, text: &[u8]) {
    push_short(bytes, text.len());
    bytes.extend_from_slice(text);
}

fn take<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (taken, rest) = bytes.split_first_chunk::<N>()?;
    *bytes = rest;
    Some(*taken)
}

fn take_short(bytes: &mut &[u8]) -> Option<usize> {
    take(bytes).map(|number| usize::from(u16::from_le_bytes(number)))
}

fn take_long(bytes: &mut &[u8]) -> Option<usize> {
    usize::try_from(u32::from_le_bytes(take(bytes)?)).ok()
}

fn take_text<'a>(bytes: &mut &'a [u8]) -> Option<&'a [u8]> {
    let length = take_short(bytes)?;
    let (text, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const APART: Apart = Apart { front: 120, back: 1024 };

    #[test]
    fn what_is_parked_reads_back_and_nothing_else_does() {
        let part = Part { tag: "\"abc-1\"".to_owned(), length: 5 << 20 };
        let piece = Piece { turn: 6, length: 4 << 20 };
        for (upload, parts, pieces) in [
            (None, vec![], vec![]),
            (Some("id".to_owned()), vec![part.clone(), part], vec![piece, piece]),
        ] {
            let (apart, front) = (upload.as_ref().map(|_| APART), vec![1; 120]);
            let (other_pieces, tail) = (upload.is_some(), b"tail".to_vec());
            #[rustfmt::skip]
            let parked = Parked { turn: 7, apart, front, upload, parts, pieces, other_pieces, tail };
            let bytes = parked.encode();
            assert_eq!(Parked::parse(&bytes).unwrap(), parked);
            for cut in 0..bytes.len() {
                assert!(Parked::parse(&bytes[..cut]).is_err(), "cut at {cut}");
            }
            assert!(Parked::parse(&[&bytes[..], &[0]].concat()).is_err(), "longer");
        }
    }

    #[test]
    fn the_longest_state_fits_a_row() {
        let part = Part { tag: "x".repeat(TAG_BYTES_MAX), length: 1 };
        let (parts, tail) = (vec![part; PARTS_MAX], vec![0; ROW_TAIL_BYTES_MAX]);
        let pieces = vec![Piece { turn: 0, length: 0 }; PIECES_MAX];
        let upload = Some("x".repeat(super::super::turn::UPLOAD_ID_BYTES_MAX));
        let (apart, front, other_pieces) = (Some(APART), vec![0; 256], true);
        let parked = Parked { turn: 0, apart, front, upload, parts, pieces, other_pieces, tail };
        assert!(parked.encode().len() <= crate::parked::STORE_STATE_BYTES_MAX);
    }
}
