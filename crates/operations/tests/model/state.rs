//! The model: a registry, as plainly as possible.

use std::collections::{BTreeMap, BTreeSet};

use names::{
    Digest, ExclusionFilter, ImageTag, RepositoryName, TagMutability, Timestamp, UploadId,
};
use operations::{PushedManifest, UPLOAD_LIFE};

use crate::tags::Move;

/// Repositories by name.
#[derive(Debug, Default)]
pub(crate) struct Registry(pub(crate) BTreeMap<RepositoryName, Repository>);

#[derive(Debug)]
pub(crate) struct Repository {
    pub(crate) mutability: TagMutability,
    pub(crate) filters: Vec<ExclusionFilter>,
    /// Layers that may be there, and until when they certainly are. One that is not in here
    /// certainly is not there.
    pub(crate) layers: BTreeMap<Digest, Timestamp>,
    /// In the order in which they came.
    pub(crate) images: Vec<PushedManifest>,
    pub(crate) tags: BTreeMap<ImageTag, Digest>,
    /// The moves of tags, the oldest first.
    pub(crate) moves: Vec<Move>,
    pub(crate) uploads: Vec<Upload>,
}

#[derive(Debug)]
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
    pub(crate) fn new(mutability: TagMutability, filters: Vec<ExclusionFilter>) -> Self {
        Self {
            mutability,
            filters,
            layers: BTreeMap::new(),
            images: Vec::new(),
            tags: BTreeMap::new(),
            moves: Vec::new(),
            uploads: Vec::new(),
        }
    }

    pub(crate) fn presence(&self, layer: &Digest, now: Timestamp) -> Presence {
        match self.layers.get(layer) {
            _ if self.needs(layer) => Presence::Certain,
            Some(promised_until) if *promised_until > now => Presence::Certain,
            Some(_) => Presence::Possible,
            None => Presence::Impossible,
        }
    }

    /// Does an image need this layer?
    pub(crate) fn needs(&self, layer: &Digest) -> bool {
        self.images.iter().flat_map(|image| &image.blobs).any(|blob| blob.digest == *layer)
    }

    /// A client was told that the layer is there.
    pub(crate) fn promise(&mut self, layer: &Digest, until: Timestamp) {
        let promised = self.layers.entry(layer.clone()).or_insert(until);
        *promised = (*promised).max(until);
    }

    pub(crate) fn image(&self, digest: &Digest) -> Option<&PushedManifest> {
        self.images.iter().find(|image| image.digest == *digest)
    }

    pub(crate) fn tags_of(&self, digest: &Digest) -> Vec<ImageTag> {
        self.tags.iter().filter(|(_, to)| *to == digest).map(|(tag, _)| tag.clone()).collect()
    }

    pub(crate) fn parents_of(&self, digest: &Digest) -> Vec<Digest> {
        let holds = |image: &&PushedManifest| image.children.contains(digest);
        self.images.iter().filter(holds).map(|image| image.digest.clone()).collect()
    }

    pub(crate) fn delete_image(&mut self, digest: &Digest, now: Timestamp) {
        self.images.retain(|image| image.digest != *digest);
        for tag in self.tags_of(digest) {
            self.move_tag(&tag, None, now);
        }
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
    }
}

impl Upload {
    pub(crate) fn presence(&self, now: Timestamp) -> Presence {
        let abandoned = self.touched_at.plus(UPLOAD_LIFE) <= now;
        if abandoned { Presence::Possible } else { Presence::Certain }
    }
}
