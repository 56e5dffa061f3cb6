//! ListEvents: what happened in the caller's registry, as EventBridge tells it, the oldest first.

use identity::Caller;
use names::{RegistryId, Timestamp};
use operations::{Event, EventPlace, envelope};
use wire::aws::WireRefusal;
use wire::aws::longshore::{ListEventsRequest, ListEventsResponse, WrittenEvent};

use super::super::call::{Call, Context};
use super::super::failure::Refused;
use super::super::moments::moment;
use super::super::pages::{LIMIT, Pages, limit};
use crate::guard::Resource;

pub(in crate::doors::aws) struct ListEvents;

impl Call for ListEvents {
    type Input = ListEventsRequest;
    type Target = RegistryId;
    type Output = ListEventsResponse;

    fn target(caller: &Caller, _input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(caller.registry())
    }

    async fn act(
        context: &Context<'_>,
        registry: RegistryId,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let ListEventsRequest { since, until, next_token, max_results } = input;
        let since = since.map_or(Timestamp::from_micros(0), moment);
        let until = until.map_or(Timestamp::from_micros(i64::MAX), moment);
        let named = format!("{registry:?}\n{since:?}\n{until:?}");
        let resource = Resource::Account(registry.account.clone());
        let limit = limit(max_results, LIMIT);
        let pages = Pages::new(context, "ListEvents", &resource, &named, limit);
        let after = pages.after::<EventPlace>(next_token.as_deref())?;
        let listed = context.operations();
        let listed = listed.list_events(&registry, (since, until), after, pages.rows()).await?;
        let (events, next_token) = pages.cut(listed, |event| (event.written_at, event.id));
        let events = Some(events.iter().filter_map(write).collect());
        Ok(ListEventsResponse { events, next_token })
    }
}

fn write(event: &Event) -> Option<WrittenEvent> {
    Some(WrittenEvent {
        event_id: Some(event.event.event_id.to_string()),
        written_at: Some(event.written_at.as_epoch_seconds()),
        event: Some(envelope(event)?),
    })
}
