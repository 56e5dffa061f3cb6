use std::collections::BTreeSet;

use crate::advisory::{Advisory, PackageKey};

/// The keys that a change of an advisory touches: those of its old form and those of its new one.
/// Packages under other keys keep their findings.
pub fn touched<'a>(
    old: Option<&'a Advisory>,
    new: Option<&'a Advisory>,
) -> BTreeSet<&'a PackageKey> {
    old.into_iter().chain(new).flat_map(Advisory::keys).collect()
}
