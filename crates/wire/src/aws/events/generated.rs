// Written by `cargo xtask codegen` from `models/events/2015-10-07`. Do not edit.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::aws::exception::{declared, exceptions};
use crate::aws::operation::{OperationSpec, Pagination, Protocol, ServiceSpec, operations};
use crate::aws::schema::{
    Input, Pattern, Shape, Structure, UNLIMITED, at_most, between, matching, one_of, optional,
    required, structure, text,
};
use crate::aws::words::words;

/// What the model says about the service.
pub static SERVICE: ServiceSpec =
    ServiceSpec { signing_name: "events", protocol: Protocol::Json { target_prefix: "AWSEvents" } };

operations! {
    DeleteRule,
    DescribeRule,
    DisableRule,
    EnableRule,
    ListRuleNamesByTarget,
    ListRules,
    ListTargetsByRule,
    PutRule,
    PutTargets,
    RemoveTargets,
    TestEventPattern,
}

#[rustfmt::skip]
static SPECS: [OperationSpec; 11] = [
    OperationSpec {
        name: "DeleteRule", action: "events:DeleteRule",
        input: &DELETE_RULE_REQUEST, result: None, pagination: None,
        errors: declared![
            ConcurrentModification ManagedRule Internal ResourceNotFound
        ],
    },
    OperationSpec {
        name: "DescribeRule", action: "events:DescribeRule",
        input: &DESCRIBE_RULE_REQUEST, result: None, pagination: None,
        errors: declared![
            ResourceNotFound Internal
        ],
    },
    OperationSpec {
        name: "DisableRule", action: "events:DisableRule",
        input: &DISABLE_RULE_REQUEST, result: None, pagination: None,
        errors: declared![
            ResourceNotFound ConcurrentModification ManagedRule Internal
        ],
    },
    OperationSpec {
        name: "EnableRule", action: "events:EnableRule",
        input: &ENABLE_RULE_REQUEST, result: None, pagination: None,
        errors: declared![
            ResourceNotFound ConcurrentModification ManagedRule Internal
        ],
    },
    OperationSpec {
        name: "ListRuleNamesByTarget", action: "events:ListRuleNamesByTarget",
        input: &LIST_RULE_NAMES_BY_TARGET_REQUEST, result: None, pagination: Some(Pagination {
            input_token: "NextToken", output_token: "NextToken", limit_key: "Limit",
            result_keys: &["RuleNames"],
        }),
        errors: declared![
            Internal ResourceNotFound
        ],
    },
    OperationSpec {
        name: "ListRules", action: "events:ListRules",
        input: &LIST_RULES_REQUEST, result: None, pagination: Some(Pagination {
            input_token: "NextToken", output_token: "NextToken", limit_key: "Limit",
            result_keys: &["Rules"],
        }),
        errors: declared![
            Internal ResourceNotFound
        ],
    },
    OperationSpec {
        name: "ListTargetsByRule", action: "events:ListTargetsByRule",
        input: &LIST_TARGETS_BY_RULE_REQUEST, result: None, pagination: Some(Pagination {
            input_token: "NextToken", output_token: "NextToken", limit_key: "Limit",
            result_keys: &["Targets"],
        }),
        errors: declared![
            ResourceNotFound Internal
        ],
    },
    OperationSpec {
        name: "PutRule", action: "events:PutRule",
        input: &PUT_RULE_REQUEST, result: None, pagination: None,
        errors: declared![
            InvalidEventPattern LimitExceeded ConcurrentModification ManagedRule Internal
            ResourceNotFound
        ],
    },
    OperationSpec {
        name: "PutTargets", action: "events:PutTargets",
        input: &PUT_TARGETS_REQUEST, result: None, pagination: None,
        errors: declared![
            ResourceNotFound ConcurrentModification LimitExceeded ManagedRule Internal
        ],
    },
    OperationSpec {
        name: "RemoveTargets", action: "events:RemoveTargets",
        input: &REMOVE_TARGETS_REQUEST, result: None, pagination: None,
        errors: declared![
            ResourceNotFound ConcurrentModification ManagedRule Internal
        ],
    },
    OperationSpec {
        name: "TestEventPattern", action: "events:TestEventPattern",
        input: &TEST_EVENT_PATTERN_REQUEST, result: None, pagination: None,
        errors: declared![
            InvalidEventPattern Internal
        ],
    },
];

