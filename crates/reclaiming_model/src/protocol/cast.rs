//! The actors of the model, the durations, and the rules that hold.

/// The durations, in ticks of the slowest clock.
#[derive(Clone, Copy)]
pub(crate) struct Times {
    /// A lease. Half of it, less the skew, is promised.
    pub(crate) lease: u8,
    /// How long bytes outlive the last right. A reader has that, less the skew.
    pub(crate) grace: u8,
    /// How far a node's clock may be ahead of another's. Each step is of a node with any clock
    /// within that.
    pub(crate) skew: u8,
}

/// No skew, and as short as can be.
pub(crate) const SHORT: Times = Times { lease: 2, grace: 1, skew: 0 };

/// Clocks that differ.
pub(crate) const SKEWED: Times = Times { lease: 4, grace: 2, skew: 1 };

/// The most objects at once in any cast.
pub(super) const OBJECTS_MAX: usize = 3;

/// The actors.
pub(crate) struct Cast {
    pub(crate) pushers: [Option<Seat>; 2],
    /// Whether a client may delete layers that no image needs.
    pub(crate) layers_are_deleted: bool,
    /// The repository that is read from.
    pub(crate) reads: Option<usize>,
    /// The most objects at once; three at most.
    pub(crate) objects: u8,
    pub(crate) times: Times,
    /// Do runners sleep until their leases are over, and wake? Do uploads end under their writers,
    /// on another node?
    pub(crate) nodes_sleep: bool,
}

/// The actions of a pusher.
#[derive(Clone, Copy)]
pub(crate) struct Seat {
    pub(crate) repository: usize,
    /// Mounts from there instead of uploading.
    pub(crate) mounts_from: Option<usize>,
}

/// The rules of the protocol, each of which can be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rule {
    GraceBeforeDeletion,
    LeaseBeforeReview,
    PutChecksRight,
    ReviewLooksForImages,
    ReclaimLooksForRights,
    RowBeforeBytes,
    KeysAreUsedOnce,
    AttachingRevives,
    AskingAgainRunsAgain,
    DeletedImageIsReviewed,
    LostRightIsReclaimed,
    DeletionIsQueuedWithTheRow,
    ObjectIsNamedBeforeItsBytes,
    /// A request whose upload was ended queues its written object for deletion.
    LateWriterHasItDeleted,
    /// The object of an ended upload is deleted again later: its writer may be killed.
    EndedUploadIsDeletedTwice,
    /// A late runner ends no job.
    OnlyTheLastClaimEnds,
    ReviewIsOneTransaction,
    ReclaimIsOneTransaction,
    /// HEAD renews a lease and checks the right in one transaction.
    HeadLooksWhenItRenews,
    ClocksKeepTheBound,
}
