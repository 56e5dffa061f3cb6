// Written by `cargo xtask codegen` from `models/sts/2011-06-15`. Do not edit.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::aws::exception::{declared, exceptions};
use crate::aws::operation::{OperationSpec, Protocol, ServiceSpec, operations};
use crate::aws::schema::{
    Input, Pattern, Shape, Structure, UNLIMITED, at_least, at_most, between, hidden, matching,
    optional, required, structure, text,
};

/// What the model says about the service.
pub static SERVICE: ServiceSpec = ServiceSpec {
    signing_name: "sts",
    protocol: Protocol::Query {
        version: "2011-06-15",
        namespace: "https://sts.amazonaws.com/doc/2011-06-15/",
    },
};

operations! {
    AssumeRole,
    AssumeRoleWithWebIdentity,
    GetAccessKeyInfo,
    GetCallerIdentity,
    GetFederationToken,
    GetScopedCredentials,
    GetSessionToken,
}

#[rustfmt::skip]
static SPECS: [OperationSpec; 7] = [
    OperationSpec {
        name: "AssumeRole", action: "sts:AssumeRole",
        input: &ASSUME_ROLE_REQUEST, result: Some("AssumeRoleResult"), pagination: None,
        errors: declared![
            MalformedPolicyDocument PackedPolicyTooLarge RegionDisabled ExpiredToken
            InvalidContextAssertion
        ],
    },
    OperationSpec {
        name: "AssumeRoleWithWebIdentity", action: "sts:AssumeRoleWithWebIdentity",
        input: &ASSUME_ROLE_WITH_WEB_IDENTITY_REQUEST, result: Some("AssumeRoleWithWebIdentityResult"), pagination: None,
        errors: declared![
            MalformedPolicyDocument PackedPolicyTooLarge IDPRejectedClaim IDPCommunicationError
            InvalidIdentityToken ExpiredToken RegionDisabled
        ],
    },
    OperationSpec {
        name: "GetAccessKeyInfo", action: "sts:GetAccessKeyInfo",
        input: &GET_ACCESS_KEY_INFO_REQUEST, result: Some("GetAccessKeyInfoResult"), pagination: None,
        errors: declared![

        ],
    },
    OperationSpec {
        name: "GetCallerIdentity", action: "sts:GetCallerIdentity",
        input: &GET_CALLER_IDENTITY_REQUEST, result: Some("GetCallerIdentityResult"), pagination: None,
        errors: declared![

        ],
    },
    OperationSpec {
        name: "GetFederationToken", action: "sts:GetFederationToken",
        input: &GET_FEDERATION_TOKEN_REQUEST, result: Some("GetFederationTokenResult"), pagination: None,
        errors: declared![
            MalformedPolicyDocument PackedPolicyTooLarge RegionDisabled
        ],
    },
    OperationSpec {
        name: "GetScopedCredentials", action: "sts:GetScopedCredentials",
        input: &GET_SCOPED_CREDENTIALS_REQUEST, result: Some("GetScopedCredentialsResult"), pagination: None,
        errors: declared![
            MalformedPolicyDocument PackedPolicyTooLarge InsufficientSessionLifetime
            InvalidSubjectCredentials
        ],
    },
    OperationSpec {
        name: "GetSessionToken", action: "sts:GetSessionToken",
        input: &GET_SESSION_TOKEN_REQUEST, result: Some("GetSessionTokenResult"), pagination: None,
        errors: declared![
            RegionDisabled
        ],
    },
];

exceptions! {
    /// The errors that the model declares.
    Exception {
        ExpiredToken = "ExpiredTokenException", 400;
        IDPCommunicationError = "IDPCommunicationError", 400;
        IDPRejectedClaim = "IDPRejectedClaim", 403;
        InsufficientSessionLifetime = "InsufficientSessionLifetime", 400;
        InvalidContextAssertion = "InvalidContextAssertion", 400;
        InvalidIdentityToken = "InvalidIdentityToken", 400;
        InvalidSubjectCredentials = "InvalidSubjectCredentials", 400;
        MalformedPolicyDocument = "MalformedPolicyDocument", 400;
        PackedPolicyTooLarge = "PackedPolicyTooLarge", 400;
        RegionDisabled = "RegionDisabledException", 403;
    }
}

