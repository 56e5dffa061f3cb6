//! What is kept of the images while they are judged.

use names::Timestamp;

/// Stands for no image, or no digest.
pub(crate) const NONE: u32 = u32::MAX;

/// All that rules need to know, of all images.
#[derive(Debug, Default)]
pub(crate) struct Images {
    pub(crate) list: Vec<Image>,
    /// The children of one image after those of another, as digests' numbers.
    pub(crate) children: Vec<u32>,
    /// Which image has a digest, if one has.
    pub(crate) by_digest: Vec<u32>,
}

#[derive(Debug)]
pub(crate) struct Image {
    /// The rules of its storage class that select it: those of smaller priority are lower bits.
    pub(crate) selected_by: u64,
    /// When it was pushed, or last restored: what it is ranked by.
    pub(crate) since: Timestamp,
    /// What the age of an archived image is counted from, or of one that is not pulled: when it was
    /// archived, or last used.
    pub(crate) last: Timestamp,
    /// Where its children end; they begin where those of the image before end.
    pub(crate) children_end: usize,
    /// The digest of its subject, as a number.
    pub(crate) subject: u32,
    pub(crate) place: Place,
    pub(crate) is_shielded: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Standard,
    Archive,
    Activating,
}

impl Images {
    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    /// The children of an image that are in the repository, as often as it names them.
    pub(crate) fn children(&self, image: usize) -> impl Iterator<Item = usize> {
        let start = if image == 0 { 0 } else { self.list[image - 1].children_end };
        let children = &self.children[start..self.list[image].children_end];
        children.iter().filter_map(|digest| self.find(*digest))
    }

    /// The subject of an image, if it is in the repository.
    pub(crate) fn subject(&self, image: usize) -> Option<usize> {
        self.find(self.list[image].subject)
    }

    fn find(&self, digest: u32) -> Option<usize> {
        let image = *self.by_digest.get(digest as usize)?;
        (image != NONE).then_some(image as usize)
    }
}
