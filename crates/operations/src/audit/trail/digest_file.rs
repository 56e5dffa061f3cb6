//! Makes digest files, member by member as CloudTrail writes them, and signs them.

use db::{AuditFile, AuditLogFile};
use keys::SigningPair;
use names::{Digest, RegistryId, Timestamp};
use serde::{Deserialize, Serialize};

use super::TrailDestination;
use super::file_names::digest_file;
use super::log_file::compressed;
use crate::wording::moment;
use crate::{Failure, Fault};

/// How it is signed.
pub(super) const SIGNED_WITH: &str = "SHA256withRSA";
const HASHED_WITH: &str = "SHA-256";

/// The text of a digest file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct DigestText {
    pub(super) aws_account_id: String,
    pub(super) digest_start_time: String,
    pub(super) digest_end_time: String,
    #[serde(rename = "digestS3Bucket")]
    pub(super) bucket: String,
    #[serde(rename = "digestS3Object")]
    pub(super) object: String,
    #[serde(rename = "digestPublicKeyFingerprint")]
    pub(super) fingerprint: String,
    pub(super) digest_signature_algorithm: String,
    pub(super) newest_event_time: Option<String>,
    pub(super) oldest_event_time: Option<String>,
    #[serde(rename = "previousDigestS3Bucket")]
    pub(super) previous_bucket: Option<String>,
    #[serde(rename = "previousDigestS3Object")]
    pub(super) previous_object: Option<String>,
    #[serde(rename = "previousDigestHashValue")]
    pub(super) previous_hash: Option<String>,
    #[serde(rename = "previousDigestHashAlgorithm")]
    pub(super) previous_hash_algorithm: Option<String>,
    #[serde(rename = "previousDigestSignature")]
    pub(super) previous_signature: Option<String>,
    pub(super) log_files: Vec<NamedLogFile>,
}

/// A log file, as a digest file names it.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct NamedLogFile {
    #[serde(rename = "s3Bucket")]
    pub(super) bucket: String,
    #[serde(rename = "s3Object")]
    pub(super) object: String,
    pub(super) hash_value: String,
    pub(super) hash_algorithm: String,
    pub(super) newest_event_time: String,
    pub(super) oldest_event_time: String,
}

/// The signature of a digest file, in a file beside it: not every store keeps metadata.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct SignatureText {
    pub(super) signature: String,
    pub(super) signature_algorithm: String,
}

/// What a digest file is about.
pub(super) struct Period<'a> {
    pub(super) registry: &'a RegistryId,
    pub(super) since: Timestamp,
    pub(super) until: Timestamp,
    /// The one before it, and its signature.
    pub(super) previous: Option<&'a (AuditFile, String)>,
    pub(super) logs: &'a [AuditLogFile],
}

impl Period<'_> {
    /// The digest file, and its signature.
    pub(super) fn sign(
        &self,
        trail: &TrailDestination,
        (fingerprint, pair): (&str, &SigningPair),
    ) -> Result<(AuditFile, String), Failure> {
        let home = (trail.name.as_str(), trail.home_region.as_str());
        let object = digest_file(self.registry, home, self.until);
        let text = self.text(trail, fingerprint, &object);
        let signed = text.signed_string();
        let signature = hex::encode(pair.sign(signed.text.as_bytes())?);
        let body = compressed(&signed.bytes);
        let body = body.map_err(|why| Failure::Fault(Fault::Broken(why.into())))?;
        Ok((AuditFile { object, hash: signed.hash, body: Some(body) }, signature))
    }

    fn text(&self, trail: &TrailDestination, fingerprint: &str, object: &str) -> DigestText {
        let bucket = &trail.bucket;
        let named = |log: &AuditLogFile| NamedLogFile {
            bucket: bucket.clone(),
            object: trail.key(&log.file.object),
            hash_value: log.file.hash.clone(),
            hash_algorithm: HASHED_WITH.to_owned(),
            newest_event_time: moment(log.newest_at),
            oldest_event_time: moment(log.oldest_at),
        };
        let previous = self.previous;
        DigestText {
            aws_account_id: self.registry.account.to_string(),
            digest_start_time: moment(self.since),
            digest_end_time: moment(self.until),
            bucket: bucket.clone(),
            object: trail.key(object),
            fingerprint: fingerprint.to_owned(),
            digest_signature_algorithm: SIGNED_WITH.to_owned(),
            newest_event_time: self.logs.iter().map(|log| log.newest_at).max().map(moment),
            oldest_event_time: self.logs.iter().map(|log| log.oldest_at).min().map(moment),
            previous_bucket: previous.map(|_| bucket.clone()),
            previous_object: previous.map(|(file, _)| trail.key(&file.object)),
            previous_hash: previous.map(|(file, _)| file.hash.clone()),
            previous_hash_algorithm: previous.map(|_| HASHED_WITH.to_owned()),
            previous_signature: previous.map(|(_, signature)| signature.clone()),
            log_files: self.logs.iter().map(named).collect(),
        }
    }
}

/// What is signed of a digest file.
pub(super) struct Signed {
    /// The text of the digest file.
    pub(super) bytes: Vec<u8>,
    /// Its digest, in hexadecimal.
    pub(super) hash: String,
    /// What the signature is of.
    pub(super) text: String,
}

impl DigestText {
    fn signed_string(&self) -> Signed {
        let bytes = serde_json::to_vec(self).expect("a digest has no maps with strange keys");
        let hash = Digest::sha256(&bytes).hex().to_owned();
        let text = self.signed_with(&hash);
        Signed { bytes, hash, text }
    }

    /// What the signature is of, if the text has this digest.
    pub(super) fn signed_with(&self, hash: &str) -> String {
        let Self { digest_end_time, bucket, object, previous_signature, .. } = self;
        // The word, not nothing, if none is before it.
        let previous = previous_signature.as_deref().unwrap_or("null");
        format!("{digest_end_time}\n{bucket}/{object}\n{hash}\n{previous}")
    }
}

impl SignatureText {
    pub(super) fn of(signature: &str) -> Self {
        Self { signature: signature.to_owned(), signature_algorithm: SIGNED_WITH.to_owned() }
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("a signature is plain text")
    }
}