/// Input of `AssumeRole`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct AssumeRoleRequest {
    /// `RoleArn`: 20 to 2048 characters.
    pub role_arn: String,
    /// `RoleSessionName`: 2 to 64 characters.
    pub role_session_name: String,
    /// `PolicyArns`.
    pub policy_arns: Option<Vec<PolicyDescriptorType>>,
    /// `Policy`: at least 1 characters.
    pub policy: Option<String>,
    /// `DurationSeconds`: 900 to 43200.
    pub duration_seconds: Option<i64>,
    /// `Tags`: at most 50 elements.
    pub tags: Option<Vec<Tag>>,
    /// `TransitiveTagKeys`: at most 50 elements.
    pub transitive_tag_keys: Option<Vec<String>>,
    /// `ExternalId`: 2 to 1224 characters.
    pub external_id: Option<String>,
    /// `SerialNumber`: 9 to 256 characters.
    pub serial_number: Option<String>,
    /// `TokenCode`: 6 to 6 characters.
    pub token_code: Option<String>,
    /// `SourceIdentity`: 2 to 256 characters.
    pub source_identity: Option<String>,
    /// `ProvidedContexts`: 1 to 5 elements.
    pub provided_contexts: Option<Vec<ProvidedContext>>,
    /// `MinimumSessionTokenSize`: at most 4096.
    pub minimum_session_token_size: Option<i64>,
}

impl Input for AssumeRoleRequest {
    fn schema() -> &'static Structure {
        &ASSUME_ROLE_REQUEST
    }
}

/// Output of `AssumeRole`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct AssumeRoleResponse {
    /// `Credentials`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credentials: Option<Credentials>,
    /// `AssumedRoleUser`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assumed_role_user: Option<AssumedRoleUser>,
    /// `PackedPolicySize`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub packed_policy_size: Option<i64>,
    /// `SourceIdentity`: 2 to 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_identity: Option<String>,
    /// `SessionTokenUtilization`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_token_utilization: Option<i64>,
    /// `SessionTokenSize`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_token_size: Option<i64>,
}

/// Input of `AssumeRoleWithWebIdentity`.
#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct AssumeRoleWithWebIdentityRequest {
    /// `RoleArn`: 20 to 2048 characters.
    pub role_arn: String,
    /// `RoleSessionName`: 2 to 64 characters.
    pub role_session_name: String,
    /// `WebIdentityToken`: 4 to 20000 characters.
    pub web_identity_token: String,
    /// `ProviderId`: 4 to 2048 characters.
    pub provider_id: Option<String>,
    /// `PolicyArns`.
    pub policy_arns: Option<Vec<PolicyDescriptorType>>,
    /// `Policy`: 1 to 2048 characters.
    pub policy: Option<String>,
    /// `DurationSeconds`: 900 to 43200.
    pub duration_seconds: Option<i64>,
    /// `MinimumSessionTokenSize`: at most 4096.
    pub minimum_session_token_size: Option<i64>,
}

impl std::fmt::Debug for AssumeRoleWithWebIdentityRequest {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("AssumeRoleWithWebIdentityRequest").finish_non_exhaustive()
    }
}

impl Input for AssumeRoleWithWebIdentityRequest {
    fn schema() -> &'static Structure {
        &ASSUME_ROLE_WITH_WEB_IDENTITY_REQUEST
    }
}

/// Output of `AssumeRoleWithWebIdentity`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct AssumeRoleWithWebIdentityResponse {
    /// `Credentials`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credentials: Option<Credentials>,
    /// `SubjectFromWebIdentityToken`: 6 to 255 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject_from_web_identity_token: Option<String>,
    /// `AssumedRoleUser`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assumed_role_user: Option<AssumedRoleUser>,
    /// `PackedPolicySize`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub packed_policy_size: Option<i64>,
    /// `Provider`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
    /// `Audience`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audience: Option<String>,
    /// `SourceIdentity`: 2 to 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_identity: Option<String>,
    /// `SessionTokenUtilization`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_token_utilization: Option<i64>,
    /// `SessionTokenSize`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_token_size: Option<i64>,
    /// `TrustedIdentityPropagationContext`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trusted_identity_propagation_context: Option<TrustedIdentityPropagationContext>,
}

