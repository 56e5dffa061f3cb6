use crate::malformed::choice;

choice! {
    /// How a repository's bytes are encrypted at rest, in ECR's words.
    EncryptionType "an encryption type" {
        /// Under the registry's own key.
        Aes256 = "AES256",
        /// Under a KMS key.
        Kms = "KMS",
        /// Under a KMS key, twice.
        KmsDsse = "KMS_DSSE",
    }
}
