//! Joins keys and bytes: how each object is protected.

use blobs::{NewObject, Protection};
use names::{ObjectKey, StorageClass, WrappedKey};

use crate::{AtRest, Failure, Operations};

/// How many layers are looked for. One may be missing, or just being deleted; if the first few are
/// all missing, it is the wrong store.
const LOOKED_FOR: u32 = 3;

impl Operations {
    /// Whether the store belongs to the rows. Looks for a few of their layers.
    pub async fn store_holds_layers(&self) -> Result<bool, Failure> {
        let blobs = self.db.read(|tx| tx.list_blobs(None, LOOKED_FOR)).await?;
        for blob in &blobs {
            // `find_archived_layers` looks for those in the archive storage.
            if blob.storage_class == StorageClass::Archive
                || self.blobs.is_used(&blob.object).await?
            {
                return Ok(true);
            }
        }
        Ok(blobs.is_empty())
    }

    /// A key and a protection for a new object.
    pub(crate) fn new_object(&self) -> NewObject {
        self.new_object_at(&ObjectKey::from_random(keys::random()))
    }

    /// A protection for an object whose key is already stored.
    pub(crate) fn new_object_at(&self, object: &ObjectKey) -> NewObject {
        let object = object.clone();
        match self.at_rest {
            AtRest::Sealed => self.sealed_object(object),
            AtRest::Storage => {
                let wrapped = WrappedKey::from_bytes(&[]);
                NewObject { object, protection: Protection::Storage, wrapped }
            }
        }
    }

    /// A key and a seal of our own for a new object.
    pub(crate) fn new_sealed_object(&self) -> NewObject {
        self.sealed_object(ObjectKey::from_random(keys::random()))
    }

    fn sealed_object(&self, object: ObjectKey) -> NewObject {
        let data_key = self.keyring.data_key();
        let wrapped = self.keyring.wrap(&wrapping_context(&object), &data_key);
        NewObject { object, protection: Protection::Sealed(data_key), wrapped }
    }

    /// How an object that was written is read. An object without a wrapped key is not sealed by us.
    pub(crate) fn protection(
        &self,
        object: &ObjectKey,
        wrapped: &WrappedKey,
    ) -> Result<Protection, Failure> {
        if wrapped.as_bytes().is_empty() {
            return Ok(Protection::Storage);
        }
        Ok(Protection::Sealed(self.keyring.unwrap(&wrapping_context(object), wrapped)?))
    }
}

/// Binds a wrapped key to its object: a key moved to another row opens nothing.
fn wrapping_context(object: &ObjectKey) -> String {
    format!("object:{object}")
}
