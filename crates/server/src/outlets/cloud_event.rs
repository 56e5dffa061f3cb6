//! An event as a CloudEvent 1.0 in structured form.

use operations::{Event, moment_of};
use serde::Serialize;
use serde_json::value::RawValue;

/// Its media type.
pub(super) const MEDIA_TYPE: &str = "application/cloudevents+json; charset=utf-8";

#[derive(Serialize)]
struct CloudEvent<'a> {
    specversion: &'static str,
    id: &'a str,
    source: String,
    r#type: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<String>,
    time: String,
    datacontenttype: &'static str,
    data: &'a RawValue,
}

/// The event; `None` if its row does not hold JSON.
pub(super) fn cloud_event(event: &Event) -> Option<String> {
    let (account, region) = (&event.registry.account, &event.registry.region);
    let stored = &event.event;
    let (service, kind) = (stored.source.replace('.', "/"), kebab(&stored.detail_type));
    let whole = CloudEvent {
        specversion: "1.0",
        id: stored.event_id.as_str(),
        source: format!("/{service}/{account}/{region}"),
        r#type: format!("{}.{kind}", stored.source),
        subject: subject(event),
        time: moment_of(stored.time),
        datacontenttype: "application/json",
        data: serde_json::from_str(&stored.detail).ok()?,
    };
    serde_json::to_string(&whole).ok()
}

/// The ARN of the repository and the digest, or the tag if that is all that is known of the image.
fn subject(event: &Event) -> Option<String> {
    let about = &event.event.about;
    let (account, region) = (&event.registry.account, &event.registry.region);
    about.contains(['@', ':']).then(|| format!("arn:aws:ecr:{region}:{account}:repository/{about}"))
}

/// `ecr-image-action` of `ECR Image Action`.
fn kebab(text: &str) -> String {
    text.to_lowercase().replace(' ', "-")
}

#[cfg(test)]
mod tests {
    use names::{RegistryId, Timestamp, Uuid};
    use operations::NewEvent;

    use super::*;

    #[test]
    fn an_event_is_written_member_by_member() {
        let event = Event {
            id: 7,
            registry: RegistryId {
                account: "123456789012".parse().unwrap(),
                region: "us-east-1".parse().unwrap(),
            },
            written_at: Timestamp::from_seconds(1),
            event: NewEvent {
                event_id: Uuid::from_random([7; 16]),
                time: Timestamp::from_seconds(1),
                source: "aws.ecr".to_owned(),
                detail_type: "ECR Image Action".to_owned(),
                resources: "[]".to_owned(),
                detail: r#"{"result":"SUCCESS"}"#.to_owned(),
                about: "web@sha256:00".to_owned(),
                is_pending: false,
            },
        };
        let expected = format!(
            r#"{{"specversion":"1.0","id":"{}","source":"/aws/ecr/123456789012/us-east-1","type":"aws.ecr.ecr-image-action","subject":"arn:aws:ecr:us-east-1:123456789012:repository/web@sha256:00","time":"1970-01-01T00:00:01Z","datacontenttype":"application/json","data":{{"result":"SUCCESS"}}}}"#,
            event.event.event_id
        );
        assert_eq!(cloud_event(&event), Some(expected));
    }
}
