//! Keeps the records of calls, which the doors make.

use std::sync::Arc;
use std::time::Duration;

use db::{AuditRecord, DbError, Tx};
use names::{RegistryId, Timestamp};

use crate::{Failure, Operations};

/// The record of a call, in one registry.
#[derive(Debug, Clone)]
pub struct CallRecord {
    /// Whose record it is.
    pub registry: RegistryId,
    /// What it is found by.
    pub record: AuditRecord,
    /// The names that its resources are found by.
    pub names: Vec<String>,
    /// The record, in CloudTrail's JSON.
    pub text: String,
}

/// How long the record of a call that is under way is not delivered: it is delivered once, unless
/// the call takes longer.
const END_WITHIN: Duration = Duration::from_mins(5);

impl Operations {
    /// Whether records of calls can be kept at all.
    pub fn keeps_audit(&self) -> bool {
        !self.keep_audit.is_zero() && !self.is_read_only()
    }

    /// Keeps records of calls that have ended, all or none.
    pub async fn keep_call_records(&self, records: Vec<CallRecord>) -> Result<(), Failure> {
        self.keep_until(records, None).await
    }

    /// Keeps records of a call that is about to begin, all or none.
    pub async fn begin_call_records(&self, records: Vec<CallRecord>) -> Result<(), Failure> {
        self.keep_until(records, Some(self.now().plus(END_WITHIN))).await
    }

    async fn keep_until(
        &self,
        records: Vec<CallRecord>,
        held_until: Option<Timestamp>,
    ) -> Result<(), Failure> {
        let records = Arc::new(records);
        let keep = move |tx: &mut Tx<'_>| {
            for CallRecord { registry, record, names, text } in &*records {
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                tx.insert_audit_record(registry, record, &names, (text, held_until))?;
            }
            Ok(())
        };
        let kept: Result<(), DbError> = self.db.write(keep).await;
        Ok(kept?)
    }

    /// Puts the whole records in the place of those that were kept before their calls ended.
    pub async fn end_call_records(&self, records: Vec<CallRecord>) -> Result<(), Failure> {
        let records = Arc::new(records);
        let end = move |tx: &mut Tx<'_>| {
            for CallRecord { registry, record, text, .. } in &*records {
                tx.put_audit_text(registry, &record.event_id, (&record.name, text))?;
                tx.release_audit_record(registry, &record.event_id)?;
            }
            Ok(())
        };
        let ended: Result<(), DbError> = self.db.write(end).await;
        Ok(ended?)
    }
}
