use super::KeySpec;
use crate::malformed::choice;

choice! {
    /// How a KMS key signs, in KMS's words.
    SigningAlgorithm "a signing algorithm of a KMS key that we make" {
        /// RSASSA-PSS with SHA-256.
        RsassaPssSha256 = "RSASSA_PSS_SHA_256",
        /// RSASSA-PSS with SHA-384.
        RsassaPssSha384 = "RSASSA_PSS_SHA_384",
        /// RSASSA-PSS with SHA-512.
        RsassaPssSha512 = "RSASSA_PSS_SHA_512",
        /// RSASSA-PKCS1-v1_5 with SHA-256.
        RsassaPkcs1V15Sha256 = "RSASSA_PKCS1_V1_5_SHA_256",
        /// RSASSA-PKCS1-v1_5 with SHA-384.
        RsassaPkcs1V15Sha384 = "RSASSA_PKCS1_V1_5_SHA_384",
        /// RSASSA-PKCS1-v1_5 with SHA-512.
        RsassaPkcs1V15Sha512 = "RSASSA_PKCS1_V1_5_SHA_512",
        /// ECDSA with SHA-256.
        EcdsaSha256 = "ECDSA_SHA_256",
        /// ECDSA with SHA-384.
        EcdsaSha384 = "ECDSA_SHA_384",
    }
}

impl SigningAlgorithm {
    /// How keys of this spec sign, in the order in which KMS lists it.
    pub fn of(spec: KeySpec) -> &'static [Self] {
        match spec {
            KeySpec::SymmetricDefault => &[],
            KeySpec::EccNistP256 => &[Self::EcdsaSha256],
            KeySpec::EccNistP384 => &[Self::EcdsaSha384],
            KeySpec::Rsa2048 | KeySpec::Rsa3072 | KeySpec::Rsa4096 => &[
                Self::RsassaPkcs1V15Sha256,
                Self::RsassaPkcs1V15Sha384,
                Self::RsassaPkcs1V15Sha512,
                Self::RsassaPssSha256,
                Self::RsassaPssSha384,
                Self::RsassaPssSha512,
            ],
        }
    }

    /// The length of the digest that it signs.
    pub fn digest_bytes(self) -> usize {
        match self {
            Self::RsassaPssSha256 | Self::RsassaPkcs1V15Sha256 | Self::EcdsaSha256 => 32,
            Self::RsassaPssSha384 | Self::RsassaPkcs1V15Sha384 | Self::EcdsaSha384 => 48,
            Self::RsassaPssSha512 | Self::RsassaPkcs1V15Sha512 => 64,
        }
    }
}
