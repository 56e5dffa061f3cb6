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
    DescribeTrails,
    GetTrailStatus,
    ListPublicKeys,
    LookupEvents,
}

#[rustfmt::skip]
static SPECS: [OperationSpec; 4] = [
    OperationSpec {
        name: "DescribeTrails", action: "cloudtrail:DescribeTrails",
        input: &DESCRIBE_TRAILS_REQUEST, result: None, pagination: None,
        errors: declared![
            UnsupportedOperation OperationNotPermitted InvalidTrailName CloudTrailARNInvalid
            NoManagementAccountSLRExists
        ],
    },
    OperationSpec {
        name: "GetTrailStatus", action: "cloudtrail:GetTrailStatus",
        input: &GET_TRAIL_STATUS_REQUEST, result: None, pagination: None,
        errors: declared![
            CloudTrailARNInvalid TrailNotFound InvalidTrailName UnsupportedOperation
            OperationNotPermitted
        ],
    },
    OperationSpec {
        name: "ListPublicKeys", action: "cloudtrail:ListPublicKeys",
        input: &LIST_PUBLIC_KEYS_REQUEST, result: None, pagination: None,
        errors: declared![
            InvalidTimeRange UnsupportedOperation OperationNotPermitted InvalidToken
        ],
    },
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
        CloudTrailARNInvalid = "CloudTrailARNInvalidException", 400;
        InvalidEventCategory = "InvalidEventCategoryException", 400;
        InvalidLookupAttributes = "InvalidLookupAttributesException", 400;
        InvalidMaxResults = "InvalidMaxResultsException", 400;
        InvalidNextToken = "InvalidNextTokenException", 400;
        InvalidTimeRange = "InvalidTimeRangeException", 400;
        InvalidToken = "InvalidTokenException", 400;
        InvalidTrailName = "InvalidTrailNameException", 400;
        NoManagementAccountSLRExists = "NoManagementAccountSLRExistsException", 400;
        OperationNotPermitted = "OperationNotPermittedException", 400;
        TrailNotFound = "TrailNotFoundException", 400;
        UnsupportedOperation = "UnsupportedOperationException", 400;
    }
}

/// Input of `DescribeTrails`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DescribeTrailsRequest {
    /// `trailNameList`.
    pub trail_name_list: Option<Vec<String>>,
    /// `includeShadowTrails`.
    pub include_shadow_trails: Option<bool>,
}

impl Input for DescribeTrailsRequest {
    fn schema() -> &'static Structure {
        &DESCRIBE_TRAILS_REQUEST
    }
}

/// Output of `DescribeTrails`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DescribeTrailsResponse {
    /// `trailList`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trail_list: Option<Vec<Trail>>,
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

/// Input of `GetTrailStatus`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetTrailStatusRequest {
    /// `Name`.
    pub name: String,
}

impl Input for GetTrailStatusRequest {
    fn schema() -> &'static Structure {
        &GET_TRAIL_STATUS_REQUEST
    }
}

/// Output of `GetTrailStatus`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetTrailStatusResponse {
    /// `IsLogging`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_logging: Option<bool>,
    /// `LatestDeliveryError`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latest_delivery_error: Option<String>,
    /// `LatestNotificationError`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latest_notification_error: Option<String>,
    /// `LatestDeliveryTime`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latest_delivery_time: Option<f64>,
    /// `LatestNotificationTime`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latest_notification_time: Option<f64>,
    /// `StartLoggingTime`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_logging_time: Option<f64>,
    /// `StopLoggingTime`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stop_logging_time: Option<f64>,
    /// `LatestCloudWatchLogsDeliveryError`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latest_cloud_watch_logs_delivery_error: Option<String>,
    /// `LatestCloudWatchLogsDeliveryTime`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latest_cloud_watch_logs_delivery_time: Option<f64>,
    /// `LatestDigestDeliveryTime`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latest_digest_delivery_time: Option<f64>,
    /// `LatestDigestDeliveryError`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latest_digest_delivery_error: Option<String>,
    /// `LatestDeliveryAttemptTime`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latest_delivery_attempt_time: Option<String>,
    /// `LatestNotificationAttemptTime`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latest_notification_attempt_time: Option<String>,
    /// `LatestNotificationAttemptSucceeded`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latest_notification_attempt_succeeded: Option<String>,
    /// `LatestDeliveryAttemptSucceeded`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latest_delivery_attempt_succeeded: Option<String>,
    /// `TimeLoggingStarted`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_logging_started: Option<String>,
    /// `TimeLoggingStopped`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_logging_stopped: Option<String>,
}

