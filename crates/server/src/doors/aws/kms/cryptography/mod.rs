//! Encryption.
//!
//! * The encryption context is part of what the guard judges.

mod decrypt;
mod encrypt;
mod generate_data_key;
mod generate_data_key_pair;
mod generate_data_key_pair_without_plaintext;
mod generate_data_key_without_plaintext;
mod generate_random;
mod re_encrypt;

pub(in crate::doors::aws) use decrypt::Decrypt;
pub(in crate::doors::aws) use encrypt::Encrypt;
pub(in crate::doors::aws) use generate_data_key::GenerateDataKey;
pub(in crate::doors::aws) use generate_data_key_pair::GenerateDataKeyPair;
pub(in crate::doors::aws) use generate_data_key_pair_without_plaintext::GenerateDataKeyPairWithoutPlaintext;
pub(in crate::doors::aws) use generate_data_key_without_plaintext::GenerateDataKeyWithoutPlaintext;
pub(in crate::doors::aws) use generate_random::GenerateRandom;
pub(in crate::doors::aws) use re_encrypt::ReEncrypt;
