use std::path::{Path, PathBuf};

use names::ObjectKey;

use crate::documents::DocumentKind;

/// How many folders the objects are spread over: at ten million objects, forty thousand each.
pub(super) const SHELVES: u16 = 256;

/// Every path in a data folder.
#[derive(Debug, Clone, Copy)]
pub(super) enum Place<'a> {
    /// The file that the folder's process holds a lock on.
    Lock,
    /// The folder of all objects.
    Objects,
    /// One of the folders that objects are spread over.
    Shelf(u16),
    /// The folder that an object is in.
    ShelfOf(&'a ObjectKey),
    /// An object.
    Object(&'a ObjectKey),
    /// The folder of the documents of a kind.
    Documents(DocumentKind),
    /// A document.
    Document(DocumentKind, &'a str),
}

impl Place<'_> {
    pub(super) fn path(self, root: &Path) -> PathBuf {
        match self {
            Self::Lock => root.join("lock"),
            Self::Objects => root.join("objects"),
            Self::Shelf(number) => Self::Objects.path(root).join(format!("{number:02x}")),
            Self::ShelfOf(object) => Self::Objects.path(root).join(&object.as_str()[..2]),
            Self::Object(object) => Self::ShelfOf(object).path(root).join(object.as_str()),
            Self::Documents(kind) => root.join(kind.folder()),
            Self::Document(kind, name) => Self::Documents(kind).path(root).join(name),
        }
    }
}

/// The shelf of an object.
pub(super) fn shelf_of(object: &ObjectKey) -> u16 {
    u16::from_str_radix(&object.as_str()[..2], 16).expect("object keys are hex")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_has_one_path() {
        let object = ObjectKey::parse("0a23456789abcdef0123456789abcdef").unwrap();
        let root = Path::new("root");
        #[rustfmt::skip]
        let cases = [
            (Place::Lock,             "root/lock"),
            (Place::Objects,          "root/objects"),
            (Place::Shelf(10),        "root/objects/0a"),
            (Place::ShelfOf(&object), "root/objects/0a"),
            (Place::Document(DocumentKind::Manifest, "a"), "root/backups/a"),
            (Place::Object(&object),  "root/objects/0a/0a23456789abcdef0123456789abcdef"),
        ];
        for (place, path) in cases {
            assert_eq!(place.path(root), Path::new(path));
        }
        assert_eq!(shelf_of(&object), 10);
    }
}
