//! Layers whose objects are damaged or missing, and how they come back.
//!
//! # Invariants
//! * A read that finds an object damaged notes it in memory (`blobs`), and the rows say so within
//!   moments: [`Operations::record_damage`]. `longshore fsck --repair` writes it at once.
//! * A push is told that it has to send such a layer: `HEAD`, BatchCheckLayerAvailability, a mount
//!   and PutImage do not find it. The bytes that are sent then take the place of the damaged object
//!   in the transaction that ends the upload, for every repository that holds the layer, and the
//!   note is gone with it.
//! * Pulls try to read it all the same: what is not damaged in it is served.
//!
//! # Who calls
//! The background task that stores notes; fsck.
//!
//! # On a crash
//! A note that is not in the rows yet is lost, and the next read makes it again.

use db::{DbError, Tx};
use names::ObjectKey;

use crate::{Failure, Operations};

impl Operations {
    /// Writes down which objects were found damaged since the last call, as far as they hold
    /// layers. If it fails, the next read of each notes it again.
    pub async fn record_damage(&self) -> Result<(), Failure> {
        let objects = self.places().flat_map(|(_, blobs)| blobs.take_corrupt_objects()).collect();
        self.note_damage(objects).await
    }

    /// Notes that these objects are damaged or missing, as far as they hold layers.
    pub(crate) async fn note_damage(&self, objects: Vec<ObjectKey>) -> Result<(), Failure> {
        if objects.is_empty() {
            return Ok(());
        }
        let now = self.now();
        let note = move |tx: &mut Tx<'_>| {
            let mut noted = Vec::new();
            for object in &objects {
                let layer = tx.note_damage(object, now)?;
                noted.extend(layer.map(|layer| (object.clone(), layer)));
            }
            Ok::<_, DbError>(noted)
        };
        for (object, layer) in self.db.write(note).await? {
            tracing::error!(
                object.key = %object,
                layer.digest = %layer,
                "a layer is damaged: it has to be pushed again"
            );
        }
        Ok(())
    }
}
