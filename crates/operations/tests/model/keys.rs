//! Changes of the keys of repositories. What they hold stays where it is for clients.

use names::{EncryptionKey, KmsKeyArn, KmsKeyId, RepositoryArn, RepositoryName};
use operations::{EncryptionRefusal, Refusal, RepositoryRefusal};

use crate::perform::{Trial, same};
use crate::state::{Key, Presence};

/// The key that acts give a number; 0 is the registry's own.
fn named(number: u8, arn: &RepositoryArn) -> EncryptionKey {
    if number == 0 {
        return EncryptionKey::default();
    }
    let (registry, id) = (arn.registry.clone(), KmsKeyId::from_random([number; 16]));
    EncryptionKey::from(&KmsKeyArn { registry, id })
}

impl Trial<'_> {
    pub(crate) async fn rekey(&mut self, number: u8, key: u8) -> Result<(), String> {
        let arn = self.catalogue.repository(number).clone();
        let wanted = named(key, &arn);
        let rekeyed = self.world.operations().rekey_repository(&arn, &wanted).await;
        let Some(rekeyed) = self.judge(rekeyed)? else { return Ok(()) };
        let Some(repository) = self.repository(&arn) else {
            return same("answer", rekeyed.err(), Some(RepositoryRefusal::NotFound(arn).into()));
        };
        let is_the_same = repository.key.number == key;
        match rekeyed {
            Ok(rekey) if !is_the_same || repository.key.was_changed => {
                repository.key = Key { number: key, was_changed: true };
                same("the new key", rekey.to_key, wanted)
            }
            Err(Refusal::Encryption(EncryptionRefusal::SameKey { .. }))
                if is_the_same && !repository.key.was_changed =>
            {
                Ok(())
            }
            Err(Refusal::Encryption(EncryptionRefusal::RekeyInProgress { .. }))
                if !is_the_same && repository.key.was_changed =>
            {
                Ok(())
            }
            other => Err(format!("key {key} instead of {:?}: {other:?}", repository.key)),
        }
    }

    /// Whether a layer that is there can be mounted: only under one key, which a layer of a
    /// repository whose key was changed may have or not.
    pub(crate) fn under_one_key(
        &self,
        arn: &RepositoryArn,
        from: &RepositoryName,
        there: Presence,
    ) -> Presence {
        let key = |name| self.model.0.get(name).map(|repository| repository.key);
        match (key(&arn.repository), key(from)) {
            _ if there == Presence::Impossible => Presence::Impossible,
            (Some(to), Some(from)) if to.was_changed || from.was_changed => Presence::Possible,
            _ => there,
        }
    }

    /// After long quiet, no change is under way.
    pub(crate) async fn verify_keys(&mut self) -> Result<(), String> {
        for arn in self.catalogue.repositories.clone() {
            let Some(Key { number, was_changed: true }) =
                self.repository(&arn).map(|repository| repository.key)
            else {
                continue;
            };
            let rekey = self.world.operations().describe_rekey(&arn).await;
            let Some(rekey) = self.judge(rekey)? else { continue };
            let rekey =
                rekey.map_err(|refusal| refusal.to_string())?.ok_or("no change is known")?.rekey;
            same("the key", rekey.to_key, named(number, &arn))?;
            same("it has ended", rekey.ended_at.is_some(), true)?;
        }
        Ok(())
    }
}
