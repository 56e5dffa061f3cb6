// Written by `cargo xtask codegen` from `models/secretsmanager/2017-10-17`. Do not edit.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::aws::exception::{declared, exceptions};
use crate::aws::operation::{OperationSpec, Pagination, Protocol, ServiceSpec, operations};
use crate::aws::schema::{
    Input, Pattern, Shape, Structure, UNLIMITED, at_least, at_most, between, hidden, matching,
    one_of, optional, required, structure, text,
};
use crate::aws::words::words;

/// What the model says about the service.
pub static SERVICE: ServiceSpec = ServiceSpec {
    signing_name: "secretsmanager",
    protocol: Protocol::Json { target_prefix: "secretsmanager" },
};

operations! {
    CreateSecret,
    DeleteResourcePolicy,
    DeleteSecret,
    DescribeSecret,
    GetRandomPassword,
    GetResourcePolicy,
    GetSecretValue,
    ListSecretVersionIds,
    ListSecrets,
    PutResourcePolicy,
    PutSecretValue,
    RestoreSecret,
    TagResource,
    UntagResource,
    UpdateSecret,
}

#[rustfmt::skip]
static SPECS: [OperationSpec; 15] = [
    OperationSpec {
        name: "CreateSecret", action: "secretsmanager:CreateSecret",
        input: &CREATE_SECRET_REQUEST, result: None, pagination: None,
        errors: declared![
            InvalidParameter InvalidRequest LimitExceeded EncryptionFailure ResourceExists
            ResourceNotFound MalformedPolicyDocument InternalServiceError PreconditionNotMet
            DecryptionFailure
        ],
    },
    OperationSpec {
        name: "DeleteResourcePolicy", action: "secretsmanager:DeleteResourcePolicy",
        input: &DELETE_RESOURCE_POLICY_REQUEST, result: None, pagination: None,
        errors: declared![
            ResourceNotFound InternalServiceError InvalidRequest InvalidParameter
        ],
    },
    OperationSpec {
        name: "DeleteSecret", action: "secretsmanager:DeleteSecret",
        input: &DELETE_SECRET_REQUEST, result: None, pagination: None,
        errors: declared![
            ResourceNotFound InvalidParameter InvalidRequest InternalServiceError
        ],
    },
    OperationSpec {
        name: "DescribeSecret", action: "secretsmanager:DescribeSecret",
        input: &DESCRIBE_SECRET_REQUEST, result: None, pagination: None,
        errors: declared![
            ResourceNotFound InternalServiceError InvalidParameter
        ],
    },
    OperationSpec {
        name: "GetRandomPassword", action: "secretsmanager:GetRandomPassword",
        input: &GET_RANDOM_PASSWORD_REQUEST, result: None, pagination: None,
        errors: declared![
            InvalidParameter InvalidRequest InternalServiceError
        ],
    },
    OperationSpec {
        name: "GetResourcePolicy", action: "secretsmanager:GetResourcePolicy",
        input: &GET_RESOURCE_POLICY_REQUEST, result: None, pagination: None,
        errors: declared![
            ResourceNotFound InternalServiceError InvalidRequest InvalidParameter
        ],
    },
    OperationSpec {
        name: "GetSecretValue", action: "secretsmanager:GetSecretValue",
        input: &GET_SECRET_VALUE_REQUEST, result: None, pagination: None,
        errors: declared![
            ResourceNotFound InvalidParameter InvalidRequest DecryptionFailure InternalServiceError
        ],
    },
    OperationSpec {
        name: "ListSecretVersionIds", action: "secretsmanager:ListSecretVersionIds",
        input: &LIST_SECRET_VERSION_IDS_REQUEST, result: None, pagination: None,
        errors: declared![
            InvalidNextToken ResourceNotFound InternalServiceError InvalidParameter
        ],
    },
    OperationSpec {
        name: "ListSecrets", action: "secretsmanager:ListSecrets",
        input: &LIST_SECRETS_REQUEST, result: None, pagination: Some(Pagination {
            input_token: "NextToken", output_token: "NextToken", limit_key: "MaxResults",
            result_keys: &["SecretList"],
        }),
        errors: declared![
            InvalidParameter InvalidRequest InvalidNextToken InternalServiceError
        ],
    },
    OperationSpec {
        name: "PutResourcePolicy", action: "secretsmanager:PutResourcePolicy",
        input: &PUT_RESOURCE_POLICY_REQUEST, result: None, pagination: None,
        errors: declared![
            MalformedPolicyDocument ResourceNotFound InvalidParameter InternalServiceError
            InvalidRequest PublicPolicy
        ],
    },
    OperationSpec {
        name: "PutSecretValue", action: "secretsmanager:PutSecretValue",
        input: &PUT_SECRET_VALUE_REQUEST, result: None, pagination: None,
        errors: declared![
            InvalidParameter InvalidRequest LimitExceeded EncryptionFailure ResourceExists
            ResourceNotFound InternalServiceError DecryptionFailure
        ],
    },
    OperationSpec {
        name: "RestoreSecret", action: "secretsmanager:RestoreSecret",
        input: &RESTORE_SECRET_REQUEST, result: None, pagination: None,
        errors: declared![
            ResourceNotFound InvalidParameter InvalidRequest InternalServiceError
        ],
    },
    OperationSpec {
        name: "TagResource", action: "secretsmanager:TagResource",
        input: &TAG_RESOURCE_REQUEST, result: None, pagination: None,
        errors: declared![
            ResourceNotFound InvalidRequest InvalidParameter InternalServiceError
        ],
    },
    OperationSpec {
        name: "UntagResource", action: "secretsmanager:UntagResource",
        input: &UNTAG_RESOURCE_REQUEST, result: None, pagination: None,
        errors: declared![
            ResourceNotFound InvalidRequest InvalidParameter InternalServiceError
        ],
    },
    OperationSpec {
        name: "UpdateSecret", action: "secretsmanager:UpdateSecret",
        input: &UPDATE_SECRET_REQUEST, result: None, pagination: None,
        errors: declared![
            InvalidParameter InvalidRequest LimitExceeded EncryptionFailure ResourceExists
            ResourceNotFound MalformedPolicyDocument InternalServiceError PreconditionNotMet
            DecryptionFailure
        ],
    },
];

