//! The model: a registry, as plainly as possible.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;
use std::time::Duration;

use names::{
    Digest, ExclusionFilter, ImageStatus, ImageTag, RepositoryName, TagMutability, Timestamp,
    UploadId,
};
use operations::{PushedManifest, UPLOAD_LIFE};

use crate::tags::Move;
use crate::undo::Kept;

/// Repositories by name.
#[derive(Debug, Default)]
pub(crate) struct Registry(pub(crate) BTreeMap<RepositoryName, Repository>);

/// What the server was told when it started last.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Setting {
    /// Whether there is an archive storage.
    pub(crate) archives: bool,
    /// How long deleted images can be restored.
    pub(crate) undo_window: Duration,
}

#[derive(Debug, Clone)]
pub(crate) struct Repository {
    pub(crate) setting: Setting,
    pub(crate) mutability: TagMutability,
    pub(crate) filters: Vec<ExclusionFilter>,
    pub(crate) key: Key,
    /// Layers that may be there, and until when they certainly are. One that is not in here
    /// certainly is not there.
    pub(crate) layers: BTreeMap<Digest, Timestamp>,
    /// In the order in which they came.
    pub(crate) images: Vec<Held>,
    /// Deleted images, in the order in which they went.
    pub(crate) kept: Vec<Kept>,
    /// Deleted images that had referrers, and when those go.
    pub(crate) bereft: BTreeMap<Digest, Timestamp>,
    /// Layers that a client deleted since they came last.
    pub(crate) dropped: BTreeSet<Digest>,
    pub(crate) tags: BTreeMap<ImageTag, Digest>,
    /// The moves of tags, the oldest first.
    pub(crate) moves: Vec<Move>,
    pub(crate) uploads: Vec<Upload>,
}

/// The key of a repository.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Key {
    /// As acts number it; 0 is the registry's own.
    pub(crate) number: u8,
    /// Whether it was changed, so that a change may be under way.
    pub(crate) was_changed: bool,
}

/// An image.
#[derive(Debug, Clone)]
pub(crate) struct Held {
    pub(crate) manifest: PushedManifest,
    pub(crate) status: ImageStatus,
    /// It was pushed again or restored, and the model has not asked since whether it waits for
    /// bytes.
    pub(crate) came_back: bool,
}

impl Deref for Held {
    type Target = PushedManifest;

    fn deref(&self) -> &PushedManifest {
        &self.manifest
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Upload {
    pub(crate) id: UploadId,
    /// Which content it is to become.
    pub(crate) content: u8,
    pub(crate) received: usize,
    pub(crate) touched_at: Timestamp,
    /// A client that went away may still be writing a last batch.
    pub(crate) dropped: bool,
}

/// Is it there?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Presence {
    Certain,
    Possible,
    Impossible,
}

impl Presence {
    pub(crate) fn allows(self, present: bool) -> bool {
        match self {
            Self::Certain => present,
            Self::Possible => true,
            Self::Impossible => !present,
        }
    }
}

impl Repository {
    pub(crate) fn new(
        mutability: TagMutability,
        filters: Vec<ExclusionFilter>,
        setting: Setting,
    ) -> Self {
        Self {
            setting,
            mutability,
            filters,
            key: Key::default(),
            layers: BTreeMap::new(),
            images: Vec::new(),
            kept: Vec::new(),
            bereft: BTreeMap::new(),
            dropped: BTreeSet::new(),
            tags: BTreeMap::new(),
            moves: Vec::new(),
            uploads: Vec::new(),
        }
    }

    pub(crate) fn presence(&self, layer: &Digest, now: Timestamp) -> Presence {
        match self.layers.get(layer) {
            _ if self.serves(layer) => Presence::Certain,
            Some(promised_until) if *promised_until > now => Presence::Certain,
            Some(_) => Presence::Possible,
            // Its bytes may be in the archive storage, or not.
            None if self.needs(layer) => Presence::Possible,
            None => Presence::Impossible,
        }
    }

    /// Does an image need this layer?
    pub(crate) fn needs(&self, layer: &Digest) -> bool {
        self.images.iter().any(|image| image.has(layer))
    }

    /// Does an image need this layer that can be pulled, or is there nowhere else to put it?
    fn serves(&self, layer: &Digest) -> bool {
        let serves = |image: &Held| !self.setting.archives || image.status == ImageStatus::Active;
        self.images.iter().any(|image| serves(image) && image.has(layer))
    }

    /// A client was told that the layer is not there.
    pub(crate) fn learn_absent(&mut self, layer: &Digest) {
        // Its bytes may be in the archive storage, and come back.
        if !self.setting.archives {
            self.layers.remove(layer);
        }
    }

    /// A client was told that the layer is there.
    pub(crate) fn promise(&mut self, layer: &Digest, until: Timestamp) {
        self.dropped.remove(layer);
        let promised = self.layers.entry(layer.clone()).or_insert(until);
        *promised = (*promised).max(until);
    }

    pub(crate) fn image(&self, digest: &Digest) -> Option<&Held> {
        self.images.iter().find(|image| image.digest == *digest)
    }

    pub(crate) fn tags_of(&self, digest: &Digest) -> Vec<ImageTag> {
        self.tags.iter().filter(|(_, to)| *to == digest).map(|(tag, _)| tag.clone()).collect()
    }

    pub(crate) fn parents_of(&self, digest: &Digest) -> Vec<Digest> {
        let holds = |image: &&Held| image.children.contains(digest);
        self.images.iter().filter(holds).map(|image| image.digest.clone()).collect()
    }

    pub(crate) fn delete_image(&mut self, digest: &Digest, now: Timestamp) {
        self.keep(digest, now);
        self.images.retain(|image| image.digest != *digest);
        for tag in self.tags_of(digest) {
            self.move_tag(&tag, None, now);
        }
        self.bereave(digest, now);
    }

    /// Bytes of an image's layers, or of the largest child of an index.
    pub(crate) fn size_of(&self, image: &PushedManifest) -> u64 {
        let layers: BTreeSet<(&Digest, u64)> =
            image.blobs.iter().map(|blob| (&blob.digest, blob.size_bytes)).collect();
        let children = image.children.iter().filter_map(|child| self.image(child));
        let largest = children.map(|child| self.size_of(child)).max().unwrap_or(0);
        layers.into_iter().map(|(_, size)| size).sum::<u64>().max(largest)
    }

    /// After long quiet: what is not needed is gone.
    pub(crate) fn settle(&mut self) {
        let needed: BTreeSet<Digest> = self
            .images
            .iter()
            .flat_map(|image| &image.blobs)
            .map(|blob| blob.digest.clone())
            .collect();
        self.layers.retain(|layer, _| needed.contains(layer));
        self.uploads.clear();
        self.kept.clear();
        self.dropped.clear();
    }
}

impl Held {
    pub(crate) fn new(manifest: PushedManifest) -> Self {
        Self { manifest, status: ImageStatus::Active, came_back: false }
    }

    fn has(&self, layer: &Digest) -> bool {
        self.blobs.iter().any(|blob| blob.digest == *layer)
    }
}

impl Upload {
    pub(crate) fn presence(&self, now: Timestamp) -> Presence {
        let abandoned = self.touched_at.plus(UPLOAD_LIFE) <= now;
        if abandoned { Presence::Possible } else { Presence::Certain }
    }
}
