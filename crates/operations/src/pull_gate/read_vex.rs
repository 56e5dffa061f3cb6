//! Documents of OpenVEX that refer to an image: which of its vulnerabilities they excuse.
//!
//! A document that cannot be read excuses nothing.

use std::collections::BTreeMap;

use db::{DbError, ImageKey, RepositoryKey, Tx};
use names::{ByteRange, Digest, ImageStatus, RepositoryArn, Timestamp};
use scan::{VEX_BYTES_MAX, VexStatement, parse_openvex};

use crate::{Failure, Operations};

/// The artifact type of a document of OpenVEX.
const OPENVEX: &str = "application/vnd.openvex+json";
/// Referrers of an image that are looked at, and documents among them that are read.
const REFERRERS_MAX: u32 = 1000;
const DOCUMENTS_MAX: usize = 20;

/// What the documents of an image say: each vulnerability by its names in capitals.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Vex(BTreeMap<String, (Option<Timestamp>, Option<String>)>);

impl Vex {
    /// Takes statements of a document. The latest about a vulnerability counts.
    fn add(&mut self, statements: Vec<VexStatement>) {
        for VexStatement { vulnerability, said_at, excuse } in statements {
            for name in vulnerability {
                let name = name.as_str().to_ascii_uppercase();
                let is_older = self.0.get(&name).is_some_and(|(known, _)| *known > said_at);
                if !is_older {
                    self.0.insert(name, (said_at, excuse.clone()));
                }
            }
        }
    }

    /// Why a vulnerability does not count, if a document says so.
    pub(super) fn excuse(&self, vulnerability: &str) -> Option<&str> {
        self.0.get(&vulnerability.to_ascii_uppercase())?.1.as_deref()
    }
}

/// The documents that refer to an image, the newest of them.
pub(super) fn list_vex(
    tx: &mut Tx<'_>,
    home: RepositoryKey,
    image: &Digest,
) -> Result<Vec<ImageKey>, DbError> {
    let referrers = tx.list_referrers(home, image, None, REFERRERS_MAX)?;
    let is_vex = |kind: &names::MediaType| kind.as_str() == OPENVEX;
    let mut documents: Vec<ImageKey> = referrers
        .into_iter()
        .filter(|it| {
            it.status == ImageStatus::Active && it.artifact_type.as_ref().is_some_and(is_vex)
        })
        .map(|it| it.key)
        .collect();
    documents.reverse();
    documents.truncate(DOCUMENTS_MAX);
    Ok(documents)
}

impl Operations {
    /// What documents say of an image.
    pub(super) async fn read_vex(
        &self,
        arn: &RepositoryArn,
        image: &Digest,
        documents: &[ImageKey],
    ) -> Result<Vex, Failure> {
        let (keys, reader) = (documents.to_vec(), self.manifest_reader);
        let read = move |tx: &mut Tx<'_>| {
            let mut layers = Vec::new();
            for (key, found) in keys.iter().zip(tx.find_referrers(&keys)?) {
                let Some(found) = found else { continue };
                let manifest = tx.find_manifest(*key)?.unwrap_or_default();
                let manifest = reader(&manifest, &found.media_type);
                layers.extend(manifest.and_then(|it| Some(it.layers().first()?.digest.clone())));
            }
            Ok(layers)
        };
        let layers: Result<Vec<Digest>, DbError> = self.db.read(read).await;
        let mut vex = Vex::default();
        // The oldest first: the latest word counts.
        for layer in layers?.iter().rev() {
            if let Some(document) = self.read_document(arn, layer).await?
                && let Ok(statements) = parse_openvex(&document, image)
            {
                vex.add(statements);
            }
        }
        Ok(vex)
    }

    async fn read_document(
        &self,
        arn: &RepositoryArn,
        layer: &Digest,
    ) -> Result<Option<Vec<u8>>, Failure> {
        let Some(blob) = self.find_blob(arn, layer).await? else { return Ok(None) };
        if blob.size_bytes() > VEX_BYTES_MAX as u64 {
            return Ok(None);
        }
        let mut reader = self.open_blob(&blob, ByteRange::whole(blob.size_bytes())).await?;
        let mut bytes = Vec::new();
        while let Some(chunk) = reader.next().await {
            bytes.extend_from_slice(&chunk?);
        }
        Ok(Some(bytes))
    }
}

#[cfg(test)]
mod tests {
    use scan::Name;

    use super::*;

    #[test]
    fn the_latest_word_counts() {
        let statement = |seconds: i64, excuse: Option<&str>| VexStatement {
            vulnerability: vec![Name::parse("CVE-2024-1").unwrap()],
            said_at: Some(Timestamp::from_seconds(seconds)),
            excuse: excuse.map(str::to_owned),
        };
        let mut vex = Vex::default();
        vex.add(vec![statement(2, Some("fixed")), statement(1, None)]);
        assert_eq!(vex.excuse("cve-2024-1"), Some("fixed"), "it is later");
        vex.add(vec![statement(3, None)]);
        assert_eq!(vex.excuse("CVE-2024-1"), None, "it was taken back");
        assert_eq!(vex.excuse("CVE-2024-2"), None);
    }
}
