//! The manifest of a complete backup, as a file.

use std::fmt;
use std::sync::Arc;

use blobs::DocumentKind;
use db::Db;
use keys::Keyring;
use names::{Digest, Timestamp};
use serde::{Deserialize, Serialize};

use super::BackupPlace;
use super::seal::{FORMAT, RowSeal, Sealed, is_sealed, refuse, root_of};
use crate::migrate::MoveError;
use crate::{IfUnsealed, Operations};

/// The name of a backup: when it began, to the second, in UTC. Names sort by time.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct BackupId(String);

impl BackupId {
    /// The name of a backup that begins now.
    pub(super) fn at(moment: Timestamp) -> Self {
        let moment = jiff::Timestamp::from_microsecond(moment.as_micros())
            .expect("clocks show years of four digits");
        Self(moment.strftime("%Y%m%dT%H%M%SZ").to_string())
    }

    /// Reads a name, such as `20261121T020000Z`.
    pub fn parse(text: &str) -> Option<Self> {
        let fits = |(at, byte): (usize, u8)| match at {
            8 => byte == b'T',
            15 => byte == b'Z',
            _ => byte.is_ascii_digit(),
        };
        (text.len() == 16 && text.bytes().enumerate().all(fits)).then(|| Self(text.to_owned()))
    }

    /// Its text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its manifest's file.
    pub(super) fn file(&self) -> String {
        format!("{}/{self}", DocumentKind::Manifest.folder())
    }
}

impl fmt::Display for BackupId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The manifest of a complete backup.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Manifest {
    /// The version of the format.
    pub(super) format: u32,
    /// Its name.
    pub id: BackupId,
    /// The registry that it is of; empty if the backup is not sealed.
    #[serde(default)]
    pub deployment: String,
    /// The program that made it.
    pub version: String,
    /// The schema of its rows.
    pub schema: i64,
    /// When it began, in microseconds. Its rows are from a moment soon after.
    pub begun_at: i64,
    /// When all of it was here, in microseconds.
    pub completed_at: i64,
    /// The ids of the root keys that open its content.
    pub root_keys: Vec<String>,
    /// In a backup that is not sealed: something that only the keyring opens which its secrets are
    /// sealed with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) probe: Vec<u8>,
    /// The files of its rows, in the order of the tables.
    pub(super) tables: Vec<TableFiles>,
    /// The hash of its rows.
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

/// The format that sealed nothing.
const UNSEALED: u32 = 1;

/// The purpose that the probe of an unsealed backup is sealed for.
const PROBE: &str = "backup";

impl Manifest {
    /// Did the registry vouch for it?
    pub fn is_sealed(&self) -> bool {
        self.format == FORMAT
    }

    /// How its rows are protected.
    pub(super) fn row_seal(&self, keyring: &Arc<Keyring>) -> RowSeal {
        if self.is_sealed() {
            let (keyring, deployment) = (Arc::clone(keyring), self.deployment.clone());
            RowSeal::Sealed { keyring, deployment }
        } else {
            RowSeal::Nothing
        }
    }

    /// Refuses an unsealed manifest, unless the operator accepts it.
    pub fn require_trust(&self, if_unsealed: IfUnsealed) -> Result<(), MoveError> {
        if self.is_sealed() || if_unsealed == IfUnsealed::Accept {
            return Ok(());
        }
        Err(MoveError::BackupUnsealed { file: self.id.file() })
    }

    /// Refuses a backup that this program, or this keyring, cannot restore.
    pub(super) fn require_usable(
        &self,
        operations: &Operations,
        if_unsealed: IfUnsealed,
    ) -> Result<(), MoveError> {
        self.require_trust(if_unsealed)?;
        if !self.is_sealed() {
            let opened = operations.keyring.open(PROBE, self.id.as_str(), &self.probe);
            if !opened.is_ok_and(|probe| *probe == *self.id.as_str().as_bytes()) {
                return Err(MoveError::OtherKeyring { wanted: self.root_keys.join(", ") });
            }
        }
        let known = Db::schema();
        if self.schema != known {
            let (found, version) = (self.schema, self.version.clone());
            return Err(MoveError::OtherSchema { found, known, version });
        }
        Ok(())
    }

    fn encode(&self, keyring: &Keyring) -> Vec<u8> {
        let text = serde_json::to_vec(self).expect("plain data is JSON");
        Sealed::Manifest { id: self.id.as_str() }.seal(keyring, &text)
    }

