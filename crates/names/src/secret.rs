use std::fmt;

use zeroize::Zeroizing;

/// The key that one object is encrypted with. In the clear only in memory, and wiped after use.
#[derive(Clone)]
pub struct DataKey(Zeroizing<[u8; 32]>);

/// A key that seals small things (tokens, page tokens, secrets) for one purpose.
#[derive(Clone)]
pub struct SealingKey(Zeroizing<[u8; 32]>);

macro_rules! key {
    ($name:ident) => {
        impl $name {
            /// From 32 bytes, random or derived.
            pub fn from_bytes(bytes: [u8; 32]) -> Self {
                Self(Zeroizing::new(bytes))
            }

            /// The bytes, for a cipher.
            pub fn expose(&self) -> &[u8; 32] {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    };
}
key!(DataKey);
key!(SealingKey);

/// The secret half of an access key. In the clear only in memory, and wiped after use.
#[derive(Clone)]
pub struct SecretAccessKey(Zeroizing<String>);

impl SecretAccessKey {
    /// Takes the text of a secret.
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The text, to sign with, to seal, or to show once.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SecretAccessKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretAccessKey(…)")
    }
}

/// A data key under another key's seal: opaque to all but the keyring that wrapped it.
#[derive(Clone, PartialEq, Eq)]
pub struct WrappedKey(Box<[u8]>);

impl WrappedKey {
    /// Encodes random bytes of a keyring.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        Self(bytes.into())
    }

    /// The sealed bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for WrappedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "WrappedKey({} bytes)", self.0.len())
    }
}
