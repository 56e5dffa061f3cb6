//! What the keyring holds, and how far a rotation is.

use db::{DbError, RootKeyRow, Sealed, Tx};
use jobs::Job as _;
use keys::RootKeyId;
use names::Timestamp;

use super::root_keys::root_key_id;
use super::settling::NODE_LOST;
use crate::jobs::reseal_rows::{RESEALING, ResealRows, Resealing};
use crate::{Failure, Operations};

/// The keyring.
#[derive(Debug, Clone)]
pub struct DescribedKeyring {
    /// All root keys that are known, the oldest first.
    pub root_keys: Vec<DescribedRootKey>,
    /// The last rotation, if there was one: how far it is.
    pub resealing: Option<Resealing>,
    /// Whether it goes on.
    pub is_rotating: bool,
    /// The nodes that serve, and the root keys in the keyring of each. One process has none.
    pub nodes: Vec<db::KeyringNode>,
}

/// A root key.
#[derive(Debug, Clone)]
pub struct DescribedRootKey {
    /// Its id.
    pub id: RootKeyId,
    /// What it does.
    pub state: RootKeyState,
    /// Since when it seals or sealed.
    pub since: Option<Timestamp>,
    /// Until when it sealed.
    pub retired_at: Option<Timestamp>,
    /// It is in the keyring of this node.
    pub is_held: bool,
    /// Its secret is in the rows, sealed under the one that seals now.
    pub is_handed_down: bool,
    /// How much it seals.
    pub seals: Option<Sealed>,
    /// Why it must be in the keyring, if it must.
    pub needed: Option<&'static str>,
}

/// What a root key does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RootKeyState {
    /// Nothing yet: it is in the keyring of this node.
    New,
    /// It seals what is written now.
    Current,
    /// It opens what it sealed.
    Retired,
}

impl Operations {
    /// Says which root keys there are, what needs them, and how far a rotation is.
    pub async fn describe_keyring(&self) -> Result<DescribedKeyring, Failure> {
        let now = self.now();
        let look = move |tx: &mut Tx<'_>| {
            let rows = tx.list_root_keys()?;
            let current = rows.iter().rfind(|row| row.retired_at.is_none());
            let is_rotating = match current {
                Some(current) => tx.job_is_known(ResealRows::NAME, &current.id)?,
                None => false,
            };
            let mut nodes = tx.list_keyring_nodes()?;
            nodes.retain(|node| node.seen_at > now.minus(NODE_LOST));
            let progress = tx.find_deployment_fact(RESEALING)?;
            Ok::<_, DbError>((rows, is_rotating, nodes, progress))
        };
        let (rows, is_rotating, nodes, progress) = self.db.read(look).await?;
        let mut root_keys = Vec::new();
        for row in &rows {
            root_keys.push(self.describe_root_key(row, is_rotating)?);
        }
        let held = self.keyring.held();
        let is_new = |id: &RootKeyId| rows.iter().all(|row| row.id != id.to_string());
        root_keys.extend(held.into_iter().filter(is_new).map(|id| DescribedRootKey {
            id,
            state: RootKeyState::New,
            since: None,
            retired_at: None,
            is_held: true,
            is_handed_down: false,
            seals: None,
            needed: None,
        }));
        let resealing = progress.and_then(|text| serde_json::from_str(&text).ok());
        Ok(DescribedKeyring { root_keys, resealing, is_rotating, nodes })
    }

    fn describe_root_key(
        &self,
        row: &RootKeyRow,
        is_rotating: bool,
    ) -> Result<DescribedRootKey, DbError> {
        let id = root_key_id(row)?;
        let state = match row.retired_at {
            None => RootKeyState::Current,
            Some(_) => RootKeyState::Retired,
        };
        Ok(DescribedRootKey {
            id,
            state,
            since: Some(row.since),
            retired_at: row.retired_at,
            is_held: self.keyring.held().contains(&id),
            is_handed_down: row
                .handed_down
                .as_ref()
                .is_some_and(|sealed| self.keyring.is_current(sealed)),
            seals: row.seals,
            needed: self.need_of(id, Some(row), is_rotating),
        })
    }
}
