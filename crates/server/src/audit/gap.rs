//! The record that says how many records found no room, or could not be written.

use names::{RegistryId, Timestamp, Uuid};
use operations::{AuditRecord, CallRecord};
use serde_json::json;

use super::moment::to_the_second;
use super::record::EVENT_VERSION;

/// Records of a registry that are missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Gap {
    pub(super) missing: u64,
    /// When the first of the calls came.
    pub(super) since: Timestamp,
    /// When the last did.
    pub(super) until: Timestamp,
}

impl Gap {
    /// One more.
    pub(super) fn and(self, missing: u64, at: Timestamp) -> Self {
        Self {
            missing: self.missing.saturating_add(missing),
            since: self.since.min(at),
            until: self.until.max(at),
        }
    }

    /// One alone.
    pub(super) fn of(missing: u64, at: Timestamp) -> Self {
        Self { missing, since: at, until: at }
    }
}

const NAME: &str = "AuditGapEvent";
/// It is our own: AWS has no such event.
const SOURCE: &str = "longshore";

/// The record of a gap.
pub(super) fn record(registry: RegistryId, gap: Gap, now: Timestamp) -> CallRecord {
    let event_id = Uuid::from_random(keys::random());
    let account = registry.account.as_str();
    let text = json!({
        "eventVersion": EVENT_VERSION,
        "userIdentity": { "accountId": account, "invokedBy": "AWS Internal" },
        "eventTime": to_the_second(now),
        "eventSource": SOURCE,
        "eventName": NAME,
        "awsRegion": registry.region.as_str(),
        "sourceIPAddress": "AWS Internal",
        "userAgent": "AWS Internal",
        "requestParameters": null,
        "responseElements": null,
        "eventID": event_id.as_str(),
        "readOnly": true,
        "eventType": "AwsServiceEvent",
        "managementEvent": true,
        "recipientAccountId": account,
        "serviceEventDetails": {
            "missingCalls": gap.missing,
            "since": to_the_second(gap.since),
            "until": to_the_second(gap.until),
        },
        "eventCategory": "Management",
    });
    let record = AuditRecord {
        event_id,
        happened_at: now,
        name: NAME.to_owned(),
        source: SOURCE.to_owned(),
        read_only: true,
        user_name: None,
        access_key: None,
        resources: Vec::new(),
    };
    CallRecord { registry, record, names: Vec::new(), text: text.to_string() }
}
