use names::ObjectKey;
use object_store::path::Path;

use crate::documents::DocumentKind;

/// Every key in a bucket.
#[derive(Debug, Clone, Copy)]
pub(super) enum Place<'a> {
    /// The folder of all objects.
    Objects,
    /// An object.
    Object(&'a ObjectKey),
    /// The end of an object's file that is not in the object.
    End(&'a ObjectKey),
    /// The folder of all claims.
    Uploads,
    /// The claims of one object.
    Upload(&'a ObjectKey),
    /// The claim of one turn.
    Turn(&'a ObjectKey, u32),
    /// The folder of all pieces.
    Pieces,
    /// The pieces of one object.
    PiecesOf(&'a ObjectKey),
    /// The piece of a file that was written in one turn.
    Piece(&'a ObjectKey, u32),
    /// After everything that one object has in a folder, and before the next object.
    Behind(&'a ObjectKey, Folders),
    /// The object that a check of the store writes.
    Check(&'a ObjectKey),
    /// The documents of a kind.
    Documents(DocumentKind),
    /// A document.
    Document(DocumentKind, &'a str),
}

/// The kinds of folders that objects have.
#[derive(Debug, Clone, Copy)]
pub(super) enum Folders {
    /// Claims.
    Uploads,
    /// Pieces.
    Pieces,
}

impl Place<'_> {
    pub(super) fn path(self, prefix: &Path) -> Path {
        match self {
            Self::Objects => prefix.clone().join("objects"),
            Self::Object(object) => Self::Objects.path(prefix).join(object.as_str()),
            Self::End(object) => prefix.clone().join("ends").join(object.as_str()),
            Self::Uploads => prefix.clone().join("uploads"),
            Self::Upload(object) => Self::Uploads.path(prefix).join(object.as_str()),
            Self::Turn(object, turn) => {
                Self::Upload(object).path(prefix).join(format!("{turn:08x}"))
            }
            Self::Pieces => prefix.clone().join("pieces"),
            Self::PiecesOf(object) => Self::Pieces.path(prefix).join(object.as_str()),
            Self::Piece(object, turn) => {
                Self::PiecesOf(object).path(prefix).join(format!("{turn:08x}"))
            }
            Self::Behind(object, Folders::Uploads) => Self::Upload(object).path(prefix).join("z"),
            Self::Behind(object, Folders::Pieces) => Self::PiecesOf(object).path(prefix).join("z"),
            Self::Check(object) => prefix.clone().join("checks").join(object.as_str()),
            Self::Documents(kind) => prefix.clone().join(kind.folder()),
            Self::Document(kind, name) => Self::Documents(kind).path(prefix).join(name),
        }
    }
}

/// The object of a key under `Objects`, `Uploads` or `Pieces`. `None` if it is not ours.
pub(super) fn object_of(path: &Path, home: &Path) -> Option<ObjectKey> {
    let mut names = path.prefix_match(home)?;
    ObjectKey::parse(names.next()?.as_ref()).ok()
}

/// The turn of a claim or a piece.
pub(super) fn turn_of(path: &Path) -> Option<u32> {
    let name = path.filename()?;
    (name.len() == 8).then(|| u32::from_str_radix(name, 16).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_has_one_key() {
        let object = ObjectKey::parse("0a23456789abcdef0123456789abcdef").unwrap();
        let prefix = Path::parse("some/prefix").unwrap();
        #[rustfmt::skip]
        let cases = [
            (Place::Objects,               "some/prefix/objects"),
            (Place::Object(&object),       "some/prefix/objects/0a23456789abcdef0123456789abcdef"),
            (Place::End(&object),          "some/prefix/ends/0a23456789abcdef0123456789abcdef"),
            (Place::Uploads,               "some/prefix/uploads"),
            (Place::Upload(&object),       "some/prefix/uploads/0a23456789abcdef0123456789abcdef"),
            (Place::Turn(&object, 255),    "some/prefix/uploads/0a23456789abcdef0123456789abcdef/000000ff"),
            (Place::Pieces,                "some/prefix/pieces"),
            (Place::PiecesOf(&object),     "some/prefix/pieces/0a23456789abcdef0123456789abcdef"),
            (Place::Piece(&object, 10),    "some/prefix/pieces/0a23456789abcdef0123456789abcdef/0000000a"),
            (Place::Behind(&object, Folders::Uploads), "some/prefix/uploads/0a23456789abcdef0123456789abcdef/z"),
            (Place::Behind(&object, Folders::Pieces),  "some/prefix/pieces/0a23456789abcdef0123456789abcdef/z"),
            (Place::Document(DocumentKind::Rows, "a1"), "some/prefix/rows/a1"),
            (Place::Check(&object),        "some/prefix/checks/0a23456789abcdef0123456789abcdef"),
        ];
        for (place, key) in cases {
            assert_eq!(place.path(&prefix).as_ref(), key);
        }
        let turn = Place::Turn(&object, 255).path(&prefix);
        assert_eq!(turn_of(&turn), Some(255));
        assert!(Place::Behind(&object, Folders::Uploads).path(&prefix) > turn);
        let last_piece = Place::Piece(&object, u32::MAX).path(&prefix);
        assert!(Place::Behind(&object, Folders::Pieces).path(&prefix) > last_piece);
        assert_eq!(object_of(&turn, &Place::Objects.path(&prefix)), None);
        assert_eq!(object_of(&turn, &Place::Uploads.path(&prefix)), Some(object));
    }
}
