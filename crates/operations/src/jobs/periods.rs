//! How long things are kept; `mod.rs` says why none of them may be shorter.

use std::time::Duration;

/// How long a repository keeps a layer that no image refers to, after it was uploaded, mounted or
/// requested with `HEAD`. As long as an upload may take.
pub const LEASE: Duration = Duration::from_hours(24);

/// How much the clocks of two nodes may differ. Nodes use the database's clock; this allows for a
/// node that has not reached the database for a while.
pub const SKEW_MAX: Duration = Duration::from_mins(5);

/// How long the bytes of a layer outlive its last right. It is longer, with [`SKEW_MAX`] to spare,
/// than a request takes between reading the row and opening the object; and, for a bucket, which is
/// read with many requests, longer than reading all of it.
pub const GRACE: Duration = Duration::from_hours(1);

/// How long an upload lives without being written to.
pub const UPLOAD_LIFE: Duration = Duration::from_hours(24);
