use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, RwLock};
use std::time::Duration;

use names::{Clock, DataKey, KmsKeyArn, ObjectKey, RepositoryArn, Timestamp, WrappedKey};

use super::data_keys::DataKeys;
use super::{CustomerWrapped, KeyContext, KeyFault, KeyService};

/// The most repositories whose standing is kept. Only authenticated callers can fill it.
const KEPT_MAX: usize = 16_384;

/// KMS keys, as repositories use them: the service, and what it said a moment ago.
pub struct CustomerKeys {
    service: Arc<dyn KeyService>,
    clock: Arc<dyn Clock>,
    /// The keys of each repository: one, or two while it changes from one to the other.
    standings: RwLock<HashMap<RepositoryArn, Vec<Standing>>>,
    data_keys: DataKeys,
}

/// The service said yes.
struct Standing {
    key: KmsKeyArn,
    epoch: u64,
    asked_at: Timestamp,
    valid_for: Duration,
}

impl CustomerKeys {
    /// The keys of this service.
    pub fn new(service: Arc<dyn KeyService>, clock: Arc<dyn Clock>) -> Self {
        Self { service, clock, standings: RwLock::default(), data_keys: DataKeys::default() }
    }

    /// Requires that the repository may use the key.
    pub async fn require_usable(
        &self,
        key: &KmsKeyArn,
        repository: &RepositoryArn,
    ) -> Result<(), KeyFault> {
        if self.is_known_usable(key, repository) {
            return Ok(());
        }
        let (epoch, asked_at) = (self.service.epoch(), self.clock.now());
        match self.service.require_usable(key, repository).await {
            Ok(valid_for) => {
                let standing = Standing { key: key.clone(), epoch, asked_at, valid_for };
                self.keep(repository, standing);
                Ok(())
            }
            Err(fault) => {
                self.forget(key, repository);
                Err(fault)
            }
        }
    }

    /// Whether the service said so a moment ago, and nothing changed since.
    pub fn is_known_usable(&self, key: &KmsKeyArn, repository: &RepositoryArn) -> bool {
        let (epoch, now) = (self.service.epoch(), self.clock.now());
        let all = self.standings.read().expect("no thread panics while holding it");
        let of_repository = all.get(repository).into_iter().flatten();
        of_repository.filter(|standing| standing.key == *key).any(|standing| {
            // A clock that was set back makes nothing younger.
            standing.epoch == epoch
                && standing.asked_at <= now
                && now < standing.asked_at.plus(standing.valid_for)
        })
    }

    /// A fresh data key for an object of a repository, in the clear and wrapped.
    pub async fn generate(
        &self,
        key: &KmsKeyArn,
        repository: &RepositoryArn,
        object: &ObjectKey,
    ) -> Result<(DataKey, WrappedKey), KeyFault> {
        self.require_usable(key, repository).await?;
        let (data_key, wrapped) = self.generate_under(key, repository, object).await?;
        self.data_keys.keep(object, key, &data_key);
        Ok((data_key, wrapped))
    }

    /// The data key of an object, for a repository that holds it.
    pub async fn open_for(
        &self,
        repository: &RepositoryArn,
        object: &ObjectKey,
        wrapped: &WrappedKey,
    ) -> Result<DataKey, KeyFault> {
        let read = read(wrapped)?;
        self.require_usable(&read.key, repository).await?;
        if let Some(data_key) = self.data_keys.find(object, &read.key) {
            return Ok(data_key);
        }
        let (key, data_key) = self.decrypt(object, read).await?;
        self.data_keys.keep(object, &key, &data_key);
        Ok(data_key)
    }

    /// The data key of an object, for work in the background that serves its bytes to no one. The
    /// key must be usable, but not by a certain repository.
    pub async fn open(
        &self,
        object: &ObjectKey,
        wrapped: &WrappedKey,
    ) -> Result<DataKey, KeyFault> {
        Ok(self.decrypt(object, read(wrapped)?).await?.1)
    }

    /// A fresh data key for another object that takes the place of one with this wrapped key: under
    /// the same KMS key, for the same repository, which may be gone.
    pub async fn generate_like(
        &self,
        wrapped: &WrappedKey,
        object: &ObjectKey,
    ) -> Result<(DataKey, WrappedKey), KeyFault> {
        let CustomerWrapped { key, repository, ciphertext: _ } = read(wrapped)?;
        self.generate_under(&key, &repository, object).await
    }

    async fn generate_under(
        &self,
        key: &KmsKeyArn,
        repository: &RepositoryArn,
        object: &ObjectKey,
    ) -> Result<(DataKey, WrappedKey), KeyFault> {
        let context = KeyContext { repository: repository.clone(), object: object.clone() };
        let (data_key, ciphertext) = self.service.generate_data_key(key, &context).await?;
        let wrapped =
            CustomerWrapped { key: key.clone(), repository: repository.clone(), ciphertext };
        let wrapped = wrapped.write().ok_or_else(|| {
            KeyFault::Broken("the ciphertext of the key service is too long".into())
        })?;
        Ok((data_key, wrapped))
    }

    async fn decrypt(
        &self,
        object: &ObjectKey,
        wrapped: CustomerWrapped,
    ) -> Result<(KmsKeyArn, DataKey), KeyFault> {
        let CustomerWrapped { key, repository, ciphertext } = wrapped;
        let context = KeyContext { repository, object: object.clone() };
        let data_key = self.service.decrypt(&key, &context, &ciphertext).await?;
        Ok((key, data_key))
    }

    fn keep(&self, repository: &RepositoryArn, new: Standing) {
        let mut all = self.standings.write().expect("no thread panics while holding it");
        if all.len() >= KEPT_MAX {
            all.clear();
        }
        let of_repository = all.entry(repository.clone()).or_default();
        let now = new.asked_at;
        of_repository.retain(|standing| {
            standing.key != new.key && now < standing.asked_at.plus(standing.valid_for)
        });
        of_repository.push(new);
    }

    fn forget(&self, key: &KmsKeyArn, repository: &RepositoryArn) {
        self.data_keys.forget(key);
        let mut all = self.standings.write().expect("no thread panics while holding it");
        if let Some(of_repository) = all.get_mut(repository) {
            of_repository.retain(|standing| standing.key != *key);
        }
    }
}

fn read(wrapped: &WrappedKey) -> Result<CustomerWrapped, KeyFault> {
    let malformed = || KeyFault::Broken("a wrapped data key is malformed".into());
    CustomerWrapped::read(wrapped).ok_or_else(malformed)
}

impl fmt::Debug for CustomerKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CustomerKeys").field("service", &self.service).finish_non_exhaustive()
    }
}
