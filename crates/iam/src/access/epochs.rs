use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher, Hash};
use std::sync::atomic::{AtomicU64, Ordering};

use names::{AccountId, RegistryId, RepositoryArn};

/// How many counters there are. Two things that share one are read again once too often, and a
/// thousand accounts and repositories that change at the same moment are few.
const COUNTERS: usize = 1024;

/// Counts changes of rights, so that a cache of rights knows whether it is still valid.
///
/// Read the epoch, then the rows: the result is valid while the epoch is the same. Change the rows,
/// then end the epoch: a reader that read the rows before the change read an epoch that is over.
#[derive(Debug)]
pub struct Epochs(Box<[AtomicU64]>);

impl Default for Epochs {
    fn default() -> Self {
        Self((0..COUNTERS).map(|_| AtomicU64::new(0)).collect())
    }
}

impl Epochs {
    /// Something about the account's principals or policies has changed.
    pub fn bump_account(&self, account: &AccountId) {
        self.bump(account);
    }

    /// The account was closed: everything cached about it must be read again.
    pub fn bump_all(&self) {
        for counter in &self.0 {
            counter.fetch_add(1, Ordering::Release);
        }
    }

    /// The repository's policy or tags have, or it was made or deleted.
    pub fn bump_repository(&self, repository: &RepositoryArn) {
        self.bump(repository);
    }

    /// The registry's policy has, or how far it reaches.
    pub fn bump_registry(&self, registry: &RegistryId) {
        self.bump(registry);
    }

    /// The epoch of everything cached about an account's principals and policies.
    pub fn of_account(&self, account: &AccountId) -> u64 {
        self.of(account)
    }

    /// The epoch of everything cached about a repository.
    pub fn of_repository(&self, repository: &RepositoryArn) -> u64 {
        self.of(repository)
    }

    /// The epoch of everything cached about a registry.
    pub fn of_registry(&self, registry: &RegistryId) -> u64 {
        self.of(registry)
    }

    fn bump(&self, subject: &impl Hash) {
        self.counter(subject).fetch_add(1, Ordering::Release);
    }

    fn of(&self, subject: &impl Hash) -> u64 {
        self.counter(subject).load(Ordering::Acquire)
    }

    fn counter(&self, subject: &impl Hash) -> &AtomicU64 {
        let hash = BuildHasherDefault::<DefaultHasher>::new().hash_one(subject);
        let counters = self.0.len() as u64;
        let at = usize::try_from(hash % counters).expect("it is less than the number of counters");
        &self.0[at]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_ends_the_epoch_of_what_changed() {
        let epochs = Epochs::default();
        let account = AccountId::parse("123456789012").unwrap();
        let other = AccountId::parse("210987654321").unwrap();
        let (before, beside) = (epochs.of_account(&account), epochs.of_account(&other));
        epochs.bump_account(&account);
        assert_ne!(epochs.of_account(&account), before);
        assert_eq!(epochs.of_account(&other), beside, "these two have counters of their own");
    }
}
