//! Takes a root key that nothing needs any more out of the keyring. Its secret stays, sealed under
//! the one that seals, because objects may have a data key that it wraps.

use db::{DbError, RootKeyRow, Tx};
use jobs::Job as _;
use keys::{KeyError, RootKeyId};

use super::refusal::KeyringRefusal;
use crate::jobs::reseal_rows::ResealRows;
use crate::{Failure, Operations};

impl Operations {
    /// Takes a root key out of the keyring, if nothing needs it there.
    pub async fn remove_root_key(&self, id: RootKeyId) -> Result<(), Failure> {
        self.require_writable()?;
        let _alone = self.rotating.lock().await;
        let root_key = id.to_string();
        if !self.keyring.held().contains(&id) {
            return Err(KeyringRefusal::RootKeyNotFound(root_key).into());
        }
        if let Some(why) = self.find_need_of_root_key(id).await? {
            return Err(KeyringRefusal::RootKeyInUse { root_key, why }.into());
        }
        self.keyring.remove(id).map_err(|error| match error {
            KeyError::Handed => KeyringRefusal::HandedKeyring { root_key }.into(),
            error => Failure::from(error),
        })
    }

    async fn find_need_of_root_key(&self, id: RootKeyId) -> Result<Option<&'static str>, Failure> {
        let look = |tx: &mut Tx<'_>| {
            let rows = tx.list_root_keys()?;
            let current = rows.iter().rfind(|row| row.retired_at.is_none());
            let is_rotating = match current {
                Some(current) => tx.job_is_known(ResealRows::NAME, &current.id)?,
                None => true,
            };
            Ok::<_, DbError>((rows, is_rotating))
        };
        let (rows, is_rotating) = self.db.read(look).await?;
        let text = id.to_string();
        let row = rows.iter().find(|row| row.id == text);
        Ok(self.need_of(id, row, is_rotating))
    }

    /// Why a root key has to be in the keyring, if it has.
    pub(super) fn need_of(
        &self,
        id: RootKeyId,
        row: Option<&RootKeyRow>,
        is_rotating: bool,
    ) -> Option<&'static str> {
        // One that no row names was never used.
        let row = row?;
        if row.retired_at.is_none() || id == self.keyring.current() {
            return Some("it seals everything that is written now; rotate first");
        }
        let is_handed_down =
            row.handed_down.as_ref().is_some_and(|sealed| self.keyring.is_current(sealed));
        if is_rotating || !is_handed_down {
            return Some("rows are still being sealed again under the new root key");
        }
        None
    }
}
