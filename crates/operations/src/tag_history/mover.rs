use db::TagMover;
use names::{MovedThrough, Principal, Timestamp};

use crate::Operations;

/// A caller that moves tags, and the door that it came through.
#[derive(Debug, Clone)]
pub struct Mover {
    /// The caller.
    pub principal: Principal,
    /// The door.
    pub through: MovedThrough,
}

impl Operations {
    /// A caller's move, as it is written down; `None` if no history is kept.
    pub(crate) fn moved_by(&self, mover: &Mover, at: Timestamp) -> Option<TagMover> {
        let Mover { principal, through } = mover;
        let by = || Some(principal.arn());
        self.keeps_tag_history().then(|| TagMover { by: by(), through: *through, at })
    }

    /// A move by a lifecycle policy, as it is written down; `None` if no history is kept.
    pub(crate) fn moved_by_policy(&self, at: Timestamp) -> Option<TagMover> {
        let through = MovedThrough::LifecyclePolicy;
        self.keeps_tag_history().then_some(TagMover { by: None, through, at })
    }

    /// A move by a pull through cache, as it is written down; `None` if no history is kept.
    pub(crate) fn moved_by_cache(&self, at: Timestamp) -> Option<TagMover> {
        let through = MovedThrough::PullThroughCache;
        self.keeps_tag_history().then_some(TagMover { by: None, through, at })
    }

    fn keeps_tag_history(&self) -> bool {
        !self.tag_history.remember.is_zero()
    }
}
