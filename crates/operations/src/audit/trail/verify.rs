//! Verifies the files of a trail offline, as `aws cloudtrail validate-logs` does online, and
//! notices what that cannot: that the newest files are missing.
//!
//! Files are read in the order of their names, so a digest file comes after the one that it names.
//! Nothing of them is believed that a known key did not sign.

use std::collections::BTreeMap;
use std::fmt;
use std::io::Read as _;

use blobs::{Files, StoreError};
use flate2::bufread::GzDecoder;
use keys::is_signed_by;
use names::{Digest, Timestamp};

use super::digest_file::{DigestText, NamedLogFile, SIGNED_WITH, SignatureText};
use super::file_names::{ENDING, ROOT, SIGNATURE};
use crate::wording::moment;

/// What is verified.
#[derive(Debug, Clone, Default)]
pub struct TrailCheck {
    /// The keys that may have signed, by their fingerprints: each an `RSAPublicKey` in DER.
    pub keys: BTreeMap<String, Vec<u8>>,
    /// Only files of this account.
    pub account: Option<String>,
    /// Only files of this Region.
    pub region: Option<String>,
    /// Only digest files that end after this moment.
    pub since: Option<Timestamp>,
    /// Each chain goes on until then, at least.
    pub expect_until: Option<Timestamp>,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CheckedTrail {
    /// Digest files that are valid.
    pub valid_digests: u64,
    /// Log files that are valid.
    pub valid_logs: u64,
    /// Log files that no digest file names: newer than the newest, or put there by others.
    pub unnamed_logs: u64,
    /// What is wrong.
    pub problems: Vec<TrailProblem>,
    /// Digest files with which a chain begins anew.
    pub beginnings: Vec<String>,
    /// Until when digest files reach, by the folder of a registry.
    pub reached: BTreeMap<String, Timestamp>,
}

/// Something that is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrailProblem {
    /// What kind of file it is.
    pub file: TrailFileKind,
    /// Its key, or that of the folder that lacks it.
    pub object: String,
    /// What is wrong.
    pub why: String,
}

/// A kind of file of a trail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrailFileKind {
    /// A digest file.
    Digest,
    /// A log file.
    Log,
}

impl fmt::Display for TrailProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.file {
            TrailFileKind::Digest => "Digest file",
            TrailFileKind::Log => "Log file",
        };
        write!(f, "{kind} {} INVALID: {}", self.object, self.why)
    }
}

const LIST_MAX: usize = 1_000;
/// Longer than any file that we write, compressed or not.
const FILE_BYTES_MAX: u64 = 64 << 20;
const TEXT_BYTES_MAX: u64 = 512 << 20;
const SIGNATURE_BYTES_MAX: u64 = 4 << 10;
/// More problems than a person reads.
const PROBLEMS_MAX: usize = 10_000;

/// The newest digest file of a chain that was looked at.
struct Last {
    object: String,
    /// The digest of its text, if it could be read.
    hash: Option<String>,
}

struct Walk<'a> {
    files: &'a Files,
    check: &'a TrailCheck,
    found: CheckedTrail,
    /// By the name that the digest files of a chain have in common.
    chains: BTreeMap<String, Last>,
    logs_seen: u64,
    logs_named: u64,
}

/// Verifies all files of a trail below a folder.
pub async fn verify_trail(files: &Files, check: &TrailCheck) -> Result<CheckedTrail, StoreError> {
    let (found, chains) = (CheckedTrail::default(), BTreeMap::new());
    let mut walk = Walk { files, check, found, chains, logs_seen: 0, logs_named: 0 };
    let mut after = String::new();
    loop {
        let keys = files.list(ROOT, &after, LIST_MAX).await?;
        for key in &keys {
            walk.look_at(key).await?;
        }
        match keys.last() {
            Some(last) if keys.len() == LIST_MAX => after.clone_from(last),
            _ => break,
        }
    }
    walk.require_end();
    walk.found.unnamed_logs = walk.logs_seen.saturating_sub(walk.logs_named);
    Ok(walk.found)
}

