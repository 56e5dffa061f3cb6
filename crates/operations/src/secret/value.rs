//! A value of a secret.

use std::fmt;

use keys::{KeyError, Keyring, SealedAs};
use names::SecretArn;
use zeroize::Zeroizing;

use crate::{Failure, Fault};

/// A value of a secret. In the clear only in memory, and wiped after use.
#[derive(Clone, PartialEq, Eq)]
pub enum SecretValue {
    /// A text.
    Text(Zeroizing<String>),
    /// Bytes.
    Binary(Zeroizing<Vec<u8>>),
}

impl fmt::Debug for SecretValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretValue(…)")
    }
}

/// What the first byte of an opened value says.
const TEXT: u8 = b't';
const BINARY: u8 = b'b';

/// What seals and opens values.
pub(super) fn seal(
    keyring: &Keyring,
    (secret, version): (&SecretArn, &str),
    value: &SecretValue,
) -> Vec<u8> {
    let (kind, bytes) = match value {
        SecretValue::Text(text) => (TEXT, text.as_bytes()),
        SecretValue::Binary(bytes) => (BINARY, &bytes[..]),
    };
    let mut plain = Zeroizing::new(Vec::with_capacity(1 + bytes.len()));
    plain.push(kind);
    plain.extend_from_slice(bytes);
    keyring.seal_as(SealedAs::Secret { secret: &secret.to_string(), version }, &plain)
}

/// The value of a version, from its row.
pub(super) fn open(
    keyring: &Keyring,
    (secret, version): (&SecretArn, &str),
    sealed: &[u8],
) -> Result<SecretValue, Failure> {
    let what = SealedAs::Secret { secret: &secret.to_string(), version };
    let opened: Result<_, KeyError> = keyring.open_as(what, sealed);
    let plain = opened?;
    let corrupt = || Failure::Fault(Fault::Corrupt("secret_version.sealed".into()));
    let (kind, bytes) = plain.split_first().ok_or_else(corrupt)?;
    match *kind {
        TEXT => {
            let text = str::from_utf8(bytes).map_err(|_| corrupt())?;
            Ok(SecretValue::Text(Zeroizing::new(text.to_owned())))
        }
        BINARY => Ok(SecretValue::Binary(Zeroizing::new(bytes.to_vec()))),
        _ => Err(corrupt()),
    }
}