exceptions! {
    /// The errors that the model declares.
    Exception {
        ConcurrentModification = "ConcurrentModificationException", 400;
        Internal = "InternalException", 500;
        InvalidEventPattern = "InvalidEventPatternException", 400;
        LimitExceeded = "LimitExceededException", 400;
        ManagedRule = "ManagedRuleException", 400;
        ResourceNotFound = "ResourceNotFoundException", 400;
    }
}

/// `DeadLetterConfig`, part of inputs and outputs.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeadLetterConfig {
    /// `Arn`: 1 to 1600 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
}

/// Input of `DeleteRule`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteRuleRequest {
    /// `Name`: 1 to 64 characters.
    pub name: String,
    /// `EventBusName`: 1 to 1600 characters.
    pub event_bus_name: Option<String>,
    /// `Force`.
    pub force: Option<bool>,
}

impl Input for DeleteRuleRequest {
    fn schema() -> &'static Structure {
        &DELETE_RULE_REQUEST
    }
}

/// Input of `DescribeRule`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeRuleRequest {
    /// `Name`: 1 to 64 characters.
    pub name: String,
    /// `EventBusName`: 1 to 1600 characters.
    pub event_bus_name: Option<String>,
}

impl Input for DescribeRuleRequest {
    fn schema() -> &'static Structure {
        &DESCRIBE_RULE_REQUEST
    }
}

/// Output of `DescribeRule`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeRuleResponse {
    /// `Name`: 1 to 64 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `Arn`: 1 to 1600 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// `EventPattern`: at most 4096 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_pattern: Option<String>,
    /// `ScheduleExpression`: at most 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub schedule_expression: Option<String>,
    /// `State`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<RuleState>,
    /// `Description`: at most 512 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// `RoleArn`: 1 to 1600 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_arn: Option<String>,
    /// `ManagedBy`: 1 to 128 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub managed_by: Option<String>,
    /// `EventBusName`: 1 to 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_bus_name: Option<String>,
    /// `CreatedBy`: 1 to 128 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_by: Option<String>,
}

/// Input of `DisableRule`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DisableRuleRequest {
    /// `Name`: 1 to 64 characters.
    pub name: String,
    /// `EventBusName`: 1 to 1600 characters.
    pub event_bus_name: Option<String>,
}

impl Input for DisableRuleRequest {
    fn schema() -> &'static Structure {
        &DISABLE_RULE_REQUEST
    }
}

/// Input of `EnableRule`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct EnableRuleRequest {
    /// `Name`: 1 to 64 characters.
    pub name: String,
    /// `EventBusName`: 1 to 1600 characters.
    pub event_bus_name: Option<String>,
}

impl Input for EnableRuleRequest {
    fn schema() -> &'static Structure {
        &ENABLE_RULE_REQUEST
    }
}

/// `HttpParameters`, part of inputs and outputs.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct HttpParameters {
    /// `PathParameterValues`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path_parameter_values: Option<Vec<String>>,
    /// `HeaderParameters`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header_parameters: Option<BTreeMap<String, String>>,
    /// `QueryStringParameters`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub query_string_parameters: Option<BTreeMap<String, String>>,
}

/// `InputTransformer`, part of inputs and outputs.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct InputTransformer {
    /// `InputPathsMap`: at most 100 entries.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input_paths_map: Option<BTreeMap<String, String>>,
    /// `InputTemplate`: 1 to 8192 characters.
    pub input_template: String,
}

/// Input of `ListRuleNamesByTarget`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListRuleNamesByTargetRequest {
    /// `TargetArn`: 1 to 1600 characters.
    pub target_arn: String,
    /// `EventBusName`: 1 to 1600 characters.
    pub event_bus_name: Option<String>,
    /// `NextToken`: 1 to 2048 characters.
    pub next_token: Option<String>,
    /// `Limit`: 1 to 100.
    pub limit: Option<i64>,
}

impl Input for ListRuleNamesByTargetRequest {
    fn schema() -> &'static Structure {
        &LIST_RULE_NAMES_BY_TARGET_REQUEST
    }
}

/// Output of `ListRuleNamesByTarget`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListRuleNamesByTargetResponse {
    /// `RuleNames`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule_names: Option<Vec<String>>,
    /// `NextToken`: 1 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// Input of `ListRules`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListRulesRequest {
    /// `NamePrefix`: 1 to 64 characters.
    pub name_prefix: Option<String>,
    /// `EventBusName`: 1 to 1600 characters.
    pub event_bus_name: Option<String>,
    /// `NextToken`: 1 to 2048 characters.
    pub next_token: Option<String>,
    /// `Limit`: 1 to 100.
    pub limit: Option<i64>,
}

