//! Whether a repository may use its key.

use db::{Repository, Tx};
use keys::customer_keys::KeyWatch;
use names::{EncryptionKey, RepositoryArn};

use super::refusal::about;
use crate::operations::require_repository;
use crate::{Failure, Fault, Operations, Refusal};

/// What came of something that was done for a repository with the key that it was thought to have.
pub(crate) enum Under<T> {
    /// It was done.
    This(T),
    /// Nothing: the repository has this key.
    Another(EncryptionKey),
}

/// How often a key may change between a look and a transaction.
const LOOKS_MAX: u32 = 8;

/// The key that a repository is thought to have.
pub(crate) struct Guess {
    pub(crate) key: EncryptionKey,
    looks: u32,
}

impl Operations {
    /// Requires that the repository may use the key now.
    pub(crate) async fn require_usable_key(
        &self,
        arn: &RepositoryArn,
        key: &EncryptionKey,
    ) -> Result<(), Failure> {
        match key.kms() {
            None => Ok(()),
            Some(kms) => self.customer_keys.require_usable(&kms, arn).await.map_err(about(&kms)),
        }
    }

    /// Watches over the key while bytes are on their way; `None` if no one can take it away.
    pub(crate) fn watch(&self, arn: &RepositoryArn, key: &EncryptionKey) -> Option<KeyWatch> {
        key.kms().map(|kms| KeyWatch::new(self.customer_keys.clone(), kms, arn.clone()))
    }

    /// The key that the repository is thought to have.
    pub(crate) fn guess_key(&self, arn: &RepositoryArn) -> Guess {
        Guess { key: self.key_hints.guess(arn), looks: 0 }
    }

    /// Corrects a guess that was refused: the refusal counts only if the repository has that key.
    pub(crate) async fn guess_again(
        &self,
        arn: &RepositoryArn,
        guess: &mut Guess,
        refused: Failure,
    ) -> Result<(), Failure> {
        if !matches!(refused, Failure::Refused(Refusal::Encryption(_))) {
            return Err(refused);
        }
        let wanted = arn.clone();
        let find = move |tx: &mut Tx<'_>| require_repository(tx, &wanted);
        let key = self.db.read(find).await?.encryption_key;
        if key == guess.key {
            return Err(refused);
        }
        self.settle(arn, guess, Under::<()>::Another(key)).map(drop)
    }

    /// Returns what was done, or has it done again with the right key.
    pub(crate) fn settle<T>(
        &self,
        arn: &RepositoryArn,
        guess: &mut Guess,
        outcome: Under<T>,
    ) -> Result<Option<T>, Failure> {
        match outcome {
            Under::This(done) => Ok(Some(done)),
            Under::Another(key) => {
                self.key_hints.note(arn, &key);
                *guess = Guess { key, looks: guess.looks + 1 };
                if guess.looks > LOOKS_MAX {
                    let why = "the key of a repository changes all the time";
                    return Err(Failure::Fault(Fault::Broken(why.into())));
                }
                Ok(None)
            }
        }
    }
}

/// The repository, or the key that it has if that is another.
pub(crate) fn require_under(
    tx: &mut Tx<'_>,
    arn: &RepositoryArn,
    key: &EncryptionKey,
) -> Result<Under<Repository>, Failure> {
    let repository = require_repository(tx, arn)?;
    Ok(if repository.encryption_key == *key {
        Under::This(repository)
    } else {
        Under::Another(repository.encryption_key)
    })
}
