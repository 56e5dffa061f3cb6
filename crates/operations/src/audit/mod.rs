//! What happened, as CloudTrail tells it: rows, and the verb that looks them up.
//!
//! # Invariants
//! * The record of what the service did by itself is written in the transaction that causes it.
//!   Neither is without the other, however often a job runs or is killed; a transaction that is run
//!   again writes its own.
//! * A record belongs to one registry, that is, to one account in one Region. It is never shown to
//!   another, and never changed. It tells no secret.
//! * Records are forgotten by age, by a daily job (`jobs/forget_audit_records.rs`), unless they are
//!   still to be delivered (`trail`). If none are kept, none are written.
//!
//! # Who calls
//! Jobs and verbs write events of the service (`service_event.rs`), which no caller caused: runs
//! and previews of lifecycle policies, and the ends of restores. The doors keep records of calls
//! (`keep_calls.rs`). CloudTrail's LookupEvents reads.

pub(crate) mod keep_calls;
mod kept;
pub(crate) mod lookup_events;
pub(crate) mod service_event;
pub(crate) mod trail;

pub(crate) use kept::Audit;
