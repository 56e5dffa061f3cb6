//! Which trail there is, as a start says.

use db::{AuditTrail, DbError, Tx};
use names::RegistryId;

use super::TrailDestination;
use crate::{Failure, Operations, TrailChoice};

/// Rows that one transaction drops.
const PAGE: u32 = 250;

impl Operations {
    /// Begins, changes or ends the trail.
    pub async fn settle_audit_trail(&self) -> Result<(), Failure> {
        let find = |tx: &mut Tx<'_>| tx.find_audit_trail();
        let found: Result<Option<AuditTrail>, DbError> = self.db.read(find).await;
        let found = found?;
        match (&self.trail, found) {
            (TrailChoice::Unsaid | TrailChoice::Off, None) => Ok(()),
            (TrailChoice::Unsaid, Some(AuditTrail { name, .. })) => {
                tracing::warn!(
                    trail = name,
                    "audit records wait: the rows name a trail, and this server has no destination; set --audit-trail, or end the trail with --audit-trail off"
                );
                Ok(())
            }
            (TrailChoice::Off, Some(_)) => self.end_trail().await,
            (TrailChoice::Deliver(trail), found) => self.begin_trail(trail, found).await,
        }
    }

    async fn begin_trail(
        &self,
        trail: &TrailDestination,
        found: Option<AuditTrail>,
    ) -> Result<(), Failure> {
        if !found.as_ref().is_some_and(|found| trail.is(found)) {
            if found.is_some() {
                // Files of another trail, or in another place, are of another chain.
                self.drop_chains(Unwritten::Stays).await?;
            }
            let row = trail.row(self.now());
            let put = move |tx: &mut Tx<'_>| tx.put_audit_trail(&row);
            let put: Result<(), DbError> = self.db.write(put).await;
            put?;
        }
        self.begin_delivering_audit_records().await
    }

    async fn end_trail(&self) -> Result<(), Failure> {
        let delete = |tx: &mut Tx<'_>| tx.delete_audit_trail();
        let deleted: Result<(), DbError> = self.db.write(delete).await;
        deleted?;
        loop {
            let drop = |tx: &mut Tx<'_>| tx.drop_undelivered_records(PAGE);
            let dropped: Result<bool, DbError> = self.db.write(drop).await;
            if !dropped? {
                break;
            }
        }
        self.drop_chains(Unwritten::Goes).await
    }

    async fn drop_chains(&self, unwritten: Unwritten) -> Result<(), Failure> {
        loop {
            let some = move |tx: &mut Tx<'_>| {
                let page: Vec<RegistryId> = tx.list_audit_chains(None, PAGE)?;
                for registry in &page {
                    if unwritten == Unwritten::Goes {
                        tx.drop_unwritten_log_file(registry)?;
                    }
                    tx.delete_audit_chain(registry)?;
                }
                Ok(page.is_empty())
            };
            let is_over: Result<bool, DbError> = self.db.write(some).await;
            if is_over? {
                return Ok(());
            }
        }
    }
}

/// What becomes of log files that were not written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unwritten {
    /// Another trail gets them.
    Stays,
    /// They are dropped.
    Goes,
}
