use names::{RegistryId, Timestamp};

use super::event::{self, Event};
use crate::value::{Row, Value, args, as_slices};
use crate::{DbError, Tx};

/// An event that has to be delivered to a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventDelivery {
    /// Its row.
    pub id: i64,
    /// The target.
    pub target: String,
    /// How often it was tried.
    pub attempts: u32,
    /// Since when it has to be.
    pub since: Timestamp,
    /// Why the last try failed.
    pub last_error: Option<String>,
    /// When it was given up.
    pub dead_at: Option<Timestamp>,
    /// What has to be delivered.
    pub event: Event,
}

/// The columns of [`EventDelivery`] behind those of its event, in the order in which [`read`] reads
/// them.
const COLUMNS: &str = "d.id, d.target, d.attempts, d.since, d.last_error, d.dead_at";

impl Tx<'_> {
    /// The oldest events that were not matched with rules.
    pub fn list_pending_events(&mut self, limit: u32) -> Result<Vec<Event>, DbError> {
        let columns = event::COLUMNS;
        self.rows(
            &format!("SELECT {columns} FROM event e WHERE e.is_pending = 1 ORDER BY e.id LIMIT $1"),
            args![i64::from(limit)],
            event::read,
        )
    }

    /// Notes that events were matched. Returns for each whether it was not noted before.
    pub fn put_events_matched(&mut self, events: &[i64]) -> Result<Vec<bool>, DbError> {
        let each: Vec<[Value<'_>; 1]> = events.iter().map(|id| [(*id).into()]).collect();
        let changed = self.row_of_each(
            "UPDATE event SET is_pending = 0 WHERE id = $1 AND is_pending = 1 RETURNING id",
            &as_slices(&each),
            |row| row.int(0, "event.id"),
        )?;
        Ok(changed.iter().map(Option::is_some).collect())
    }

    /// Has events of a registry matched again, from behind a row on, that were written from a
    /// moment on and before another: as many of them as `limit`. Returns how many, and the last.
    pub fn put_events_pending(
        &mut self,
        registry: &RegistryId,
        behind: event::EventPlace,
        until: Timestamp,
        limit: u32,
    ) -> Result<(u32, Option<event::EventPlace>), DbError> {
        let events = self.list_events(registry, behind, until, limit)?;
        for event in &events {
            self.send("UPDATE event SET is_pending = 1 WHERE id = $1", args![event.id])?;
        }
        let last = events.last().map(|event| (event.written_at, event.id));
        Ok((u32::try_from(events.len()).unwrap_or(limit), last))
    }

    /// An event has to be delivered to a target: now, or with the last one of the same thing that
    /// waits.
    pub fn insert_event_delivery(
        &mut self,
        event: &Event,
        target: &str,
        now: Timestamp,
    ) -> Result<(), DbError> {
        let RegistryId { account, region } = &event.registry;
        self.send(
            "INSERT INTO event_delivery (event, account, region, target, about, since, due_at, attempts)
             SELECT CAST($1 AS bigint), CAST($2 AS text), CAST($3 AS text), CAST($4 AS text),
                    CAST($5 AS text), CAST($6 AS bigint),
                    COALESCE((SELECT max(d.due_at) FROM event_delivery d
                              WHERE d.target = $4 AND d.about = $5 AND d.dead_at IS NULL
                                  AND d.due_at > $6), CAST($6 AS bigint)),
                    0",
            args![event.id, account, region, target, &event.event.about, now],
        )
    }

    /// The first target behind this one that something waits for, and when the first of it is due.
    pub fn find_next_event_target(
        &mut self,
        after: &str,
    ) -> Result<Option<(String, Timestamp)>, DbError> {
        self.row(
            "SELECT target, due_at FROM event_delivery WHERE dead_at IS NULL AND target > $1
             ORDER BY target, due_at LIMIT 1",
            args![after],
            |row| {
                let target = row.text(0, "event_delivery.target")?;
                Ok((target, row.moment(1, "event_delivery.due_at")?))
            },
        )
    }

    /// What is due for a target, in the order in which it has to be delivered.
    pub fn list_due_deliveries(
        &mut self,
        target: &str,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<EventDelivery>, DbError> {
        let columns = event::COLUMNS;
        self.rows(
            &format!(
                "SELECT {columns}, {COLUMNS} FROM event_delivery d JOIN event e ON e.id = d.event
                 WHERE d.target = $1 AND d.dead_at IS NULL AND d.due_at <= $2
                 ORDER BY d.due_at, d.id LIMIT $3"
            ),
            args![target, now, i64::from(limit)],
            read,
        )
    }

    /// Deliveries were made, or are not wanted any more.
    pub fn delete_event_deliveries(&mut self, deliveries: &[i64]) -> Result<(), DbError> {
        for id in deliveries {
            self.send("DELETE FROM event_delivery WHERE id = $1", args![*id])?;
        }
        Ok(())
    }

    /// A delivery failed, and is tried again at a moment. What happened to the same thing later
    /// waits for it.
    pub fn postpone_event_delivery(
        &mut self,
        delivery: &EventDelivery,
        error: &str,
        due_at: Timestamp,
    ) -> Result<(), DbError> {
        self.send(
            "UPDATE event_delivery SET attempts = attempts + 1, last_error = $2, due_at = $3
             WHERE id = $1",
            args![delivery.id, error, due_at],
        )?;
        self.send(
            "UPDATE event_delivery SET due_at = $3
             WHERE target = $1 AND about = $2 AND dead_at IS NULL AND due_at < $3",
            args![&delivery.target, &delivery.event.event.about, due_at],
        )
    }

    /// A delivery failed for the last time.
    pub fn bury_event_delivery(
        &mut self,
        delivery: i64,
        error: &str,
        now: Timestamp,
    ) -> Result<(), DbError> {
        self.send(
            "UPDATE event_delivery SET attempts = attempts + 1, last_error = $2, dead_at = $3
             WHERE id = $1",
            args![delivery, error, now],
        )
    }

    /// Deliveries of a registry that were given up, behind a row.
    pub fn list_dead_deliveries(
        &mut self,
        registry: &RegistryId,
        after: i64,
        limit: u32,
    ) -> Result<Vec<EventDelivery>, DbError> {
        let (RegistryId { account, region }, columns) = (registry, event::COLUMNS);
        self.rows(
            &format!(
                "SELECT {columns}, {COLUMNS} FROM event_delivery d JOIN event e ON e.id = d.event
                 WHERE d.account = $1 AND d.region = $2 AND d.dead_at IS NOT NULL AND d.id > $3
                 ORDER BY d.id LIMIT $4"
            ),
            args![account, region, after, i64::from(limit)],
            read,
        )
    }

    /// A delivery of a registry that was given up is tried again, as if it were new: now, or with
    /// the last one of the same thing that waits. Returns whether there was one.
    pub fn revive_event_delivery(
        &mut self,
        registry: &RegistryId,
        delivery: i64,
        now: Timestamp,
    ) -> Result<bool, DbError> {
        let RegistryId { account, region } = registry;
        let revived = self.execute(
            "UPDATE event_delivery
             SET dead_at = NULL, attempts = 0, since = $4,
                 due_at = COALESCE((SELECT max(d.due_at) FROM event_delivery d
                                    WHERE d.target = event_delivery.target
                                        AND d.about = event_delivery.about
                                        AND d.dead_at IS NULL AND d.due_at > $4), $4)
             WHERE id = $1 AND account = $2 AND region = $3 AND dead_at IS NOT NULL",
            args![delivery, account, region, now],
        )?;
        Ok(revived == 1)
    }
}

fn read(row: &Row<'_>) -> Result<EventDelivery, DbError> {
    let attempts = row.int(14, "event_delivery.attempts")?;
    Ok(EventDelivery {
        event: event::read(row)?,
        id: row.int(12, "event_delivery.id")?,
        target: row.text(13, "event_delivery.target")?,
        attempts: u32::try_from(attempts).unwrap_or(u32::MAX),
        since: row.moment(15, "event_delivery.since")?,
        last_error: row.maybe_text(16, "event_delivery.last_error")?,
        dead_at: row.maybe_moment(17, "event_delivery.dead_at")?,
    })
}
