//! LookupEvents: what happened in a registry, the newest first.

use db::{AuditKey, AuditPlace, AuditRecord, DbError, ListedAuditRecord, Tx};
use names::{RegistryId, Timestamp};

use crate::{Failure, Operations};

/// Which events are looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EventFilter {
    /// All.
    All,
    /// The one with this id.
    Id(String),
    /// Those of this name.
    Name(String),
    /// Those that this user or session caused.
    UserName(String),
    /// Those that this access key signed.
    AccessKey(String),
    /// Those about a resource of this name: an ARN, or the name of a repository.
    ResourceName(String),
    /// Those that changed something, or nothing.
    ReadOnly(bool),
    /// Those of this service.
    Source(String),
    /// Those about a resource of this type.
    ResourceType(String),
}

/// When what is looked up happened.
#[derive(Debug, Clone, Copy)]
pub struct EventSpan {
    /// Not before this moment.
    pub since: Timestamp,
    /// Not after this one.
    pub until: Timestamp,
}

/// An event that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundEvent {
    /// What its record says.
    pub record: AuditRecord,
    /// The record, in CloudTrail's JSON.
    pub text: String,
}

/// One page of events.
#[derive(Debug)]
pub struct FoundEvents {
    /// They, the newest first.
    pub events: Vec<FoundEvent>,
    /// Where the page ends, if there may be more behind it. A page may be short, or even empty,
    /// and not be the last.
    pub next: Option<AuditPlace>,
}

/// How many records one call looks through for those that no index finds.
const LOOKED_THROUGH_MAX: u32 = 1_000;

impl EventFilter {
    fn key(&self) -> AuditKey<'_> {
        match self {
            Self::All | Self::ReadOnly(_) | Self::Source(_) | Self::ResourceType(_) => {
                AuditKey::Any
            }
            Self::Id(id) => AuditKey::Event(id),
            Self::Name(name) => AuditKey::Name(name),
            Self::UserName(name) => AuditKey::User(name),
            Self::AccessKey(id) => AuditKey::AccessKey(id),
            Self::ResourceName(name) => AuditKey::Resource(name),
        }
    }

    /// Whether its index finds more than it asks for.
    fn is_sieve(&self) -> bool {
        matches!(self, Self::ReadOnly(_) | Self::Source(_) | Self::ResourceType(_))
    }

    fn lets_through(&self, record: &AuditRecord) -> bool {
        match self {
            Self::ReadOnly(read_only) => record.read_only == *read_only,
            Self::Source(source) => record.source == *source,
            Self::ResourceType(kind) => {
                record.resources.iter().any(|resource| resource.kind == *kind)
            }
            Self::All
            | Self::Id(_)
            | Self::Name(_)
            | Self::UserName(_)
            | Self::AccessKey(_)
            | Self::ResourceName(_) => true,
        }
    }
}

impl Operations {
    /// A page of at most `limit` events of a registry, from behind a place on.
    pub async fn lookup_events(
        &self,
        registry: &RegistryId,
        filter: EventFilter,
        span: EventSpan,
        after: Option<AuditPlace>,
        limit: u32,
    ) -> Result<FoundEvents, Failure> {
        let registry = registry.clone();
        // Those whose time is over are gone, even if the job that forgets them is late.
        let since = span.since.max(self.now().minus(self.keep_audit));
        let before = after.unwrap_or((span.until, i64::MAX));
        let find = move |tx: &mut Tx<'_>| find(tx, &registry, &filter, (since, before), limit);
        let found: Result<_, DbError> = self.db.read_at_length(find).await;
        Ok(found?)
    }
}

fn find(
    tx: &mut Tx<'_>,
    registry: &RegistryId,
    filter: &EventFilter,
    (since, before): (Timestamp, AuditPlace),
    limit: u32,
) -> Result<FoundEvents, DbError> {
    let some = if filter.is_sieve() { LOOKED_THROUGH_MAX } else { limit + 1 };
    let listed = tx.list_audit_records(registry, filter.key(), since, before, some)?;
    let is_cut = listed.len() == some as usize;
    let end = listed.last().map(ListedAuditRecord::place).filter(|_| is_cut);
    let mut fitting: Vec<ListedAuditRecord> =
        listed.into_iter().filter(|listed| filter.lets_through(&listed.record)).collect();
    let next = if fitting.len() > limit as usize {
        fitting.truncate(limit as usize);
        fitting.last().map(ListedAuditRecord::place)
    } else {
        end
    };
    let ids: Vec<i64> = fitting.iter().map(|listed| listed.id).collect();
    let texts = tx.find_audit_texts(&ids)?;
    let event = |(listed, text): (ListedAuditRecord, Option<String>)| {
        Some(FoundEvent { record: listed.record, text: text? })
    };
    let events = fitting.into_iter().zip(texts).filter_map(event).collect();
    Ok(FoundEvents { events, next })
}
