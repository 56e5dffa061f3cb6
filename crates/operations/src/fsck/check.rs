use db::DbError;

use super::{Finding, ParseManifest, Severity};
use crate::{Failure, Operations};

/// How thoroughly to check objects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Each exists, has the right length, opens, and matches its row.
    Objects,
    /// Moreover, every byte is read and hashed.
    Digests,
}

/// How much a check covered, and how much it found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Blobs.
    pub blobs: u64,
    /// Images.
    pub images: u64,
    /// Uploads.
    pub uploads: u64,
    /// Objects in the store.
    pub objects: u64,
    /// Findings that are errors.
    pub errors: u64,
    /// Findings that are notes.
    pub notes: u64,
}

impl Summary {
    /// Is nothing wrong?
    pub fn is_clean(&self) -> bool {
        self.errors == 0
    }
}

/// Compares rows with each other and with objects, and reports mismatches.
///
/// An unreadable object is a finding. The check ends early only if the database or the store does
/// not answer at all.
pub async fn check(
    operations: &Operations,
    depth: Depth,
    parse: ParseManifest<'_>,
    report: &mut (dyn FnMut(Finding) + Send),
) -> Result<Summary, Failure> {
    let mut check = Check { operations, depth, parse, report, summary: Summary::default() };
    check.database().await?;
    check.blobs().await?;
    check.totals().await?;
    check.images().await?;
    check.records().await?;
    check.uploads().await?;
    check.rights().await?;
    check.hidden_repositories().await?;
    check.deleted_images().await?;
    check.jobs().await?;
    check.store().await?;
    Ok(check.summary)
}

/// How many rows or keys are checked together.
pub(super) const PAGE: u32 = 256;

/// A check under way.
pub(super) struct Check<'a> {
    pub(super) operations: &'a Operations,
    pub(super) depth: Depth,
    pub(super) parse: ParseManifest<'a>,
    report: &'a mut (dyn FnMut(Finding) + Send),
    pub(super) summary: Summary,
}

impl Check<'_> {
    pub(super) fn found(&mut self, finding: Finding) {
        match finding.severity() {
            Severity::Note => self.summary.notes += 1,
            Severity::Error => self.summary.errors += 1,
        }
        (self.report)(finding);
    }

    async fn database(&mut self) -> Result<(), DbError> {
        for what in self.operations.db.integrity_check().await? {
            self.found(Finding::DatabaseDamaged { what });
        }
        Ok(())
    }
}
