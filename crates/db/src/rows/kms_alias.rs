use names::{AliasName, KmsAliasArn, KmsKeyId, RegistryId, Timestamp};

use crate::value::{Row, args};
use crate::{DbError, Tx};

/// An alias of a customer's key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KmsAlias {
    /// Its name, account and Region.
    pub arn: KmsAliasArn,
    /// The key that it is for.
    pub key: KmsKeyId,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last pointed at a key.
    pub updated_at: Timestamp,
}

impl Tx<'_> {
    /// Makes an alias; `false` if there is one of this name.
    pub fn insert_kms_alias(&mut self, new: &KmsAlias) -> Result<bool, DbError> {
        let KmsAlias { arn: KmsAliasArn { registry, name }, key, created_at, updated_at } = new;
        let inserted = self.execute(
            "INSERT INTO kms_alias (account, region, name, key, created_at, updated_at)
             VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (account, region, name) DO NOTHING",
            args![&registry.account, &registry.region, name, key, *created_at, *updated_at],
        )?;
        Ok(inserted == 1)
    }

    /// The alias of this name.
    pub fn find_kms_alias(&mut self, arn: &KmsAliasArn) -> Result<Option<KmsAlias>, DbError> {
        self.row(
            "SELECT account, region, name, key, created_at, updated_at FROM kms_alias
             WHERE account = $1 AND region = $2 AND name = $3",
            args![&arn.registry.account, &arn.registry.region, &arn.name],
            read,
        )
    }

    /// The aliases of an account in a Region, by name, from after `after` on.
    pub fn list_kms_aliases(
        &mut self,
        registry: &RegistryId,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<KmsAlias>, DbError> {
        self.rows(
            "SELECT account, region, name, key, created_at, updated_at FROM kms_alias
             WHERE account = $1 AND region = $2 AND name > $3
             ORDER BY name LIMIT $4",
            args![
                &registry.account,
                &registry.region,
                after.unwrap_or_default(),
                i64::from(limit),
            ],
            read,
        )
    }

    /// The aliases of a key, by name, from after `after` on.
    pub fn list_kms_aliases_of_key(
        &mut self,
        key: &KmsKeyId,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<KmsAlias>, DbError> {
        self.rows(
            "SELECT account, region, name, key, created_at, updated_at FROM kms_alias
             WHERE key = $1 AND name > $2
             ORDER BY name LIMIT $3",
            args![key, after.unwrap_or_default(), i64::from(limit)],
            read,
        )
    }

    /// Points an alias at another key.
    pub fn put_kms_alias_key(
        &mut self,
        arn: &KmsAliasArn,
        key: &KmsKeyId,
        now: Timestamp,
    ) -> Result<(), DbError> {
        self.send(
            "UPDATE kms_alias SET key = $4, updated_at = $5
             WHERE account = $1 AND region = $2 AND name = $3",
            args![&arn.registry.account, &arn.registry.region, &arn.name, key, now],
        )
    }

    /// Deletes an alias.
    pub fn delete_kms_alias(&mut self, arn: &KmsAliasArn) -> Result<(), DbError> {
        self.send(
            "DELETE FROM kms_alias WHERE account = $1 AND region = $2 AND name = $3",
            args![&arn.registry.account, &arn.registry.region, &arn.name],
        )
    }

    /// Deletes all aliases of a key.
    pub fn delete_kms_aliases_of_key(&mut self, key: &KmsKeyId) -> Result<(), DbError> {
        self.send("DELETE FROM kms_alias WHERE key = $1", args![key])
    }
}

fn read(row: &Row<'_>) -> Result<KmsAlias, DbError> {
    let registry = RegistryId {
        account: row.word(0, "kms_alias.account")?,
        region: row.word(1, "kms_alias.region")?,
    };
    let name: AliasName = row.word(2, "kms_alias.name")?;
    Ok(KmsAlias {
        arn: KmsAliasArn { registry, name },
        key: row.word(3, "kms_alias.key")?,
        created_at: row.moment(4, "kms_alias.created_at")?,
        updated_at: row.moment(5, "kms_alias.updated_at")?,
    })
}