impl Input for ListRulesRequest {
    fn schema() -> &'static Structure {
        &LIST_RULES_REQUEST
    }
}

/// Output of `ListRules`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListRulesResponse {
    /// `Rules`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rules: Option<Vec<Rule>>,
    /// `NextToken`: 1 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// Input of `ListTargetsByRule`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListTargetsByRuleRequest {
    /// `Rule`: 1 to 64 characters.
    pub rule: String,
    /// `EventBusName`: 1 to 1600 characters.
    pub event_bus_name: Option<String>,
    /// `NextToken`: 1 to 2048 characters.
    pub next_token: Option<String>,
    /// `Limit`: 1 to 100.
    pub limit: Option<i64>,
}

impl Input for ListTargetsByRuleRequest {
    fn schema() -> &'static Structure {
        &LIST_TARGETS_BY_RULE_REQUEST
    }
}

/// Output of `ListTargetsByRule`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListTargetsByRuleResponse {
    /// `Targets`: 1 to 100 elements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub targets: Option<Vec<Target>>,
    /// `NextToken`: 1 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// Input of `PutRule`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PutRuleRequest {
    /// `Name`: 1 to 64 characters.
    pub name: String,
    /// `ScheduleExpression`: at most 256 characters.
    pub schedule_expression: Option<String>,
    /// `EventPattern`: at most 4096 characters.
    pub event_pattern: Option<String>,
    /// `State`.
    pub state: Option<RuleState>,
    /// `Description`: at most 512 characters.
    pub description: Option<String>,
    /// `RoleArn`: 1 to 1600 characters.
    pub role_arn: Option<String>,
    /// `Tags`.
    pub tags: Option<Vec<Tag>>,
    /// `EventBusName`: 1 to 1600 characters.
    pub event_bus_name: Option<String>,
}

impl Input for PutRuleRequest {
    fn schema() -> &'static Structure {
        &PUT_RULE_REQUEST
    }
}

/// Output of `PutRule`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct PutRuleResponse {
    /// `RuleArn`: 1 to 1600 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule_arn: Option<String>,
}

/// Input of `PutTargets`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PutTargetsRequest {
    /// `Rule`: 1 to 64 characters.
    pub rule: String,
    /// `EventBusName`: 1 to 1600 characters.
    pub event_bus_name: Option<String>,
    /// `Targets`: 1 to 100 elements.
    pub targets: Vec<Target>,
}

impl Input for PutTargetsRequest {
    fn schema() -> &'static Structure {
        &PUT_TARGETS_REQUEST
    }
}

/// Output of `PutTargets`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct PutTargetsResponse {
    /// `FailedEntryCount`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failed_entry_count: Option<i64>,
    /// `FailedEntries`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failed_entries: Option<Vec<PutTargetsResultEntry>>,
}

/// `PutTargetsResultEntry`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct PutTargetsResultEntry {
    /// `TargetId`: 1 to 64 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_id: Option<String>,
    /// `ErrorCode`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_code: Option<String>,
    /// `ErrorMessage`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_message: Option<String>,
}

/// Input of `RemoveTargets`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct RemoveTargetsRequest {
    /// `Rule`: 1 to 64 characters.
    pub rule: String,
    /// `EventBusName`: 1 to 1600 characters.
    pub event_bus_name: Option<String>,
    /// `Ids`: 1 to 100 elements.
    pub ids: Vec<String>,
    /// `Force`.
    pub force: Option<bool>,
}

impl Input for RemoveTargetsRequest {
    fn schema() -> &'static Structure {
        &REMOVE_TARGETS_REQUEST
    }
}

/// Output of `RemoveTargets`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct RemoveTargetsResponse {
    /// `FailedEntryCount`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failed_entry_count: Option<i64>,
    /// `FailedEntries`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failed_entries: Option<Vec<RemoveTargetsResultEntry>>,
}

/// `RemoveTargetsResultEntry`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct RemoveTargetsResultEntry {
    /// `TargetId`: 1 to 64 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_id: Option<String>,
    /// `ErrorCode`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_code: Option<String>,
    /// `ErrorMessage`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_message: Option<String>,
}

