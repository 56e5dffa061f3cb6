//! Joins keys and bytes: how each object is protected.

use blobs::{NewObject, Protection};
use db::Blob;
use keys::KeyFault;
use keys::customer_keys::CustomerWrapped;
use names::{EncryptionKey, ObjectKey, RepositoryArn, StorageClass, WrappedKey};

use crate::encryption::refusal::about;
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

    /// A key and a protection for a new object of a repository.
    pub(crate) async fn new_object(
        &self,
        arn: &RepositoryArn,
        key: &EncryptionKey,
    ) -> Result<NewObject, Failure> {
        self.new_object_at(&ObjectKey::from_random(keys::random()), arn, key).await
    }

    /// A protection for an object whose key is already stored. What is under a KMS key is sealed
    /// here, whatever the store does: only so does the object depend on that key.
    pub(crate) async fn new_object_at(
        &self,
        object: &ObjectKey,
        arn: &RepositoryArn,
        key: &EncryptionKey,
    ) -> Result<NewObject, Failure> {
        let object = object.clone();
        if let Some(kms) = key.kms() {
            let made = self.customer_keys.generate(&kms, arn, &object).await;
            let (data_key, wrapped) = made.map_err(about(&kms))?;
            return Ok(NewObject { object, protection: Protection::Sealed(data_key), wrapped });
        }
        Ok(match self.at_rest {
            AtRest::Sealed => self.sealed_object(object),
            AtRest::Storage => unsealed_object(object),
        })
    }

    /// A key for an object that takes the place of a blob's. What sealed the old object decides who
    /// seals the new one.
    pub(crate) async fn new_object_like(&self, blob: &Blob) -> Result<NewObject, Failure> {
        let object = ObjectKey::from_random(keys::random());
        let old = &blob.wrapped_key;
        if CustomerWrapped::is_one(old) {
            let made = self.customer_keys.generate_like(old, &object).await;
            let (data_key, wrapped) = made.map_err(about_what_wraps(old))?;
            return Ok(NewObject { object, protection: Protection::Sealed(data_key), wrapped });
        }
        let is_unsealed = old.as_bytes().is_empty();
        Ok(if is_unsealed { unsealed_object(object) } else { self.sealed_object(object) })
    }

    fn sealed_object(&self, object: ObjectKey) -> NewObject {
        let data_key = self.keyring.data_key();
        let wrapped = self.keyring.wrap(&wrapping_context(&object), &data_key);
        NewObject { object, protection: Protection::Sealed(data_key), wrapped }
    }

    /// How an object of a repository is read, if the repository may use its key now.
    pub(crate) async fn protection_for(
        &self,
        arn: &RepositoryArn,
        object: &ObjectKey,
        wrapped: &WrappedKey,
    ) -> Result<Protection, Failure> {
        if CustomerWrapped::is_one(wrapped) {
            let data_key = self.customer_keys.open_for(arn, object, wrapped).await?;
            return Ok(Protection::Sealed(data_key));
        }
        self.own_protection(object, wrapped)
    }

    /// The same for work in the background, which serves the bytes to no one.
    pub(crate) async fn protection(
        &self,
        object: &ObjectKey,
        wrapped: &WrappedKey,
    ) -> Result<Protection, Failure> {
        if CustomerWrapped::is_one(wrapped) {
            let opened = self.customer_keys.open(object, wrapped).await;
            return Ok(Protection::Sealed(opened.map_err(about_what_wraps(wrapped))?));
        }
        self.own_protection(object, wrapped)
    }

    /// An object without a wrapped key is not sealed by us.
    fn own_protection(
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

/// What KMS said about the key that wraps a data key.
fn about_what_wraps(wrapped: &WrappedKey) -> impl FnOnce(KeyFault) -> Failure {
    let key = CustomerWrapped::read(wrapped).map(|wrapped| wrapped.key);
    move |fault| match &key {
        Some(key) => about(key)(fault),
        None => fault.into(),
    }
}

fn unsealed_object(object: ObjectKey) -> NewObject {
    NewObject { object, protection: Protection::Storage, wrapped: WrappedKey::from_bytes(&[]) }
}

/// Binds a wrapped key to its object: a key moved to another row opens nothing.
fn wrapping_context(object: &ObjectKey) -> String {
    format!("object:{object}")
}
