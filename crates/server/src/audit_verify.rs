//! `longshore audit verify`: verifies a folder with the files of an audit trail.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use blobs::{Files, LocalFiles};
use names::{AccountId, Region, Timestamp};
use operations::{CheckedTrail, TrailCheck, verify_trail};
use serde_json::Value;

use crate::start_error::StartError;

/// What is verified.
#[derive(Debug, Clone)]
pub struct VerifyAsked {
    /// The folder that has `AWSLogs` in it.
    pub folder: PathBuf,
    /// The keys that may have signed, by their fingerprints.
    pub keys: TrailKeys,
    /// Only files of this account.
    pub account: Option<AccountId>,
    /// Only files of this Region.
    pub region: Option<Region>,
    /// Only digest files that end after this moment.
    pub since: Option<Timestamp>,
    /// Until when digest files reach at least.
    pub expect_until: Option<Timestamp>,
}

/// Public keys, by their fingerprints.
#[derive(Debug, Clone)]
pub struct TrailKeys(BTreeMap<String, Vec<u8>>);

/// More keys, or longer ones, than any answer has.
const KEYS_MAX: usize = 10_000;
const KEY_BYTES_MAX: usize = 4 << 10;

impl TrailKeys {
    /// Reads the answer of `ListPublicKeys`; `None` if it is something else.
    pub fn parse(answer: &Value) -> Option<Self> {
        let list = answer["PublicKeyList"].as_array().filter(|list| list.len() <= KEYS_MAX)?;
        let key = |key: &Value| {
            let value = key["Value"].as_str().filter(|value| value.len() <= KEY_BYTES_MAX)?;
            let public = BASE64_STANDARD.decode(value).ok()?;
            Some((key["Fingerprint"].as_str()?.to_owned(), public))
        };
        list.iter().map(key).collect::<Option<_>>().map(Self)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Verifies the files of a trail.
pub async fn verify_audit_trail(asked: VerifyAsked) -> Result<CheckedTrail, StartError> {
    let VerifyAsked { folder, keys, account, region, since, expect_until } = asked;
    let files = Files::new(Arc::new(LocalFiles::at(&folder)));
    let check = TrailCheck {
        keys: keys.0,
        account: account.map(|account| account.to_string()),
        region: region.map(|region| region.to_string()),
        since,
        expect_until,
    };
    verify_trail(&files, &check).await.map_err(StartError::Objects)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn keys_are_those_of_an_answer() {
        let key = |value: &str| json!({ "Fingerprint": "f0", "Value": value });
        #[rustfmt::skip]
        let cases = [
            (json!({ "PublicKeyList": [key("MAo=")] }),       Some(1), "a key"),
            (json!({ "PublicKeyList": [] }),                  Some(0), "none"),
            (json!({ "PublicKeyList": [key("%")] }),          None,    "no base64"),
            (json!({ "PublicKeyList": [{ "Value": "MAo=" }] }), None,  "no fingerprint"),
            (json!({ "PublicKeyList": [key(&"A".repeat(8_000))] }), None, "too long"),
            (json!({ "PublicKeyList": {} }),                  None,    "no list"),
            (json!([]),                                       None,    "something else"),
        ];
        for (answer, expected, because) in cases {
            let keys = TrailKeys::parse(&answer).map(|keys| keys.0.len());
            assert_eq!(keys, expected, "{because}");
        }
    }
}
