//! GenerateDataKey, GenerateDataKeyWithoutPlaintext, GenerateDataKeyPair,
//! GenerateDataKeyPairWithoutPlaintext.

use std::fmt;

use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P384_SHA384_ASN1_SIGNING, ECDSA_P521_SHA512_ASN1_SIGNING,
};
use names::KmsKeyArn;
use zeroize::Zeroizing;

use super::encryption::Encrypted;
use super::encryption_context::EncryptionContext;
use super::generate_random::random_bytes;
use crate::key::{broken, curve, rsa};
use crate::{Failure, Kms};

/// What a pair of data keys consists of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyPairSpec {
    /// A pair of the curve P-256.
    EccNistP256,
    /// A pair of the curve P-384.
    EccNistP384,
    /// A pair of the curve P-521.
    EccNistP521,
    /// An RSA pair of 2048 bits.
    Rsa2048,
    /// An RSA pair of 3072 bits.
    Rsa3072,
    /// An RSA pair of 4096 bits.
    Rsa4096,
}

/// A pair of data keys.
pub struct DataKeyPair {
    /// The private one, in PKCS #8.
    pub private: Zeroizing<Vec<u8>>,
    /// The public one, as X.509 has it.
    pub public: Vec<u8>,
    /// The private one, encrypted.
    pub encrypted: Encrypted,
}

impl fmt::Debug for DataKeyPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DataKeyPair").field("encrypted", &self.encrypted).finish_non_exhaustive()
    }
}

impl Kms {
    /// A data key of so many bytes (1 to 1,024), in the clear and encrypted.
    pub async fn generate_data_key(
        &self,
        key: &KmsKeyArn,
        context: &EncryptionContext,
        bytes: usize,
    ) -> Result<(Zeroizing<Vec<u8>>, Encrypted), Failure> {
        let plaintext = random_bytes(bytes);
        let encrypted = self.seal_as("GenerateDataKey", key, context, &plaintext).await?;
        Ok((plaintext, encrypted))
    }

    /// The same, encrypted only.
    pub async fn generate_data_key_without_plaintext(
        &self,
        key: &KmsKeyArn,
        context: &EncryptionContext,
        bytes: usize,
    ) -> Result<Encrypted, Failure> {
        let plaintext = random_bytes(bytes);
        self.seal_as("GenerateDataKeyWithoutPlaintext", key, context, &plaintext).await
    }

    /// A pair of data keys.
    pub async fn generate_data_key_pair(
        &self,
        key: &KmsKeyArn,
        context: &EncryptionContext,
        spec: KeyPairSpec,
    ) -> Result<DataKeyPair, Failure> {
        self.generate_pair("GenerateDataKeyPair", key, context, spec).await
    }

    /// The same, for a caller that does not get the private one in the clear.
    pub async fn generate_data_key_pair_without_plaintext(
        &self,
        key: &KmsKeyArn,
        context: &EncryptionContext,
        spec: KeyPairSpec,
    ) -> Result<DataKeyPair, Failure> {
        self.generate_pair("GenerateDataKeyPairWithoutPlaintext", key, context, spec).await
    }

    async fn generate_pair(
        &self,
        operation: &'static str,
        key: &KmsKeyArn,
        context: &EncryptionContext,
        spec: KeyPairSpec,
    ) -> Result<DataKeyPair, Failure> {
        let made = self.iam.workbench().run(move || spec.generate()).await?;
        let (private, public) = made.map_err(broken)?;
        let encrypted = self.seal_as(operation, key, context, &private).await?;
        Ok(DataKeyPair { private, public, encrypted })
    }
}

impl KeyPairSpec {
    fn generate(self) -> Result<crate::key::Pair, aws_lc_rs::error::Unspecified> {
        match self {
            Self::EccNistP256 => curve(&ECDSA_P256_SHA256_ASN1_SIGNING),
            Self::EccNistP384 => curve(&ECDSA_P384_SHA384_ASN1_SIGNING),
            Self::EccNistP521 => curve(&ECDSA_P521_SHA512_ASN1_SIGNING),
            Self::Rsa2048 => rsa(KeySize::Rsa2048),
            Self::Rsa3072 => rsa(KeySize::Rsa3072),
            Self::Rsa4096 => rsa(KeySize::Rsa4096),
        }
    }
}