/// `RetryPolicy`, part of inputs and outputs.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct RetryPolicy {
    /// `MaximumRetryAttempts`: at most 185.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maximum_retry_attempts: Option<i64>,
    /// `MaximumEventAgeInSeconds`: 60 to 86400.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maximum_event_age_in_seconds: Option<i64>,
}

/// `Rule`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Rule {
    /// `Name`: 1 to 64 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `Arn`: 1 to 1600 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// `EventPattern`: at most 4096 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_pattern: Option<String>,
    /// `State`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<RuleState>,
    /// `Description`: at most 512 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// `ScheduleExpression`: at most 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub schedule_expression: Option<String>,
    /// `RoleArn`: 1 to 1600 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_arn: Option<String>,
    /// `ManagedBy`: 1 to 128 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub managed_by: Option<String>,
    /// `EventBusName`: 1 to 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_bus_name: Option<String>,
}

words! {
    /// The words of `RuleState`.
    RuleState {
        Enabled = "ENABLED",
        Disabled = "DISABLED",
        EnabledWithAllCloudtrailManagementEvents = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
    }
}

/// `SqsParameters`, part of inputs and outputs.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct SqsParameters {
    /// `MessageGroupId`: at most 100 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message_group_id: Option<String>,
}

/// `Tag`, part of inputs.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Tag {
    /// `Key`: 1 to 128 characters.
    pub key: String,
    /// `Value`: at most 256 characters.
    pub value: String,
}

/// `Target`, part of inputs and outputs.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Target {
    /// `Id`: 1 to 64 characters.
    pub id: String,
    /// `Arn`: 1 to 1600 characters.
    pub arn: String,
    /// `RoleArn`: 1 to 1600 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_arn: Option<String>,
    /// `Input`: at most 8192 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input: Option<String>,
    /// `InputPath`: at most 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input_path: Option<String>,
    /// `InputTransformer`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input_transformer: Option<InputTransformer>,
    /// `SqsParameters`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sqs_parameters: Option<SqsParameters>,
    /// `HttpParameters`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub http_parameters: Option<HttpParameters>,
    /// `DeadLetterConfig`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dead_letter_config: Option<DeadLetterConfig>,
    /// `RetryPolicy`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_policy: Option<RetryPolicy>,
}

/// Input of `TestEventPattern`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct TestEventPatternRequest {
    /// `EventPattern`: at most 4096 characters.
    pub event_pattern: String,
    /// `Event`.
    pub event: String,
}

impl Input for TestEventPatternRequest {
    fn schema() -> &'static Structure {
        &TEST_EVENT_PATTERN_REQUEST
    }
}

/// Output of `TestEventPattern`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct TestEventPatternResponse {
    /// `Result`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result: Option<bool>,
}

static BOOLEAN: Shape = Shape::Boolean;

static DEAD_LETTER_CONFIG: Structure =
    structure("DeadLetterConfig", &[optional("Arn", &RESOURCE_ARN)]);

static DELETE_RULE_REQUEST: Structure = structure(
    "DeleteRuleRequest",
    &[
        required("Name", &RULE_NAME),
        optional("EventBusName", &EVENT_BUS_NAME_OR_ARN),
        optional("Force", &BOOLEAN),
    ],
);

static DESCRIBE_RULE_REQUEST: Structure = structure(
    "DescribeRuleRequest",
    &[required("Name", &RULE_NAME), optional("EventBusName", &EVENT_BUS_NAME_OR_ARN)],
);

static DISABLE_RULE_REQUEST: Structure = structure(
    "DisableRuleRequest",
    &[required("Name", &RULE_NAME), optional("EventBusName", &EVENT_BUS_NAME_OR_ARN)],
);

static ENABLE_RULE_REQUEST: Structure = structure(
    "EnableRuleRequest",
    &[required("Name", &RULE_NAME), optional("EventBusName", &EVENT_BUS_NAME_OR_ARN)],
);

static EVENT_BUS_NAME_OR_ARN_PATTERN: Pattern = Pattern::new(
    r"(arn:aws[\w-]*:events:[a-z]+-[a-z]+-[\w-]+:[0-9]{12}:event-bus\/)?[/\.\-_A-Za-z0-9]+",
);
static EVENT_BUS_NAME_OR_ARN: Shape = matching(between(1, 1600), &EVENT_BUS_NAME_OR_ARN_PATTERN);

static EVENT_PATTERN: Shape = text(at_most(4096));