exceptions! {
    /// The errors that the model declares.
    Exception {
        DecryptionFailure = "DecryptionFailure", 400;
        EncryptionFailure = "EncryptionFailure", 400;
        InternalServiceError = "InternalServiceError", 500;
        InvalidNextToken = "InvalidNextTokenException", 400;
        InvalidParameter = "InvalidParameterException", 400;
        InvalidRequest = "InvalidRequestException", 400;
        LimitExceeded = "LimitExceededException", 400;
        MalformedPolicyDocument = "MalformedPolicyDocumentException", 400;
        PreconditionNotMet = "PreconditionNotMetException", 400;
        PublicPolicy = "PublicPolicyException", 400;
        ResourceExists = "ResourceExistsException", 400;
        ResourceNotFound = "ResourceNotFoundException", 400;
    }
}

/// Input of `CreateSecret`.
#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateSecretRequest {
    /// `Name`: 1 to 512 characters.
    pub name: String,
    /// `ClientRequestToken`: 32 to 64 characters.
    pub client_request_token: Option<String>,
    /// `Description`: at most 2048 characters.
    pub description: Option<String>,
    /// `KmsKeyId`: at most 2048 characters.
    pub kms_key_id: Option<String>,
    /// `SecretBinary`: 1 to 65536 bytes.
    #[serde(deserialize_with = "crate::aws::blob::deserialize_optional", default)]
    pub secret_binary: Option<Vec<u8>>,
    /// `SecretString`: 1 to 65536 characters.
    pub secret_string: Option<String>,
    /// `Tags`.
    pub tags: Option<Vec<Tag>>,
    /// `AddReplicaRegions`: at least 1 elements.
    pub add_replica_regions: Option<Vec<ReplicaRegionType>>,
    /// `ForceOverwriteReplicaSecret`.
    pub force_overwrite_replica_secret: Option<bool>,
    /// `Type`: at most 256 characters.
    pub r#type: Option<String>,
    /// `CrossAccountPrimaryARN`: 20 to 2048 characters.
    #[serde(rename = "CrossAccountPrimaryARN")]
    pub cross_account_primary_arn: Option<String>,
}

impl std::fmt::Debug for CreateSecretRequest {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("CreateSecretRequest").finish_non_exhaustive()
    }
}

impl Input for CreateSecretRequest {
    fn schema() -> &'static Structure {
        &CREATE_SECRET_REQUEST
    }
}

/// Output of `CreateSecret`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateSecretResponse {
    /// `ARN`: 20 to 2048 characters.
    #[serde(rename = "ARN", skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// `Name`: 1 to 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `VersionId`: 32 to 64 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version_id: Option<String>,
    /// `ReplicationStatus`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replication_status: Option<Vec<ReplicationStatusType>>,
}

/// `CrossAccountPrimaryType`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct CrossAccountPrimaryType {
    /// `PrimarySecretARN`: 20 to 2048 characters.
    #[serde(rename = "PrimarySecretARN", skip_serializing_if = "Option::is_none")]
    pub primary_secret_arn: Option<String>,
    /// `ReplicationStatus`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replication_status: Option<StatusType>,
    /// `StatusMessage`: 1 to 4096 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_message: Option<String>,
}

/// `CrossAccountReplicaEntry`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct CrossAccountReplicaEntry {
    /// `ReplicaSecretARN`: 20 to 2048 characters.
    #[serde(rename = "ReplicaSecretARN", skip_serializing_if = "Option::is_none")]
    pub replica_secret_arn: Option<String>,
    /// `ReplicationRoleARN`: 20 to 2048 characters.
    #[serde(rename = "ReplicationRoleARN", skip_serializing_if = "Option::is_none")]
    pub replication_role_arn: Option<String>,
    /// `ReplicationStatus`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replication_status: Option<StatusType>,
    /// `StatusMessage`: 1 to 4096 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_message: Option<String>,
}

