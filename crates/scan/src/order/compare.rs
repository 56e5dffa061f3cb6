use std::cmp::Ordering;

use super::{apk, composer, dpkg, gem, maven, nuget, python, semver};
use crate::words::VERSION_BYTES_MAX;

/// A way to order versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Order {
    /// dpkg's.
    Dpkg,
    /// rpm's.
    Rpm,
    /// Alpine's.
    Apk,
    /// PEP 440, and below it what Python had before.
    Python,
    /// Semantic versions, of npm, crates and Go, with what these write beside the standard.
    Semver,
    /// Maven's `ComparableVersion`.
    Maven,
    /// RubyGems'.
    Gem,
    /// Composer's.
    Composer,
    /// NuGet's.
    Nuget,
}

impl Order {
    /// Every order.
    pub const ALL: [Self; 9] = [
        Self::Dpkg,
        Self::Rpm,
        Self::Apk,
        Self::Python,
        Self::Semver,
        Self::Maven,
        Self::Gem,
        Self::Composer,
        Self::Nuget,
    ];

    /// Compares two versions; `None` if one is none in this order.
    pub fn compare(self, one: &str, other: &str) -> Option<Ordering> {
        if one.len() > VERSION_BYTES_MAX || other.len() > VERSION_BYTES_MAX {
            return None;
        }
        match self {
            Self::Dpkg => dpkg::compare(one, other),
            Self::Rpm => compare_rpm(one, other),
            Self::Apk => apk::compare(one, other),
            Self::Python => python::compare(one, other),
            Self::Semver => semver::compare(one, other),
            Self::Maven => maven::compare(one, other),
            Self::Gem => gem::compare(one, other),
            Self::Composer => composer::compare(one, other),
            Self::Nuget => nuget::compare(one, other),
        }
    }
}

/// A version without an epoch has epoch 0.
fn compare_rpm(one: &str, other: &str) -> Option<Ordering> {
    let is_empty = |text: &str| text.trim().is_empty();
    if is_empty(one) || is_empty(other) {
        return None;
    }
    Some(rpm_version::rpm_evr_compare(one, other))
}
