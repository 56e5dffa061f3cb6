use names::{Digest, ImageTag, Timestamp};

/// An image as lifecycle rules see it.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'a> {
    /// Its digest.
    pub digest: &'a Digest,
    /// Its tags, in any order.
    pub tags: &'a [ImageTag],
    /// When its manifest was first pushed ("pushed_at_time" in ECR's guide). A new tag does not
    /// change it.
    pub pushed_at: Timestamp,
    /// When it was last pulled, as far as that is recorded.
    pub last_pulled_at: Option<Timestamp>,
    /// Where it is.
    pub storage: Storage,
    /// The images that it refers to, if it is an index. Those that are not in the repository make
    /// no difference.
    pub children: &'a [Digest],
    /// The image that it is about, if it is a referrer. If that one is not in the repository, or
    /// one of the children, this is an image like others.
    pub subject: Option<&'a Digest>,
    /// Does something else than the policy keep it? Rules count it, and none takes it.
    pub is_shielded: bool,
}

/// Where an image is, and since when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Storage {
    /// It can be pulled (`ACTIVE`).
    Standard {
        /// When it was last restored, if it ever was archived.
        activated_at: Option<Timestamp>,
    },
    /// It is in the archive (`ARCHIVED`).
    Archive {
        /// Since when.
        archived_at: Timestamp,
    },
    /// It is on its way back from the archive (`ACTIVATING`). No rule sees it.
    Activating,
}
