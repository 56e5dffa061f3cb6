use std::fmt;
use std::time::Duration;

use async_trait::async_trait;
use names::{DataKey, KmsKeyArn, RepositoryArn};

use super::{KeyContext, KeyFault};

/// A key management service, as far as repositories need one.
#[async_trait]
pub trait KeyService: fmt::Debug + Send + Sync + 'static {
    /// Counts the changes that this process made: after one, every question is asked again.
    fn epoch(&self) -> u64;

    /// Whether data keys of the repository may be wrapped and opened under the key now, and for how
    /// long that may be believed.
    async fn require_usable(
        &self,
        key: &KmsKeyArn,
        repository: &RepositoryArn,
    ) -> Result<Duration, KeyFault>;

    /// A fresh data key, in the clear and encrypted under the key.
    async fn generate_data_key(
        &self,
        key: &KmsKeyArn,
        context: &KeyContext,
    ) -> Result<(DataKey, Vec<u8>), KeyFault>;

    /// Opens a data key that was made for the same context. Refused if the key may not be used by
    /// anyone; whether a repository may use it is another question.
    async fn decrypt(
        &self,
        key: &KmsKeyArn,
        context: &KeyContext,
        ciphertext: &[u8],
    ) -> Result<DataKey, KeyFault>;
}
