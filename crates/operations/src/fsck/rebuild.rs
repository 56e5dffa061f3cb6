//! Recreates rows from what objects say about themselves.
//!
//! Order: first every layer, attached to the repository that it was uploaded to; then the images,
//! oldest first, each with the layers that it needs attached to its repository; then the records of
//! images, newest first, each with its tag, so that the newest of several that claim a tag gets it.
//! The record of an image is written last of all. So an interrupted rebuild still finds the
//! record's object unknown, and does the rest.
//!
//! An unsealed object is used only if the caller says so: anyone who can write to the store could
//! have made it, and it could put any image behind any tag. An old object that was put back is
//! sealed and cannot be distinguished from one that stayed.
//!
//! An image that has a layer in the archive storage was archived, so it is again.
//!
//! What no object says is not rebuilt: settings of repositories and registries, resource tags,
//! policies, running uploads, pull times, what tags named before. A deleted repository comes back
//! if its objects are still there.

use blobs::{Blobs, Footer, StoredObject};
use db::{NewBlob, Tx};
use names::{Algorithm, EncryptionKey, ObjectKey, RepositoryArn, StorageClass, Timestamp};
use serde::Deserialize;

use super::ParseManifest;
use super::rebuild_repositories::{open_repository, parse_arn};
use super::recorded_image::RecordedImage;
use crate::jobs::LEASE;
use crate::jobs::record_image::{IMAGE_KIND, ImageDescription};
use crate::jobs::review_repository_blob::review_later;
use crate::upload::complete_layer_upload::{LAYER_KIND, LayerDescription};
use crate::{Failure, IfUnsealed, Operations, Refusal};

/// How much a rebuild restored.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rebuilt {
    /// Repositories.
    pub repositories: u64,
    /// Layers.
    pub layers: u64,
    /// Images.
    pub images: u64,
    /// Tags.
    pub tags: u64,
    /// Objects that were of no use.
    pub skipped: u64,
}

/// Makes rows for objects that no row names, and never changes an existing row. `skipped` is called
/// with the objects that were not used, and why.
///
/// It keeps some 200 bytes in memory for each recorded image; nothing else grows.
pub async fn rebuild(
    operations: &Operations,
    if_unsealed: IfUnsealed,
    parse: ParseManifest<'_>,
    skipped: &mut (dyn FnMut(&ObjectKey, &str) + Send),
) -> Result<Rebuilt, Failure> {
    let counts = Rebuilt::default();
    let mut rebuild =
        Rebuild { operations, if_unsealed, parse, skipped, counts, images: Vec::new() };
    rebuild.layers().await?;
    rebuild.images().await?;
    rebuild.index_sizes().await?;
    rebuild.records().await?;
    Ok(rebuild.counts)
}

/// Keys that are listed together.
const PAGE: usize = 256;

/// A rebuild under way.
pub(super) struct Rebuild<'a> {
    pub(super) operations: &'a Operations,
    if_unsealed: IfUnsealed,
    pub(super) parse: ParseManifest<'a>,
    skipped: &'a mut (dyn FnMut(&ObjectKey, &str) + Send),
    pub(super) counts: Rebuilt,
    /// Images that objects speak of, found while layers are rebuilt.
    pub(super) images: Vec<RecordedImage>,
}

/// An object's description of itself.
#[derive(Deserialize)]
struct Kind {
    kind: String,
}

