//! Matches events with who listens, and writes their deliveries, in one transaction for many.

use std::sync::Arc;

use db::{DbError, Event, Tx};

use crate::{Failure, Operations};

/// Events that one transaction matches: a push waits for it no longer than that.
const MATCHED_AT_ONCE: u32 = 200;

/// An event and the targets that get it.
struct Matched {
    event: Event,
    targets: Vec<String>,
}

impl Operations {
    /// Matches the oldest events that are not matched. Returns whether there may be more.
    pub(crate) async fn match_events(&self) -> Result<bool, Failure> {
        let list = |tx: &mut Tx<'_>| tx.list_pending_events(MATCHED_AT_ONCE);
        let listed: Result<_, DbError> = self.db.read(list).await;
        let events = listed?;
        if events.is_empty() {
            return Ok(false);
        }
        let is_full = events.len() == MATCHED_AT_ONCE as usize;
        let mut matched = Vec::with_capacity(events.len());
        for event in events {
            matched.push(Matched { targets: self.targets_of(&event).await?, event });
        }
        let (matched, now) = (Arc::new(matched), self.now());
        let write = move |tx: &mut Tx<'_>| {
            let ids: Vec<i64> = matched.iter().map(|matched| matched.event.id).collect();
            let is_new = tx.put_events_matched(&ids)?;
            // Another node has matched the others meanwhile.
            for (Matched { event, targets }, _) in
                matched.iter().zip(is_new).filter(|(_, new)| *new)
            {
                for target in targets {
                    tx.insert_event_delivery(event, target, now)?;
                }
            }
            Ok(())
        };
        let written: Result<(), DbError> = self.db.write(write).await;
        written?;
        Ok(is_full)
    }
}
