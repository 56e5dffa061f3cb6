use std::collections::BTreeMap;
use std::sync::PoisonError;
use std::sync::atomic::Ordering;
use std::time::Duration;

use db::{DbError, Tx};

use super::tally::FailedDeliveries;
use crate::{Failure, Operations};

impl Operations {
    /// Events that targets took since the start.
    pub fn delivered_events(&self) -> u64 {
        self.event_tally.delivered.load(Ordering::Relaxed)
    }

    /// Measures how long deliveries have been due.
    pub async fn measure_event_delivery(&self) -> Result<(), Failure> {
        let find = |tx: &mut Tx<'_>| {
            let mut first = tx.list_pending_events(1)?.first().map(|event| event.written_at);
            let mut after = String::new();
            while let Some((target, due_at)) = tx.find_next_event_target(&after)? {
                first = Some(first.map_or(due_at, |first| first.min(due_at)));
                after = target;
            }
            Ok(first)
        };
        let found: Result<_, DbError> = self.db.read(find).await;
        let found = found?;
        *self.event_tally.overdue_since.lock().unwrap_or_else(PoisonError::into_inner) = found;
        Ok(())
    }

    /// How long the oldest delivery has been due, as last measured.
    pub fn events_overdue(&self) -> Duration {
        let since = *self.event_tally.overdue_since.lock().unwrap_or_else(PoisonError::into_inner);
        let micros = since.map_or(0, |since| self.now().as_micros() - since.as_micros());
        Duration::from_micros(u64::try_from(micros).unwrap_or(0))
    }

    /// Deliveries that failed since the start, by target.
    pub fn failed_event_deliveries(&self) -> BTreeMap<String, FailedDeliveries> {
        self.event_tally.by_target.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