/// `AssumedRoleUser`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct AssumedRoleUser {
    /// `AssumedRoleId`: 2 to 193 characters.
    pub assumed_role_id: String,
    /// `Arn`: 20 to 2048 characters.
    pub arn: String,
}

/// `Credentials`, part of outputs.
#[derive(Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Credentials {
    /// `AccessKeyId`: 16 to 128 characters.
    pub access_key_id: String,
    /// `SecretAccessKey`.
    pub secret_access_key: String,
    /// `SessionToken`.
    pub session_token: String,
    /// `Expiration`, in seconds since 1970.
    #[serde(serialize_with = "crate::aws::time::serialize")]
    pub expiration: f64,
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Credentials").finish_non_exhaustive()
    }
}

/// `FederatedUser`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct FederatedUser {
    /// `FederatedUserId`: 2 to 193 characters.
    pub federated_user_id: String,
    /// `Arn`: 20 to 2048 characters.
    pub arn: String,
}

/// Input of `GetAccessKeyInfo`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetAccessKeyInfoRequest {
    /// `AccessKeyId`: 16 to 128 characters.
    pub access_key_id: String,
}

impl Input for GetAccessKeyInfoRequest {
    fn schema() -> &'static Structure {
        &GET_ACCESS_KEY_INFO_REQUEST
    }
}

/// Output of `GetAccessKeyInfo`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetAccessKeyInfoResponse {
    /// `Account`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
}

/// Input of `GetCallerIdentity`.
#[derive(Debug, Default, Deserialize)]
pub struct GetCallerIdentityRequest {}

impl Input for GetCallerIdentityRequest {
    fn schema() -> &'static Structure {
        &GET_CALLER_IDENTITY_REQUEST
    }
}

/// Output of `GetCallerIdentity`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetCallerIdentityResponse {
    /// `UserId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// `Account`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// `Arn`: 20 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
}

/// Input of `GetFederationToken`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetFederationTokenRequest {
    /// `Name`: 2 to 32 characters.
    pub name: String,
    /// `Policy`: 1 to 2048 characters.
    pub policy: Option<String>,
    /// `PolicyArns`.
    pub policy_arns: Option<Vec<PolicyDescriptorType>>,
    /// `DurationSeconds`: 900 to 129600.
    pub duration_seconds: Option<i64>,
    /// `Tags`: at most 50 elements.
    pub tags: Option<Vec<Tag>>,
    /// `MinimumSessionTokenSize`: at most 4096.
    pub minimum_session_token_size: Option<i64>,
}

impl Input for GetFederationTokenRequest {
    fn schema() -> &'static Structure {
        &GET_FEDERATION_TOKEN_REQUEST
    }
}

/// Output of `GetFederationToken`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetFederationTokenResponse {
    /// `Credentials`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credentials: Option<Credentials>,
    /// `FederatedUser`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub federated_user: Option<FederatedUser>,
    /// `PackedPolicySize`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub packed_policy_size: Option<i64>,
    /// `SessionTokenUtilization`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_token_utilization: Option<i64>,
    /// `SessionTokenSize`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_token_size: Option<i64>,
}

/// Input of `GetScopedCredentials`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetScopedCredentialsRequest {
    /// `Policy`: 1 to 2048 characters.
    pub policy: Option<String>,
    /// `DurationSeconds`: 1 to 129600.
    pub duration_seconds: Option<i64>,
    /// `MinimumSessionTokenSize`: at most 4096.
    pub minimum_session_token_size: Option<i64>,
    /// `ScopedSessionDescription`: 2 to 256 characters.
    pub scoped_session_description: Option<String>,
}

impl Input for GetScopedCredentialsRequest {
    fn schema() -> &'static Structure {
        &GET_SCOPED_CREDENTIALS_REQUEST
    }
}

