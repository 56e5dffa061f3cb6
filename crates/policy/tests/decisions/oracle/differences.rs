//! Where the oracle decides otherwise, and why: a rule for each heading of `disagreements.md`, in its order.

use crate::case::Case;

/// A case that ended differently.
pub(crate) struct Disagreement<'a> {
    pub(crate) case: &'a Case,
    pub(crate) ours: &'static str,
    pub(crate) theirs: &'static str,
}

/// A known difference, and which disagreements come of it.
pub(crate) struct Difference {
    pub(crate) name: &'static str,
    pub(crate) explains: fn(&Disagreement<'_>) -> bool,
}

pub(crate) const DIFFERENCES: &[Difference] = &[];
