//! The envelope of an event, member by member as EventBridge writes it.

use db::{Event, NewEvent};
use names::{Timestamp, Uuid};
use serde::Serialize;
use serde_json::value::RawValue;

use super::Events;
use crate::wording::moment;

/// The version of the shape of events.
const VERSION: &str = "0";

/// Something that happened, as the service that it happened in tells it.
pub(crate) struct Happening<D> {
    /// The service: its `source`.
    pub(crate) source: &'static str,
    /// Its `detail-type`.
    pub(crate) detail_type: &'static str,
    /// ARNs: its `resources`.
    pub(crate) resources: Vec<String>,
    /// Its `detail`.
    pub(crate) detail: D,
    /// What it happened to.
    pub(crate) about: String,
}

impl<D: Serialize> Happening<D> {
    /// The row of the event. It has an id of its own, whenever it is made.
    pub(crate) fn row(self, events: Events, now: Timestamp) -> NewEvent {
        let text = "texts and numbers can be written as JSON";
        NewEvent {
            event_id: Uuid::from_random(keys::random()),
            time: now,
            source: self.source.to_owned(),
            detail_type: self.detail_type.to_owned(),
            resources: serde_json::to_string(&self.resources).expect(text),
            detail: serde_json::to_string(&self.detail).expect(text),
            about: self.about,
            is_pending: events == Events::Heard,
        }
    }
}

/// The whole event.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Envelope<'a> {
    version: &'static str,
    id: &'a str,
    detail_type: &'a str,
    source: &'a str,
    account: &'a str,
    time: String,
    region: &'a str,
    resources: &'a RawValue,
    detail: &'a RawValue,
}

/// The event as it is delivered: one line of JSON; `None` if its row does not hold JSON.
pub fn envelope(event: &Event) -> Option<String> {
    let NewEvent { event_id, time, source, detail_type, resources, detail, .. } = &event.event;
    let whole = Envelope {
        version: VERSION,
        id: event_id.as_str(),
        detail_type,
        source,
        account: event.registry.account.as_str(),
        time: moment(*time),
        region: event.registry.region.as_str(),
        resources: serde_json::from_str(resources).ok()?,
        detail: serde_json::from_str(detail).ok()?,
    };
    serde_json::to_string(&whole).ok()
}
