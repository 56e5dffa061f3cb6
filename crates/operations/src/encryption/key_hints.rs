use std::collections::HashMap;
use std::sync::RwLock;

use names::{EncryptionKey, RepositoryArn};

/// The most repositories that are remembered.
const KEPT_MAX: usize = 16_384;

/// Which repositories are under KMS keys, as of the last time that anyone looked.
///
/// Nothing rests on it: the transaction that writes rows compares the key with the repository's,
/// and is run again with the right one. It spares a push the question.
#[derive(Debug, Default)]
pub(crate) struct KeyHints(RwLock<HashMap<RepositoryArn, EncryptionKey>>);

impl KeyHints {
    /// The key that the repository had, or else the registry's own, which most have.
    pub(crate) fn guess(&self, arn: &RepositoryArn) -> EncryptionKey {
        let all = self.0.read().expect("no thread panics while holding it");
        all.get(arn).cloned().unwrap_or_default()
    }

    /// Remembers the key that the repository has.
    pub(crate) fn note(&self, arn: &RepositoryArn, key: &EncryptionKey) {
        let mut all = self.0.write().expect("no thread panics while holding it");
        if all.len() >= KEPT_MAX {
            all.clear();
        }
        if key.is_kms() {
            all.insert(arn.clone(), key.clone());
        } else {
            all.remove(arn);
        }
    }
}
