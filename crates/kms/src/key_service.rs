//! KMS, as repositories need it.
//!
//! A repository uses its key by grants that were made with it. So the questions here are whether
//! the key is enabled, whether its grants are still there, and whether its policy denies the
//! service to use it; that nothing else in the policy lets the service in does not matter.

use std::time::Duration;

use async_trait::async_trait;
use iam::service_grants;
use keys::customer_keys::KeyContext;
use keys::{KeyFault, KeyService};
use names::{DataKey, KeyUsage, KmsKeyArn, RepositoryArn};

use crate::key::require_usable;
use crate::kms::require_key;
use crate::{EncryptionContext, Failure, Kms, KmsRefusal};

/// How long a yes is believed. A change by another node takes effect within two seconds; the
/// difference is for a running request.
const BELIEF: Duration = Duration::from_millis(1_500);

const DATA_KEY_BYTES: usize = 32;

#[async_trait]
impl KeyService for Kms {
    fn epoch(&self) -> u64 {
        Self::epoch(self)
    }

    async fn require_usable(
        &self,
        key: &KmsKeyArn,
        repository: &RepositoryArn,
    ) -> Result<Duration, KeyFault> {
        let (wanted, of, now) = (key.clone(), repository.clone(), self.now());
        let service = || service_grants::ecr_in(&key.registry.region);
        let found = self.read(move |tx| {
            let found = require_key(tx, &wanted, now)?;
            require_usable(&found, KeyUsage::EncryptDecrypt, "GenerateDataKey")?;
            let missing = service_grants::not_granted_to_ecr(tx, &wanted, &of)?;
            Ok((found, missing))
        });
        let (found, missing) = found.await.map_err(fault)?;
        if let Some(operation) = self.iam.denied_to_ecr(&found, repository, now) {
            let (service, key) = (service(), key.clone());
            return Err(refused(&KmsRefusal::DeniedToService { service, key, operation }));
        }
        if let Some(operation) = missing {
            let (service, key) = (service(), key.clone());
            return Err(refused(&KmsRefusal::NotGranted { service, key, operation }));
        }
        Ok(BELIEF)
    }

    async fn generate_data_key(
        &self,
        key: &KmsKeyArn,
        context: &KeyContext,
    ) -> Result<(DataKey, Vec<u8>), KeyFault> {
        let context =
            EncryptionContext::new(context.pairs()).map_err(|refusal| refused(&refusal))?;
        let made = Self::generate_data_key(self, key, &context, DATA_KEY_BYTES).await;
        let (plaintext, encrypted) = made.map_err(fault)?;
        Ok((data_key(&plaintext)?, encrypted.blob))
    }

    async fn decrypt(
        &self,
        key: &KmsKeyArn,
        context: &KeyContext,
        ciphertext: &[u8],
    ) -> Result<DataKey, KeyFault> {
        let context =
            EncryptionContext::new(context.pairs()).map_err(|refusal| refused(&refusal))?;
        let opened = Self::decrypt(self, key, &context, ciphertext).await.map_err(fault)?;
        data_key(&opened.plaintext)
    }
}

impl Kms {
    /// Requires that data keys can be generated and decrypted under a key.
    pub async fn require_for_data_keys(&self, key: &KmsKeyArn) -> Result<(), Failure> {
        let (key, now) = (key.clone(), self.now());
        self.read(move |tx| {
            let found = require_key(tx, &key, now)?;
            Ok(require_usable(&found, KeyUsage::EncryptDecrypt, "GenerateDataKey")?)
        })
        .await
    }
}

fn data_key(plaintext: &[u8]) -> Result<DataKey, KeyFault> {
    let bytes: Result<[u8; DATA_KEY_BYTES], _> = plaintext.try_into();
    let bytes = bytes.map_err(|_| KeyFault::Broken("a data key has another length".into()))?;
    Ok(DataKey::from_bytes(bytes))
}

fn fault(failure: Failure) -> KeyFault {
    match failure {
        Failure::Refused(refusal) => refused(&refusal),
        Failure::Iam(iam::Failure::Refused(refusal)) => {
            KeyFault::Broken(refusal.to_string().into())
        }
        Failure::Iam(iam::Failure::Fault(fault)) => KeyFault::Broken(fault.into_error()),
    }
}

fn refused(refusal: &KmsRefusal) -> KeyFault {
    let code = match refusal {
        KmsRefusal::KeyNotFound(_) => "NotFoundException",
        KmsRefusal::Disabled(_) => "DisabledException",
        KmsRefusal::PendingDeletion(_) => "KMSInvalidStateException",
        KmsRefusal::KeyUsage { .. } => "InvalidKeyUsageException",
        KmsRefusal::InvalidCiphertext => "InvalidCiphertextException",
        KmsRefusal::IncorrectKey => "IncorrectKeyException",
        KmsRefusal::NotGranted { .. } | KmsRefusal::DeniedToService { .. } => {
            "AccessDeniedException"
        }
        // Nothing else comes of these questions.
        _ => "ValidationException",
    };
    KeyFault::Refused { code: code.to_owned(), message: refusal.to_string() }
}
