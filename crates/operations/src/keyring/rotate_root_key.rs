//! Lets a new root key seal from now on.
//!
//! Order: the new root key is in the keyring's file, then the rows say that it seals, and a job
//! that seals everything again is queued with that. A crash before leaves a root key that the next
//! rotation uses.

use db::{RootKeyRow, Tx};
use jobs::Job as _;
use keys::{KeyError, RootKeyId};
use names::Timestamp;

use super::refusal::KeyringRefusal;
use super::root_keys::read_rows;
use super::settling::NODE_LOST;
use crate::jobs::reseal_rows::ResealRows;
use crate::{Failure, Operations};

/// What a rotation did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RotatedRootKey {
    /// The root key that sealed until now.
    pub from: RootKeyId,
    /// The one that seals from now on.
    pub to: RootKeyId,
}

impl Operations {
    /// Rotates to a root key that never sealed: the newest one of the keyring, or one that is made
    /// if the keyring is ours to write to.
    pub async fn rotate_root_key(&self) -> Result<RotatedRootKey, Failure> {
        self.require_writable()?;
        let _alone = self.rotating.lock().await;
        self.read_root_keys().await?;
        let (from, now) = (self.keyring.current(), self.now());
        let new = self.find_new_root_key().await?;
        // Nothing is added to the file for a rotation that would be refused.
        let look = move |tx: &mut Tx<'_>| require_rotatable(tx, new, now);
        self.db.read(look).await?;
        let to = match new {
            Some(new) => new,
            None => self.keyring.add().map_err(|error| match error {
                KeyError::Handed => KeyringRefusal::NoNewRootKey.into(),
                error => Failure::from(error),
            })?,
        };
        let rotate = move |tx: &mut Tx<'_>| {
            require_rotatable(tx, Some(to), now)?;
            rotate(tx, from, to, now)
        };
        let rotated = self.db.write(rotate).await;
        // Even if it failed, because a fault may hide a commit.
        self.read_root_keys().await?;
        rotated?;
        Ok(RotatedRootKey { from, to })
    }

    /// The newest root key of the keyring, if no row names it.
    async fn find_new_root_key(&self) -> Result<Option<RootKeyId>, Failure> {
        let rows = read_rows(&self.db).await?;
        let newest = self.keyring.held().pop();
        Ok(newest.filter(|id| rows.iter().all(|row| row.id != id.to_string())))
    }
}

fn require_rotatable(
    tx: &mut Tx<'_>,
    new: Option<RootKeyId>,
    now: Timestamp,
) -> Result<(), Failure> {
    if let Some(current) = tx.list_root_keys()?.into_iter().rfind(|row| row.retired_at.is_none())
        && tx.job_is_known(ResealRows::NAME, &current.id)?
    {
        return Err(KeyringRefusal::RotationUnderWay { root_key: current.id }.into());
    }
    // One that is made now is in the keyring of this process alone, which has no other beside it.
    let Some(new) = new.map(|new| new.to_string()) else { return Ok(()) };
    let mut without = tx.list_keyring_nodes()?;
    without.retain(|node| {
        node.seen_at > now.minus(NODE_LOST) && node.root_keys.iter().all(|id| *id != new)
    });
    if without.is_empty() {
        return Ok(());
    }
    let nodes = without.into_iter().map(|node| node.id).collect();
    Err(KeyringRefusal::NodesWithout { root_key: new, nodes }.into())
}

fn rotate(tx: &mut Tx<'_>, from: RootKeyId, to: RootKeyId, now: Timestamp) -> Result<(), Failure> {
    let rows = tx.list_root_keys()?;
    let place = 1 + rows.last().map_or(0, |row| row.place);
    let is_noted = |id: RootKeyId| rows.iter().any(|row| row.id == id.to_string());
    let current = rows.iter().rfind(|row| row.retired_at.is_none());
    if is_noted(to) || current.is_none_or(|row| row.id != from.to_string()) {
        // Another node was faster.
        return Err(KeyringRefusal::RotationUnderWay { root_key: to.to_string() }.into());
    }
    tx.put_root_key_retirement(&from.to_string(), Some(now))?;
    let (id, retired_at, handed_down, seals) = (to.to_string(), None, None, None);
    tx.insert_root_key(&RootKeyRow { id, place, since: now, retired_at, handed_down, seals })?;
    jobs::enqueue(tx, &ResealRows::to(to), now, now)?;
    Ok(())
}
