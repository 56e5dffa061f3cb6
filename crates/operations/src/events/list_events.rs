//! ListEvents of our own service: what happened in a registry, the oldest first.

use db::{DbError, Event, EventPlace, Tx};
use names::{RegistryId, Timestamp};

use crate::{Failure, Operations};

impl Operations {
    /// A page of at most `limit` events of a registry that were written from a moment on, or behind
    /// a place, and until another moment.
    pub async fn list_events(
        &self,
        registry: &RegistryId,
        (since, until): (Timestamp, Timestamp),
        after: Option<EventPlace>,
        limit: u32,
    ) -> Result<Vec<Event>, Failure> {
        let registry = registry.clone();
        // Those whose time is over are gone, even if the job that forgets them is late.
        let since = since.max(self.now().minus(self.keep_events));
        let behind = after.unwrap_or((since, 0)).max((since, 0));
        let list = move |tx: &mut Tx<'_>| tx.list_events(&registry, behind, until, limit);
        let listed: Result<_, DbError> = self.db.read_at_length(list).await;
        Ok(listed?)
    }
}