    /// Reads the file of this name.
    pub(super) fn decode(
        bytes: &[u8],
        id: &BackupId,
        keyring: &Keyring,
    ) -> Result<Self, MoveError> {
        let refused = |why: &str| refuse(&id.file(), why);
        let (text, format) = if is_sealed(bytes) {
            (Sealed::Manifest { id: id.as_str() }.open(keyring, bytes)?, FORMAT)
        } else {
            (unsealed_text(bytes).map_err(refused)?.to_vec(), UNSEALED)
        };
        let manifest: Self = serde_json::from_slice(&text)
            .map_err(|_| refused("another version of longshore wrote it"))?;
        if manifest.format != format {
            return Err(refused("another version of longshore wrote it"));
        }
        if manifest.id != *id {
            return Err(refused("it is the manifest of another backup"));
        }
        Ok(manifest)
    }
}

/// The line of an unsealed manifest, compared with the hash after it: that finds accidents, but no
/// forgeries.
fn unsealed_text(bytes: &[u8]) -> Result<&[u8], &'static str> {
    let text = std::str::from_utf8(bytes).map_err(|_| "it is not text")?;
    let (line, digest) = text.split_once('\n').ok_or("it was cut")?;
    if Digest::sha256(line.as_bytes()).hex() == digest.trim_end() {
        Ok(line.as_bytes())
    } else {
        Err("its content is not what was written")
    }
}

/// A backup that is named in a place, and its manifest, if that can be believed.
#[derive(Debug)]
pub struct Listed {
    /// Its name.
    pub id: BackupId,
    /// The manifest, or why it cannot be read.
    pub manifest: Result<Manifest, MoveError>,
}

/// The names of all backups, oldest first. These are names of files, which are not verified.
pub async fn names(place: &BackupPlace) -> Result<Vec<BackupId>, MoveError> {
    let names = place.documents.list(DocumentKind::Manifest).await?;
    Ok(names.iter().filter_map(|name| BackupId::parse(name)).collect())
}

/// All complete backups, oldest first.
pub async fn list(place: &BackupPlace, keyring: &Keyring) -> Result<Vec<Listed>, MoveError> {
    let mut found = Vec::new();
    for id in names(place).await? {
        // Another run may have removed it.
        let Some(bytes) = read(place, &id).await? else { continue };
        let manifest = Manifest::decode(&bytes, &id, keyring);
        found.push(Listed { id, manifest });
    }
    Ok(found)
}

/// The backup of this name, or the newest. An altered one is refused, and never skipped in favour
/// of another.
pub async fn find(
    place: &BackupPlace,
    keyring: &Keyring,
    id: Option<&str>,
) -> Result<Manifest, MoveError> {
    let (id, bytes) = find_bytes(place, id).await?;
    Manifest::decode(&bytes, &id, keyring)
}

/// Refuses a backup of another registry than the one that is wanted. If none is named, all backups
/// in the place must be of one registry: otherwise the right one is unknown.
///
/// A registry's backups are sealed under its keyring, and registries may share one. Others who can
/// write to the place, and hold another registry under the same keyring, could put its backup there
/// as the newest.
pub async fn require_registry(
    place: &BackupPlace,
    keyring: &Keyring,
    manifest: &Manifest,
    wanted: Option<&str>,
) -> Result<(), MoveError> {
    if let Some(wanted) = wanted {
        if manifest.deployment == wanted {
            return Ok(());
        }
        return Err(MoveError::NotOfRegistry {
            file: manifest.id.file(),
            found: manifest.deployment.clone(),
            wanted: wanted.to_owned(),
        });
    }
    let others = list(place, keyring).await?.into_iter().filter_map(|listed| listed.manifest.ok());
    let mut sealed = others.filter(Manifest::is_sealed);
    match sealed.find(|other| other.deployment != manifest.deployment) {
        Some(other) if manifest.is_sealed() => Err(MoveError::TwoRegistries {
            file: manifest.id.file(),
            found: manifest.deployment.clone(),
            other: other.id.file(),
            others: other.deployment,
        }),
        _ => Ok(()),
    }
}

/// The root key that opens the backup of this name, or the newest, according to the unopened file.
pub async fn root_key_of(
    place: &BackupPlace,
    id: Option<&str>,
) -> Result<Option<String>, MoveError> {
    let (_, bytes) = find_bytes(place, id).await?;
    Ok(root_of(&bytes))
}

async fn find_bytes(
    place: &BackupPlace,
    id: Option<&str>,
) -> Result<(BackupId, Vec<u8>), MoveError> {
    let none = || MoveError::NoBackup { id: id.unwrap_or("here").to_owned() };
    let wanted = match id {
        Some(id) => BackupId::parse(id),
        None => names(place).await?.pop(),
    };
    let wanted = wanted.ok_or_else(none)?;
    let bytes = read(place, &wanted).await?.ok_or_else(none)?;
    Ok((wanted, bytes))
}

