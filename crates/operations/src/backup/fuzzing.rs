//! Exposes this crate's parsers to the fuzz targets, and nothing else.

use db::TABLES;
use keys::Keyring;

use super::chunk::decode;
use super::manifest::{BackupId, Manifest};

/// Reads a manifest under a name: `None` if it is refused, otherwise whether the keyring vouches
/// for it.
pub fn manifest(keyring: &Keyring, name: &str, bytes: &[u8]) -> Option<bool> {
    let id = BackupId::parse(name)?;
    Manifest::decode(bytes, &id, keyring).ok().map(|manifest| manifest.is_sealed())
}

/// Reads a file of rows as that of each table: how many rows it has, if it is one.
pub fn rows(bytes: &[u8]) -> Option<usize> {
    TABLES.iter().find_map(|table| decode(table, bytes).ok().map(|rows| rows.len()))
}