/// Input of `DeleteResourcePolicy`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteResourcePolicyRequest {
    /// `SecretId`: 1 to 2048 characters.
    pub secret_id: String,
    /// `PolicyName`: 1 to 64 characters.
    pub policy_name: Option<String>,
}

impl Input for DeleteResourcePolicyRequest {
    fn schema() -> &'static Structure {
        &DELETE_RESOURCE_POLICY_REQUEST
    }
}

/// Output of `DeleteResourcePolicy`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteResourcePolicyResponse {
    /// `ARN`: 20 to 2048 characters.
    #[serde(rename = "ARN", skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// `Name`: 1 to 512 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `PolicyName`: 1 to 64 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy_name: Option<String>,
}

/// Input of `DeleteSecret`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteSecretRequest {
    /// `SecretId`: 1 to 2048 characters.
    pub secret_id: String,
    /// `RecoveryWindowInDays`.
    pub recovery_window_in_days: Option<i64>,
    /// `ForceDeleteWithoutRecovery`.
    pub force_delete_without_recovery: Option<bool>,
}

impl Input for DeleteSecretRequest {
    fn schema() -> &'static Structure {
        &DELETE_SECRET_REQUEST
    }
}

/// Output of `DeleteSecret`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteSecretResponse {
    /// `ARN`: 20 to 2048 characters.
    #[serde(rename = "ARN", skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// `Name`: 1 to 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `DeletionDate`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deletion_date: Option<f64>,
}

/// Input of `DescribeSecret`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeSecretRequest {
    /// `SecretId`: 1 to 2048 characters.
    pub secret_id: String,
}

impl Input for DescribeSecretRequest {
    fn schema() -> &'static Structure {
        &DESCRIBE_SECRET_REQUEST
    }
}

/// Output of `DescribeSecret`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeSecretResponse {
    /// `ARN`: 20 to 2048 characters.
    #[serde(rename = "ARN", skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// `Name`: 1 to 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `Type`: at most 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#type: Option<String>,
    /// `Description`: at most 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// `KmsKeyId`: at most 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kms_key_id: Option<String>,
    /// `RotationEnabled`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rotation_enabled: Option<bool>,
    /// `RotationLambdaARN`: at most 2048 characters.
    #[serde(rename = "RotationLambdaARN", skip_serializing_if = "Option::is_none")]
    pub rotation_lambda_arn: Option<String>,
    /// `RotationRules`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rotation_rules: Option<RotationRulesType>,
    /// `ExternalSecretRotationMetadata`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_secret_rotation_metadata: Option<Vec<ExternalSecretRotationMetadataItem>>,
    /// `ExternalSecretRotationRoleArn`: 20 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_secret_rotation_role_arn: Option<String>,
    /// `LastRotatedDate`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_rotated_date: Option<f64>,
    /// `LastChangedDate`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_changed_date: Option<f64>,
    /// `LastAccessedDate`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_accessed_date: Option<f64>,
    /// `DeletedDate`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deleted_date: Option<f64>,
    /// `NextRotationDate`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_rotation_date: Option<f64>,
    /// `Tags`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag>>,
    /// `VersionIdsToStages`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version_ids_to_stages: Option<BTreeMap<String, Vec<String>>>,
    /// `OwningService`: 1 to 128 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owning_service: Option<String>,
    /// `CreatedDate`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_date: Option<f64>,
    /// `PrimaryRegion`: 1 to 128 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub primary_region: Option<String>,
    /// `ReplicationStatus`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replication_status: Option<Vec<ReplicationStatusType>>,
    /// `CrossAccountPrimary`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cross_account_primary: Option<CrossAccountPrimaryType>,
    /// `CrossAccountReplicas`: 1 to 100 elements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cross_account_replicas: Option<Vec<CrossAccountReplicaEntry>>,
}

/// `ExternalSecretRotationMetadataItem`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ExternalSecretRotationMetadataItem {
    /// `Key`: 1 to 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// `Value`: 1 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

/// `Filter`, part of inputs.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Filter {
    /// `Key`.
    pub key: Option<FilterNameStringType>,
    /// `Values`: 1 to 10 elements.
    pub values: Option<Vec<String>>,
}

words! {
    /// The words of `FilterNameStringType`.
    FilterNameStringType {
        Description = "description",
        Name = "name",
        TagKey = "tag-key",
        TagValue = "tag-value",
        PrimaryRegion = "primary-region",
        OwningService = "owning-service",
        All = "all",
    }
}

