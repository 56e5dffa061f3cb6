use std::time::Duration;

use async_trait::async_trait;
use names::{DataKey, KmsKeyArn, RepositoryArn};

use super::{KeyContext, KeyFault, KeyService};

/// No service: it knows no key.
#[derive(Debug, Clone, Copy)]
pub struct NoKeyService;

fn unknown(key: &KmsKeyArn) -> KeyFault {
    let message = format!("Key '{key}' does not exist");
    KeyFault::Refused { code: "NotFoundException".to_owned(), message }
}

#[async_trait]
impl KeyService for NoKeyService {
    fn epoch(&self) -> u64 {
        0
    }

    async fn require_usable(
        &self,
        key: &KmsKeyArn,
        _: &RepositoryArn,
    ) -> Result<Duration, KeyFault> {
        Err(unknown(key))
    }

    async fn generate_data_key(
        &self,
        key: &KmsKeyArn,
        _: &KeyContext,
    ) -> Result<(DataKey, Vec<u8>), KeyFault> {
        Err(unknown(key))
    }

    async fn decrypt(
        &self,
        key: &KmsKeyArn,
        _: &KeyContext,
        _: &[u8],
    ) -> Result<DataKey, KeyFault> {
        Err(unknown(key))
    }
}
