//! LookupEvents: what happened in the caller's account and Region.

use identity::Caller;
use names::{AccountId, Timestamp};
use operations::{AuditPlace, AuditRecord, AuditResource, EventFilter, EventSpan, FoundEvent};
use wire::aws::WireRefusal;
use wire::aws::cloudtrail::{
    Event, EventCategory, Exception, LookupAttribute, LookupAttributeKey, LookupEventsRequest,
    LookupEventsResponse, Resource as WireResource,
};

use super::super::call::{Call, Context};
use super::super::failure::Refused;
use super::super::moments::{moment, seconds};
use super::super::pages::{Pages, Position, limit};
use crate::guard::Resource;

pub(in crate::doors::aws) struct LookupEvents;

/// The default size of a page, and the largest.
const LIMIT: u32 = 50;

impl Call for LookupEvents {
    type Input = LookupEventsRequest;
    type Target = AccountId;
    type Output = LookupEventsResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        let _ = input;
        Ok(caller.account().clone())
    }

    async fn act(
        context: &Context<'_>,
        account: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let LookupEventsRequest {
            lookup_attributes,
            start_time,
            end_time,
            event_category,
            max_results,
            next_token,
        } = input;
        let filter = read_filter(lookup_attributes.unwrap_or_default())?;
        let span = read_span(start_time, end_time)?;
        let registry = context.caller.registry();
        let named = format!("{registry:?}\n{filter:?}\n{span:?}\n{event_category:?}");
        let resource = Resource::Account(account);
        let limit = limit(max_results, LIMIT);
        let pages = Pages::new(context, "LookupEvents", &resource, &named, limit);
        let after = pages.after::<AuditPlace>(next_token.as_deref()).map_err(|_| stale_token())?;
        if event_category == Some(EventCategory::Insight) {
            // Nothing here looks for unusual activity.
            return Ok(LookupEventsResponse { events: Some(Vec::new()), next_token: None });
        }
        let found = context.operations().lookup_events(&registry, filter, span, after, limit);
        let found = found.await?;
        let next_token = found.next.map(|place| pages.token(&place));
        let events = Some(found.events.into_iter().map(write).collect());
        Ok(LookupEventsResponse { events, next_token })
    }
}

/// When an event happened, and its row.
impl Position for AuditPlace {
    fn to_bytes(&self) -> Vec<u8> {
        [self.0.as_micros().to_be_bytes(), self.1.to_be_bytes()].concat()
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (at, row) = bytes.split_first_chunk()?;
        Some((Timestamp::from_micros(i64::from_be_bytes(*at)), i64::from_bytes(row)?))
    }
}

fn stale_token() -> WireRefusal {
    let text = "The next token is not valid, or belongs to a request with other parameters.";
    WireRefusal::new(Exception::InvalidNextToken, text)
}

/// CloudTrail looks for one attribute at a time.
fn read_filter(attributes: Vec<LookupAttribute>) -> Result<EventFilter, WireRefusal> {
    let refuse = |text: &str| WireRefusal::new(Exception::InvalidLookupAttributes, text);
    if attributes.len() > 1 {
        return Err(refuse("Only one lookup attribute can be given."));
    }
    let Some(LookupAttribute { attribute_key, attribute_value: value }) =
        attributes.into_iter().next()
    else {
        return Ok(EventFilter::All);
    };
    Ok(match attribute_key {
        LookupAttributeKey::EventId => EventFilter::Id(value),
        LookupAttributeKey::EventName => EventFilter::Name(value),
        LookupAttributeKey::Username => EventFilter::UserName(value),
        LookupAttributeKey::ResourceType => EventFilter::ResourceType(value),
        LookupAttributeKey::ResourceName => EventFilter::ResourceName(value),
        LookupAttributeKey::EventSource => EventFilter::Source(value),
        LookupAttributeKey::AccessKeyId => EventFilter::AccessKey(value),
        LookupAttributeKey::ReadOnly => match value.as_str() {
            "true" => EventFilter::ReadOnly(true),
            "false" => EventFilter::ReadOnly(false),
            _ => {
                return Err(refuse(
                    "The value of the lookup attribute ReadOnly must be true or false.",
                ));
            }
        },
    })
}