/// Input of `GetRandomPassword`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetRandomPasswordRequest {
    /// `PasswordLength`: 1 to 4096.
    pub password_length: Option<i64>,
    /// `ExcludeCharacters`: at most 4096 characters.
    pub exclude_characters: Option<String>,
    /// `ExcludeNumbers`.
    pub exclude_numbers: Option<bool>,
    /// `ExcludePunctuation`.
    pub exclude_punctuation: Option<bool>,
    /// `ExcludeUppercase`.
    pub exclude_uppercase: Option<bool>,
    /// `ExcludeLowercase`.
    pub exclude_lowercase: Option<bool>,
    /// `IncludeSpace`.
    pub include_space: Option<bool>,
    /// `RequireEachIncludedType`.
    pub require_each_included_type: Option<bool>,
}

impl Input for GetRandomPasswordRequest {
    fn schema() -> &'static Structure {
        &GET_RANDOM_PASSWORD_REQUEST
    }
}

/// Output of `GetRandomPassword`.
#[derive(Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetRandomPasswordResponse {
    /// `RandomPassword`: at most 4096 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub random_password: Option<String>,
}

impl std::fmt::Debug for GetRandomPasswordResponse {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("GetRandomPasswordResponse").finish_non_exhaustive()
    }
}

/// Input of `GetResourcePolicy`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetResourcePolicyRequest {
    /// `SecretId`: 1 to 2048 characters.
    pub secret_id: String,
    /// `PolicyName`: 1 to 64 characters.
    pub policy_name: Option<String>,
}

impl Input for GetResourcePolicyRequest {
    fn schema() -> &'static Structure {
        &GET_RESOURCE_POLICY_REQUEST
    }
}

/// Output of `GetResourcePolicy`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetResourcePolicyResponse {
    /// `ARN`: 20 to 2048 characters.
    #[serde(rename = "ARN", skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// `Name`: 1 to 512 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `ResourcePolicy`: 1 to 20480 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource_policy: Option<String>,
    /// `PolicyName`: 1 to 64 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy_name: Option<String>,
}

/// Input of `GetSecretValue`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetSecretValueRequest {
    /// `SecretId`: 1 to 2048 characters.
    pub secret_id: String,
    /// `VersionId`: 32 to 64 characters.
    pub version_id: Option<String>,
    /// `VersionStage`: 1 to 256 characters.
    pub version_stage: Option<String>,
}

impl Input for GetSecretValueRequest {
    fn schema() -> &'static Structure {
        &GET_SECRET_VALUE_REQUEST
    }
}

/// Output of `GetSecretValue`.
#[derive(Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetSecretValueResponse {
    /// `ARN`: 20 to 2048 characters.
    #[serde(rename = "ARN", skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// `Name`: 1 to 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `VersionId`: 32 to 64 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version_id: Option<String>,
    /// `SecretBinary`: 1 to 65536 bytes.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::aws::blob::serialize_optional",
        default
    )]
    pub secret_binary: Option<Vec<u8>>,
    /// `SecretString`: 1 to 65536 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret_string: Option<String>,
    /// `VersionStages`: 1 to 20 elements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version_stages: Option<Vec<String>>,
    /// `CreatedDate`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_date: Option<f64>,
}

impl std::fmt::Debug for GetSecretValueResponse {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("GetSecretValueResponse").finish_non_exhaustive()
    }
}

/// Input of `ListSecretVersionIds`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListSecretVersionIdsRequest {
    /// `SecretId`: 1 to 2048 characters.
    pub secret_id: String,
    /// `MaxResults`: 1 to 100.
    pub max_results: Option<i64>,
    /// `NextToken`: 1 to 4096 characters.
    pub next_token: Option<String>,
    /// `IncludeDeprecated`.
    pub include_deprecated: Option<bool>,
}

impl Input for ListSecretVersionIdsRequest {
    fn schema() -> &'static Structure {
        &LIST_SECRET_VERSION_IDS_REQUEST
    }
}

/// Output of `ListSecretVersionIds`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListSecretVersionIdsResponse {
    /// `Versions`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub versions: Option<Vec<SecretVersionsListEntry>>,
    /// `NextToken`: 1 to 4096 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    /// `ARN`: 20 to 2048 characters.
    #[serde(rename = "ARN", skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// `Name`: 1 to 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// Input of `ListSecrets`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListSecretsRequest {
    /// `IncludePlannedDeletion`.
    pub include_planned_deletion: Option<bool>,
    /// `MaxResults`: 1 to 100.
    pub max_results: Option<i64>,
    /// `NextToken`: 1 to 4096 characters.
    pub next_token: Option<String>,
    /// `Filters`: at most 10 elements.
    pub filters: Option<Vec<Filter>>,
    /// `SortOrder`.
    pub sort_order: Option<SortOrderType>,
    /// `SortBy`.
    pub sort_by: Option<SortByType>,
}

impl Input for ListSecretsRequest {
    fn schema() -> &'static Structure {
        &LIST_SECRETS_REQUEST
    }
}

