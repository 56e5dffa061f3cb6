//! The token of a grant: the bytes of the key's id, of the grant's id, and of a keyed hash of both,
//! in base64.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use keys::Keyring;
use names::{GrantId, KmsKeyId};

use crate::{Failure, Kms, KmsRefusal};

const PURPOSE: &str = "kms grant token";
const KEY_BYTES: usize = 16;
const GRANT_BYTES: usize = 32;
const HASH_BYTES: usize = 32;
const BYTES: usize = KEY_BYTES + GRANT_BYTES + HASH_BYTES;

/// A token that a client sent. What it names is not proven before it was held against the keyring.
#[derive(Clone, PartialEq, Eq)]
pub struct GrantToken {
    /// The key that it names.
    pub key: KmsKeyId,
    /// The grant that it names.
    pub grant: GrantId,
    hash: [u8; HASH_BYTES],
}

impl std::fmt::Debug for GrantToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("GrantToken").field("grant", &self.grant).finish_non_exhaustive()
    }
}

impl GrantToken {
    /// Reads a stranger's text; `None` if it is no token of this format.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() != BYTES.div_ceil(3) * 4 {
            return None;
        }
        let bytes = STANDARD.decode(text).ok()?;
        let (key, rest) = bytes.split_first_chunk::<KEY_BYTES>()?;
        let (grant, hash) = rest.split_first_chunk::<GRANT_BYTES>()?;
        Some(Self {
            key: KmsKeyId::from_bytes(*key),
            grant: GrantId::from_random(*grant),
            hash: hash.try_into().ok()?,
        })
    }

    /// The token of a grant.
    pub(super) fn of(keyring: &Keyring, key: &KmsKeyId, grant: &GrantId) -> Self {
        let hash = keyring.fingerprint(PURPOSE, key.as_str(), grant.as_str().as_bytes());
        Self { key: key.clone(), grant: grant.clone(), hash }
    }

    /// As clients get it.
    pub(super) fn print(&self) -> String {
        STANDARD.encode([&self.key.to_bytes()[..], &self.grant.to_bytes(), &self.hash].concat())
    }

    /// Whether we made it.
    pub(super) fn is_ours(&self, keyring: &Keyring) -> bool {
        let ours = Self::of(keyring, &self.key, &self.grant);
        aws_lc_rs::constant_time::verify_slices_are_equal(&self.hash, &ours.hash).is_ok()
    }
}

/// Tokens that one call may have, by the model.
const TOKENS_MAX: usize = 10;

impl Kms {
    /// Requires that each of these is the token of a grant that has not ended.
    pub async fn require_grant_tokens(&self, tokens: &[String]) -> Result<(), Failure> {
        if tokens.is_empty() {
            return Ok(());
        }
        let read = tokens
            .iter()
            .take(TOKENS_MAX)
            .map(|token| GrantToken::parse(token).filter(|token| token.is_ours(&self.keyring)));
        let read: Option<Vec<GrantToken>> = read.collect();
        let read = read.ok_or(KmsRefusal::InvalidGrantToken)?;
        self.read(move |tx| {
            for token in &read {
                if tx.find_kms_grant(&token.key, &token.grant)?.is_none() {
                    return Err(KmsRefusal::InvalidGrantToken.into());
                }
            }
            Ok(())
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keyring() -> Keyring {
        Keyring::parse(&"0123456789abcdef".repeat(4)).unwrap()
    }

    fn token() -> GrantToken {
        let (key, grant) = (KmsKeyId::from_random([1; 16]), GrantId::from_random([2; 32]));
        GrantToken::of(&keyring(), &key, &grant)
    }

    #[test]
    fn a_token_names_its_grant_and_is_known_again() {
        let read = GrantToken::parse(&token().print()).unwrap();
        assert_eq!(read, token());
        assert!(read.is_ours(&keyring()));
        assert!(
            !read.is_ours(&Keyring::parse(&"fedcba9876543210".repeat(4)).unwrap()),
            "another keyring's"
        );
        let grant = GrantId::from_random([3; 32]);
        assert!(!GrantToken { grant, ..token() }.is_ours(&keyring()), "for another grant");
        let key = KmsKeyId::from_random([3; 16]);
        assert!(!GrantToken { key, ..token() }.is_ours(&keyring()), "for another key");
    }

    #[test]
    fn what_is_no_token_is_not_read() {
        let good = token().print();
        let cut = &good[..good.len() - 4];
        let long = format!("{good}AAAA");
        let odd = good.replacen(&good[..1], "!", 1);
        #[rustfmt::skip]
        let cases = [
            ("",            "empty"),
            ("token",       "a word"),
            (cut,           "it ends early"),
            (long.as_str(), "longer"),
            (odd.as_str(),  "no base64"),
        ];
        for (text, because) in cases {
            assert_eq!(GrantToken::parse(text), None, "{because}");
        }
    }
}