static HEADER_KEY_PATTERN: Pattern = Pattern::new("^[!#$%&'*+-.^_`|~0-9a-zA-Z]+$");
static HEADER_KEY: Shape = matching(at_most(512), &HEADER_KEY_PATTERN);

static HEADER_PARAMETERS_MAP: Shape = Shape::Map(UNLIMITED, &HEADER_KEY, &HEADER_VALUE);

static HEADER_VALUE_PATTERN: Pattern =
    Pattern::new(r"^[ \t]*[\x20-\x7E]+([ \t]+[\x20-\x7E]+)*[ \t]*$");
static HEADER_VALUE: Shape = matching(at_most(512), &HEADER_VALUE_PATTERN);

static HTTP_PARAMETERS: Structure = structure(
    "HttpParameters",
    &[
        optional("PathParameterValues", &PATH_PARAMETER_LIST),
        optional("HeaderParameters", &HEADER_PARAMETERS_MAP),
        optional("QueryStringParameters", &QUERY_STRING_PARAMETERS_MAP),
    ],
);

static INPUT_TRANSFORMER: Structure = structure(
    "InputTransformer",
    &[optional("InputPathsMap", &TRANSFORMER_PATHS), required("InputTemplate", &TRANSFORMER_INPUT)],
);

static INPUT_TRANSFORMER_PATH_KEY_PATTERN: Pattern = Pattern::new(r"[A-Za-z0-9\_\-]+");
static INPUT_TRANSFORMER_PATH_KEY: Shape =
    matching(between(1, 256), &INPUT_TRANSFORMER_PATH_KEY_PATTERN);

static LIMIT_MAX100: Shape = Shape::Integer(between(1, 100));

static LIST_RULE_NAMES_BY_TARGET_REQUEST: Structure = structure(
    "ListRuleNamesByTargetRequest",
    &[
        required("TargetArn", &TARGET_ARN),
        optional("EventBusName", &EVENT_BUS_NAME_OR_ARN),
        optional("NextToken", &NEXT_TOKEN),
        optional("Limit", &LIMIT_MAX100),
    ],
);

static LIST_RULES_REQUEST: Structure = structure(
    "ListRulesRequest",
    &[
        optional("NamePrefix", &RULE_NAME),
        optional("EventBusName", &EVENT_BUS_NAME_OR_ARN),
        optional("NextToken", &NEXT_TOKEN),
        optional("Limit", &LIMIT_MAX100),
    ],
);

static LIST_TARGETS_BY_RULE_REQUEST: Structure = structure(
    "ListTargetsByRuleRequest",
    &[
        required("Rule", &RULE_NAME),
        optional("EventBusName", &EVENT_BUS_NAME_OR_ARN),
        optional("NextToken", &NEXT_TOKEN),
        optional("Limit", &LIMIT_MAX100),
    ],
);

static MAXIMUM_EVENT_AGE_IN_SECONDS: Shape = Shape::Integer(between(60, 86_400));

static MAXIMUM_RETRY_ATTEMPTS: Shape = Shape::Integer(between(0, 185));

static MESSAGE_GROUP_ID: Shape = text(at_most(100));

static NEXT_TOKEN: Shape = text(between(1, 2048));

static PATH_PARAMETER_PATTERN: Pattern = Pattern::new(r"^(?!\s*$).+");
static PATH_PARAMETER: Shape = matching(UNLIMITED, &PATH_PARAMETER_PATTERN);

static PATH_PARAMETER_LIST: Shape = Shape::List(UNLIMITED, &PATH_PARAMETER);

static PUT_RULE_REQUEST: Structure = structure(
    "PutRuleRequest",
    &[
        required("Name", &RULE_NAME),
        optional("ScheduleExpression", &SCHEDULE_EXPRESSION),
        optional("EventPattern", &EVENT_PATTERN),
        optional("State", &RULE_STATE),
        optional("Description", &RULE_DESCRIPTION),
        optional("RoleArn", &ROLE_ARN),
        optional("Tags", &TAG_LIST),
        optional("EventBusName", &EVENT_BUS_NAME_OR_ARN),
    ],
);

static PUT_TARGETS_REQUEST: Structure = structure(
    "PutTargetsRequest",
    &[
        required("Rule", &RULE_NAME),
        optional("EventBusName", &EVENT_BUS_NAME_OR_ARN),
        required("Targets", &TARGET_LIST),
    ],
);

