// Written by `cargo xtask codegen` from `models/cloudtrail/2013-11-01`. Do not edit.

use serde::{Deserialize, Serialize};

use crate::aws::exception::{declared, exceptions};
use crate::aws::operation::{OperationSpec, Pagination, Protocol, ServiceSpec, operations};
use crate::aws::schema::{
    Input, Shape, Structure, UNLIMITED, between, one_of, optional, required, structure, text,
};
use crate::aws::words::words;

/// What the model says about the service.
pub static SERVICE: ServiceSpec = ServiceSpec {
    signing_name: "cloudtrail",
    protocol: Protocol::Json {
        target_prefix: "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101",
    },
};

operations! {
    LookupEvents,
}

#[rustfmt::skip]
static SPECS: [OperationSpec; 1] = [
    OperationSpec {
        name: "LookupEvents", action: "cloudtrail:LookupEvents",
        input: &LOOKUP_EVENTS_REQUEST, result: None, pagination: Some(Pagination {
            input_token: "NextToken", output_token: "NextToken", limit_key: "MaxResults",
            result_keys: &["Events"],
        }),
        errors: declared![
            InvalidLookupAttributes InvalidTimeRange InvalidMaxResults InvalidNextToken
            InvalidEventCategory UnsupportedOperation OperationNotPermitted
        ],
    },
];

exceptions! {
    /// The errors that the model declares.
    Exception {
        InvalidEventCategory = "InvalidEventCategoryException", 400;
        InvalidLookupAttributes = "InvalidLookupAttributesException", 400;
        InvalidMaxResults = "InvalidMaxResultsException", 400;
        InvalidNextToken = "InvalidNextTokenException", 400;
        InvalidTimeRange = "InvalidTimeRangeException", 400;
        OperationNotPermitted = "OperationNotPermittedException", 400;
        UnsupportedOperation = "UnsupportedOperationException", 400;
    }
}

/// `Event`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Event {
    /// `EventId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_id: Option<String>,
    /// `EventName`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_name: Option<String>,
    /// `ReadOnly`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub read_only: Option<String>,
    /// `AccessKeyId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub access_key_id: Option<String>,
    /// `EventTime`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_time: Option<f64>,
    /// `EventSource`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_source: Option<String>,
    /// `Username`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// `Resources`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resources: Option<Vec<Resource>>,
    /// `CloudTrailEvent`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cloud_trail_event: Option<String>,
}

words! {
    /// The words of `EventCategory`.
    EventCategory {
        Insight = "insight",
    }
}

/// `LookupAttribute`, part of inputs.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct LookupAttribute {
    /// `AttributeKey`.
    pub attribute_key: LookupAttributeKey,
    /// `AttributeValue`: 1 to 2000 characters.
    pub attribute_value: String,
}

words! {
    /// The words of `LookupAttributeKey`.
    LookupAttributeKey {
        EventId = "EventId",
        EventName = "EventName",
        ReadOnly = "ReadOnly",
        Username = "Username",
        ResourceType = "ResourceType",
        ResourceName = "ResourceName",
        EventSource = "EventSource",
        AccessKeyId = "AccessKeyId",
    }
}

/// Input of `LookupEvents`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct LookupEventsRequest {
    /// `LookupAttributes`.
    pub lookup_attributes: Option<Vec<LookupAttribute>>,
    /// `StartTime`, in seconds since 1970.
    pub start_time: Option<f64>,
    /// `EndTime`, in seconds since 1970.
    pub end_time: Option<f64>,
    /// `EventCategory`.
    pub event_category: Option<EventCategory>,
    /// `MaxResults`: 1 to 50.
    pub max_results: Option<i64>,
    /// `NextToken`.
    pub next_token: Option<String>,
}

impl Input for LookupEventsRequest {
    fn schema() -> &'static Structure {
        &LOOKUP_EVENTS_REQUEST
    }
}

/// Output of `LookupEvents`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct LookupEventsResponse {
    /// `Events`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub events: Option<Vec<Event>>,
    /// `NextToken`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// `Resource`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Resource {
    /// `ResourceType`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource_type: Option<String>,
    /// `ResourceName`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource_name: Option<String>,
}

static DATE: Shape = Shape::Timestamp;

static EVENT_CATEGORY: Shape = one_of(EventCategory::TEXTS);

static LOOKUP_ATTRIBUTE: Structure = structure(
    "LookupAttribute",
    &[
        required("AttributeKey", &LOOKUP_ATTRIBUTE_KEY),
        required("AttributeValue", &LOOKUP_ATTRIBUTE_VALUE),
    ],
);

static LOOKUP_ATTRIBUTE_KEY: Shape = one_of(LookupAttributeKey::TEXTS);

static LOOKUP_ATTRIBUTE_VALUE: Shape = text(between(1, 2000));

static LOOKUP_ATTRIBUTES_LIST: Shape = Shape::List(UNLIMITED, &Shape::Structure(&LOOKUP_ATTRIBUTE));

static LOOKUP_EVENTS_REQUEST: Structure = structure(
    "LookupEventsRequest",
    &[
        optional("LookupAttributes", &LOOKUP_ATTRIBUTES_LIST),
        optional("StartTime", &DATE),
        optional("EndTime", &DATE),
        optional("EventCategory", &EVENT_CATEGORY),
        optional("MaxResults", &MAX_RESULTS),
        optional("NextToken", &NEXT_TOKEN),
    ],
);

static MAX_RESULTS: Shape = Shape::Integer(between(1, 50));

static NEXT_TOKEN: Shape = text(UNLIMITED);