/// Output of `ListSecrets`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListSecretsResponse {
    /// `SecretList`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret_list: Option<Vec<SecretListEntry>>,
    /// `NextToken`: 1 to 4096 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// Input of `PutResourcePolicy`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PutResourcePolicyRequest {
    /// `SecretId`: 1 to 2048 characters.
    pub secret_id: String,
    /// `ResourcePolicy`: 1 to 20480 characters.
    pub resource_policy: String,
    /// `PolicyName`: 1 to 64 characters.
    pub policy_name: Option<String>,
    /// `BlockPublicPolicy`.
    pub block_public_policy: Option<bool>,
}

impl Input for PutResourcePolicyRequest {
    fn schema() -> &'static Structure {
        &PUT_RESOURCE_POLICY_REQUEST
    }
}

/// Output of `PutResourcePolicy`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct PutResourcePolicyResponse {
    /// `ARN`: 20 to 2048 characters.
    #[serde(rename = "ARN", skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// `Name`: 1 to 512 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `PolicyName`: 1 to 64 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy_name: Option<String>,
}

/// Input of `PutSecretValue`.
#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PutSecretValueRequest {
    /// `SecretId`: 1 to 2048 characters.
    pub secret_id: String,
    /// `ClientRequestToken`: 32 to 64 characters.
    pub client_request_token: Option<String>,
    /// `SecretBinary`: 1 to 65536 bytes.
    #[serde(deserialize_with = "crate::aws::blob::deserialize_optional", default)]
    pub secret_binary: Option<Vec<u8>>,
    /// `SecretString`: 1 to 65536 characters.
    pub secret_string: Option<String>,
    /// `VersionStages`: 1 to 20 elements.
    pub version_stages: Option<Vec<String>>,
}

impl std::fmt::Debug for PutSecretValueRequest {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("PutSecretValueRequest").finish_non_exhaustive()
    }
}

impl Input for PutSecretValueRequest {
    fn schema() -> &'static Structure {
        &PUT_SECRET_VALUE_REQUEST
    }
}

/// Output of `PutSecretValue`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct PutSecretValueResponse {
    /// `ARN`: 20 to 2048 characters.
    #[serde(rename = "ARN", skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// `Name`: 1 to 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `VersionId`: 32 to 64 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version_id: Option<String>,
    /// `VersionStages`: 1 to 20 elements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version_stages: Option<Vec<String>>,
}

/// `ReplicaRegionType`, part of inputs.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ReplicaRegionType {
    /// `Region`: 1 to 128 characters.
    pub region: Option<String>,
    /// `KmsKeyId`: at most 2048 characters.
    pub kms_key_id: Option<String>,
}

/// `ReplicationStatusType`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ReplicationStatusType {
    /// `Region`: 1 to 128 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// `KmsKeyId`: at most 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kms_key_id: Option<String>,
    /// `Status`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<StatusType>,
    /// `StatusMessage`: 1 to 4096 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_message: Option<String>,
    /// `LastAccessedDate`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_accessed_date: Option<f64>,
}

/// Input of `RestoreSecret`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct RestoreSecretRequest {
    /// `SecretId`: 1 to 2048 characters.
    pub secret_id: String,
}

impl Input for RestoreSecretRequest {
    fn schema() -> &'static Structure {
        &RESTORE_SECRET_REQUEST
    }
}

/// Output of `RestoreSecret`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct RestoreSecretResponse {
    /// `ARN`: 20 to 2048 characters.
    #[serde(rename = "ARN", skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// `Name`: 1 to 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// `RotationRulesType`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct RotationRulesType {
    /// `AutomaticallyAfterDays`: 1 to 1000.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub automatically_after_days: Option<i64>,
    /// `Duration`: 2 to 3 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration: Option<String>,
    /// `ScheduleExpression`: 1 to 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub schedule_expression: Option<String>,
}

/// `SecretListEntry`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct SecretListEntry {
    /// `ARN`: 20 to 2048 characters.
    #[serde(rename = "ARN", skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// `Name`: 1 to 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `Type`: at most 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#type: Option<String>,
    /// `Description`: at most 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// `KmsKeyId`: at most 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kms_key_id: Option<String>,
    /// `RotationEnabled`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rotation_enabled: Option<bool>,
    /// `RotationLambdaARN`: at most 2048 characters.
    #[serde(rename = "RotationLambdaARN", skip_serializing_if = "Option::is_none")]
    pub rotation_lambda_arn: Option<String>,
    /// `RotationRules`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rotation_rules: Option<RotationRulesType>,
    /// `ExternalSecretRotationMetadata`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_secret_rotation_metadata: Option<Vec<ExternalSecretRotationMetadataItem>>,
    /// `ExternalSecretRotationRoleArn`: 20 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_secret_rotation_role_arn: Option<String>,
    /// `LastRotatedDate`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_rotated_date: Option<f64>,
    /// `LastChangedDate`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_changed_date: Option<f64>,
    /// `LastAccessedDate`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_accessed_date: Option<f64>,
    /// `DeletedDate`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deleted_date: Option<f64>,
    /// `NextRotationDate`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_rotation_date: Option<f64>,
    /// `Tags`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag>>,
    /// `SecretVersionsToStages`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret_versions_to_stages: Option<BTreeMap<String, Vec<String>>>,
    /// `OwningService`: 1 to 128 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owning_service: Option<String>,
    /// `CreatedDate`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_date: Option<f64>,
    /// `PrimaryRegion`: 1 to 128 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub primary_region: Option<String>,
}

