//! Delivers the records of all registries: log files as records come, digest files as their time
//! is over.

use std::time::Duration;

use blobs::StoreError;
use db::{AuditChain, AuditFile, AuditLogFile, DbError, Tx};
use names::{RegistryId, Timestamp, error_chain};

use super::TrailDestination;
use super::digest_file::{Period, SIGNED_WITH, SignatureText};
use super::file_names::{SIGNATURE, digest_folder, digest_stem};
use crate::{Failure, Operations};

/// Why not everything was delivered.
pub(crate) enum Undelivered {
    /// The destination took nothing. It is not our failure.
    Away(String),
    /// We failed.
    Failed(Failure),
}

impl From<StoreError> for Undelivered {
    fn from(error: StoreError) -> Self {
        Self::Away(error_chain(&error))
    }
}

impl From<Failure> for Undelivered {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<DbError> for Undelivered {
    fn from(error: DbError) -> Self {
        Self::Failed(error.into())
    }
}

/// Log files of one registry in one run. Others come in between.
const LOG_FILES_AT_ONCE: u32 = 200;

/// Log files that one digest file names at most. More of them make a digest file before its time.
const LOG_FILES_MAX: u32 = 1_000;

/// Steps of one run with digest files: to write what a crash left, and to make and write one before
/// its time and one at its time.
const STEPS_MAX: u32 = 6;

/// Registries that are read together.
const PAGE: u32 = 100;

/// Digest files of others that are looked through for newer ones of this trail.
const LOOKED_THROUGH_MAX: usize = 1_000;

const SECOND: Duration = Duration::from_secs(1);

impl Operations {
    /// Delivers what is there to be delivered to a trail that began then.
    pub(crate) async fn deliver(
        &self,
        trail: &TrailDestination,
        begun_at: Timestamp,
    ) -> Result<(), Undelivered> {
        self.begin_chains(begun_at).await?;
        let mut after = None;
        loop {
            let from: Option<RegistryId> = after.clone();
            let next = move |tx: &mut Tx<'_>| tx.list_audit_chains(from.as_ref(), PAGE);
            let listed: Result<Vec<RegistryId>, DbError> = self.db.read(next).await;
            let page = listed?;
            let Some(last) = page.last() else { return Ok(()) };
            after = Some(last.clone());
            for registry in &page {
                self.deliver_logs(trail, registry).await?;
                self.deliver_digests(trail, registry).await?;
            }
        }
    }

    /// Begins the chain of each registry that has records and none.
    async fn begin_chains(&self, begun_at: Timestamp) -> Result<(), Undelivered> {
        let since = floor(begun_at, SECOND);
        let mut after = None;
        loop {
            let from: Option<RegistryId> = after.clone();
            let find = move |tx: &mut Tx<'_>| tx.find_undelivered_registry(from.as_ref());
            let found: Result<Option<(RegistryId, Timestamp)>, DbError> = self.db.read(find).await;
            let Some((registry, _)) = found? else { return Ok(()) };
            let of = registry.clone();
            let is_begun = move |tx: &mut Tx<'_>| tx.find_audit_chain(&of);
            let is_begun: Result<_, DbError> = self.db.read(is_begun).await;
            if is_begun?.is_none() {
                let of = registry.clone();
                let insert = move |tx: &mut Tx<'_>| tx.insert_audit_chain(&of, since);
                let begun: Result<(), DbError> = self.db.write(insert).await;
                begun?;
            }
            after = Some(registry);
        }
    }

    async fn deliver_logs(
        &self,
        trail: &TrailDestination,
        registry: &RegistryId,
    ) -> Result<(), Undelivered> {
        for _ in 0..LOG_FILES_AT_ONCE {
            let of = registry.clone();
            let find = move |tx: &mut Tx<'_>| tx.find_unwritten_log_file(&of);
            let found: Result<Option<AuditLogFile>, DbError> = self.db.read(find).await;
            if let Some(AuditFile { object, body, .. }) = found?.map(|log| log.file) {
                trail.files.put(&object, body.unwrap_or_default(), Vec::new()).await?;
                let (of, now) = (registry.clone(), self.now());
                let note = move |tx: &mut Tx<'_>| tx.put_log_file_written(&of, &object, now);
                let noted: Result<(), DbError> = self.db.write(note).await;
                noted?;
            }
            if !self.make_log_file(registry).await? {
                break;
            }
        }
        Ok(())
    }