/// Times may be left out. Events are told to the second, so one that happened within the last
/// second is not after it.
fn read_span(start: Option<f64>, end: Option<f64>) -> Result<EventSpan, WireRefusal> {
    let since = start.map_or(Timestamp::from_micros(0), moment);
    let until = end.map_or(Timestamp::from_micros(i64::MAX), |end| {
        let end = moment(end);
        if end.as_micros() % 1_000_000 == 0 {
            Timestamp::from_micros(end.as_micros().saturating_add(999_999))
        } else {
            end
        }
    });
    if since > until {
        let text = "The start time must not be after the end time.";
        return Err(WireRefusal::new(Exception::InvalidTimeRange, text));
    }
    Ok(EventSpan { since, until })
}

fn write(found: FoundEvent) -> Event {
    let FoundEvent { record, text } = found;
    let AuditRecord {
        event_id,
        happened_at,
        name,
        source,
        read_only,
        user_name,
        access_key,
        resources,
    } = record;
    let resource = |AuditResource { kind, name }| WireResource {
        resource_type: Some(kind),
        resource_name: Some(name),
    };
    Event {
        event_id: Some(event_id.to_string()),
        event_name: Some(name),
        read_only: Some(read_only.to_string()),
        access_key_id: access_key,
        event_time: Some(seconds(happened_at)),
        event_source: Some(source),
        username: user_name,
        resources: Some(resources.into_iter().map(resource).collect()),
        cloud_trail_event: Some(text),
    }
}

#[cfg(test)]
mod tests {
    use LookupAttributeKey as Key;

    use super::*;

    #[test]
    fn places_survive_the_way_through_a_token() {
        for place in [(Timestamp::from_seconds(7), 9), (Timestamp::from_micros(-1), i64::MAX)] {
            assert_eq!(AuditPlace::from_bytes(&place.to_bytes()), Some(place));
        }
        for bytes in [&b""[..], b"short", &[0; 15], &[0; 17]] {
            assert_eq!(AuditPlace::from_bytes(bytes), None);
        }
    }

    #[test]
    fn attributes_are_read_one_at_a_time() {
        let attribute = |key, value: &str| LookupAttribute {
            attribute_key: key,
            attribute_value: value.to_owned(),
        };
        #[rustfmt::skip]
        let cases = [
            (vec![],                                     Some(EventFilter::All),                     "nothing in particular"),
            (vec![attribute(Key::EventName, "A")],       Some(EventFilter::Name("A".to_owned())),    "a name"),
            (vec![attribute(Key::ReadOnly, "false")],    Some(EventFilter::ReadOnly(false)),         "a word"),
            (vec![attribute(Key::ReadOnly, "False")],    None,                                       "not a word"),
            (vec![attribute(Key::EventId, "1"), attribute(Key::EventId, "2")], None,                 "two at a time"),
        ];
        for (attributes, expected, because) in cases {
            assert_eq!(read_filter(attributes).ok(), expected, "{because}");
        }
    }

    #[test]
    fn times_are_bounded_and_in_order() {
        #[rustfmt::skip]
        let cases = [
            (None,        None,        Some((0, i64::MAX)),                  "all"),
            (Some(1.0),   Some(1.0),   Some((1_000_000, 1_999_999)),         "one second"),
            (Some(1.5),   Some(1.6),   Some((1_500_000, 1_600_000)),         "a part of one"),
            (Some(2.0),   Some(0.5),   None,                                 "the wrong way round"),
            (Some(-1e300), Some(1e300), Some((i64::MIN, i64::MAX)),          "out of range"),
        ];
        for (start, end, expected, because) in cases {
            let span = read_span(start, end).ok();
            let span = span.map(|span| (span.since.as_micros(), span.until.as_micros()));
            assert_eq!(span, expected, "{because}");
        }
    }
}