/// `SecretVersionsListEntry`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct SecretVersionsListEntry {
    /// `VersionId`: 32 to 64 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version_id: Option<String>,
    /// `VersionStages`: 1 to 20 elements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version_stages: Option<Vec<String>>,
    /// `LastAccessedDate`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_accessed_date: Option<f64>,
    /// `CreatedDate`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_date: Option<f64>,
    /// `KmsKeyIds`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kms_key_ids: Option<Vec<String>>,
}

words! {
    /// The words of `SortByType`.
    SortByType {
        CreatedDate = "created-date",
        LastAccessedDate = "last-accessed-date",
        LastChangedDate = "last-changed-date",
        Name = "name",
    }
}

words! {
    /// The words of `SortOrderType`.
    SortOrderType {
        Asc = "asc",
        Desc = "desc",
    }
}

words! {
    /// The words of `StatusType`.
    StatusType {
        InSync = "InSync",
        Failed = "Failed",
        InProgress = "InProgress",
        Pending = "Pending",
        Detached = "Detached",
    }
}

/// `Tag`, part of inputs and outputs.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Tag {
    /// `Key`: 1 to 128 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// `Value`: at most 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

/// Input of `TagResource`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct TagResourceRequest {
    /// `SecretId`: 1 to 2048 characters.
    pub secret_id: String,
    /// `Tags`.
    pub tags: Vec<Tag>,
}

impl Input for TagResourceRequest {
    fn schema() -> &'static Structure {
        &TAG_RESOURCE_REQUEST
    }
}

/// Input of `UntagResource`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UntagResourceRequest {
    /// `SecretId`: 1 to 2048 characters.
    pub secret_id: String,
    /// `TagKeys`.
    pub tag_keys: Vec<String>,
}

impl Input for UntagResourceRequest {
    fn schema() -> &'static Structure {
        &UNTAG_RESOURCE_REQUEST
    }
}

/// Input of `UpdateSecret`.
#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateSecretRequest {
    /// `SecretId`: 1 to 2048 characters.
    pub secret_id: String,
    /// `ClientRequestToken`: 32 to 64 characters.
    pub client_request_token: Option<String>,
    /// `Description`: at most 2048 characters.
    pub description: Option<String>,
    /// `KmsKeyId`: at most 2048 characters.
    pub kms_key_id: Option<String>,
    /// `SecretBinary`: 1 to 65536 bytes.
    #[serde(deserialize_with = "crate::aws::blob::deserialize_optional", default)]
    pub secret_binary: Option<Vec<u8>>,
    /// `SecretString`: 1 to 65536 characters.
    pub secret_string: Option<String>,
    /// `Type`: at most 256 characters.
    pub r#type: Option<String>,
}

impl std::fmt::Debug for UpdateSecretRequest {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("UpdateSecretRequest").finish_non_exhaustive()
    }
}

impl Input for UpdateSecretRequest {
    fn schema() -> &'static Structure {
        &UPDATE_SECRET_REQUEST
    }
}

/// Output of `UpdateSecret`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateSecretResponse {
    /// `ARN`: 20 to 2048 characters.
    #[serde(rename = "ARN", skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// `Name`: 1 to 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `VersionId`: 32 to 64 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version_id: Option<String>,
}

static ADD_REPLICA_REGION_LIST_TYPE: Shape =
    Shape::List(at_least(1), &Shape::Structure(&REPLICA_REGION_TYPE));

static BOOLEAN_TYPE: Shape = Shape::Boolean;

static CLIENT_REQUEST_TOKEN_TYPE: Shape = text(between(32, 64));

static CREATE_SECRET_REQUEST: Structure = structure(
    "CreateSecretRequest",
    &[
        required("Name", &NAME_TYPE),
        optional("ClientRequestToken", &CLIENT_REQUEST_TOKEN_TYPE),
        optional("Description", &DESCRIPTION_TYPE),
        optional("KmsKeyId", &KMS_KEY_ID_TYPE),
        optional("SecretBinary", &SECRET_BINARY_TYPE),
        optional("SecretString", &SECRET_STRING_TYPE),
        optional("Tags", &TAG_LIST_TYPE),
        optional("AddReplicaRegions", &ADD_REPLICA_REGION_LIST_TYPE),
        optional("ForceOverwriteReplicaSecret", &BOOLEAN_TYPE),
        optional("Type", &MEDEA_TYPE_TYPE),
        optional("CrossAccountPrimaryARN", &SECRET_ARN_TYPE),
    ],
);