/// Output of `GetScopedCredentials`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetScopedCredentialsResponse {
    /// `Credentials`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credentials: Option<Credentials>,
    /// `SessionInfo`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_info: Option<ScopedSession>,
    /// `SessionTokenUtilization`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_token_utilization: Option<i64>,
    /// `SessionTokenSize`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_token_size: Option<i64>,
    /// `ScopedPoliciesCount`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scoped_policies_count: Option<i64>,
    /// `SourceIdentity`: 2 to 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_identity: Option<String>,
}

/// Input of `GetSessionToken`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetSessionTokenRequest {
    /// `DurationSeconds`: 900 to 129600.
    pub duration_seconds: Option<i64>,
    /// `SerialNumber`: 9 to 256 characters.
    pub serial_number: Option<String>,
    /// `TokenCode`: 6 to 6 characters.
    pub token_code: Option<String>,
    /// `MinimumSessionTokenSize`: at most 4096.
    pub minimum_session_token_size: Option<i64>,
}

impl Input for GetSessionTokenRequest {
    fn schema() -> &'static Structure {
        &GET_SESSION_TOKEN_REQUEST
    }
}

/// Output of `GetSessionToken`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetSessionTokenResponse {
    /// `Credentials`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credentials: Option<Credentials>,
    /// `SessionTokenUtilization`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_token_utilization: Option<i64>,
    /// `SessionTokenSize`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_token_size: Option<i64>,
}

/// `OriginIdentity`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct OriginIdentity {
    /// `Subject`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// `SubjectType`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject_type: Option<String>,
    /// `Issuer`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// `FederatedProviderArn`: 20 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub federated_provider_arn: Option<String>,
}

/// `PolicyDescriptorType`, part of inputs.
#[derive(Debug, Default, Deserialize)]
pub struct PolicyDescriptorType {
    /// `arn`: 20 to 2048 characters.
    pub arn: Option<String>,
}

/// `ProvidedContext`, part of inputs.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ProvidedContext {
    /// `ProviderArn`: 20 to 2048 characters.
    pub provider_arn: Option<String>,
    /// `ContextAssertion`: 4 to 3072 characters.
    pub context_assertion: Option<String>,
}

/// `ScopedSession`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ScopedSession {
    /// `ScopedSessionId`: 2 to 193 characters.
    pub scoped_session_id: String,
    /// `Arn`: 20 to 2048 characters.
    pub arn: String,
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

/// `TransactionContext`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct TransactionContext {
    /// `IdentityProvider`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identity_provider: Option<BTreeMap<String, String>>,
}

/// `TrustedIdentityPropagationContext`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct TrustedIdentityPropagationContext {
    /// `OriginIdentity`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin_identity: Option<OriginIdentity>,
    /// `TransactionContext`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transaction_context: Option<TransactionContext>,
}

static ASSUME_ROLE_REQUEST: Structure = structure(
    "AssumeRoleRequest",
    &[
        required("RoleArn", &ARN_TYPE),
        required("RoleSessionName", &ROLE_SESSION_NAME_TYPE),
        optional("PolicyArns", &POLICY_DESCRIPTOR_LIST_TYPE),
        optional("Policy", &UNRESTRICTED_SESSION_POLICY_DOCUMENT_TYPE),
        optional("DurationSeconds", &ROLE_DURATION_SECONDS_TYPE),
        optional("Tags", &TAG_LIST_TYPE),
        optional("TransitiveTagKeys", &TAG_KEY_LIST_TYPE),
        optional("ExternalId", &EXTERNAL_ID_TYPE),
        optional("SerialNumber", &SERIAL_NUMBER_TYPE),
        optional("TokenCode", &TOKEN_CODE_TYPE),
        optional("SourceIdentity", &SOURCE_IDENTITY_TYPE),
        optional("ProvidedContexts", &PROVIDED_CONTEXTS_LIST_TYPE),
        optional("MinimumSessionTokenSize", &MINIMUM_SESSION_TOKEN_SIZE_TYPE),
    ],
);

