//! Encrypt, Decrypt, ReEncrypt, GenerateDataKey and its kin, GenerateRandom.
//!
//! * A ciphertext names its key and material, and is bound to both and to the encryption context.
//! * Why a ciphertext does not open is not told.

mod ciphertext;
mod data_keys;
mod encryption;
mod encryption_context;
mod generate_random;

pub use ciphertext::Ciphertext;
pub use data_keys::{DataKeyPair, KeyPairSpec};
pub use encryption::{Encrypted, Opened, ReEncrypted};
pub use encryption_context::EncryptionContext;
