//! What the doors tell of the trail, and its files.

use std::sync::PoisonError;
use std::time::Duration;

use db::{AuditChain, AuditTrail, DbError, Tx};
use names::{RegistryId, Timestamp};

use super::digest_file::SignatureText;
use super::file_names::SIGNATURE;
use crate::{Failure, Operations, TrailChoice};

/// How far the trail of a registry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TrailStatus {
    /// When a log file was written last.
    pub log_written_at: Option<Timestamp>,
    /// Where the newest digest file that was written ends.
    pub digest_written_at: Option<Timestamp>,
}

/// A file of the trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrailFile {
    /// What is in it.
    pub bytes: Vec<u8>,
    /// Its signature in hexadecimal, if it is a digest file.
    pub signature: Option<String>,
}

/// Longer than any file that we write.
const FILE_BYTES_MAX: u64 = 64 << 20;
const SIGNATURE_BYTES_MAX: u64 = 4 << 10;

impl Operations {
    /// The trail, if there is one. It is one of each account.
    pub async fn describe_trails(&self) -> Result<Option<AuditTrail>, Failure> {
        let find = |tx: &mut Tx<'_>| tx.find_audit_trail();
        let found: Result<Option<AuditTrail>, DbError> = self.db.read(find).await;
        Ok(found?)
    }

    /// How far the trail of a registry is.
    pub async fn get_trail_status(&self, registry: &RegistryId) -> Result<TrailStatus, Failure> {
        let of = registry.clone();
        let find = move |tx: &mut Tx<'_>| tx.find_audit_chain(&of);
        let found: Result<Option<AuditChain>, DbError> = self.db.read(find).await;
        let status = |chain: AuditChain| TrailStatus {
            log_written_at: chain.log_written_at,
            digest_written_at: chain.digest_written_at,
        };
        Ok(found?.map(status).unwrap_or_default())
    }

    /// How long the oldest record had waited to be delivered when that was last measured; `None` if
    /// this server delivers nothing.
    pub fn audit_waits(&self) -> Option<Duration> {
        let TrailChoice::Deliver(_) = &self.trail else { return None };
        let since = *self.audit_waits.lock().unwrap_or_else(PoisonError::into_inner);
        let waits = since.map_or(0, |since| self.now().as_micros() - since.as_micros());
        Some(Duration::from_micros(u64::try_from(waits).unwrap_or(0)))
    }

    /// Measures again how long records wait.
    pub async fn measure_audit_delivery(&self) -> Result<(), Failure> {
        if let TrailChoice::Deliver(_) = &self.trail {
            let oldest = self.find_oldest_undelivered().await?;
            *self.audit_waits.lock().unwrap_or_else(PoisonError::into_inner) = oldest;
        }
        Ok(())
    }

    /// When the oldest record that is in no log file could have been delivered.
    async fn find_oldest_undelivered(&self) -> Result<Option<Timestamp>, Failure> {
        let (mut after, mut oldest) = (None, None);
        loop {
            let from: Option<RegistryId> = after.clone();
            let find = move |tx: &mut Tx<'_>| tx.find_undelivered_registry(from.as_ref());
            let found: Result<Option<(RegistryId, Timestamp)>, DbError> = self.db.read(find).await;
            let Some((registry, due_at)) = found? else { return Ok(oldest) };
            oldest = Some(oldest.map_or(due_at, |oldest: Timestamp| oldest.min(due_at)));
            after = Some(registry);
        }
    }

    /// A file of the trail, by its key behind the prefix.
    pub async fn read_trail_file(&self, object: &str) -> Result<Option<TrailFile>, Failure> {
        let TrailChoice::Deliver(trail) = &self.trail else { return Ok(None) };
        if object.ends_with(SIGNATURE) {
            return Ok(None);
        }
        let Some(bytes) = trail.files.read(object, FILE_BYTES_MAX).await? else { return Ok(None) };
        let mut signature = None;
        if object.contains("/CloudTrail-Digest/") {
            let beside = format!("{object}{SIGNATURE}");
            let beside = trail.files.read(&beside, SIGNATURE_BYTES_MAX).await?;
            let beside = beside.and_then(|it| serde_json::from_slice::<SignatureText>(&it).ok());
            signature = beside.map(|beside| beside.signature);
        }
        Ok(Some(TrailFile { bytes, signature }))
    }

    /// The keys of the files in a folder behind the prefix, from behind one on. A page may be
    /// shorter than the limit, also if there is more; the key that it ends with is returned then.
    pub async fn list_trail_files(
        &self,
        folder: &str,
        after: &str,
        limit: usize,
    ) -> Result<(Vec<String>, Option<String>), Failure> {
        let TrailChoice::Deliver(trail) = &self.trail else { return Ok((Vec::new(), None)) };
        let mut keys = trail.files.list(folder, after, limit).await?;
        let more = if keys.len() < limit { None } else { keys.last().cloned() };
        keys.retain(|key| !key.ends_with(SIGNATURE));
        Ok((keys, more))
    }
}