static ASSUME_ROLE_WITH_WEB_IDENTITY_REQUEST: Structure = structure(
    "AssumeRoleWithWebIdentityRequest",
    &[
        required("RoleArn", &ARN_TYPE),
        required("RoleSessionName", &ROLE_SESSION_NAME_TYPE),
        required("WebIdentityToken", &CLIENT_TOKEN_TYPE),
        optional("ProviderId", &URL_TYPE),
        optional("PolicyArns", &POLICY_DESCRIPTOR_LIST_TYPE),
        optional("Policy", &SESSION_POLICY_DOCUMENT_TYPE),
        optional("DurationSeconds", &ROLE_DURATION_SECONDS_TYPE),
        optional("MinimumSessionTokenSize", &MINIMUM_SESSION_TOKEN_SIZE_TYPE),
    ],
);

static GET_ACCESS_KEY_INFO_REQUEST: Structure =
    structure("GetAccessKeyInfoRequest", &[required("AccessKeyId", &ACCESS_KEY_ID_TYPE)]);

static GET_CALLER_IDENTITY_REQUEST: Structure = structure("GetCallerIdentityRequest", &[]);

static GET_FEDERATION_TOKEN_REQUEST: Structure = structure(
    "GetFederationTokenRequest",
    &[
        required("Name", &USER_NAME_TYPE),
        optional("Policy", &SESSION_POLICY_DOCUMENT_TYPE),
        optional("PolicyArns", &POLICY_DESCRIPTOR_LIST_TYPE),
        optional("DurationSeconds", &DURATION_SECONDS_TYPE),
        optional("Tags", &TAG_LIST_TYPE),
        optional("MinimumSessionTokenSize", &MINIMUM_SESSION_TOKEN_SIZE_TYPE),
    ],
);

static GET_SCOPED_CREDENTIALS_REQUEST: Structure = structure(
    "GetScopedCredentialsRequest",
    &[
        optional("Policy", &SESSION_POLICY_DOCUMENT_TYPE),
        optional("DurationSeconds", &SCOPED_CREDENTIAL_DURATION_SECONDS_TYPE),
        optional("MinimumSessionTokenSize", &MINIMUM_SESSION_TOKEN_SIZE_TYPE),
        optional("ScopedSessionDescription", &SCOPED_SESSION_DESCRIPTION_TYPE),
    ],
);

static GET_SESSION_TOKEN_REQUEST: Structure = structure(
    "GetSessionTokenRequest",
    &[
        optional("DurationSeconds", &DURATION_SECONDS_TYPE),
        optional("SerialNumber", &SERIAL_NUMBER_TYPE),
        optional("TokenCode", &TOKEN_CODE_TYPE),
        optional("MinimumSessionTokenSize", &MINIMUM_SESSION_TOKEN_SIZE_TYPE),
    ],
);

static POLICY_DESCRIPTOR_TYPE: Structure =
    structure("PolicyDescriptorType", &[optional("arn", &ARN_TYPE)]);

static PROVIDED_CONTEXT: Structure = structure(
    "ProvidedContext",
    &[optional("ProviderArn", &ARN_TYPE), optional("ContextAssertion", &CONTEXT_ASSERTION_TYPE)],
);

static PROVIDED_CONTEXTS_LIST_TYPE: Shape =
    Shape::List(between(1, 5), &Shape::Structure(&PROVIDED_CONTEXT));

static TAG: Structure =
    structure("Tag", &[required("Key", &TAG_KEY_TYPE), required("Value", &TAG_VALUE_TYPE)]);

static ACCESS_KEY_ID_TYPE_PATTERN: Pattern = Pattern::new(r"[\w]*");
static ACCESS_KEY_ID_TYPE: Shape = matching(between(16, 128), &ACCESS_KEY_ID_TYPE_PATTERN);

static ARN_TYPE_PATTERN: Pattern = Pattern::new(
    r"[\u0009\u000A\u000D\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD\u10000-\u10FFFF]+",
);
static ARN_TYPE: Shape = matching(between(20, 2048), &ARN_TYPE_PATTERN);

static CLIENT_TOKEN_TYPE: Shape = hidden(text(between(4, 20_000)));

static CONTEXT_ASSERTION_TYPE: Shape = text(between(4, 3072));

static DURATION_SECONDS_TYPE: Shape = Shape::Integer(between(900, 129_600));

