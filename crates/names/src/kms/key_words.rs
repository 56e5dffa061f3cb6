use crate::malformed::choice;

choice! {
    /// What a KMS key consists of, in KMS's words.
    KeySpec "the spec of a KMS key that we make" {
        /// 256 bits for AES-GCM.
        SymmetricDefault = "SYMMETRIC_DEFAULT",
        /// A key of the curve P-256.
        EccNistP256 = "ECC_NIST_P256",
        /// A key of the curve P-384.
        EccNistP384 = "ECC_NIST_P384",
        /// An RSA key of 2048 bits.
        Rsa2048 = "RSA_2048",
        /// An RSA key of 3072 bits.
        Rsa3072 = "RSA_3072",
        /// An RSA key of 4096 bits.
        Rsa4096 = "RSA_4096",
    }
}

choice! {
    /// What a KMS key is for, in KMS's words.
    KeyUsage "the usage of a KMS key" {
        /// It encrypts and decrypts.
        EncryptDecrypt = "ENCRYPT_DECRYPT",
        /// It signs and verifies.
        SignVerify = "SIGN_VERIFY",
    }
}

choice! {
    /// Who manages a KMS key, in KMS's words.
    KmsKeyManager "the manager of a KMS key" {
        /// A service made it when it was first needed.
        Aws = "AWS",
        /// A client made it.
        Customer = "CUSTOMER",
    }
}

choice! {
    /// Why a KMS key has a material.
    MaterialOrigin "the origin of key material" {
        /// It came with the key.
        Creation = "CREATION",
        /// Of a rotation that was due.
        Automatic = "AUTOMATIC",
        /// Of a rotation that a client asked for.
        OnDemand = "ON_DEMAND",
    }
}

choice! {
    /// What a grant allows, in KMS's words: the name of an IAM action without `kms:`.
    GrantOperation "an operation that a grant can allow" {
        /// `kms:Decrypt`.
        Decrypt = "Decrypt",
        /// `kms:Encrypt`.
        Encrypt = "Encrypt",
        /// `kms:GenerateDataKey`.
        GenerateDataKey = "GenerateDataKey",
        /// `kms:GenerateDataKeyWithoutPlaintext`.
        GenerateDataKeyWithoutPlaintext = "GenerateDataKeyWithoutPlaintext",
        /// `kms:ReEncryptFrom`.
        ReEncryptFrom = "ReEncryptFrom",
        /// `kms:ReEncryptTo`.
        ReEncryptTo = "ReEncryptTo",
        /// `kms:Sign`.
        Sign = "Sign",
        /// `kms:Verify`.
        Verify = "Verify",
        /// `kms:GetPublicKey`.
        GetPublicKey = "GetPublicKey",
        /// `kms:CreateGrant`.
        CreateGrant = "CreateGrant",
        /// `kms:RetireGrant`.
        RetireGrant = "RetireGrant",
        /// `kms:DescribeKey`.
        DescribeKey = "DescribeKey",
        /// `kms:GenerateDataKeyPair`.
        GenerateDataKeyPair = "GenerateDataKeyPair",
        /// `kms:GenerateDataKeyPairWithoutPlaintext`.
        GenerateDataKeyPairWithoutPlaintext = "GenerateDataKeyPairWithoutPlaintext",
    }
}

impl KeySpec {
    /// Whether it is a pair of keys, of which one is public.
    pub fn is_asymmetric(self) -> bool {
        self != Self::SymmetricDefault
    }
}

impl GrantOperation {
    /// Whether keys of this usage can do it.
    pub fn fits(self, usage: KeyUsage) -> bool {
        match self {
            Self::CreateGrant | Self::RetireGrant | Self::DescribeKey => true,
            Self::Sign | Self::Verify | Self::GetPublicKey => usage == KeyUsage::SignVerify,
            Self::Decrypt
            | Self::Encrypt
            | Self::GenerateDataKey
            | Self::GenerateDataKeyWithoutPlaintext
            | Self::ReEncryptFrom
            | Self::ReEncryptTo
            | Self::GenerateDataKeyPair
            | Self::GenerateDataKeyPairWithoutPlaintext => usage == KeyUsage::EncryptDecrypt,
        }
    }

    /// Whether an encryption context can be asked for with it.
    pub fn has_context(self) -> bool {
        self.fits(KeyUsage::EncryptDecrypt) && !self.fits(KeyUsage::SignVerify)
    }
}
