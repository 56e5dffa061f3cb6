//! Root keys as operators give them to several nodes: in a variable, or in a file that an
//! orchestrator mounts.

use aws_lc_rs::digest::{SHA256, digest};
use zeroize::Zeroizing;

use crate::root_key::{RootKey, RootKeyId};

const SECRET_BYTES: usize = 32;

/// Parses root keys, oldest first, at least one; or says what is wrong with the text.
pub(crate) fn read(text: &str) -> Result<Vec<RootKey>, &'static str> {
    let mut roots: Vec<RootKey> = Vec::new();
    for secret in text.split(',') {
        let root = read_secret(secret.trim())?;
        if roots.iter().any(|other| other.id() == root.id()) {
            return Err("it holds the same key twice");
        }
        roots.push(root);
    }
    Ok(roots)
}

/// A root key from its secret. Its id is the start of a hash of the secret, so every node gives it
/// the same id.
fn read_secret(secret: &str) -> Result<RootKey, &'static str> {
    const WRONG: &str = "a key is 64 hexadecimal digits, such as `openssl rand -hex 32` prints; separate several with commas";
    let mut bytes = Zeroizing::new([0; SECRET_BYTES]);
    hex::decode_to_slice(secret, bytes.as_mut_slice()).map_err(|_| WRONG)?;
    if bytes.iter().all(|byte| *byte == bytes[0]) {
        return Err("a key must be random, not one repeated byte");
    }
    let labelled = Zeroizing::new([b"longshore root key id", bytes.as_slice()].concat());
    let hash = digest(&SHA256, &labelled);
    let id = *hash.as_ref().first_chunk().expect("a hash is longer than an id");
    Ok(RootKey::from_parts(RootKeyId::from_bytes(id), *bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    const TWO: &str = "FF0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    #[test]
    fn one_secret_is_one_root_key_wherever_it_is_read() {
        let [here, there] = [ONE.to_owned(), ONE.to_uppercase()].map(|text| read(&text).unwrap());
        assert_eq!((here.len(), here[0].id()), (1, there[0].id()));
        let both = read(&format!("{ONE}, {TWO}")).unwrap();
        assert_eq!((both.len(), both[0].id()), (2, here[0].id()), "the oldest comes first");
        assert_ne!(both[0].id(), both[1].id());
    }

    #[test]
    fn secrets_that_are_refused() {
        let zeros = "00".repeat(32);
        let digits = "a key is 64 hexadecimal digits";
        #[rustfmt::skip]
        let cases = [
            ("",                          digits),
            (&ONE[1..],                   digits),
            ("correct horse battery staple", digits),
            (&format!("{ONE},"),          digits),
            (&format!("{ONE};{TWO}"),     digits),
            (&format!("{ONE},{ONE}"),     "it holds the same key twice"),
            (&zeros,                      "a key must be random"),
        ];
        for (text, what) in cases {
            let refused = read(text).unwrap_err();
            assert!(refused.starts_with(what), "{text}: {refused}");
            assert!(text.is_empty() || !refused.contains(text), "a secret is not repeated");
        }
    }
}