    async fn deliver_digests(
        &self,
        trail: &TrailDestination,
        registry: &RegistryId,
    ) -> Result<(), Undelivered> {
        for _ in 0..STEPS_MAX {
            let of = registry.clone();
            let find = move |tx: &mut Tx<'_>| tx.find_audit_chain(&of);
            let found: Result<Option<AuditChain>, DbError> = self.db.read(find).await;
            let Some(chain) = found? else { return Ok(()) };
            match chain.newest {
                Some((file, signature)) if file.body.is_some() => {
                    self.write_digest(trail, registry, file, &signature).await?;
                }
                _ if self.make_digest(trail, registry, chain).await? => {}
                _ => return Ok(()),
            }
        }
        Ok(())
    }

    /// First the signature: no digest file is there without it.
    async fn write_digest(
        &self,
        trail: &TrailDestination,
        registry: &RegistryId,
        file: AuditFile,
        signature: &str,
    ) -> Result<(), Undelivered> {
        let AuditFile { object, body, .. } = file;
        let beside = SignatureText::of(signature).bytes();
        trail.files.put(&format!("{object}{SIGNATURE}"), beside, Vec::new()).await?;
        let metadata = vec![
            ("signature", signature.to_owned()),
            ("signature-algorithm", SIGNED_WITH.to_owned()),
        ];
        trail.files.put(&object, body.unwrap_or_default(), metadata).await?;
        let of = registry.clone();
        let note = move |tx: &mut Tx<'_>| tx.put_audit_digest_written(&of, &object);
        let noted: Result<(), DbError> = self.db.write(note).await;
        Ok(noted?)
    }

    /// Keeps the next digest file, if it is time for it. Says whether it was.
    async fn make_digest(
        &self,
        trail: &TrailDestination,
        registry: &RegistryId,
        chain: AuditChain,
    ) -> Result<bool, Undelivered> {
        let of = registry.clone();
        let list = move |tx: &mut Tx<'_>| tx.list_undigested_log_files(&of, LOG_FILES_MAX);
        let listed: Result<Vec<AuditLogFile>, DbError> = self.db.read_at_length(list).await;
        let logs = listed?;
        let is_full = logs.len() == LOG_FILES_MAX as usize;
        let mut until = floor(self.now(), trail.digest_every);
        if until <= chain.digested_until && is_full {
            until = floor(self.now(), SECOND);
        }
        if until <= chain.digested_until {
            return Ok(false);
        }
        let mut previous = chain.newest.as_ref();
        if let Some((file, _)) = previous
            && self.holds_newer(trail, registry, &file.object).await?
        {
            previous = None;
        }
        let (fingerprint, pair) = self.signing_key(registry).await?;
        let since = chain.digested_until;
        let period = Period { registry, since, until, previous, logs: &logs };
        let (file, signature) = period.sign(trail, (&fingerprint, &pair))?;
        let (of, read) = (registry.clone(), chain);
        let keep = move |tx: &mut Tx<'_>| {
            // Another run may have made one meanwhile.
            if tx.find_audit_chain(&of)?.as_ref() != Some(&read) {
                return Ok(());
            }
            for log in &logs {
                tx.delete_audit_log_file(&of, &log.file.object)?;
            }
            tx.put_audit_digest(&of, until, &file, &signature)
        };
        let kept: Result<(), DbError> = self.db.write(keep).await;
        kept?;
        Ok(true)
    }

    /// Whether the destination has a digest file of this chain that is newer than this one.
    async fn holds_newer(
        &self,
        trail: &TrailDestination,
        registry: &RegistryId,
        object: &str,
    ) -> Result<bool, Undelivered> {
        let stem = digest_stem(registry, &trail.name, trail.home_region.as_str());
        let (folder, after) = (digest_folder(registry), format!("{object}{SIGNATURE}"));
        let behind = trail.files.list(&folder, &after, LOOKED_THROUGH_MAX).await?;
        let is_ours = |key: &String| key.rsplit('/').next().is_some_and(|it| it.starts_with(&stem));
        Ok(behind.iter().any(is_ours))
    }
}

/// The last moment, not after this one, at which a period of this length ends.
fn floor(moment: Timestamp, period: Duration) -> Timestamp {
    let period = i64::try_from(period.as_secs().max(1)).unwrap_or(i64::MAX);
    let seconds = moment.as_seconds();
    Timestamp::from_seconds(seconds - seconds.rem_euclid(period))
}
