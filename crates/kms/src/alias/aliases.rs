use names::{KmsAliasArn, KmsKeyArn, RegistryId};

use crate::key::require_alive;
use crate::kms::require_key;
use crate::{Failure, Kms, KmsAlias, KmsKey, KmsRefusal, Page};

/// AWS's limit of aliases for one key.
const ALIASES_MAX: u32 = 50;

impl Kms {
    /// Makes an alias for a key.
    pub async fn create_alias(&self, alias: &KmsAliasArn, key: &KmsKeyArn) -> Result<(), Failure> {
        require_free_to_use(alias)?;
        let (arn, key, now) = (alias.clone(), key.clone(), self.now());
        self.write(move |tx| {
            require_alive(&require_key(tx, &key, now)?)?;
            let new = KmsAlias {
                arn: arn.clone(),
                key: key.id.clone(),
                created_at: now,
                updated_at: now,
            };
            if !tx.insert_kms_alias(&new)? {
                return Err(KmsRefusal::AliasExists(arn.clone()).into());
            }
            require_room(tx.list_kms_aliases_of_key(&key.id, None, ALIASES_MAX + 1)?.len())
        })
        .await
    }

    /// Points an alias at another key, which is for the same use and of the same kind.
    pub async fn update_alias(&self, alias: &KmsAliasArn, key: &KmsKeyArn) -> Result<(), Failure> {
        require_free_to_use(alias)?;
        let (arn, key, now) = (alias.clone(), key.clone(), self.now());
        self.write(move |tx| {
            let known = tx.find_kms_alias(&arn)?;
            let known = known.ok_or_else(|| KmsRefusal::AliasNotFound(arn.clone()))?;
            let new = require_key(tx, &key, now)?;
            require_alive(&new)?;
            if let Some(old) = tx.find_kms_key(&known.key)? {
                require_alike(&old, &new)?;
            }
            tx.put_kms_alias_key(&arn, &key.id, now)?;
            require_room(tx.list_kms_aliases_of_key(&key.id, None, ALIASES_MAX + 1)?.len())
        })
        .await
    }

    /// Deletes an alias. Its key stays as it is.
    pub async fn delete_alias(&self, alias: &KmsAliasArn) -> Result<(), Failure> {
        require_free_to_use(alias)?;
        let arn = alias.clone();
        self.write(move |tx| {
            if tx.find_kms_alias(&arn)?.is_none() {
                return Err(KmsRefusal::AliasNotFound(arn.clone()).into());
            }
            Ok(tx.delete_kms_alias(&arn)?)
        })
        .await
    }

    /// The aliases of an account in a Region, or those of a key, by name.
    pub async fn list_aliases(
        &self,
        registry: &RegistryId,
        key: Option<KmsKeyArn>,
        page: Page<String>,
    ) -> Result<Vec<KmsAlias>, Failure> {
        let (registry, now) = (registry.clone(), self.now());
        self.read(move |tx| {
            let (after, limit) = (page.after.as_deref(), page.limit);
            Ok(match &key {
                None => tx.list_kms_aliases(&registry, after, limit)?,
                Some(key) => {
                    require_key(tx, key, now)?;
                    tx.list_kms_aliases_of_key(&key.id, after, limit)?
                }
            })
        })
        .await
    }

    /// The key that an alias is for.
    pub async fn find_alias(&self, alias: &KmsAliasArn) -> Result<Option<KmsKeyArn>, Failure> {
        let arn = alias.clone();
        let found = self.read(move |tx| Ok(tx.find_kms_alias(&arn)?)).await?;
        Ok(found.map(|found| KmsKeyArn { registry: found.arn.registry, id: found.key }))
    }
}

fn require_free_to_use(alias: &KmsAliasArn) -> Result<(), KmsRefusal> {
    if alias.name.is_reserved() {
        return Err(KmsRefusal::AliasReserved(alias.name.clone()));
    }
    Ok(())
}

fn require_alike(old: &KmsKey, new: &KmsKey) -> Result<(), KmsRefusal> {
    if old.usage != new.usage || old.spec.is_asymmetric() != new.spec.is_asymmetric() {
        let text =
            "The current and new KMS keys must be the same type and have the same key usage.";
        return Err(KmsRefusal::Validation(text.to_owned()));
    }
    Ok(())
}

fn require_room(aliases: usize) -> Result<(), Failure> {
    if aliases > ALIASES_MAX as usize {
        let text = format!("A KMS key has at most {ALIASES_MAX} aliases.");
        return Err(KmsRefusal::LimitExceeded(text).into());
    }
    Ok(())
}
