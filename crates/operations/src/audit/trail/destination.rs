use std::time::Duration;

use blobs::Files;
use db::AuditTrail;
use names::{Region, Timestamp};

/// Where this server delivers audit records.
#[derive(Debug, Clone)]
pub struct TrailDestination {
    /// The name of the trail.
    pub name: String,
    /// The Region that its ARN names.
    pub home_region: Region,
    /// The bucket that its files name.
    pub bucket: String,
    /// What the keys of its files begin with, without a slash at the end; it may be empty.
    pub prefix: String,
    /// Its files, by their keys behind the prefix.
    pub files: Files,
    /// How much time a digest file covers.
    pub digest_every: Duration,
}

/// What a start says about the trail.
#[derive(Debug, Clone, Default)]
pub enum TrailChoice {
    /// Nothing: what is in the rows stays, and records wait.
    #[default]
    Unsaid,
    /// There is none, and records that wait are not delivered.
    Off,
    /// This one.
    Deliver(Box<TrailDestination>),
}

impl TrailDestination {
    /// Its row, if it begins now.
    pub(super) fn row(&self, now: Timestamp) -> AuditTrail {
        AuditTrail {
            name: self.name.clone(),
            home_region: self.home_region.clone(),
            bucket: self.bucket.clone(),
            prefix: self.prefix.clone(),
            begun_at: now,
        }
    }

    /// Whether the row is of this trail.
    pub(crate) fn is(&self, row: &AuditTrail) -> bool {
        self.row(row.begun_at) == *row
    }

    /// The key of a file in the bucket.
    pub(super) fn key(&self, object: &str) -> String {
        if self.prefix.is_empty() { object.to_owned() } else { format!("{}/{object}", self.prefix) }
    }
}
