//! DescribeKey, ListKeys.

use names::{KmsKeyArn, KmsKeyId, RegistryId};

use super::KeyState;
use crate::kms::require_key;
use crate::{Failure, Kms, KmsKey, Page};

/// A key, with its state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DescribedKey {
    /// The key.
    pub key: KmsKey,
    /// Its state.
    pub state: KeyState,
}

impl DescribedKey {
    pub(crate) fn of(key: KmsKey) -> Self {
        Self { state: KeyState::of(&key), key }
    }
}

impl Kms {
    /// A key, whatever its state is.
    pub async fn describe_key(&self, arn: &KmsKeyArn) -> Result<DescribedKey, Failure> {
        let (arn, now) = (arn.clone(), self.now());
        self.read(move |tx| Ok(DescribedKey::of(require_key(tx, &arn, now)?))).await
    }

    /// The keys of an account in a Region, by id.
    pub async fn list_keys(
        &self,
        registry: &RegistryId,
        page: Page<String>,
    ) -> Result<Vec<KmsKeyId>, Failure> {
        let registry = registry.clone();
        self.read(move |tx| Ok(tx.list_kms_keys(&registry, page.after.as_deref(), page.limit)?))
            .await
    }
}