impl Walk<'_> {
    async fn look_at(&mut self, key: &str) -> Result<(), StoreError> {
        // AWSLogs/ACCOUNT/KIND/REGION/YYYY/MM/DD/FILE
        let parts: Vec<&str> = key.split('/').collect();
        let [_, account, kind, region, _, _, _, name] = parts[..] else { return Ok(()) };
        let is = |wanted: &Option<String>, this| wanted.as_ref().is_none_or(|it| it == this);
        if !name.ends_with(ENDING) || !is(&self.check.account, account) {
            return Ok(());
        }
        if !is(&self.check.region, region) {
            return Ok(());
        }
        match kind {
            "CloudTrail" => self.logs_seen += 1,
            "CloudTrail-Digest" => {
                let is_wanted = |end| self.check.since.is_none_or(|since| end > since);
                if end_of(name).is_none_or(is_wanted) {
                    let chain = format!("{ROOT}/{account}/{kind}/{region} {}", stem_of(name));
                    self.digest(key, chain).await?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    async fn digest(&mut self, key: &str, chain: String) -> Result<(), StoreError> {
        let read = self.files.read(key, FILE_BYTES_MAX).await;
        let text = match read {
            Ok(bytes) => bytes.and_then(|bytes| text_of(&bytes)),
            Err(StoreError::TooLong { .. }) => None,
            Err(error) => return Err(error),
        };
        let hash = text.as_ref().map(|text| Digest::sha256(text).hex().to_owned());
        let digest = text.and_then(|text| serde_json::from_slice::<DigestText>(&text).ok());
        let last = self.chains.remove(&chain);
        let read = digest.zip(hash.clone());
        let newest = Last { object: key.to_owned(), hash };
        self.chains.insert(chain.clone(), newest);
        let Some((digest, hash)) = read else {
            self.digest_is(key, "invalid format");
            return Ok(());
        };
        if let Some(why) = self.why_not(key, &digest, &hash).await? {
            self.digest_is(key, &why);
            return Ok(());
        }
        self.found.valid_digests += 1;
        self.link(key, &digest, last);
        if let Some(end) = end_of(key) {
            let folder = chain.split(' ').next().unwrap_or_default().to_owned();
            let reached = self.found.reached.entry(folder).or_insert(end);
            *reached = (*reached).max(end);
        }
        for log in &digest.log_files {
            self.log(key, &digest, log).await?;
        }
        Ok(())
    }

    /// Why a digest file is not one of ours in its own place.
    async fn why_not(
        &self,
        key: &str,
        digest: &DigestText,
        hash: &str,
    ) -> Result<Option<String>, StoreError> {
        let is = |why: &str| Ok(Some(why.to_owned()));
        if prefix_of(&digest.object, key).is_none() {
            return is("has been moved from its original location");
        }
        let beside = self.files.read(&format!("{key}{SIGNATURE}"), SIGNATURE_BYTES_MAX).await;
        let beside = match beside {
            Ok(beside) => beside,
            Err(StoreError::TooLong { .. }) => None,
            Err(error) => return Err(error),
        };
        let beside = beside.and_then(|it| serde_json::from_slice::<SignatureText>(&it).ok());
        let Some(beside) = beside else { return is("its signature is not beside it") };
        let Some(public) = self.check.keys.get(&digest.fingerprint) else {
            return is("it names a key that is not among the public keys");
        };
        let signature = hex::decode(&beside.signature).unwrap_or_default();
        let signed = digest.signed_with(hash);
        let is_right = beside.signature_algorithm == SIGNED_WITH
            && is_signed_by(public, signed.as_bytes(), &signature);
        if !is_right {
            return is("signature verification failed");
        }
        // The name is not signed apart from the key, and says where the chain ends.
        if end_of(key).map(moment).as_deref() != Some(digest.digest_end_time.as_str()) {
            return is("its name has another end");
        }
        Ok(None)
    }

    /// Compares what a digest file says about the one before it with what was there.
    fn link(&mut self, key: &str, digest: &DigestText, last: Option<Last>) {
        let named = digest.previous_object.as_deref();
        let Some(named) = named.zip(prefix_of(&digest.object, key)) else {
            if last.is_some() {
                self.found.beginnings.push(key.to_owned());
            }
            return;
        };
        let (named, prefix) = named;
        let named = named.strip_prefix(prefix).unwrap_or(named).to_owned();
        match last {
            Some(last) if last.object == named => {
                if last.hash.is_some() && last.hash != digest.previous_hash {
                    self.digest_is(&named, "hash value doesn't match");
                }
            }
            Some(last) if last.object > named => {
                self.digest_is(&last.object, "the next digest file does not follow it");
            }
            _ => {
                let is_wanted = |end| self.check.since.is_none_or(|since| end > since);
                if end_of(&named).is_none_or(is_wanted) {
                    self.digest_is(&named, "not found");
                }
            }
        }
    }

    async fn log(
        &mut self,
        key: &str,
        digest: &DigestText,
        log: &NamedLogFile,
    ) -> Result<(), StoreError> {
        let prefix = prefix_of(&digest.object, key).unwrap_or_default();
        let object = log.object.strip_prefix(prefix).unwrap_or(&log.object);
        let bytes = match self.files.read(object, FILE_BYTES_MAX).await {
            Ok(None) => {
                self.log_is(object, "not found");
                return Ok(());
            }
            Ok(Some(bytes)) => Some(bytes),
            Err(StoreError::TooLong { .. }) => None,
            Err(error) => return Err(error),
        };
        self.logs_named += 1;
        match bytes.and_then(|bytes| text_of(&bytes)) {
            None => self.log_is(object, "invalid format"),
            Some(text) if Digest::sha256(&text).hex() == log.hash_value => {
                self.found.valid_logs += 1;
            }
            Some(_) => self.log_is(object, "hash value doesn't match"),
        }
        Ok(())
    }

    /// Every chain goes on until the moment that is known from elsewhere.
    fn require_end(&mut self) {
        let Some(expected) = self.check.expect_until else { return };
        let short = |(folder, end): (&String, &Timestamp)| {
            (*end < expected).then(|| (folder.clone(), format!("end at {}", moment(*end))))
        };
        let mut short: Vec<(String, String)> =
            self.found.reached.iter().filter_map(short).collect();
        if self.found.reached.is_empty() {
            short.push((ROOT.to_owned(), "are not there".to_owned()));
        }
        for (folder, how) in short {
            let expected = moment(expected);
            let why =
                format!("the newest are missing: they {how}, and were delivered until {expected}");
            self.digest_is(&folder, &why);
        }
    }

    fn digest_is(&mut self, object: &str, why: &str) {
        self.problem(TrailFileKind::Digest, object, why);
    }

    fn log_is(&mut self, object: &str, why: &str) {
        self.problem(TrailFileKind::Log, object, why);
    }

    fn problem(&mut self, file: TrailFileKind, object: &str, why: &str) {
        if self.found.problems.len() < PROBLEMS_MAX {
            let (object, why) = (object.to_owned(), why.to_owned());
            self.found.problems.push(TrailProblem { file, object, why });
        }
    }
}

/// What stands before a key in the bucket, if the object is that of the key.
fn prefix_of<'o>(object: &'o str, key: &str) -> Option<&'o str> {
    object.strip_suffix(key).filter(|prefix| prefix.is_empty() || prefix.ends_with('/'))
}

/// The digits and letters of `20270115T080000Z`.
const STAMP: usize = 16;

/// The name of a digest file up to its end.
fn stem_of(name: &str) -> &str {
    let end = name.len().checked_sub(ENDING.len() + STAMP);
    end.and_then(|end| name.get(..end)).unwrap_or(name)
}

/// How names tell times.
const TIME: &str = "%Y%m%dT%H%M%SZ";

/// When a digest file ends, as its name says.
fn end_of(name: &str) -> Option<Timestamp> {
    let stamp = name.strip_suffix(ENDING)?;
    let stamp = stamp.get(stamp.len().checked_sub(STAMP)?..)?;
    let civil = jiff::civil::DateTime::strptime(TIME, stamp).ok()?;
    // A sixtieth second is read as the one before.
    if civil.strftime(TIME).to_string() != stamp {
        return None;
    }
    let zoned = civil.to_zoned(jiff::tz::TimeZone::UTC).ok()?;
    Some(Timestamp::from_seconds(zoned.timestamp().as_second()))
}

/// What a file says: all of it is one stream of gzip, and not too long.
fn text_of(bytes: &[u8]) -> Option<Vec<u8>> {
    let (mut text, mut gzip) = (Vec::new(), GzDecoder::new(bytes));
    let read = gzip.by_ref().take(TEXT_BYTES_MAX + 1).read_to_end(&mut text).ok()?;
    let is_whole = read as u64 <= TEXT_BYTES_MAX && gzip.into_inner().is_empty();
    is_whole.then_some(text)
}

#[cfg(test)]
mod tests {
    use super::super::log_file::compressed;
    use super::*;

    #[test]
    fn names_say_when_a_digest_file_ends() {
        let stem = "1_CloudTrail-Digest_us-east-1_trail_us-east-1_";
        #[rustfmt::skip]
        let cases = [
            (format!("{stem}20270115T080000Z.json.gz"), Some(1_800_000_000), "a digest file"),
            (format!("{stem}20270115T080000Z.json"),    None,                "another ending"),
            (format!("{stem}20270115T080060Z.json.gz"), None,                "no time"),
            (format!("{stem}ä0270115T080000Z.json.gz"), None,                "not ASCII"),
            ("0Z.json.gz".to_owned(),                   None,                "too short"),
        ];
        for (name, expected, because) in cases {
            assert_eq!(end_of(&name).map(Timestamp::as_seconds), expected, "{name}: {because}");
            let _ = stem_of(&name);
        }
        assert_eq!(stem_of(&format!("{stem}20270115T080000Z.json.gz")), stem);
    }

    #[test]
    fn a_file_is_one_stream() {
        let whole = compressed(b"text").unwrap();
        assert_eq!(text_of(&whole).as_deref(), Some(&b"text"[..]));
        assert_eq!(text_of(&[whole.as_slice(), b"more"].concat()), None);
        assert_eq!(text_of(&whole[..whole.len() - 1]), None);
        assert_eq!(text_of(b"text"), None);
    }
}
