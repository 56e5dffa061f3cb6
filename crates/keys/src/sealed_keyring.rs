//! The text of a keyring file that is sealed under a passphrase: JSON, with a version, how the key
//! is made from the passphrase (argon2id, RFC 9106), and the sealed text of a plain keyring file.
//!
//! The sealed bytes are a nonce, the ciphertext and the tag of AES-256-GCM. The parameters are
//! authenticated with them. A file's parameters are bounded before they are used, so that no file
//! makes us take all memory.

use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::entropy::random;
use crate::error::KeyError;
use crate::keyring_file;
use crate::passphrase::Passphrase;
use crate::root_key::RootKey;
use crate::sealed_text;

pub(crate) const VERSION: u32 = 2;
const FUNCTION: &str = "argon2id";

/// The second choice of RFC 9106, for machines that cannot spare two gigabytes.
const COST: Cost = Cost { memory_kib: 64 << 10, passes: 3, lanes: 4 };

/// More than anyone waits for.
const COST_MAX: Cost = Cost { memory_kib: 1 << 20, passes: 16, lanes: 16 };

const SALT_BYTES: usize = 16;

/// What is wrong with a text that does not open; the cipher cannot tell which.
const CLOSED: &str = "the passphrase is wrong, or it is damaged";
const DAMAGED: &str = "it is damaged";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    version: u32,
    passphrase: Derivation,
    sealed: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Derivation {
    function: String,
    memory_kib: u32,
    passes: u32,
    lanes: u32,
    salt: String,
}

#[derive(Debug, Clone, Copy)]
struct Cost {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

/// The text that holds these root keys, sealed.
pub(crate) fn seal(passphrase: &Passphrase, roots: &[RootKey]) -> Result<Vec<u8>, KeyError> {
    passphrase.require_length()?;
    let salt: [u8; SALT_BYTES] = random();
    let key = derived(passphrase, COST, &salt).expect("our own parameters are in order");
    let sealed = sealed_text::seal(&key, &bound(COST, &salt), &keyring_file::write(roots));
    let Cost { memory_kib, passes, lanes } = COST;
    let (function, salt) = (FUNCTION.to_owned(), STANDARD.encode(salt));
    let derivation = Derivation { function, memory_kib, passes, lanes, salt };
    let document = Document { version: VERSION, passphrase: derivation, sealed };
    let mut text = serde_json::to_vec_pretty(&document).expect("text and numbers are valid JSON");
    text.push(b'\n');
    Ok(text)
}

/// The root keys in a sealed text; or what is wrong with it.
pub(crate) fn open(passphrase: &Passphrase, text: &[u8]) -> Result<Vec<RootKey>, &'static str> {
    let document: Document = serde_json::from_slice(text).map_err(|_| DAMAGED)?;
    let Derivation { function, memory_kib, passes, lanes, salt } = document.passphrase;
    let cost = Cost { memory_kib, passes, lanes };
    if function != FUNCTION {
        return Err("it was written by a newer version of Longshore");
    }
    let is_bounded = cost.memory_kib <= COST_MAX.memory_kib
        && cost.passes <= COST_MAX.passes
        && cost.lanes <= COST_MAX.lanes;
    if document.version != VERSION || !is_bounded {
        return Err(DAMAGED);
    }
    let salt: [u8; SALT_BYTES] =
        STANDARD.decode(salt).ok().and_then(|salt| salt.try_into().ok()).ok_or(DAMAGED)?;
    let key = derived(passphrase, cost, &salt).ok_or(DAMAGED)?;
    let opened = sealed_text::open(&key, &bound(cost, &salt), &document.sealed).ok_or(DAMAGED)?;
    keyring_file::read(&opened.map_err(|_| CLOSED)?)
}

/// The key of a passphrase; `None` if the function does not take these parameters.
fn derived(
    passphrase: &Passphrase,
    cost: Cost,
    salt: &[u8; SALT_BYTES],
) -> Option<Zeroizing<[u8; 32]>> {
    let Cost { memory_kib, passes, lanes } = cost;
    let mut key = Zeroizing::new([0; 32]);
    let parameters = Params::new(memory_kib, passes, lanes, Some(key.len())).ok()?;
    Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters)
        .hash_password_into(passphrase.expose().as_bytes(), salt, key.as_mut_slice())
        .ok()?;
    Some(key)
}

/// The authenticated data besides the root keys.
fn bound(cost: Cost, salt: &[u8; SALT_BYTES]) -> Vec<u8> {
    let Cost { memory_kib, passes, lanes } = cost;
    let numbers = [memory_kib, passes, lanes].map(u32::to_be_bytes).concat();
    [b"longshore sealed keyring 2", &numbers[..], salt].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: &str = "correct horse battery staple";

    #[test]
    fn a_keyring_opens_with_its_passphrase_alone() {
        let roots = vec![RootKey::generate(), RootKey::generate()];
        let text = seal(&Passphrase::new(WORDS), &roots).unwrap();
        assert_eq!(keyring_file::version_of(&text), Some(VERSION));
        let opened = open(&Passphrase::new(&format!("{WORDS}\n")), &text).unwrap();
        assert_eq!(opened.len(), 2);
        assert_eq!(opened[1].secret(), roots[1].secret());
        assert_eq!(open(&Passphrase::new("correct horse battery"), &text).unwrap_err(), CLOSED);
        let secret = STANDARD.encode(roots[0].secret());
        assert!(!String::from_utf8(text).unwrap().contains(&secret));
    }

    #[test]
    fn a_short_passphrase_seals_nothing() {
        let refused = seal(&Passphrase::new("elevenchars"), &[RootKey::generate()]).unwrap_err();
        assert!(matches!(refused, KeyError::PassphraseShort { min: 12 }), "{refused}");
    }

    #[test]
    fn texts_that_are_refused() {
        let passphrase = Passphrase::new(WORDS);
        let whole = seal(&passphrase, &[RootKey::generate()]).unwrap();
        let whole: serde_json::Value = serde_json::from_slice(&whole).unwrap();
        let with = |pointer: &str, value: serde_json::Value| {
            let mut changed = whole.clone();
            *changed.pointer_mut(pointer).unwrap() = value;
            changed.to_string()
        };
        let sealed = whole["sealed"].as_str().unwrap();
        let text = whole.to_string();
        #[rustfmt::skip]
        let cases = [
            (text[..text.len() / 2].to_owned(),                       DAMAGED, "cut"),
            (with("/sealed", sealed[..sealed.len() - 4].into()),      CLOSED,  "cut inside"),
            (with("/sealed", "AAAA".into()),                          DAMAGED, "no nonce"),
            (with("/sealed", "?".into()),                             DAMAGED, "no base64"),
            (with("/passphrase/salt", "AAAA".into()),                 DAMAGED, "a short salt"),
            (with("/passphrase/salt", STANDARD.encode([0; 16]).into()), CLOSED, "another salt"),
            (with("/passphrase/lanes", 2.into()),                     CLOSED,  "other parameters"),
            (with("/passphrase/memory_kib", 0.into()),                DAMAGED, "no memory"),
            (with("/passphrase/memory_kib", u32::MAX.into()),         DAMAGED, "all memory"),
            (with("/passphrase/passes", 1_000.into()),                DAMAGED, "an hour"),
            (with("/passphrase/lanes", (-1).into()),                  DAMAGED, "no lanes"),
            (with("/passphrase/function", "pbkdf2".into()), "it was written by a newer version of Longshore", "another function"),
        ];
        for (text, what, because) in cases {
            assert_eq!(open(&passphrase, text.as_bytes()).unwrap_err(), what, "{because}");
        }
    }
}
