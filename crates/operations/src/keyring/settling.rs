//! How a process goes by what the rows say about root keys.

use std::time::Duration;

use db::{DbError, KeyringNode, RootKeyRow, Tx};
use keys::RootKeyId;
use names::Timestamp;

use super::root_keys::RootKeys;
use crate::jobs::reseal_rows::ResealRows;
use crate::{Failure, Operations};

impl Operations {
    /// Goes by what the rows say about root keys from now on.
    pub async fn read_root_keys(&self) -> Result<(), Failure> {
        let root_keys = RootKeys::read(&self.db).await?;
        Ok(root_keys.settle(&self.keyring)?)
    }

    /// Notes the root keys of the keyring at a start, if the rows do not say yet which one seals.
    /// The last one does. What others seal is then sealed again.
    pub async fn settle_root_keys(&self) -> Result<(), Failure> {
        let (held, now) = (self.keyring.held(), self.now());
        let note = move |tx: &mut Tx<'_>| note_root_keys(tx, &held, now);
        let noted: Result<(), DbError> = self.db.write(note).await;
        noted?;
        self.read_root_keys().await?;
        self.keep_handed_down().await
    }

    /// Notes that a node serves, and which root keys it has. Returns what the rows say, of the same
    /// moment: a rotation sees the node, or the node sees the rotation.
    pub async fn note_node(&self, id: &str) -> Result<RootKeys, Failure> {
        let node = KeyringNode {
            id: id.to_owned(),
            root_keys: self.keyring.root_ids(),
            seen_at: self.now(),
        };
        let announce = move |tx: &mut Tx<'_>| {
            tx.put_keyring_node(&node)?;
            for other in tx.list_keyring_nodes()? {
                if other.seen_at < node.seen_at.minus(NODE_FORGOTTEN) {
                    tx.delete_keyring_node(&other.id)?;
                }
            }
            RootKeys::of(&tx.list_root_keys()?)
        };
        let noted: Result<_, DbError> = self.db.write(announce).await;
        Ok(noted?)
    }

    /// Notes that a node stops.
    pub async fn forget_node(&self, id: &str) -> Result<(), Failure> {
        let id = id.to_owned();
        let forgotten: Result<(), DbError> =
            self.db.write(move |tx| tx.delete_keyring_node(&id)).await;
        Ok(forgotten?)
    }
}

/// How long a node that died is taken for one that serves.
pub(super) const NODE_LOST: Duration = Duration::from_secs(30);

/// When its row is deleted.
const NODE_FORGOTTEN: Duration = Duration::from_mins(10);

fn note_root_keys(tx: &mut Tx<'_>, held: &[RootKeyId], now: Timestamp) -> Result<(), DbError> {
    let rows = tx.list_root_keys()?;
    if rows.iter().any(|row| row.retired_at.is_none()) {
        return Ok(());
    }
    let mut place = rows.last().map_or(0, |row| row.place);
    let is_new = |id: &&RootKeyId| rows.iter().all(|row| row.id != id.to_string());
    let new: Vec<_> = held.iter().filter(is_new).collect();
    for id in &new {
        place += 1;
        let retired_at = (Some(id) != new.last()).then_some(now);
        let (id, handed_down, seals) = (id.to_string(), None, None);
        tx.insert_root_key(&RootKeyRow { id, place, since: now, retired_at, handed_down, seals })?;
    }
    let current = *held.last().expect("a keyring is never empty");
    if new.is_empty() {
        tx.put_root_key_retirement(&current.to_string(), None)?;
    }
    if place > 1 {
        jobs::enqueue(tx, &ResealRows::to(current), now, now)?;
    }
    Ok(())
}
