//! The words of KMS: ids and ARNs of keys, aliases and grants, and what keys are for.

mod alias_name;
mod grant_id;
mod key_id;
mod key_ref;
mod key_words;
mod material_id;
mod signing_algorithm;

pub use alias_name::AliasName;
pub use grant_id::GrantId;
pub use key_id::KmsKeyId;
pub use key_ref::{KmsAliasArn, KmsKeyArn, KmsKeyRef, NoKmsKey};
pub use key_words::{GrantOperation, KeySpec, KeyUsage, KmsKeyManager, MaterialOrigin};
pub use material_id::MaterialId;
pub use signing_algorithm::SigningAlgorithm;