static DELETE_RESOURCE_POLICY_REQUEST: Structure = structure(
    "DeleteResourcePolicyRequest",
    &[required("SecretId", &SECRET_ID_TYPE), optional("PolicyName", &RESOURCE_POLICY_NAME_TYPE)],
);

static DELETE_SECRET_REQUEST: Structure = structure(
    "DeleteSecretRequest",
    &[
        required("SecretId", &SECRET_ID_TYPE),
        optional("RecoveryWindowInDays", &RECOVERY_WINDOW_IN_DAYS_TYPE),
        optional("ForceDeleteWithoutRecovery", &BOOLEAN_TYPE),
    ],
);

static DESCRIBE_SECRET_REQUEST: Structure =
    structure("DescribeSecretRequest", &[required("SecretId", &SECRET_ID_TYPE)]);

static DESCRIPTION_TYPE: Shape = text(at_most(2048));

static EXCLUDE_CHARACTERS_TYPE: Shape = text(between(0, 4096));

static EXCLUDE_LOWERCASE_TYPE: Shape = Shape::Boolean;

static EXCLUDE_NUMBERS_TYPE: Shape = Shape::Boolean;

static EXCLUDE_PUNCTUATION_TYPE: Shape = Shape::Boolean;

static EXCLUDE_UPPERCASE_TYPE: Shape = Shape::Boolean;

static FILTER: Structure = structure(
    "Filter",
    &[optional("Key", &FILTER_NAME_STRING_TYPE), optional("Values", &FILTER_VALUES_STRING_LIST)],
);

static FILTER_NAME_STRING_TYPE: Shape = one_of(FilterNameStringType::TEXTS);

static FILTER_VALUE_STRING_TYPE_PATTERN: Pattern =
    Pattern::new(r"^\!?[a-zA-Z0-9 :_@\/\+\=\.\-\!]*$");
static FILTER_VALUE_STRING_TYPE: Shape = matching(at_most(512), &FILTER_VALUE_STRING_TYPE_PATTERN);

static FILTER_VALUES_STRING_LIST: Shape = Shape::List(between(1, 10), &FILTER_VALUE_STRING_TYPE);

static FILTERS_LIST_TYPE: Shape = Shape::List(at_most(10), &Shape::Structure(&FILTER));

static GET_RANDOM_PASSWORD_REQUEST: Structure = structure(
    "GetRandomPasswordRequest",
    &[
        optional("PasswordLength", &PASSWORD_LENGTH_TYPE),
        optional("ExcludeCharacters", &EXCLUDE_CHARACTERS_TYPE),
        optional("ExcludeNumbers", &EXCLUDE_NUMBERS_TYPE),
        optional("ExcludePunctuation", &EXCLUDE_PUNCTUATION_TYPE),
        optional("ExcludeUppercase", &EXCLUDE_UPPERCASE_TYPE),
        optional("ExcludeLowercase", &EXCLUDE_LOWERCASE_TYPE),
        optional("IncludeSpace", &INCLUDE_SPACE_TYPE),
        optional("RequireEachIncludedType", &REQUIRE_EACH_INCLUDED_TYPE_TYPE),
    ],
);

static GET_RESOURCE_POLICY_REQUEST: Structure = structure(
    "GetResourcePolicyRequest",
    &[required("SecretId", &SECRET_ID_TYPE), optional("PolicyName", &RESOURCE_POLICY_NAME_TYPE)],
);

static GET_SECRET_VALUE_REQUEST: Structure = structure(
    "GetSecretValueRequest",
    &[
        required("SecretId", &SECRET_ID_TYPE),
        optional("VersionId", &SECRET_VERSION_ID_TYPE),
        optional("VersionStage", &SECRET_VERSION_STAGE_TYPE),
    ],
);

static INCLUDE_SPACE_TYPE: Shape = Shape::Boolean;

static KMS_KEY_ID_TYPE: Shape = text(between(0, 2048));

static LIST_SECRET_VERSION_IDS_REQUEST: Structure = structure(
    "ListSecretVersionIdsRequest",
    &[
        required("SecretId", &SECRET_ID_TYPE),
        optional("MaxResults", &MAX_RESULTS_TYPE),
        optional("NextToken", &NEXT_TOKEN_TYPE),
        optional("IncludeDeprecated", &BOOLEAN_TYPE),
    ],
);

static LIST_SECRETS_REQUEST: Structure = structure(
    "ListSecretsRequest",
    &[
        optional("IncludePlannedDeletion", &BOOLEAN_TYPE),
        optional("MaxResults", &MAX_RESULTS_TYPE),
        optional("NextToken", &NEXT_TOKEN_TYPE),
        optional("Filters", &FILTERS_LIST_TYPE),
        optional("SortOrder", &SORT_ORDER_TYPE),
        optional("SortBy", &SORT_BY_TYPE),
    ],
);

static MAX_RESULTS_TYPE: Shape = Shape::Integer(between(1, 100));

