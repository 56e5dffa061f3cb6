use std::fmt;

use blobs::DocumentKind;
use db::Db;
use names::{Digest, Timestamp};
use serde::{Deserialize, Serialize};

use super::BackupPlace;
use crate::Operations;
use crate::migrate::MoveError;

/// The name of a backup: when it was begun, to the second, in UTC. They sort by time.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct BackupId(String);

impl BackupId {
    /// The name of a backup that is begun now.
    pub(super) fn at(moment: Timestamp) -> Self {
        let moment = jiff::Timestamp::from_microsecond(moment.as_micros())
            .expect("clocks show years of four digits");
        Self(moment.strftime("%Y%m%dT%H%M%SZ").to_string())
    }

    /// Its text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for BackupId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a complete backup consists of.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Manifest {
    /// The version of the format.
    pub(super) format: u32,
    /// Its name.
    pub id: BackupId,
    /// The program that made it.
    pub version: String,
    /// The schema of its rows.
    pub schema: i64,
    /// When it was begun, in microseconds. Its rows are of a moment soon after.
    pub begun_at: i64,
    /// When all of it was here, in microseconds.
    pub completed_at: i64,
    /// The root keys that open what is in it, by their ids.
    pub root_keys: Vec<String>,
    /// Something sealed under the last of them: whoever opens it has the key.
    pub(super) probe: Vec<u8>,
    /// The files of its rows, in the order of the tables.
    pub(super) tables: Vec<TableFiles>,
    /// What its rows hash to.
    pub rows_digest: String,
    /// Rows.
    pub rows: u64,
    /// Objects that its rows name.
    pub objects: u64,
    /// The bytes of layers among them.
    pub bytes: u64,
    /// Objects that its rows name and a job is to write, so that they are not here.
    pub(super) awaited: Vec<String>,
}

/// The files of one table.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct TableFiles {
    pub(super) table: String,
    pub(super) last_generated: i64,
    pub(super) files: Vec<String>,
}

pub(super) const FORMAT: u32 = 1;

/// What the probe is sealed for.
const PROBE: &str = "backup";

impl Manifest {
    /// Something that only the keyring of `operations` opens.
    pub(super) fn probe_of(operations: &Operations, id: &BackupId) -> Vec<u8> {
        operations.keyring.seal(PROBE, id.as_str(), id.as_str().as_bytes())
    }

    /// Refuses what cannot be restored by this program and with this keyring.
    pub(super) fn require_usable(&self, operations: &Operations) -> Result<(), MoveError> {
        let known = Db::schema();
        if self.schema != known {
            let (found, version) = (self.schema, self.version.clone());
            return Err(MoveError::OtherSchema { found, known, version });
        }
        let opened = operations.keyring.open(PROBE, self.id.as_str(), &self.probe);
        if !opened.is_ok_and(|probe| *probe == *self.id.as_str().as_bytes()) {
            return Err(MoveError::OtherKeyring { wanted: self.root_keys.join(", ") });
        }
        Ok(())
    }

    fn encode(&self) -> Vec<u8> {
        let mut text = serde_json::to_string(self).expect("plain data is JSON");
        let digest = Digest::sha256(text.as_bytes());
        text.push('\n');
        text.push_str(digest.hex());
        text.push('\n');
        text.into_bytes()
    }

    fn decode(bytes: &[u8]) -> Result<Self, &'static str> {
        let text = std::str::from_utf8(bytes).map_err(|_| "it is not text")?;
        let (line, digest) = text.split_once('\n').ok_or("it was cut")?;
        if Digest::sha256(line.as_bytes()).hex() != digest.trim_end() {
            return Err("its content is not what was written");
        }
        let manifest: Self =
            serde_json::from_str(line).map_err(|_| "it was written by a newer version")?;
        if manifest.format == FORMAT {
            Ok(manifest)
        } else {
            Err("it was written by a newer version")
        }
    }
}

/// All complete backups, oldest first.
pub async fn list(place: &BackupPlace) -> Result<Vec<Manifest>, MoveError> {
    let mut found = Vec::new();
    for id in place.documents.list(DocumentKind::Manifest).await? {
        found.extend(read(place, &id).await?);
    }
    Ok(found)
}

/// The backup of this name, or the newest.
pub async fn find(place: &BackupPlace, id: Option<&str>) -> Result<Manifest, MoveError> {
    let newest = match id {
        Some(id) => Some(id.to_owned()),
        None => place.documents.list(DocumentKind::Manifest).await?.pop(),
    };
    let none = || MoveError::NoBackup { id: id.unwrap_or("here").to_owned() };
    let id = newest.ok_or_else(none)?;
    let fits = id.bytes().all(|b| b.is_ascii_alphanumeric());
    let found = if fits { read(place, &id).await? } else { None };
    found.ok_or(MoveError::NoBackup { id })
}

async fn read(place: &BackupPlace, id: &str) -> Result<Option<Manifest>, MoveError> {
    let bytes = place.documents.read(DocumentKind::Manifest, id).await?;
    let damaged = |what| MoveError::BackupDamaged { what: format!("backups/{id}: {what}") };
    bytes.map(|bytes| Manifest::decode(&bytes).map_err(damaged)).transpose()
}

/// Makes a backup complete.
pub(super) async fn put(place: &BackupPlace, manifest: &Manifest) -> Result<(), MoveError> {
    let bytes = manifest.encode();
    Ok(place.documents.put(DocumentKind::Manifest, manifest.id.as_str(), bytes).await?)
}
