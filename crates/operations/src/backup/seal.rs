//! The seal of a backup's files.
//!
//! ```text
//! magic 8 "LSBACKUP" · format 1 · sealed by the keyring
//! ```
//! A file opens only as what it was sealed as: a manifest under its name; rows under the registry,
//! the table and the name that a manifest gives them; a note of progress under the registry and the
//! rows that it concerns. The name of rows is a keyed hash of their content, so a file of rows can
//! neither be guessed nor replace another.

use std::sync::Arc;

use blobs::DocumentKind;
use keys::{KeyError, Keyring, RootKeyId, root_id_of};
use names::Digest;

use crate::migrate::MoveError;

/// The format of sealed files, which manifests name.
pub(super) const FORMAT: u32 = 2;

const MAGIC: &[u8; 8] = b"LSBACKUP";

/// The purpose of the keyed hashes that rows are named by.
const NAMES: &str = "backup names";

/// What to do about an unusable file.
const OTHER: &str = "bring the file back from a version of it that the store kept, or restore another backup with --at ID (longshore backup list shows them)";

/// The kind of a file, which it is sealed with.
#[derive(Debug, Clone, Copy)]
pub(super) enum Sealed<'a> {
    /// The manifest of the backup of this name.
    Manifest { id: &'a str },
    /// Rows of a table.
    Rows { deployment: &'a str, table: &'a str, name: &'a str },
    /// The note that the objects of some rows are there.
    Progress { deployment: &'a str, name: &'a str },
}

impl Sealed<'_> {
    fn purpose(self) -> &'static str {
        match self {
            Self::Manifest { .. } => "backup manifest",
            Self::Rows { .. } => "backup rows",
            Self::Progress { .. } => "backup progress",
        }
    }

    /// No part has a slash in it: ids and names are letters and digits, tables are our own words.
    fn context(self) -> String {
        match self {
            Self::Manifest { id } => format!("{FORMAT}/{id}"),
            Self::Rows { deployment, table, name } => {
                format!("{FORMAT}/{deployment}/{table}/{name}")
            }
            Self::Progress { deployment, name } => format!("{FORMAT}/{deployment}/{name}"),
        }
    }

    /// The path of the file, below the place of backups.
    fn path(self) -> String {
        let (Self::Manifest { id: name } | Self::Rows { name, .. } | Self::Progress { name, .. }) =
            self;
        let kind = match self {
            Self::Manifest { .. } => DocumentKind::Manifest,
            Self::Rows { .. } => DocumentKind::Rows,
            Self::Progress { .. } => DocumentKind::Progress,
        };
        format!("{}/{name}", kind.folder())
    }

    /// The bytes of the file.
    pub(super) fn seal(self, keyring: &Keyring, content: &[u8]) -> Vec<u8> {
        let sealed = keyring.seal(self.purpose(), &self.context(), content);
        [&MAGIC[..], &[FORMAT_BYTE], &sealed].concat()
    }

    /// The content of the file, if these bytes were sealed as this kind and name.
    pub(super) fn open(self, keyring: &Keyring, bytes: &[u8]) -> Result<Vec<u8>, MoveError> {
        let refused = |why: &str| refuse(&self.path(), why);
        let sealed = match bytes.strip_prefix(MAGIC) {
            Some([FORMAT_BYTE, sealed @ ..]) => sealed,
            Some([format, ..]) if *format > FORMAT_BYTE => {
                return Err(refused("a newer version of longshore wrote it"));
            }
            Some(_) => return Err(refused("it was cut")),
            None => return Err(refused("it is not sealed")),
        };
        match keyring.open(self.purpose(), &self.context(), sealed) {
            Ok(content) => Ok(content.to_vec()),
            Err(KeyError::UnknownRoot { id }) => {
                Err(MoveError::BackupOfOtherKeyring { file: self.path(), wanted: id })
            }
            Err(_) => Err(refused(
                "it is not what was sealed there; it was altered, cut, or copied there from another place",
            )),
        }
    }
}

const FORMAT_BYTE: u8 = 2;
const _: () = assert!(FORMAT_BYTE as u32 == FORMAT);

/// The root key that a file names, if it is sealed.
pub(super) fn root_of(bytes: &[u8]) -> Option<String> {
    let sealed = bytes.strip_prefix(MAGIC)?.strip_prefix(&[FORMAT_BYTE])?;
    root_id_of(sealed).map(|id| RootKeyId::to_string(&id))
}

/// Whether the file claims to be sealed. Files of an older version do not.
pub(super) fn is_sealed(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}

