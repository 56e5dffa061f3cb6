//! ReplayEvents of our own service: delivers events again that are kept.

use db::{DbError, EventPlace, Tx};
use names::{RegistryId, Timestamp};

use crate::{Failure, Operations};

/// Events that one transaction replays: a push waits for it no longer than that.
const REPLAYED_AT_ONCE: u32 = 250;

impl Operations {
    /// Has events of a registry matched and delivered again that were written from a moment on, or
    /// behind a place, and until another moment: some of them. Returns how many, and the last if
    /// there may be more behind it.
    pub async fn replay_events(
        &self,
        registry: &RegistryId,
        (since, until): (Timestamp, Timestamp),
        after: Option<EventPlace>,
    ) -> Result<(u32, Option<EventPlace>), Failure> {
        let registry = registry.clone();
        let since = since.max(self.now().minus(self.keep_events));
        let behind = after.unwrap_or((since, 0)).max((since, 0));
        let replay = move |tx: &mut Tx<'_>| {
            tx.put_events_pending(&registry, behind, until, REPLAYED_AT_ONCE)
        };
        let replayed: Result<_, DbError> = self.db.write(replay).await;
        let (count, last) = replayed?;
        Ok((count, last.filter(|_| count == REPLAYED_AT_ONCE)))
    }
}