async fn read(place: &BackupPlace, id: &BackupId) -> Result<Option<Vec<u8>>, MoveError> {
    Ok(place.documents.read(DocumentKind::Manifest, id.as_str()).await?)
}

/// Makes a backup complete.
pub(super) async fn put(
    place: &BackupPlace,
    keyring: &Keyring,
    manifest: &Manifest,
) -> Result<(), MoveError> {
    let bytes = manifest.encode(keyring);
    Ok(place.documents.put(DocumentKind::Manifest, manifest.id.as_str(), bytes).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keyring() -> Keyring {
        let secret = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
        Keyring::parse(secret).unwrap()
    }

    fn id(text: &str) -> BackupId {
        BackupId::parse(text).unwrap()
    }

    fn manifest(format: u32) -> Manifest {
        let files = vec!["a".repeat(64)];
        let tables = vec![TableFiles { table: "registry".to_owned(), last_generated: 0, files }];
        Manifest {
            format,
            id: id("20261121T020000Z"),
            deployment: "0123456789abcdef".to_owned(),
            version: "0.1.0".to_owned(),
            schema: 1,
            begun_at: 0,
            completed_at: 1,
            root_keys: vec!["00000000".to_owned()],
            probe: Vec::new(),
            tables,
            rows_digest: String::new(),
            rows: 1,
            objects: 0,
            bytes: 0,
            awaited: Vec::new(),
        }
    }

    /// As the older version wrote it.
    fn unsealed(line: &str) -> Vec<u8> {
        format!("{line}\n{}\n", Digest::sha256(line.as_bytes()).hex()).into_bytes()
    }

    #[test]
    fn manifests_that_are_refused() {
        let (here, named) = (keyring(), id("20261121T020000Z"));
        let sealed = manifest(FORMAT).encode(&here);
        assert!(Manifest::decode(&sealed, &named, &here).unwrap().is_sealed());
        let line = |format| serde_json::to_string(&manifest(format)).unwrap();
        let old = unsealed(&line(UNSEALED));
        assert!(!Manifest::decode(&old, &named, &here).unwrap().is_sealed());

        let as_it = |bytes: &[u8]| Sealed::Manifest { id: named.as_str() }.seal(&here, bytes);
        let of_rows = Sealed::Rows { deployment: "d", table: "t", name: named.as_str() };
        let other = id("20261121T020001Z");
        let newer = [&sealed[..8], &[3], &sealed[9..]].concat();
        #[rustfmt::skip]
        let cases = [
            (Vec::new(),                      &named, "it was cut"),
            (b"{}".to_vec(),                  &named, "it was cut"),
            (vec![0xff, 0xfe],                &named, "it is not text"),
            (sealed[..8].to_vec(),            &named, "it was cut"),
            (sealed[..60].to_vec(),           &named, "it is not what was sealed there"),
            (sealed[1..].to_vec(),            &named, "it is not text"),
            (newer,                           &named, "a newer version of longshore wrote it"),
            (sealed.clone(),                  &other, "it is not what was sealed there"),
            (of_rows.seal(&here, b"{}"),      &named, "it is not what was sealed there"),
            (as_it(b"{}"),                    &named, "another version of longshore wrote it"),
            (as_it(line(1).as_bytes()),       &named, "another version of longshore wrote it"),
            (format!("{}\n0\n", line(1)).into_bytes(), &named, "its content is not what was written"),
            (unsealed(&line(FORMAT)),         &named, "another version of longshore wrote it"),
            (unsealed("{}"),                  &named, "another version of longshore wrote it"),
            (old,                             &other, "it is the manifest of another backup"),
        ];
        for (bytes, id, wanted) in cases {
            let refused = Manifest::decode(&bytes, id, &here).unwrap_err().to_string();
            let file = format!("the backup is damaged: backups/{id}: ");
            assert!(refused.starts_with(&file), "{refused}");
            assert!(refused[file.len()..].starts_with(wanted), "{refused} instead of {wanted}");
        }
    }

    #[test]
    fn names_of_backups() {
        for refused in
            ["", "lock", "../lock", "20261121T020000", "20261121t020000Z", "2026112xT020000Z"]
        {
            assert_eq!(BackupId::parse(refused), None, "{refused}");
        }
        assert!(id("20261121T020000Z") < id("20261121T020001Z"));
    }
}