static MEDEA_TYPE_TYPE: Shape = text(between(0, 256));

static NAME_TYPE: Shape = text(between(1, 512));

static NEXT_TOKEN_TYPE: Shape = text(between(1, 4096));

static NON_EMPTY_RESOURCE_POLICY_TYPE: Shape = text(between(1, 20_480));

static PASSWORD_LENGTH_TYPE: Shape = Shape::Long(between(1, 4096));

static PUT_RESOURCE_POLICY_REQUEST: Structure = structure(
    "PutResourcePolicyRequest",
    &[
        required("SecretId", &SECRET_ID_TYPE),
        required("ResourcePolicy", &NON_EMPTY_RESOURCE_POLICY_TYPE),
        optional("PolicyName", &RESOURCE_POLICY_NAME_TYPE),
        optional("BlockPublicPolicy", &BOOLEAN_TYPE),
    ],
);

static PUT_SECRET_VALUE_REQUEST: Structure = structure(
    "PutSecretValueRequest",
    &[
        required("SecretId", &SECRET_ID_TYPE),
        optional("ClientRequestToken", &CLIENT_REQUEST_TOKEN_TYPE),
        optional("SecretBinary", &SECRET_BINARY_TYPE),
        optional("SecretString", &SECRET_STRING_TYPE),
        optional("VersionStages", &SECRET_VERSION_STAGES_TYPE),
    ],
);

static RECOVERY_WINDOW_IN_DAYS_TYPE: Shape = Shape::Long(UNLIMITED);

static REGION_TYPE_PATTERN: Pattern = Pattern::new(r"^([a-z]+-)+\d+$");
static REGION_TYPE: Shape = matching(between(1, 128), &REGION_TYPE_PATTERN);

static REPLICA_REGION_TYPE: Structure = structure(
    "ReplicaRegionType",
    &[optional("Region", &REGION_TYPE), optional("KmsKeyId", &KMS_KEY_ID_TYPE)],
);

static REQUIRE_EACH_INCLUDED_TYPE_TYPE: Shape = Shape::Boolean;

static RESOURCE_POLICY_NAME_TYPE_PATTERN: Pattern = Pattern::new(r"[0-9A-Za-z\-\_]+");
static RESOURCE_POLICY_NAME_TYPE: Shape =
    matching(between(1, 64), &RESOURCE_POLICY_NAME_TYPE_PATTERN);

static RESTORE_SECRET_REQUEST: Structure =
    structure("RestoreSecretRequest", &[required("SecretId", &SECRET_ID_TYPE)]);

static SECRET_ARN_TYPE: Shape = text(between(20, 2048));

static SECRET_BINARY_TYPE: Shape = Shape::Blob(between(1, 65_536));

static SECRET_ID_TYPE: Shape = text(between(1, 2048));

static SECRET_STRING_TYPE: Shape = hidden(text(between(1, 65_536)));

static SECRET_VERSION_ID_TYPE: Shape = text(between(32, 64));

static SECRET_VERSION_STAGE_TYPE: Shape = text(between(1, 256));

static SECRET_VERSION_STAGES_TYPE: Shape = Shape::List(between(1, 20), &SECRET_VERSION_STAGE_TYPE);

static SORT_BY_TYPE: Shape = one_of(SortByType::TEXTS);

static SORT_ORDER_TYPE: Shape = one_of(SortOrderType::TEXTS);

static TAG: Structure =
    structure("Tag", &[optional("Key", &TAG_KEY_TYPE), optional("Value", &TAG_VALUE_TYPE)]);

static TAG_KEY_LIST_TYPE: Shape = Shape::List(UNLIMITED, &TAG_KEY_TYPE);

static TAG_KEY_TYPE: Shape = text(between(1, 128));

static TAG_LIST_TYPE: Shape = Shape::List(UNLIMITED, &Shape::Structure(&TAG));

static TAG_RESOURCE_REQUEST: Structure = structure(
    "TagResourceRequest",
    &[required("SecretId", &SECRET_ID_TYPE), required("Tags", &TAG_LIST_TYPE)],
);

static TAG_VALUE_TYPE: Shape = text(between(0, 256));

static UNTAG_RESOURCE_REQUEST: Structure = structure(
    "UntagResourceRequest",
    &[required("SecretId", &SECRET_ID_TYPE), required("TagKeys", &TAG_KEY_LIST_TYPE)],
);

static UPDATE_SECRET_REQUEST: Structure = structure(
    "UpdateSecretRequest",
    &[
        required("SecretId", &SECRET_ID_TYPE),
        optional("ClientRequestToken", &CLIENT_REQUEST_TOKEN_TYPE),
        optional("Description", &DESCRIPTION_TYPE),
        optional("KmsKeyId", &KMS_KEY_ID_TYPE),
        optional("SecretBinary", &SECRET_BINARY_TYPE),
        optional("SecretString", &SECRET_STRING_TYPE),
        optional("Type", &MEDEA_TYPE_TYPE),
    ],
);
