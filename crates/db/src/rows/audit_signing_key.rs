use names::{RegistryId, Timestamp};

use crate::value::args;
use crate::{DbError, Tx};

/// A key that signs digest files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditSigningKey {
    /// Its fingerprint.
    pub id: String,
    /// The public key.
    pub public: Vec<u8>,
    /// The private key, sealed.
    pub sealed: Vec<u8>,
    /// Since when it signs.
    pub since: Timestamp,
}

impl Tx<'_> {
    /// Keeps a key that signs the digest files of a registry.
    pub fn insert_audit_signing_key(
        &mut self,
        registry: &RegistryId,
        key: &AuditSigningKey,
    ) -> Result<(), DbError> {
        let RegistryId { account, region } = registry;
        let AuditSigningKey { id, public, sealed, since } = key;
        self.send(
            "INSERT INTO audit_signing_key (id, account, region, public, sealed, since)
             VALUES ($1, $2, $3, $4, $5, $6)",
            args![id, account, region, public, sealed, *since],
        )
    }

    /// The keys that sign the digest files of a registry, the oldest first, behind one.
    pub fn list_audit_signing_keys(
        &mut self,
        registry: &RegistryId,
        after: Option<(Timestamp, &str)>,
        limit: u32,
    ) -> Result<Vec<AuditSigningKey>, DbError> {
        let RegistryId { account, region } = registry;
        let (since, id) = after.unwrap_or((Timestamp::from_micros(i64::MIN), ""));
        self.rows(
            "SELECT id, public, sealed, since FROM audit_signing_key
             WHERE account = $1 AND region = $2 AND (since, id) > ($3, $4)
             ORDER BY since, id LIMIT $5",
            args![account, region, since, id, i64::from(limit)],
            |row| {
                Ok(AuditSigningKey {
                    id: row.text(0, "audit_signing_key.id")?,
                    public: row.bytes(1, "audit_signing_key.public")?.to_vec(),
                    sealed: row.bytes(2, "audit_signing_key.sealed")?.to_vec(),
                    since: row.moment(3, "audit_signing_key.since")?,
                })
            },
        )
    }

    /// The private keys of all registries, sealed, behind the one of this id.
    pub fn list_sealed_audit_keys(
        &mut self,
        after: &str,
        limit: u32,
    ) -> Result<Vec<(String, Vec<u8>)>, DbError> {
        self.rows(
            "SELECT id, sealed FROM audit_signing_key WHERE id > $1 ORDER BY id LIMIT $2",
            args![after, i64::from(limit)],
            |row| {
                let sealed = row.bytes(1, "audit_signing_key.sealed")?.to_vec();
                Ok((row.text(0, "audit_signing_key.id")?, sealed))
            },
        )
    }

    /// Keeps the same private key, sealed in another way. Nothing happens if it is not the one that
    /// was read.
    pub fn reseal_audit_key(&mut self, id: &str, old: &[u8], new: &[u8]) -> Result<(), DbError> {
        self.send(
            "UPDATE audit_signing_key SET sealed = $3 WHERE id = $1 AND sealed = $2",
            args![id, old, new],
        )
    }
}
