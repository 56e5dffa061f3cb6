use std::collections::BTreeMap;

use crate::advisory::{Rated, Severity};
use crate::image::Installed;
use crate::words::{Name, Version};

/// A vulnerability of a package of an image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The CVE, or the identifier of the advisory if it names none.
    pub vulnerability: Name,
    /// The advisory that says so.
    pub advisory: Name,
    /// Other identifiers of the same vulnerability.
    pub related: Vec<Name>,
    /// The package, with its file and layer.
    pub installed: Installed,
    /// The first version without it.
    pub fixed_in: Option<Version>,
    /// How severe it is, and on whose word.
    pub rated: Rated,
}

/// ECR's `findingSeverityCounts`: how many findings there are of each severity that occurs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FindingCounts(BTreeMap<Severity, u32>);

impl FindingCounts {
    /// Counts the findings of an image, all of them.
    pub fn of<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Self {
        let mut counts = BTreeMap::new();
        for finding in findings {
            *counts.entry(finding.rated.severity).or_default() += 1;
        }
        Self(counts)
    }

    /// Severities and their counts, the most severe first.
    pub fn iter(&self) -> impl Iterator<Item = (Severity, u32)> {
        self.0.iter().rev().map(|(severity, count)| (*severity, *count))
    }
}
