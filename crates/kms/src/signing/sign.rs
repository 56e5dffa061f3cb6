//! Sign, Verify.

use aws_lc_rs::digest::Digest;
use names::{KeyUsage, KmsKeyArn, SigningAlgorithm};

use super::algorithms;
use crate::failure::corrupt;
use crate::key::{broken, opened, require_sealed, require_usable};
use crate::kms::require_key;
use crate::{Failure, Kms, KmsKey, KmsRefusal};

/// What is signed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Message<'a> {
    /// A message of up to 4,096 bytes.
    Raw(&'a [u8]),
    /// The digest of one, made by the client.
    Digest(&'a [u8]),
}

impl std::fmt::Debug for Message<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Raw(_) => "Raw(…)",
            Self::Digest(_) => "Digest(…)",
        })
    }
}

impl Message<'_> {
    fn digest(&self, algorithm: SigningAlgorithm) -> Result<Digest, KmsRefusal> {
        match self {
            Self::Raw(message) => Ok(algorithms::hashed(algorithm, message)),
            Self::Digest(digest) => algorithms::taken(algorithm, digest).ok_or_else(|| {
                let text = format!("Digest is invalid length for algorithm {algorithm}.");
                KmsRefusal::Validation(text)
            }),
        }
    }
}

impl Kms {
    /// Signs a message. The signature of a curve is in DER.
    pub async fn sign(
        &self,
        arn: &KmsKeyArn,
        algorithm: SigningAlgorithm,
        message: Message<'_>,
    ) -> Result<Vec<u8>, Failure> {
        let (wanted, now) = (arn.clone(), self.now());
        let (id, sealed) = self
            .read(move |tx| {
                let key = require_key(tx, &wanted, now)?;
                require_signing(&key, algorithm, "Sign")?;
                let sealed = require_sealed(tx, &wanted.id, &key.material)?;
                Ok((key.material, sealed))
            })
            .await?;
        let digest = message.digest(algorithm)?;
        let material = opened(&self.keyring, &arn.id, &id, &sealed)?;
        let sign = move || algorithms::sign(algorithm, material.expose(), &digest);
        self.iam.workbench().run(sign).await?.map_err(broken)
    }

    /// Requires that a signature is this key's, of this message.
    pub async fn verify(
        &self,
        arn: &KmsKeyArn,
        algorithm: SigningAlgorithm,
        message: Message<'_>,
        signature: &[u8],
    ) -> Result<(), Failure> {
        let (wanted, now) = (arn.clone(), self.now());
        let public = self
            .read(move |tx| {
                let key = require_key(tx, &wanted, now)?;
                require_signing(&key, algorithm, "Verify")?;
                key.public_key.ok_or_else(|| corrupt("kms_key.public_key"))
            })
            .await?;
        let digest = message.digest(algorithm)?;
        if algorithms::verifies(algorithm, &public, &digest, signature) {
            return Ok(());
        }
        Err(KmsRefusal::InvalidSignature.into())
    }
}

/// Requires a key that signs so.
fn require_signing(
    key: &KmsKey,
    algorithm: SigningAlgorithm,
    operation: &'static str,
) -> Result<(), KmsRefusal> {
    require_usable(key, KeyUsage::SignVerify, operation)?;
    if SigningAlgorithm::of(key.spec).contains(&algorithm) {
        return Ok(());
    }
    Err(KmsRefusal::Algorithm { algorithm: algorithm.to_string(), spec: key.spec })
}
