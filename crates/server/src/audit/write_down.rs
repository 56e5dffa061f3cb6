//! Writes waiting calls down.

use names::RegistryId;
use operations::CallRecord;

use super::call::Call;
use super::gap::{self, Gap};
use super::log::{CallLog, Taken};
use super::record::{Made, records};
use crate::doors::Doors;

/// Calls of one transaction: others wait for it no longer than that.
const BATCH: usize = 100;

impl CallLog {
    /// Writes down what is waiting. What cannot be written is a gap, and the next attempt tells it.
    pub(crate) async fn write_down(&self, doors: &Doors) {
        let Taken { calls, gaps } = self.take();
        for (registry, gap) in gaps {
            self.write_gap(doors, registry, gap).await;
        }
        for some in calls.chunks(BATCH) {
            self.write_some(doors, some).await;
        }
    }

    async fn write_some(&self, doors: &Doors, calls: &[(Call, u64)]) {
        let made =
            |(call, times): &(Call, u64)| records(call, Made { times: *times, is_ended: true });
        let written: Vec<CallRecord> = calls.iter().flat_map(made).collect();
        if let Err(failure) = doors.operations.keep_call_records(written).await {
            tracing::warn!(?failure, calls = calls.len(), "cannot record calls");
            for (call, times) in calls {
                let (registry, gap) = Taken::gap(call, *times);
                self.miss(registry, gap);
            }
        }
    }

    async fn write_gap(&self, doors: &Doors, registry: RegistryId, missing: Gap) {
        tracing::warn!(
            registry.account = %registry.account,
            registry.region = %registry.region,
            calls = missing.missing,
            "calls have no record"
        );
        let record = gap::record(registry.clone(), missing, doors.clock.now());
        match doors.operations.keep_call_records(vec![record]).await {
            Ok(()) => {
                doors.metrics.unrecorded_calls.inc_by(missing.missing);
            }
            Err(_) => self.miss(registry, missing),
        }
    }
}