/// The refusal of a file.
pub(super) fn refuse(file: &str, why: &str) -> MoveError {
    MoveError::BackupDamaged { what: format!("{file}: {why}; {OTHER}") }
}

/// How the rows of a backup are protected.
#[derive(Debug, Clone)]
pub(super) enum RowSeal {
    /// Sealed, by this registry.
    Sealed { keyring: Arc<Keyring>, deployment: String },
    /// Not at all, by an older version: they are named by their SHA-256.
    Nothing,
}

impl RowSeal {
    /// The name of a file with these rows.
    pub(super) fn name(&self, table: &str, content: &[u8]) -> String {
        match self {
            Self::Sealed { keyring, deployment } => {
                // After a rotation, files that are sealed under a former root key are not built on.
                let current = keyring.current();
                let place = if keyring.known().first() == Some(&current) {
                    format!("{FORMAT}/{deployment}/{table}")
                } else {
                    format!("{FORMAT}/{deployment}/{table}/{current}")
                };
                hex::encode(keyring.fingerprint(NAMES, &place, content))
            }
            Self::Nothing => Digest::sha256(content).hex().to_owned(),
        }
    }

    /// The content of the file of this name.
    pub(super) fn open(
        &self,
        table: &str,
        name: &str,
        bytes: Vec<u8>,
    ) -> Result<Vec<u8>, MoveError> {
        match self {
            Self::Sealed { keyring, deployment } => {
                Sealed::Rows { deployment, table, name }.open(keyring, &bytes)
            }
            Self::Nothing if self.name(table, &bytes) == name => Ok(bytes),
            Self::Nothing => {
                Err(refuse(&format!("rows/{name}"), "its content is not what it is named after"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keyring(first: u8) -> Keyring {
        Keyring::parse(&format!("{}{first:02x}", "01".repeat(31))).unwrap()
    }

    #[test]
    fn a_file_opens_as_what_it_was_sealed_as_and_as_nothing_else() {
        let here = keyring(2);
        let (deployment, other) = ("a", "b");
        let files = [
            Sealed::Manifest { id: "20260101T000000Z" },
            Sealed::Manifest { id: "20260101T000001Z" },
            Sealed::Rows { deployment, table: "image", name: "n" },
            Sealed::Rows { deployment, table: "image", name: "m" },
            Sealed::Rows { deployment, table: "blob", name: "n" },
            Sealed::Rows { deployment: other, table: "image", name: "n" },
            Sealed::Progress { deployment, name: "n" },
            Sealed::Progress { deployment: other, name: "n" },
        ];
        for (at, file) in files.iter().enumerate() {
            let bytes = file.seal(&here, b"rows");
            for (elsewhere, other) in files.iter().enumerate() {
                let opened = other.open(&here, &bytes);
                assert_eq!(opened.is_ok(), at == elsewhere, "{file:?} as {other:?}");
            }
            let refused = file.open(&keyring(3), &bytes).unwrap_err();
            assert!(matches!(refused, MoveError::BackupOfOtherKeyring { .. }), "{refused}");
        }
    }

    #[test]
    fn every_changed_bit_and_every_cut_is_refused() {
        let (here, file) = (keyring(2), Sealed::Manifest { id: "20260101T000000Z" });
        let whole = file.seal(&here, b"what a backup consists of");
        assert!(!whole.windows(6).any(|bytes| bytes == b"backup"), "it cannot be read");
        for at in 0..whole.len() {
            let mut altered = whole.clone();
            altered[at] ^= 1;
            assert!(file.open(&here, &altered).is_err(), "byte {at}");
            assert!(file.open(&here, &whole[..at]).is_err(), "cut at {at}");
        }
        assert!(file.open(&here, &[&whole[..], b"\n"].concat()).is_err(), "longer");
    }

    #[test]
    fn names_of_rows_tell_nothing_and_depend_on_all() {
        let seal = |secret, deployment: &str| RowSeal::Sealed {
            keyring: Arc::new(keyring(secret)),
            deployment: deployment.to_owned(),
        };
        let name = seal(2, "a").name("image", b"rows");
        assert_eq!(name, seal(2, "a").name("image", b"rows"), "the same rows are the same file");
        assert_ne!(name, Digest::sha256(b"rows").hex());
        let others = [
            seal(3, "a").name("image", b"rows"),
            seal(2, "b").name("image", b"rows"),
            seal(2, "a").name("blob", b"rows"),
            seal(2, "a").name("image", b"row"),
        ];
        assert!(others.iter().all(|other| *other != name));
    }
}
