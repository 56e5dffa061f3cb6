use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use keys::customer_keys::KeyContext;
use keys::{KeyFault, KeyService};
use kms::Kms;
use names::{DataKey, KmsKeyArn, RepositoryArn};

use super::ExternalKeys;

/// Our own KMS, and the services beside it.
#[derive(Debug)]
pub(crate) struct RoutedKeys {
    own: Arc<Kms>,
    external: Arc<ExternalKeys>,
}

impl RoutedKeys {
    pub(crate) fn new(own: Arc<Kms>, external: Arc<ExternalKeys>) -> Self {
        Self { own, external }
    }

    fn is_external(&self, key: &KmsKeyArn) -> bool {
        self.external.serves(&key.to_string())
    }
}

#[async_trait]
impl KeyService for RoutedKeys {
    /// Changes of our own KMS. Other services do not tell what changes there.
    fn epoch(&self) -> u64 {
        KeyService::epoch(&*self.own)
    }

    async fn require_usable(
        &self,
        key: &KmsKeyArn,
        repository: &RepositoryArn,
    ) -> Result<Duration, KeyFault> {
        if self.is_external(key) {
            return self.external.require_usable(key, repository).await;
        }
        KeyService::require_usable(&*self.own, key, repository).await
    }

    async fn generate_data_key(
        &self,
        key: &KmsKeyArn,
        context: &KeyContext,
    ) -> Result<(DataKey, Vec<u8>), KeyFault> {
        if self.is_external(key) {
            return self.external.generate(key, &context.pairs()).await;
        }
        KeyService::generate_data_key(&*self.own, key, context).await
    }

    async fn decrypt(
        &self,
        key: &KmsKeyArn,
        context: &KeyContext,
        ciphertext: &[u8],
    ) -> Result<DataKey, KeyFault> {
        if self.is_external(key) {
            return self.external.open(key, &context.pairs(), ciphertext).await;
        }
        KeyService::decrypt(&*self.own, key, context, ciphertext).await
    }
}