static EXTERNAL_ID_TYPE_PATTERN: Pattern = Pattern::new(r"[\w+=,.@:\/-]*");
static EXTERNAL_ID_TYPE: Shape = matching(between(2, 1224), &EXTERNAL_ID_TYPE_PATTERN);

static MINIMUM_SESSION_TOKEN_SIZE_TYPE: Shape = Shape::Integer(between(0, 4096));

static POLICY_DESCRIPTOR_LIST_TYPE: Shape =
    Shape::List(UNLIMITED, &Shape::Structure(&POLICY_DESCRIPTOR_TYPE));

static ROLE_DURATION_SECONDS_TYPE: Shape = Shape::Integer(between(900, 43_200));

static ROLE_SESSION_NAME_TYPE_PATTERN: Pattern = Pattern::new(r"[\w+=,.@-]*");
static ROLE_SESSION_NAME_TYPE: Shape = matching(between(2, 64), &ROLE_SESSION_NAME_TYPE_PATTERN);

static SCOPED_CREDENTIAL_DURATION_SECONDS_TYPE: Shape = Shape::Integer(between(1, 129_600));

static SCOPED_SESSION_DESCRIPTION_TYPE_PATTERN: Pattern =
    Pattern::new(r"[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*");
static SCOPED_SESSION_DESCRIPTION_TYPE: Shape =
    matching(between(2, 256), &SCOPED_SESSION_DESCRIPTION_TYPE_PATTERN);

static SERIAL_NUMBER_TYPE_PATTERN: Pattern = Pattern::new(r"[\w+=/:,.@-]*");
static SERIAL_NUMBER_TYPE: Shape = matching(between(9, 256), &SERIAL_NUMBER_TYPE_PATTERN);

static SESSION_POLICY_DOCUMENT_TYPE_PATTERN: Pattern =
    Pattern::new(r"[\u0009\u000A\u000D\u0020-\u00FF]+");
static SESSION_POLICY_DOCUMENT_TYPE: Shape =
    matching(between(1, 2048), &SESSION_POLICY_DOCUMENT_TYPE_PATTERN);

static SOURCE_IDENTITY_TYPE_PATTERN: Pattern = Pattern::new(r"[\w+=,.@-]*");
static SOURCE_IDENTITY_TYPE: Shape = matching(between(2, 256), &SOURCE_IDENTITY_TYPE_PATTERN);

static TAG_KEY_LIST_TYPE: Shape = Shape::List(at_most(50), &TAG_KEY_TYPE);

static TAG_KEY_TYPE_PATTERN: Pattern = Pattern::new(r"[\p{L}\p{Z}\p{N}_.:/=+\-@]+");
static TAG_KEY_TYPE: Shape = matching(between(1, 128), &TAG_KEY_TYPE_PATTERN);

static TAG_LIST_TYPE: Shape = Shape::List(at_most(50), &Shape::Structure(&TAG));

static TAG_VALUE_TYPE_PATTERN: Pattern = Pattern::new(r"[\p{L}\p{Z}\p{N}_.:/=+\-@]*");
static TAG_VALUE_TYPE: Shape = matching(between(0, 256), &TAG_VALUE_TYPE_PATTERN);

static TOKEN_CODE_TYPE_PATTERN: Pattern = Pattern::new(r"[\d]*");
static TOKEN_CODE_TYPE: Shape = matching(between(6, 6), &TOKEN_CODE_TYPE_PATTERN);

static UNRESTRICTED_SESSION_POLICY_DOCUMENT_TYPE_PATTERN: Pattern =
    Pattern::new(r"[\u0009\u000A\u000D\u0020-\u00FF]+");
static UNRESTRICTED_SESSION_POLICY_DOCUMENT_TYPE: Shape =
    matching(at_least(1), &UNRESTRICTED_SESSION_POLICY_DOCUMENT_TYPE_PATTERN);

static URL_TYPE: Shape = text(between(4, 2048));

static USER_NAME_TYPE_PATTERN: Pattern = Pattern::new(r"[\w+=,.@-]*");
static USER_NAME_TYPE: Shape = matching(between(2, 32), &USER_NAME_TYPE_PATTERN);
