//! The text of a keyring file that is sealed under a key of a key management service: JSON, with a
//! version, the KMS key, a data key as the service encrypted it, and the text of a plain keyring
//! file, sealed with that data key.
//!
//! The KMS key and the encrypted data key are authenticated with the root keys.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use names::{DataKey, KmsKeyArn};
use serde::{Deserialize, Serialize};

use crate::root_key::RootKey;
use crate::{keyring_file, sealed_text};

pub(crate) const VERSION: u32 = 3;

/// What is wrong with a text that does not open; the cipher cannot tell which.
const CLOSED: &str = "its data key is not the one that KMS gave, or it is damaged";
const DAMAGED: &str = "it is damaged";

/// KMS takes no more to decrypt.
const CIPHERTEXT_BYTES_MAX: usize = 6144;

/// A data key of a key management service, in the clear and encrypted.
#[derive(Debug, Clone)]
pub struct KmsSeal {
    /// What KMS encrypted, and under which key.
    pub wrapped: KmsWrapped,
    /// The data key.
    pub data_key: DataKey,
}

/// A data key as a key management service encrypted it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KmsWrapped {
    /// The KMS key.
    pub key: KmsKeyArn,
    /// The ciphertext.
    pub ciphertext: Vec<u8>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    version: u32,
    kms: Wrapped,
    sealed: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wrapped {
    key: String,
    ciphertext: String,
}

impl KmsWrapped {
    /// What KMS has to decrypt before the root keys in this text can be read; `None` if the text is
    /// something else, or damaged.
    pub fn in_text(text: &[u8]) -> Option<Self> {
        read(text).map(|(wrapped, _)| wrapped)
    }

    /// The authenticated data besides the root keys.
    fn bound(&self) -> Vec<u8> {
        let key = self.key.to_string();
        let length = (key.len() as u64).to_be_bytes();
        [b"longshore sealed keyring 3", &length[..], key.as_bytes(), &self.ciphertext].concat()
    }
}

/// The text that holds these root keys, sealed.
pub(crate) fn seal(seal: &KmsSeal, roots: &[RootKey]) -> Vec<u8> {
    let KmsSeal { wrapped, data_key } = seal;
    let plain = keyring_file::write(roots);
    let sealed = sealed_text::seal(data_key.expose(), &wrapped.bound(), &plain);
    let ciphertext = STANDARD.encode(&wrapped.ciphertext);
    let kms = Wrapped { key: wrapped.key.to_string(), ciphertext };
    let document = Document { version: VERSION, kms, sealed };
    let mut text = serde_json::to_vec_pretty(&document).expect("text and numbers are valid JSON");
    text.push(b'\n');
    text
}

/// The root keys in a sealed text; or what is wrong with it.
pub(crate) fn open(seal: &KmsSeal, text: &[u8]) -> Result<Vec<RootKey>, &'static str> {
    let (wrapped, sealed) = read(text).ok_or(DAMAGED)?;
    let opened = sealed_text::open(seal.data_key.expose(), &wrapped.bound(), &sealed);
    keyring_file::read(&opened.ok_or(DAMAGED)?.map_err(|_| CLOSED)?)
}

/// The encrypted data key, and the text that is sealed with it.
fn read(text: &[u8]) -> Option<(KmsWrapped, String)> {
    let document: Document = serde_json::from_slice(text).ok()?;
    if document.version != VERSION {
        return None;
    }
    let Wrapped { key, ciphertext } = document.kms;
    let ciphertext = STANDARD.decode(ciphertext).ok()?;
    let is_bounded = (1..=CIPHERTEXT_BYTES_MAX).contains(&ciphertext.len());
    let key = KmsKeyArn::parse(&key).ok().filter(|_| is_bounded)?;
    Some((KmsWrapped { key, ciphertext }, document.sealed))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "arn:aws:kms:eu-west-1:210987654321:key/1234abcd-12ab-34cd-56ef-1234567890ab";

    fn of(data_key: u8) -> KmsSeal {
        let wrapped = KmsWrapped { key: KmsKeyArn::parse(KEY).unwrap(), ciphertext: vec![5; 184] };
        KmsSeal { wrapped, data_key: DataKey::from_bytes([data_key; 32]) }
    }

    #[test]
    fn a_keyring_opens_with_its_data_key_alone() {
        let roots = vec![RootKey::generate(), RootKey::generate()];
        let text = seal(&of(1), &roots);
        assert_eq!(KmsWrapped::in_text(&text), Some(of(1).wrapped));
        let opened = open(&of(1), &text).unwrap();
        assert_eq!(opened[1].secret(), roots[1].secret());
        assert_eq!(open(&of(2), &text).unwrap_err(), CLOSED);
        let secret = STANDARD.encode(roots[0].secret());
        assert!(!String::from_utf8(text).unwrap().contains(&secret));
    }

    #[test]
    fn texts_that_are_refused() {
        let whole = seal(&of(1), &[RootKey::generate()]);
        let whole: serde_json::Value = serde_json::from_slice(&whole).unwrap();
        let with = |pointer: &str, value: serde_json::Value| {
            let mut changed = whole.clone();
            *changed.pointer_mut(pointer).unwrap() = value;
            changed.to_string()
        };
        let sealed = whole["sealed"].as_str().unwrap();
        let text = whole.to_string();
        let other = KEY.replace("1234abcd", "00000000");
        #[rustfmt::skip]
        let cases = [
            (text[..text.len() / 2].to_owned(),                         DAMAGED, "cut"),
            (with("/sealed", sealed[..sealed.len() - 4].into()),        CLOSED,  "cut inside"),
            (with("/sealed", "AAAA".into()),                            DAMAGED, "no nonce"),
            (with("/sealed", "?".into()),                               DAMAGED, "no base64"),
            (with("/kms/key", other.into()),                            CLOSED,  "another key"),
            (with("/kms/key", "alias/images".into()),                   DAMAGED, "no key"),
            (with("/kms/ciphertext", STANDARD.encode([4; 184]).into()), CLOSED,  "another data key"),
            (with("/kms/ciphertext", "".into()),                        DAMAGED, "no data key"),
            (with("/kms/ciphertext", STANDARD.encode([4; 7000]).into()), DAMAGED, "longer than any"),
            (with("/version", 4.into()),                                DAMAGED, "a newer version"),
        ];
        for (text, what, because) in cases {
            assert_eq!(open(&of(1), text.as_bytes()).unwrap_err(), what, "{because}");
        }
    }
}