static QUERY_STRING_KEY_PATTERN: Pattern = Pattern::new(r"[^\x00-\x1F\x7F]+");
static QUERY_STRING_KEY: Shape = matching(at_most(512), &QUERY_STRING_KEY_PATTERN);

static QUERY_STRING_PARAMETERS_MAP: Shape =
    Shape::Map(UNLIMITED, &QUERY_STRING_KEY, &QUERY_STRING_VALUE);

static QUERY_STRING_VALUE_PATTERN: Pattern = Pattern::new(r"[^\x00-\x09\x0B\x0C\x0E-\x1F\x7F]+");
static QUERY_STRING_VALUE: Shape = matching(at_most(512), &QUERY_STRING_VALUE_PATTERN);

static REMOVE_TARGETS_REQUEST: Structure = structure(
    "RemoveTargetsRequest",
    &[
        required("Rule", &RULE_NAME),
        optional("EventBusName", &EVENT_BUS_NAME_OR_ARN),
        required("Ids", &TARGET_ID_LIST),
        optional("Force", &BOOLEAN),
    ],
);

static RESOURCE_ARN: Shape = text(between(1, 1600));

static RETRY_POLICY: Structure = structure(
    "RetryPolicy",
    &[
        optional("MaximumRetryAttempts", &MAXIMUM_RETRY_ATTEMPTS),
        optional("MaximumEventAgeInSeconds", &MAXIMUM_EVENT_AGE_IN_SECONDS),
    ],
);

static ROLE_ARN: Shape = text(between(1, 1600));

static RULE_DESCRIPTION: Shape = text(at_most(512));

static RULE_NAME_PATTERN: Pattern = Pattern::new(r"[\.\-_A-Za-z0-9]+");
static RULE_NAME: Shape = matching(between(1, 64), &RULE_NAME_PATTERN);

static RULE_STATE: Shape = one_of(RuleState::TEXTS);

static SCHEDULE_EXPRESSION: Shape = text(at_most(256));

static SQS_PARAMETERS: Structure =
    structure("SqsParameters", &[optional("MessageGroupId", &MESSAGE_GROUP_ID)]);

static STRING: Shape = text(UNLIMITED);

static TAG: Structure =
    structure("Tag", &[required("Key", &TAG_KEY), required("Value", &TAG_VALUE)]);

static TAG_KEY: Shape = text(between(1, 128));

static TAG_LIST: Shape = Shape::List(UNLIMITED, &Shape::Structure(&TAG));

static TAG_VALUE: Shape = text(between(0, 256));

static TARGET: Structure = structure(
    "Target",
    &[
        required("Id", &TARGET_ID),
        required("Arn", &TARGET_ARN),
        optional("RoleArn", &ROLE_ARN),
        optional("Input", &TARGET_INPUT),
        optional("InputPath", &TARGET_INPUT_PATH),
        optional("InputTransformer", &Shape::Structure(&INPUT_TRANSFORMER)),
        optional("SqsParameters", &Shape::Structure(&SQS_PARAMETERS)),
        optional("HttpParameters", &Shape::Structure(&HTTP_PARAMETERS)),
        optional("DeadLetterConfig", &Shape::Structure(&DEAD_LETTER_CONFIG)),
        optional("RetryPolicy", &Shape::Structure(&RETRY_POLICY)),
    ],
);

static TARGET_ARN: Shape = text(between(1, 1600));

static TARGET_ID_PATTERN: Pattern = Pattern::new(r"[\.\-_A-Za-z0-9]+");
static TARGET_ID: Shape = matching(between(1, 64), &TARGET_ID_PATTERN);

static TARGET_ID_LIST: Shape = Shape::List(between(1, 100), &TARGET_ID);

static TARGET_INPUT: Shape = text(at_most(8192));

static TARGET_INPUT_PATH: Shape = text(at_most(256));

static TARGET_LIST: Shape = Shape::List(between(1, 100), &Shape::Structure(&TARGET));

static TEST_EVENT_PATTERN_REQUEST: Structure = structure(
    "TestEventPatternRequest",
    &[required("EventPattern", &EVENT_PATTERN), required("Event", &STRING)],
);

static TRANSFORMER_INPUT: Shape = text(between(1, 8192));

static TRANSFORMER_PATHS: Shape =
    Shape::Map(at_most(100), &INPUT_TRANSFORMER_PATH_KEY, &TARGET_INPUT_PATH);
