use std::collections::BTreeMap;

use crate::KmsRefusal;

/// AWS's limit of an encryption context, in bytes of keys and values.
const BYTES_MAX: usize = 8_192;

/// Pairs that a ciphertext is bound to. They are not secret, and their order does not matter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EncryptionContext(BTreeMap<String, String>);

impl EncryptionContext {
    /// Takes pairs, within AWS's limit.
    pub fn new(pairs: BTreeMap<String, String>) -> Result<Self, KmsRefusal> {
        let bytes: usize = pairs.iter().map(|(key, value)| key.len() + value.len()).sum();
        if bytes > BYTES_MAX {
            let text = format!("EncryptionContext must not have more than {BYTES_MAX} bytes.");
            return Err(KmsRefusal::Validation(text));
        }
        Ok(Self(pairs))
    }

    /// What is authenticated beside a plaintext: a head of fixed length, then the pairs, so that no
    /// two contexts are written alike.
    pub(crate) fn bound_to(&self, head: &[u8]) -> Vec<u8> {
        let mut bound = head.to_vec();
        put_number(&mut bound, self.0.len());
        for text in self.0.iter().flat_map(|(key, value)| [key, value]) {
            put_number(&mut bound, text.len());
            bound.extend_from_slice(text.as_bytes());
        }
        bound
    }
}

fn put_number(bytes: &mut Vec<u8>, number: usize) {
    let number = u32::try_from(number).expect("a context has at most some thousand bytes");
    bytes.extend_from_slice(&number.to_be_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_context_is_bounded() {
        let context = |bytes: usize| {
            let pairs = BTreeMap::from([("key".to_owned(), "v".repeat(bytes - 3))]);
            EncryptionContext::new(pairs)
        };
        assert!(context(BYTES_MAX).is_ok());
        assert!(context(BYTES_MAX + 1).is_err());
    }
}