impl Rebuild<'_> {
    pub(super) fn skip(&mut self, object: &ObjectKey, why: &str) {
        self.counts.skipped += 1;
        (self.skipped)(object, why);
    }

    /// Reads the whole store: makes the rows of layers, and notes images.
    async fn layers(&mut self) -> Result<(), Failure> {
        let operations = self.operations;
        for (class, blobs) in operations.places() {
            self.layers_in(class, blobs).await?;
        }
        Ok(())
    }

    async fn layers_in(&mut self, class: StorageClass, blobs: &Blobs) -> Result<(), Failure> {
        let mut after = None;
        loop {
            let page = blobs.list(after, PAGE).await?;
            let Some(last) = page.last() else { return Ok(()) };
            after = Some(last.clone());
            for object in page {
                let wanted = object.clone();
                let known = self.operations.db.read(move |tx| tx.object_is_known(&wanted)).await;
                if !known.map_err(Failure::from)? {
                    self.unknown_object(class, &object).await?;
                }
            }
        }
    }

    async fn unknown_object(
        &mut self,
        class: StorageClass,
        object: &ObjectKey,
    ) -> Result<(), Failure> {
        let (stored, footer) = match self.operations.read_footer(class, object).await {
            Ok(found) => found,
            Err(Failure::Fault(fault)) => {
                self.skip(object, &fault.chain());
                return Ok(());
            }
            Err(Failure::Refused(Refusal::Encryption(refusal))) => {
                self.skip(object, &format!("its KMS key cannot be used: {refusal}"));
                return Ok(());
            }
            Err(refused) => return Err(refused),
        };
        if !stored.sealed && self.if_unsealed == IfUnsealed::Refuse {
            self.skip(object, "it is not sealed, so any writer of the store may have made it; with --encryption storage, add --accept-unsealed");
            return Ok(());
        }
        let kind = serde_json::from_slice::<Kind>(&footer.description).map(|kind| kind.kind);
        let understood = match kind.as_deref() {
            Ok(LAYER_KIND) => self.layer(class, stored, footer).await?,
            Ok(IMAGE_KIND) if class == StorageClass::Standard => self.note_image(object, &footer),
            _ => false,
        };
        if !understood {
            self.skip(object, "it does not say what it is in words that this version knows");
        }
        Ok(())
    }

    /// `false` if the description cannot be understood.
    async fn layer(
        &mut self,
        class: StorageClass,
        stored: StoredObject,
        footer: Footer,
    ) -> Result<bool, Failure> {
        let Ok(description) = serde_json::from_slice::<LayerDescription>(&footer.description)
        else {
            return Ok(false);
        };
        let LayerDescription { kind: _, account, region, repository, key } = description;
        let Some(arn) = parse_arn(&account, &region, &repository) else { return Ok(false) };
        let Ok(key) = EncryptionKey::parse(&key) else { return Ok(false) };
        let (object, now) = (stored.object.clone(), self.operations.now());
        // Content is hashed with SHA-256 while it streams; a crash may have left an object before
        // another digest was compared.
        if footer.digest.algorithm() != Algorithm::Sha256 {
            let protection = self.operations.protection(&object, &stored.wrapped).await?;
            let blobs = self.operations.blobs_of(class)?;
            if let Err(error) = blobs.verify(&object, &protection).await {
                self.skip(&object, &error.to_string());
                return Ok(true);
            }
        }
        let made = self
            .operations
            .db
            .write(move |tx| restore_layer(tx, &arn, &key, (class, &stored), &footer, now))
            .await?;
        match made {
            Some(new_repository) => {
                self.counts.layers += 1;
                self.counts.repositories += u64::from(new_repository);
            }
            None => self.skip(&object, "another object holds the same layer"),
        }
        Ok(true)
    }

    /// `false` if the description cannot be understood.
    fn note_image(&mut self, object: &ObjectKey, footer: &Footer) -> bool {
        let noted = serde_json::from_slice::<ImageDescription>(&footer.description)
            .ok()
            .and_then(|description| RecordedImage::read(object, footer, &description));
        let understood = noted.is_some();
        self.images.extend(noted);
        understood
    }
}

/// Makes the rows of a layer. Returns whether its repository is new, or `None` if the layer has
/// rows.
fn restore_layer(
    tx: &mut Tx<'_>,
    arn: &RepositoryArn,
    encryption_key: &EncryptionKey,
    (class, stored): (StorageClass, &StoredObject),
    footer: &Footer,
    now: Timestamp,
) -> Result<Option<bool>, Failure> {
    let registry = tx.open_registry(&arn.registry, now)?;
    if tx.find_blob(registry, encryption_key, &footer.digest)?.is_some() {
        return Ok(None);
    }
    let new = NewBlob {
        registry,
        encryption_key: encryption_key.clone(),
        digest: footer.digest.clone(),
        size_bytes: footer.size_bytes,
        object: stored.object.clone(),
        wrapped_key: stored.wrapped.clone(),
    };
    let blob = tx.insert_blob(&new, now)?;
    if class == StorageClass::Archive
        && let Some(inserted) = tx.find_blob_by_key(blob)?
    {
        tx.move_blob(&inserted, &new.object, &new.wrapped_key, class)?;
    }
    let (repository, is_new) = open_repository(tx, arn, encryption_key, now)?;
    if repository.encryption_key == *encryption_key {
        let lease_until = now.plus(LEASE);
        tx.attach_blob(repository.key, &footer.digest, blob, lease_until)?;
        review_later(tx, &repository, &footer.digest, lease_until, now)?;
    }
    Ok(Some(is_new))
}

impl Operations {
    /// The footer of an object, if it is authentic.
    async fn read_footer(
        &self,
        class: StorageClass,
        object: &ObjectKey,
    ) -> Result<(StoredObject, Footer), Failure> {
        let stored = self.blobs_of(class)?.inspect(object).await?;
        let protection = self.protection(object, &stored.wrapped).await?;
        let footer = stored.footer(&protection)?;
        Ok((stored, footer))
    }
}
