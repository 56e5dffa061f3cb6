//! How long, and how many, look-ups are believed.

use std::time::Duration;

/// How long a look-up is trusted. A deleted key stops working at once in the process that deleted
/// it, because its account's epoch ends, and everywhere within two seconds; the difference is for a
/// running request.
pub(super) const BELIEF: Duration = Duration::from_millis(1_500);

/// The most cached look-ups.
pub(super) const KNOWN_MAX: usize = 4_096;
