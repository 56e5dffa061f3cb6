//! Pieces: bytes that a request left behind and that were too few for a part.
//!
//! If a commit follows, nothing is sent again: the object names the pieces, and its file consists
//! of the pieces, in order, and then the object's own bytes. A piece is written once, by the only
//! writer that has its turn.

use bytes::Bytes;
use names::ObjectKey;

use super::key::Place;
use super::parked::Piece;
use super::service::Service;
use crate::StoreError;

/// The name of the metadata that lists an object's pieces. It has no hyphens, because not all
/// stores allow them.
pub(super) const PIECES: &str = "longshorepieces";

/// How many pieces an object may have: each costs its readers a request.
pub(super) const KEPT_MAX: usize = 4;

/// For an object's metadata.
pub(super) fn name(pieces: &[Piece]) -> String {
    let one = |piece: &Piece| format!("{:08x}-{:08x}", piece.turn, piece.length);
    pieces.iter().map(one).collect::<Vec<_>>().join(".")
}

/// Parses the format of [`name`].
pub(super) fn parse(names: &str) -> Option<Vec<Piece>> {
    let is_number = |text: &str| text.len() == 8 && text.bytes().all(|b| b.is_ascii_hexdigit());
    let number = |text: &str| u32::from_str_radix(text, 16).ok().filter(|_| is_number(text));
    let one = |text: &str| {
        let (turn, length) = text.split_once('-')?;
        Some(Piece { turn: number(turn)?, length: number(length).filter(|length| *length > 0)? })
    };
    let pieces: Option<Vec<Piece>> = names.split('.').map(one).collect();
    pieces.filter(|pieces| pieces.len() <= KEPT_MAX)
}

/// All bytes of a piece.
pub(super) async fn read_piece(
    service: &Service,
    object: &ObjectKey,
    piece: Piece,
) -> Result<Bytes, StoreError> {
    let path = service.path(Place::Piece(object, piece.turn));
    let length = u64::from(piece.length);
    let found = service.read(&path, 0..length).await.map_err(|denied| denied.about(object))?;
    if found.size == length && found.bytes.len() as u64 == length {
        Ok(found.bytes)
    } else {
        Err(changed(object))
    }
}

/// Refuses a piece that is not there or not as long as it was.
pub(super) async fn require(
    service: &Service,
    object: &ObjectKey,
    piece: Piece,
) -> Result<(), StoreError> {
    let path = service.path(Place::Piece(object, piece.turn));
    let found = service.inspect(&path).await.map_err(|denied| denied.about(object))?;
    if found.size == u64::from(piece.length) { Ok(()) } else { Err(changed(object)) }
}

fn changed(object: &ObjectKey) -> StoreError {
    let what = "a piece of it is not what was parked";
    StoreError::Corrupt { object: object.clone(), offset: 0, what }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_read_back_and_nothing_else_does() {
        let one = Piece { turn: 0, length: 1 << 20 };
        let two = Piece { turn: u32::MAX, length: 5 };
        for pieces in [vec![one], vec![one, two, two, two]] {
            assert_eq!(parse(&name(&pieces)), Some(pieces));
        }
        #[rustfmt::skip]
        let cases = [
            ("",                                        "none"),
            ("00000000",                                "no length"),
            ("00000000-00000000",                       "nothing in it"),
            ("00000000-0001",                           "a short number"),
            ("00000000-+0000001",                       "a sign"),
            ("00000000-00000001.",                      "one too few"),
            ("0000000g-00000001",                       "no number"),
            (&name(&[one; 5]),                          "one too many"),
        ];
        for (names, because) in cases {
            assert_eq!(parse(names), None, "{because}");
        }
    }
}
