//! Input members that several operations share, parsed.

use operations::{SecretRefusal, SecretValue};
use wire::aws::WireRefusal;
use wire::aws::secrets_manager::{Exception, Tag};
use zeroize::Zeroizing;

use crate::doors::aws::failure::Refused;

/// The value, if one is given.
pub(super) fn value(
    text: Option<String>,
    bytes: Option<Vec<u8>>,
) -> Result<Option<SecretValue>, Refused> {
    match (text, bytes) {
        (Some(_), Some(_)) => Err(SecretRefusal::TwoValues.into()),
        (Some(text), None) => Ok(Some(SecretValue::Text(Zeroizing::new(text)))),
        (None, Some(bytes)) => Ok(Some(SecretValue::Binary(Zeroizing::new(bytes)))),
        (None, None) => Ok(None),
    }
}

/// A value for a client.
pub(super) fn written(value: &SecretValue) -> (Option<String>, Option<Vec<u8>>) {
    match value {
        SecretValue::Text(text) => (Some(text.to_string()), None),
        SecretValue::Binary(bytes) => (None, Some(bytes.to_vec())),
    }
}

/// Tags. A value may be left out.
pub(super) fn tags(tags: Vec<Tag>) -> Vec<(String, String)> {
    let pair = |Tag { key, value }: Tag| (key.unwrap_or_default(), value.unwrap_or_default());
    tags.into_iter().map(pair).collect()
}

/// The key that everything is under here.
const OWN_KEY: &str = "alias/aws/secretsmanager";

/// Refuses what secrets cannot have here, if it is asked for.
pub(super) fn refuse_unserved(
    key: Option<&str>,
    has_replicas: bool,
    kind: Option<&str>,
) -> Result<(), WireRefusal> {
    let is_own = |key: &str| key.is_empty() || key.ends_with(OWN_KEY);
    let why = if key.is_some_and(|key| !is_own(key)) {
        "KmsKeyId is not supported by this registry: secrets are sealed under its keyring."
    } else if has_replicas {
        "Copies of secrets in other Regions and accounts are not supported by this registry."
    } else if kind.is_some_and(|kind| !kind.is_empty()) {
        "Type is not supported by this registry."
    } else {
        return Ok(());
    };
    Err(WireRefusal::new(Exception::InvalidParameter, why))
}
