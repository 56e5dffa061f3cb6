//! What the servers of a run were measured on.

use crate::medium::Medium;
use crate::peers::Who;

pub(crate) struct Terms {
    pub(crate) medium: Medium,
    pub(crate) line_up: Vec<Who>,
}

impl Terms {
    /// Whether this peer is missing because its binary was not named.
    pub(super) fn lacks(&self, who: Who) -> bool {
        who == Who::Zot && !self.line_up.contains(&who)
    }

    /// What a reader of the report must know before the first number.
    pub(super) fn line(&self) -> String {
        let skipped = if self.lacks(Who::Zot) {
            "; zot is skipped: name its binary with `--zot PATH`"
        } else {
            ""
        };
        format!("all servers keep their bytes {}{skipped}", self.medium.name())
    }
}
