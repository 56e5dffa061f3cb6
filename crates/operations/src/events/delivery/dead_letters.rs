//! ListDeadLetters and RedriveDeadLetters of our own service: events that could not be delivered.

use db::{DbError, EventDelivery, Tx};
use names::RegistryId;

use crate::{Failure, Operations};

impl Operations {
    /// A page of at most `limit` dead letters of a registry, behind a row.
    pub async fn list_dead_letters(
        &self,
        registry: &RegistryId,
        after: i64,
        limit: u32,
    ) -> Result<Vec<EventDelivery>, Failure> {
        let registry = registry.clone();
        let list = move |tx: &mut Tx<'_>| tx.list_dead_deliveries(&registry, after, limit);
        let listed: Result<_, DbError> = self.db.read_at_length(list).await;
        Ok(listed?)
    }

    /// Sends dead letters of a registry again, as if they were new. Returns those that there were.
    pub async fn redrive_dead_letters(
        &self,
        registry: &RegistryId,
        letters: Vec<i64>,
    ) -> Result<Vec<i64>, Failure> {
        let (registry, now) = (registry.clone(), self.now());
        let revive = move |tx: &mut Tx<'_>| {
            let mut revived = Vec::new();
            for id in &letters {
                if tx.revive_event_delivery(&registry, *id, now)? {
                    revived.push(*id);
                }
            }
            Ok(revived)
        };
        let revived: Result<_, DbError> = self.db.write(revive).await;
        Ok(revived?)
    }
}
