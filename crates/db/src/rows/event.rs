use names::{RegistryId, Timestamp, Uuid};

use super::registry::RegistryKey;
use crate::value::{Row, args};
use crate::{DbError, Tx};

/// An event that has happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEvent {
    /// Its `id`.
    pub event_id: Uuid,
    /// Its `time`.
    pub time: Timestamp,
    /// Its `source`.
    pub source: String,
    /// Its `detail-type`.
    pub detail_type: String,
    /// Its `resources`, as a JSON array.
    pub resources: String,
    /// Its `detail`, as a JSON object.
    pub detail: String,
    /// What it happened to: events of one thing are delivered in their order.
    pub about: String,
    /// Whether it still has to be matched with those that listen.
    pub is_pending: bool,
}

/// An event in its registry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its row: of two events of one thing, the later one has the greater.
    pub id: i64,
    /// Where it happened.
    pub registry: RegistryId,
    /// When its row was written.
    pub written_at: Timestamp,
    /// What it says.
    pub event: NewEvent,
}

/// The place of an event among those of its registry: when its row was written, and the row.
pub type EventPlace = (Timestamp, i64);

/// The columns of [`Event`], in the order in which [`read`] reads them.
pub(super) const COLUMNS: &str =
    "e.id, e.account, e.region, e.written_at, e.event_id, e.time, e.source, e.detail_type,
    e.resources, e.detail, e.about, e.is_pending";

impl Tx<'_> {
    /// Writes down what happened in the registry of this row.
    pub fn insert_event_in(
        &mut self,
        registry: RegistryKey,
        event: &NewEvent,
        now: Timestamp,
    ) -> Result<(), DbError> {
        let NewEvent { event_id, time, source, detail_type, resources, detail, about, is_pending } =
            event;
        self.send(
            "INSERT INTO event (account, region, event_id, time, written_at, source, detail_type,
                                resources, detail, about, is_pending)
             SELECT g.account, g.region, CAST($2 AS text), CAST($3 AS bigint), CAST($4 AS bigint),
                    CAST($5 AS text), CAST($6 AS text), CAST($7 AS text), CAST($8 AS text),
                    CAST($9 AS text), CAST($10 AS bigint)
             FROM registry g WHERE g.id = $1",
            args![
                registry,
                event_id,
                *time,
                now,
                source,
                detail_type,
                resources,
                detail,
                about,
                *is_pending
            ],
        )
    }

    /// Writes down what happened in a registry.
    pub fn insert_event(
        &mut self,
        registry: &RegistryId,
        event: &NewEvent,
        now: Timestamp,
    ) -> Result<(), DbError> {
        let RegistryId { account, region } = registry;
        let NewEvent { event_id, time, source, detail_type, resources, detail, about, is_pending } =
            event;
        self.send(
            "INSERT INTO event (account, region, event_id, time, written_at, source, detail_type,
                                resources, detail, about, is_pending)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            args![
                account,
                region,
                event_id,
                *time,
                now,
                source,
                detail_type,
                resources,
                detail,
                about,
                *is_pending
            ],
        )
    }

    /// Events of a registry behind a place and until a moment, the oldest first.
    pub fn list_events(
        &mut self,
        registry: &RegistryId,
        (since, after): EventPlace,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<Event>, DbError> {
        let RegistryId { account, region } = registry;
        self.rows(
            &format!(
                "SELECT {COLUMNS} FROM event e
                 WHERE e.account = $1 AND e.region = $2 AND (e.written_at, e.id) > ($3, $4)
                     AND e.written_at <= $5
                 ORDER BY e.written_at, e.id LIMIT $6"
            ),
            args![account, region, since, after, until, i64::from(limit)],
            read,
        )
    }

    /// Looks at some of the oldest events behind a row, and forgets those that were written before
    /// a moment, unless they still have to be delivered. Dead letters are forgotten, too.
    /// Returns the last row that was looked at if there may be more to forget behind it.
    pub fn forget_events(
        &mut self,
        before: Timestamp,
        after: i64,
        limit: u32,
    ) -> Result<Option<i64>, DbError> {
        let first = self.rows(
            "SELECT id, written_at FROM event WHERE id > $1 ORDER BY id LIMIT $2",
            args![after, i64::from(limit)],
            |row| Ok((row.int(0, "event.id")?, row.moment(1, "event.written_at")?)),
        )?;
        let mut forgotten = 0;
        for (id, written_at) in &first {
            if *written_at < before {
                self.send(
                    "DELETE FROM event_delivery WHERE event = $1 AND dead_at < $2",
                    args![*id, before],
                )?;
                self.send(
                    "DELETE FROM event WHERE id = $1
                         AND NOT EXISTS (SELECT 1 FROM event_delivery d WHERE d.event = $1)",
                    args![*id],
                )?;
                forgotten += 1;
            }
        }
        let last = first.last().map(|(id, _)| *id);
        Ok(last.filter(|_| first.len() == limit as usize && forgotten > 0))
    }
}

pub(super) fn read(row: &Row<'_>) -> Result<Event, DbError> {
    let event = NewEvent {
        event_id: row.word(4, "event.event_id")?,
        time: row.moment(5, "event.time")?,
        source: row.text(6, "event.source")?,
        detail_type: row.text(7, "event.detail_type")?,
        resources: row.text(8, "event.resources")?,
        detail: row.text(9, "event.detail")?,
        about: row.text(10, "event.about")?,
        is_pending: row.int(11, "event.is_pending")? != 0,
    };
    let registry =
        RegistryId { account: row.word(1, "event.account")?, region: row.word(2, "event.region")? };
    Ok(Event {
        id: row.int(0, "event.id")?,
        registry,
        written_at: row.moment(3, "event.written_at")?,
        event,
    })
}
