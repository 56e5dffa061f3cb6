use names::{
    KeySpec, KeyUsage, KmsKeyArn, KmsKeyId, KmsKeyManager, MaterialId, RegistryId, Timestamp,
};

use crate::value::{Row, args};
use crate::{DbError, Tx};

/// A customer's key, without its secret part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KmsKey {
    /// Its id, account and Region.
    pub arn: KmsKeyArn,
    /// What its owner wrote about it.
    pub description: String,
    /// What it consists of.
    pub spec: KeySpec,
    /// What it is for.
    pub usage: KeyUsage,
    /// Who manages it.
    pub manager: KmsKeyManager,
    /// Its policy, with the ids of users and roles.
    pub policy: String,
    /// Whether it may be used.
    pub is_enabled: bool,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it is deleted, if that is scheduled.
    pub delete_at: Option<Timestamp>,
    /// How often it rotates, if it rotates by itself.
    pub rotation_days: Option<i64>,
    /// When it rotates next, if it does.
    pub rotates_at: Option<Timestamp>,
    /// The material that encrypts or signs now.
    pub material: MaterialId,
    /// The public one of a pair of keys, in DER.
    pub public_key: Option<Vec<u8>>,
}

impl Tx<'_> {
    /// Makes a key. Its material is written beside it.
    pub fn insert_kms_key(&mut self, new: &KmsKey) -> Result<(), DbError> {
        let KmsKey { arn: KmsKeyArn { registry, id }, description, spec, usage, .. } = new;
        let KmsKey { manager, policy, is_enabled, created_at, delete_at, .. } = new;
        let KmsKey { rotation_days, rotates_at, material, public_key, .. } = new;
        let RegistryId { account, region } = registry;
        self.execute(
            "INSERT INTO kms_key (id, account, region, description, spec, usage, manager, policy, is_enabled,
                 created_at, delete_at, rotation_days, rotates_at, material, public_key)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
            args![
                id, account, region, description, spec.as_str(), usage.as_str(), manager.as_str(),
                policy, *is_enabled, *created_at, *delete_at, *rotation_days, *rotates_at, material,
                public_key.as_ref(),
            ],
        )
        .map(drop)
    }

    /// The key with this id, in whatever account and Region.
    pub fn find_kms_key(&mut self, id: &KmsKeyId) -> Result<Option<KmsKey>, DbError> {
        self.row(
            "SELECT id, account, region, description, spec, usage, manager, policy, is_enabled,
                 created_at, delete_at, rotation_days, rotates_at, material, public_key
             FROM kms_key WHERE id = $1",
            args![id],
            read,
        )
    }

    /// The ids of an account's keys in a Region, from after `after` on.
    pub fn list_kms_keys(
        &mut self,
        registry: &RegistryId,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<KmsKeyId>, DbError> {
        self.rows(
            "SELECT id FROM kms_key WHERE account = $1 AND region = $2 AND id > $3
             ORDER BY id LIMIT $4",
            args![
                &registry.account,
                &registry.region,
                after.unwrap_or_default(),
                i64::from(limit),
            ],
            |row| row.word(0, "kms_key.id"),
        )
    }

    /// Policies of keys with their ids, from after `after` on.
    pub fn list_kms_key_policies(
        &mut self,
        after: Option<&KmsKeyId>,
        limit: u32,
    ) -> Result<Vec<(KmsKeyId, String)>, DbError> {
        self.rows(
            "SELECT id, policy FROM kms_key WHERE id > $1 ORDER BY id LIMIT $2",
            args![after.map_or("", KmsKeyId::as_str), i64::from(limit)],
            |row| Ok((row.word(0, "kms_key.id")?, row.text(1, "kms_key.policy")?)),
        )
    }

    /// The keys whose deletion is due, those that have waited longest first.
    pub fn list_kms_keys_to_delete(
        &mut self,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<KmsKeyId>, DbError> {
        self.rows(
            "SELECT id FROM kms_key WHERE delete_at <= $1 ORDER BY delete_at, id LIMIT $2",
            args![now, i64::from(limit)],
            |row| row.word(0, "kms_key.id"),
        )
    }

    /// The keys whose rotation is due, those that have waited longest first.
    pub fn list_kms_keys_to_rotate(
        &mut self,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<KmsKeyId>, DbError> {
        self.rows(
            "SELECT id FROM kms_key WHERE rotates_at <= $1 ORDER BY rotates_at, id LIMIT $2",
            args![now, i64::from(limit)],
            |row| row.word(0, "kms_key.id"),
        )
    }

    /// Changes what its owner wrote about a key.
    pub fn put_kms_key_description(
        &mut self,
        id: &KmsKeyId,
        description: &str,
    ) -> Result<(), DbError> {
        self.send("UPDATE kms_key SET description = $2 WHERE id = $1", args![id, description])
    }

    /// Changes a key's policy.
    pub fn put_kms_key_policy(&mut self, id: &KmsKeyId, policy: &str) -> Result<(), DbError> {
        self.send("UPDATE kms_key SET policy = $2 WHERE id = $1", args![id, policy])
    }

    /// Changes whether a key may be used, when it is deleted, and when it rotates next.
    pub fn put_kms_key_state(
        &mut self,
        id: &KmsKeyId,
        is_enabled: bool,
        delete_at: Option<Timestamp>,
        rotates_at: Option<Timestamp>,
    ) -> Result<(), DbError> {
        self.send(
            "UPDATE kms_key SET is_enabled = $2, delete_at = $3, rotates_at = $4 WHERE id = $1",
            args![id, is_enabled, delete_at, rotates_at],
        )
    }

    /// Changes how often a key rotates, and when it does next.
    pub fn put_kms_key_rotation(
        &mut self,
        id: &KmsKeyId,
        rotation_days: Option<i64>,
        rotates_at: Option<Timestamp>,
    ) -> Result<(), DbError> {
        self.send(
            "UPDATE kms_key SET rotation_days = $2, rotates_at = $3 WHERE id = $1",
            args![id, rotation_days, rotates_at],
        )
    }

    /// Lets a key use another of its materials from now on.
    pub fn put_kms_key_material(
        &mut self,
        id: &KmsKeyId,
        material: &MaterialId,
    ) -> Result<(), DbError> {
        self.send("UPDATE kms_key SET material = $2 WHERE id = $1", args![id, material])
    }

    /// Deletes a key. What is written beside it is deleted before.
    pub fn delete_kms_key(&mut self, id: &KmsKeyId) -> Result<(), DbError> {
        self.send("DELETE FROM kms_key WHERE id = $1", args![id])
    }
}

fn read(row: &Row<'_>) -> Result<KmsKey, DbError> {
    let registry = RegistryId {
        account: row.word(1, "kms_key.account")?,
        region: row.word(2, "kms_key.region")?,
    };
    Ok(KmsKey {
        arn: KmsKeyArn { registry, id: row.word(0, "kms_key.id")? },
        description: row.text(3, "kms_key.description")?,
        spec: row.word(4, "kms_key.spec")?,
        usage: row.word(5, "kms_key.usage")?,
        manager: row.word(6, "kms_key.manager")?,
        policy: row.text(7, "kms_key.policy")?,
        is_enabled: row.int(8, "kms_key.is_enabled")? != 0,
        created_at: row.moment(9, "kms_key.created_at")?,
        delete_at: row.maybe_moment(10, "kms_key.delete_at")?,
        rotation_days: row.maybe_int(11, "kms_key.rotation_days")?,
        rotates_at: row.maybe_moment(12, "kms_key.rotates_at")?,
        material: row.word(13, "kms_key.material")?,
        public_key: row.maybe_bytes(14, "kms_key.public_key")?.map(<[u8]>::to_vec),
    })
}
