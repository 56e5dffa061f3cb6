use names::{RegistryId, Timestamp};

use super::audit_trail::{names_of, registry};
use crate::value::{Row, args};
use crate::{DbError, Tx};

/// A file that a trail delivers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditFile {
    /// Its key in the bucket.
    pub object: String,
    /// The digest of what it says, in hexadecimal.
    pub hash: String,
    /// What is to be written, until it is.
    pub body: Option<Vec<u8>>,
}

/// A log file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditLogFile {
    /// The file.
    pub file: AuditFile,
    /// When the first of its events happened.
    pub oldest_at: Timestamp,
    /// When the last one did.
    pub newest_at: Timestamp,
}

/// The chain of the digest files of a registry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditChain {
    /// Where the newest one ends, and the next one begins.
    pub digested_until: Timestamp,
    /// The newest one, and its signature in hexadecimal.
    pub newest: Option<(AuditFile, String)>,
    /// When a log file was written last.
    pub log_written_at: Option<Timestamp>,
    /// Where the newest digest file that was written ends.
    pub digest_written_at: Option<Timestamp>,
}

impl Tx<'_> {
    /// Keeps a log file that is to be written.
    pub fn insert_audit_log_file(
        &mut self,
        registry: &RegistryId,
        log: &AuditLogFile,
    ) -> Result<(), DbError> {
        let RegistryId { account, region } = registry;
        let AuditLogFile { file: AuditFile { object, hash, body }, oldest_at, newest_at } = log;
        self.send(
            "INSERT INTO audit_log_file (account, region, object, hash, oldest_at, newest_at, body)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            args![account, region, object, hash, *oldest_at, *newest_at, body.as_ref()],
        )
    }

    /// The log file that is to be written, if there is one.
    pub fn find_unwritten_log_file(
        &mut self,
        registry: &RegistryId,
    ) -> Result<Option<AuditLogFile>, DbError> {
        let RegistryId { account, region } = registry;
        self.row(
            "SELECT object, hash, oldest_at, newest_at, body FROM audit_log_file
             WHERE account = $1 AND region = $2 AND body IS NOT NULL",
            args![account, region],
            read_log_file,
        )
    }

    /// Log files that were written and that no digest file names, the oldest first.
    pub fn list_undigested_log_files(
        &mut self,
        registry: &RegistryId,
        limit: u32,
    ) -> Result<Vec<AuditLogFile>, DbError> {
        let RegistryId { account, region } = registry;
        self.rows(
            "SELECT object, hash, oldest_at, newest_at, body FROM audit_log_file
             WHERE account = $1 AND region = $2 AND body IS NULL ORDER BY object LIMIT $3",
            args![account, region, i64::from(limit)],
            read_log_file,
        )
    }

    /// A log file was written.
    pub fn put_log_file_written(
        &mut self,
        registry: &RegistryId,
        object: &str,
        now: Timestamp,
    ) -> Result<(), DbError> {
        let RegistryId { account, region } = registry;
        self.send(
            "UPDATE audit_log_file SET body = NULL
             WHERE account = $1 AND region = $2 AND object = $3",
            args![account, region, object],
        )?;
        self.send(
            "UPDATE audit_chain SET log_written_at = $3 WHERE account = $1 AND region = $2",
            args![account, region, now],
        )
    }

    /// A digest file names this log file.
    pub fn delete_audit_log_file(
        &mut self,
        registry: &RegistryId,
        object: &str,
    ) -> Result<(), DbError> {
        let RegistryId { account, region } = registry;
        self.send(
            "DELETE FROM audit_log_file WHERE account = $1 AND region = $2 AND object = $3",
            args![account, region, object],
        )
    }

    /// Forgets the log file that is to be written.
    pub fn drop_unwritten_log_file(&mut self, registry: &RegistryId) -> Result<(), DbError> {
        let RegistryId { account, region } = registry;
        self.send(
            "DELETE FROM audit_log_file
             WHERE account = $1 AND region = $2 AND body IS NOT NULL",
            args![account, region],
        )
    }

    /// The chain of a registry.
    pub fn find_audit_chain(
        &mut self,
        registry: &RegistryId,
    ) -> Result<Option<AuditChain>, DbError> {
        let RegistryId { account, region } = registry;
        self.row(
            "SELECT digested_until, object, hash, signature, body, log_written_at,
                    digest_written_at
             FROM audit_chain WHERE account = $1 AND region = $2",
            args![account, region],
            read_chain,
        )
    }

    /// Registries that have a chain, behind this one.
    pub fn list_audit_chains(
        &mut self,
        after: Option<&RegistryId>,
        limit: u32,
    ) -> Result<Vec<RegistryId>, DbError> {
        let (account, region) = names_of(after);
        self.rows(
            "SELECT account, region FROM audit_chain WHERE (account, region) > ($1, $2)
             ORDER BY account, region LIMIT $3",
            args![account, region, i64::from(limit)],
            registry,
        )
    }

    /// Begins the chain of a registry, unless there is one.
    pub fn insert_audit_chain(
        &mut self,
        registry: &RegistryId,
        since: Timestamp,
    ) -> Result<(), DbError> {
        let RegistryId { account, region } = registry;
        self.send(
            "INSERT INTO audit_chain (account, region, digested_until) VALUES ($1, $2, $3)
             ON CONFLICT DO NOTHING",
            args![account, region, since],
        )
    }

    /// The newest digest file of a registry is another one, which is to be written.
    pub fn put_audit_digest(
        &mut self,
        registry: &RegistryId,
        until: Timestamp,
        file: &AuditFile,
        signature: &str,
    ) -> Result<(), DbError> {
        let RegistryId { account, region } = registry;
        let AuditFile { object, hash, body } = file;
        self.send(
            "UPDATE audit_chain
             SET digested_until = $3, object = $4, hash = $5, signature = $6, body = $7
             WHERE account = $1 AND region = $2",
            args![account, region, until, object, hash, signature, body.as_ref()],
        )
    }

    /// The newest digest file was written.
    pub fn put_audit_digest_written(
        &mut self,
        registry: &RegistryId,
        object: &str,
    ) -> Result<(), DbError> {
        let RegistryId { account, region } = registry;
        self.send(
            "UPDATE audit_chain SET body = NULL, digest_written_at = digested_until
             WHERE account = $1 AND region = $2 AND object = $3",
            args![account, region, object],
        )
    }

    /// Forgets the chain of a registry: the next digest file begins another one. A log file that is
    /// to be written stays.
    pub fn delete_audit_chain(&mut self, registry: &RegistryId) -> Result<(), DbError> {
        let RegistryId { account, region } = registry;
        self.send(
            "DELETE FROM audit_chain WHERE account = $1 AND region = $2",
            args![account, region],
        )?;
        self.send(
            "DELETE FROM audit_log_file WHERE account = $1 AND region = $2 AND body IS NULL",
            args![account, region],
        )
    }
}

