//! Encrypt, Decrypt, ReEncrypt.

use std::fmt;

use names::{KeyUsage, KmsKeyArn, MaterialId};
use zeroize::Zeroizing;

use super::ciphertext::{Ciphertext, seal};
use super::encryption_context::EncryptionContext;
use crate::key::{Material, find_sealed, opened, require_sealed, require_usable};
use crate::kms::require_key;
use crate::{Failure, Kms, KmsRefusal};

/// What was encrypted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Encrypted {
    /// The ciphertext.
    pub blob: Vec<u8>,
    /// The material that encrypted it.
    pub material: MaterialId,
}

/// What was decrypted.
pub struct Opened {
    /// The plaintext.
    pub plaintext: Zeroizing<Vec<u8>>,
    /// The material that had encrypted it.
    pub material: MaterialId,
}

impl fmt::Debug for Opened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Opened").field("material", &self.material).finish_non_exhaustive()
    }
}

/// What was encrypted under another key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReEncrypted {
    /// The material that had encrypted it.
    pub from: MaterialId,
    /// The new ciphertext.
    pub to: Encrypted,
}

impl Kms {
    /// Encrypts up to 4,096 bytes.
    pub async fn encrypt(
        &self,
        key: &KmsKeyArn,
        context: &EncryptionContext,
        plaintext: &[u8],
    ) -> Result<Encrypted, Failure> {
        self.seal_as("Encrypt", key, context, plaintext).await
    }

    /// Decrypts what this key encrypted.
    pub async fn decrypt(
        &self,
        key: &KmsKeyArn,
        context: &EncryptionContext,
        blob: &[u8],
    ) -> Result<Opened, Failure> {
        self.open_as("Decrypt", key, context, blob).await
    }

    /// Decrypts with one key and encrypts with another. The plaintext does not leave.
    pub async fn re_encrypt(
        &self,
        (from, to): (&KmsKeyArn, &KmsKeyArn),
        (old, new): (&EncryptionContext, &EncryptionContext),
        blob: &[u8],
    ) -> Result<ReEncrypted, Failure> {
        let opened = self.open_as("ReEncrypt", from, old, blob).await?;
        let to = self.seal_as("ReEncrypt", to, new, &opened.plaintext).await?;
        Ok(ReEncrypted { from: opened.material, to })
    }

    pub(super) async fn seal_as(
        &self,
        operation: &'static str,
        arn: &KmsKeyArn,
        context: &EncryptionContext,
        plaintext: &[u8],
    ) -> Result<Encrypted, Failure> {
        let (id, material) = self.current_material(operation, arn).await?;
        let blob = seal((&arn.id, &id), &material, context, plaintext);
        Ok(Encrypted { blob, material: id })
    }

    /// The material that a symmetric key encrypts with now.
    async fn current_material(
        &self,
        operation: &'static str,
        arn: &KmsKeyArn,
    ) -> Result<(MaterialId, Material), Failure> {
        let (wanted, now) = (arn.clone(), self.now());
        let (id, sealed) = self
            .read(move |tx| {
                let key = require_key(tx, &wanted, now)?;
                require_usable(&key, KeyUsage::EncryptDecrypt, operation)?;
                let sealed = require_sealed(tx, &wanted.id, &key.material)?;
                Ok((key.material, sealed))
            })
            .await?;
        let material = opened(&self.keyring, &arn.id, &id, &sealed)?;
        Ok((id, material))
    }

    async fn open_as(
        &self,
        operation: &'static str,
        arn: &KmsKeyArn,
        context: &EncryptionContext,
        blob: &[u8],
    ) -> Result<Opened, Failure> {
        let read = Ciphertext::parse(blob).ok_or(KmsRefusal::InvalidCiphertext)?;
        if read.key() != arn.id {
            return Err(KmsRefusal::IncorrectKey.into());
        }
        let (wanted, id, now) = (arn.clone(), read.material(), self.now());
        let sealed = self
            .read(move |tx| {
                let key = require_key(tx, &wanted, now)?;
                require_usable(&key, KeyUsage::EncryptDecrypt, operation)?;
                let sealed = find_sealed(tx, &wanted.id, &id)?;
                Ok(sealed.ok_or(KmsRefusal::InvalidCiphertext)?)
            })
            .await?;
        let id = read.material();
        let material = opened(&self.keyring, &arn.id, &id, &sealed)?;
        let plaintext = read.open(&material, context).ok_or(KmsRefusal::InvalidCiphertext)?;
        Ok(Opened { plaintext, material: id })
    }
}
