//! Keeps the records of calls, which the doors make.

use std::sync::Arc;

use db::{AuditRecord, DbError, Tx};
use names::RegistryId;

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

impl Operations {
    /// Whether records of calls can be kept at all.
    pub fn keeps_audit(&self) -> bool {
        !self.keep_audit.is_zero() && !self.is_read_only()
    }

    /// Keeps records, all or none.
    pub async fn keep_call_records(&self, records: Vec<CallRecord>) -> Result<(), Failure> {
        let records = Arc::new(records);
        let keep = move |tx: &mut Tx<'_>| {
            for CallRecord { registry, record, names, text } in &*records {
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                tx.insert_audit_record(registry, record, &names, text)?;
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
            }
            Ok(())
        };
        let ended: Result<(), DbError> = self.db.write(end).await;
        Ok(ended?)
    }
}
