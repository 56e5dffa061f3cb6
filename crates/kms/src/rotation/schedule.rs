use std::time::Duration;

use db::Tx;
use names::Timestamp;

use crate::{Failure, KmsKey};

/// How often the keys of services rotate, and others that rotate if the client does not say how
/// often.
pub(crate) const DAYS_OF_MANAGED_KEYS: i64 = 365;

const SECONDS_PER_DAY: u64 = 86_400;

/// So many days after a moment.
pub(crate) fn after_days(start: Timestamp, days: i64) -> Timestamp {
    start.plus(Duration::from_secs(days.unsigned_abs() * SECONDS_PER_DAY))
}

/// When a key rotates next, if it may be used from now on.
pub(crate) fn next_rotation(tx: &mut Tx<'_>, key: &KmsKey) -> Result<Option<Timestamp>, Failure> {
    let Some(days) = key.rotation_days else { return Ok(None) };
    let last = tx.find_newest_kms_material_time(&key.arn.id)?.unwrap_or(key.created_at);
    Ok(Some(after_days(last, days)))
}