/// Input of `ListPublicKeys`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListPublicKeysRequest {
    /// `StartTime`, in seconds since 1970.
    pub start_time: Option<f64>,
    /// `EndTime`, in seconds since 1970.
    pub end_time: Option<f64>,
    /// `NextToken`.
    pub next_token: Option<String>,
}

impl Input for ListPublicKeysRequest {
    fn schema() -> &'static Structure {
        &LIST_PUBLIC_KEYS_REQUEST
    }
}

/// Output of `ListPublicKeys`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListPublicKeysResponse {
    /// `PublicKeyList`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_key_list: Option<Vec<PublicKey>>,
    /// `NextToken`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
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

/// `PublicKey`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct PublicKey {
    /// `Value`.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::aws::blob::serialize_optional",
        default
    )]
    pub value: Option<Vec<u8>>,
    /// `ValidityStartTime`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub validity_start_time: Option<f64>,
    /// `ValidityEndTime`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub validity_end_time: Option<f64>,
    /// `Fingerprint`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<String>,
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

/// `Trail`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Trail {
    /// `Name`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `S3BucketName`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub s3_bucket_name: Option<String>,
    /// `S3KeyPrefix`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub s3_key_prefix: Option<String>,
    /// `SnsTopicName`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sns_topic_name: Option<String>,
    /// `SnsTopicARN`.
    #[serde(rename = "SnsTopicARN", skip_serializing_if = "Option::is_none")]
    pub sns_topic_arn: Option<String>,
    /// `IncludeGlobalServiceEvents`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_global_service_events: Option<bool>,
    /// `IsMultiRegionTrail`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_multi_region_trail: Option<bool>,
    /// `HomeRegion`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub home_region: Option<String>,
    /// `TrailARN`.
    #[serde(rename = "TrailARN", skip_serializing_if = "Option::is_none")]
    pub trail_arn: Option<String>,
    /// `LogFileValidationEnabled`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log_file_validation_enabled: Option<bool>,
    /// `CloudWatchLogsLogGroupArn`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cloud_watch_logs_log_group_arn: Option<String>,
    /// `CloudWatchLogsRoleArn`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cloud_watch_logs_role_arn: Option<String>,
    /// `KmsKeyId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kms_key_id: Option<String>,
    /// `HasCustomEventSelectors`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_custom_event_selectors: Option<bool>,
    /// `HasInsightSelectors`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_insight_selectors: Option<bool>,
    /// `IsOrganizationTrail`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_organization_trail: Option<bool>,
    /// `RecursiveLogging`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recursive_logging: Option<bool>,
}

static BOOLEAN: Shape = Shape::Boolean;

static DATE: Shape = Shape::Timestamp;

static DESCRIBE_TRAILS_REQUEST: Structure = structure(
    "DescribeTrailsRequest",
    &[optional("trailNameList", &TRAIL_NAME_LIST), optional("includeShadowTrails", &BOOLEAN)],
);

static EVENT_CATEGORY: Shape = one_of(EventCategory::TEXTS);

static GET_TRAIL_STATUS_REQUEST: Structure =
    structure("GetTrailStatusRequest", &[required("Name", &STRING)]);

static LIST_PUBLIC_KEYS_REQUEST: Structure = structure(
    "ListPublicKeysRequest",
    &[optional("StartTime", &DATE), optional("EndTime", &DATE), optional("NextToken", &STRING)],
);

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

static STRING: Shape = text(UNLIMITED);

static TRAIL_NAME_LIST: Shape = Shape::List(UNLIMITED, &STRING);