fn read_log_file(row: &Row<'_>) -> Result<AuditLogFile, DbError> {
    let file = AuditFile {
        object: row.text(0, "audit_log_file.object")?,
        hash: row.text(1, "audit_log_file.hash")?,
        body: row.maybe_bytes(4, "audit_log_file.body")?.map(<[u8]>::to_vec),
    };
    let oldest_at = row.moment(2, "audit_log_file.oldest_at")?;
    Ok(AuditLogFile { file, oldest_at, newest_at: row.moment(3, "audit_log_file.newest_at")? })
}

fn read_chain(row: &Row<'_>) -> Result<AuditChain, DbError> {
    const HASH: &str = "audit_chain.hash";
    const SIGNATURE: &str = "audit_chain.signature";
    let newest = match row.maybe_text(1, "audit_chain.object")? {
        None => None,
        Some(object) => {
            let hash = row.maybe_text(2, HASH)?.ok_or(DbError::Corrupt { column: HASH })?;
            let signature = row.maybe_text(3, SIGNATURE)?;
            let signature = signature.ok_or(DbError::Corrupt { column: SIGNATURE })?;
            let body = row.maybe_bytes(4, "audit_chain.body")?.map(<[u8]>::to_vec);
            Some((AuditFile { object, hash, body }, signature))
        }
    };
    Ok(AuditChain {
        digested_until: row.moment(0, "audit_chain.digested_until")?,
        newest,
        log_written_at: row.maybe_moment(5, "audit_chain.log_written_at")?,
        digest_written_at: row.maybe_moment(6, "audit_chain.digest_written_at")?,
    })
}
