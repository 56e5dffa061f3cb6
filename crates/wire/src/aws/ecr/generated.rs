// Written by `cargo xtask codegen` from `models/ecr/2015-09-21`. Do not edit.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::aws::exception::{declared, exceptions};
use crate::aws::operation::{OperationSpec, Pagination, Protocol, ServiceSpec, operations};
use crate::aws::schema::{
    Input, Pattern, Shape, Structure, UNLIMITED, at_least, at_most, between, matching, one_of,
    optional, required, structure, text,
};
use crate::aws::words::words;

/// What the model says about the service.
pub static SERVICE: ServiceSpec = ServiceSpec {
    signing_name: "ecr",
    protocol: Protocol::Json { target_prefix: "AmazonEC2ContainerRegistry_V20150921" },
};

operations! {
    BatchCheckLayerAvailability,
    BatchDeleteImage,
    BatchGetImage,
    BatchGetRepositoryScanningConfiguration,
    CompleteLayerUpload,
    CreatePullThroughCacheRule,
    CreateRepository,
    CreateRepositoryCreationTemplate,
    DeleteLifecyclePolicy,
    DeletePullThroughCacheRule,
    DeleteRegistryPolicy,
    DeleteRepository,
    DeleteRepositoryCreationTemplate,
    DeleteRepositoryPolicy,
    DeleteSigningConfiguration,
    DeregisterPullTimeUpdateExclusion,
    DescribeImageReplicationStatus,
    DescribeImageScanFindings,
    DescribeImageSigningStatus,
    DescribeImages,
    DescribePullThroughCacheRules,
    DescribeRegistry,
    DescribeReplicationBackfillResults,
    DescribeRepositories,
    DescribeRepositoryCreationTemplates,
    GetAccountSetting,
    GetAuthorizationToken,
    GetDownloadUrlForLayer,
    GetLifecyclePolicy,
    GetLifecyclePolicyPreview,
    GetRegistryPolicy,
    GetRegistryScanningConfiguration,
    GetRepositoryPolicy,
    GetSigningConfiguration,
    InitiateLayerUpload,
    ListImageReferrers,
    ListImages,
    ListPullTimeUpdateExclusions,
    ListReplicationBackfills,
    ListTagsForResource,
    PutAccountSetting,
    PutImage,
    PutImageScanningConfiguration,
    PutImageTagMutability,
    PutLifecyclePolicy,
    PutRegistryPolicy,
    PutRegistryScanningConfiguration,
    PutReplicationConfiguration,
    PutSigningConfiguration,
    RegisterPullTimeUpdateExclusion,
    SetRepositoryPolicy,
    StartImageScan,
    StartLifecyclePolicyPreview,
    StartReplicationBackfill,
    StopReplicationBackfill,
    TagResource,
    UntagResource,
    UpdateImageStorageClass,
    UpdatePullThroughCacheRule,
    UpdateRepositoryCreationTemplate,
    UploadLayerPart,
    ValidatePullThroughCacheRule,
}

#[rustfmt::skip]
static SPECS: [OperationSpec; 62] = [
    OperationSpec {
        name: "BatchCheckLayerAvailability", action: "ecr:BatchCheckLayerAvailability",
        input: &BATCH_CHECK_LAYER_AVAILABILITY_REQUEST, result: None, pagination: None,
        errors: declared![
            RepositoryNotFound InvalidParameter Server
        ],
    },
    OperationSpec {
        name: "BatchDeleteImage", action: "ecr:BatchDeleteImage",
        input: &BATCH_DELETE_IMAGE_REQUEST, result: None, pagination: None,
        errors: declared![
            Server InvalidParameter RepositoryNotFound
        ],
    },
    OperationSpec {
        name: "BatchGetImage", action: "ecr:BatchGetImage",
        input: &BATCH_GET_IMAGE_REQUEST, result: None, pagination: None,
        errors: declared![
            Server InvalidParameter RepositoryNotFound LimitExceeded UnableToGetUpstreamImage
        ],
    },
    OperationSpec {
        name: "BatchGetRepositoryScanningConfiguration", action: "ecr:BatchGetRepositoryScanningConfiguration",
        input: &BATCH_GET_REPOSITORY_SCANNING_CONFIGURATION_REQUEST, result: None, pagination: None,
        errors: declared![
            Server InvalidParameter RepositoryNotFound Validation
        ],
    },
    OperationSpec {
        name: "CompleteLayerUpload", action: "ecr:CompleteLayerUpload",
        input: &COMPLETE_LAYER_UPLOAD_REQUEST, result: None, pagination: None,
        errors: declared![
            Server InvalidParameter RepositoryNotFound UploadNotFound InvalidLayer LayerPartTooSmall
            LayerAlreadyExists EmptyUpload Kms
        ],
    },
    OperationSpec {
        name: "CreatePullThroughCacheRule", action: "ecr:CreatePullThroughCacheRule",
        input: &CREATE_PULL_THROUGH_CACHE_RULE_REQUEST, result: None, pagination: None,
        errors: declared![
            Server InvalidParameter Validation PullThroughCacheRuleAlreadyExists
            UnsupportedUpstreamRegistry LimitExceeded UnableToAccessSecret SecretNotFound
            UnableToDecryptSecretValue
        ],
    },
    OperationSpec {
        name: "CreateRepository", action: "ecr:CreateRepository",
        input: &CREATE_REPOSITORY_REQUEST, result: None, pagination: None,
        errors: declared![
            Server InvalidParameter InvalidTagParameter TooManyTags RepositoryAlreadyExists
            LimitExceeded Kms
        ],
    },
    OperationSpec {
        name: "CreateRepositoryCreationTemplate", action: "ecr:CreateRepositoryCreationTemplate",
        input: &CREATE_REPOSITORY_CREATION_TEMPLATE_REQUEST, result: None, pagination: None,
        errors: declared![
            Server Validation InvalidParameter LimitExceeded TemplateAlreadyExists
        ],
    },
    OperationSpec {
        name: "DeleteLifecyclePolicy", action: "ecr:DeleteLifecyclePolicy",
        input: &DELETE_LIFECYCLE_POLICY_REQUEST, result: None, pagination: None,
        errors: declared![
            Server InvalidParameter RepositoryNotFound LifecyclePolicyNotFound Validation
        ],
    },
    OperationSpec {
        name: "DeletePullThroughCacheRule", action: "ecr:DeletePullThroughCacheRule",
        input: &DELETE_PULL_THROUGH_CACHE_RULE_REQUEST, result: None, pagination: None,
        errors: declared![
            Server InvalidParameter Validation PullThroughCacheRuleNotFound
        ],
    },
    OperationSpec {
        name: "DeleteRegistryPolicy", action: "ecr:DeleteRegistryPolicy",
        input: &DELETE_REGISTRY_POLICY_REQUEST, result: None, pagination: None,
        errors: declared![
            Server InvalidParameter RegistryPolicyNotFound Validation
        ],
    },
    OperationSpec {
        name: "DeleteRepository", action: "ecr:DeleteRepository",
        input: &DELETE_REPOSITORY_REQUEST, result: None, pagination: None,
        errors: declared![
            Server InvalidParameter RepositoryNotFound RepositoryNotEmpty Kms
        ],
    },
    OperationSpec {
        name: "DeleteRepositoryCreationTemplate", action: "ecr:DeleteRepositoryCreationTemplate",
        input: &DELETE_REPOSITORY_CREATION_TEMPLATE_REQUEST, result: None, pagination: None,
        errors: declared![
            Server Validation InvalidParameter TemplateNotFound
        ],
    },
    OperationSpec {
        name: "DeleteRepositoryPolicy", action: "ecr:DeleteRepositoryPolicy",
        input: &DELETE_REPOSITORY_POLICY_REQUEST, result: None, pagination: None,
        errors: declared![
            Server InvalidParameter RepositoryNotFound RepositoryPolicyNotFound
        ],
    },
    OperationSpec {
        name: "DeleteSigningConfiguration", action: "ecr:DeleteSigningConfiguration",
        input: &DELETE_SIGNING_CONFIGURATION_REQUEST, result: None, pagination: None,
        errors: declared![
            Server Validation SigningConfigurationNotFound
        ],
    },
    OperationSpec {
        name: "DeregisterPullTimeUpdateExclusion", action: "ecr:DeregisterPullTimeUpdateExclusion",
        input: &DEREGISTER_PULL_TIME_UPDATE_EXCLUSION_REQUEST, result: None, pagination: None,
        errors: declared![
            InvalidParameter ExclusionNotFound LimitExceeded Validation Server
        ],
    },
    OperationSpec {
        name: "DescribeImageReplicationStatus", action: "ecr:DescribeImageReplicationStatus",
        input: &DESCRIBE_IMAGE_REPLICATION_STATUS_REQUEST, result: None, pagination: None,
        errors: declared![
            Server InvalidParameter ImageNotFound RepositoryNotFound Validation
        ],
    },
    OperationSpec {
        name: "DescribeImageScanFindings", action: "ecr:DescribeImageScanFindings",
        input: &DESCRIBE_IMAGE_SCAN_FINDINGS_REQUEST, result: None, pagination: Some(Pagination {
            input_token: "nextToken", output_token: "nextToken", limit_key: "maxResults",
            result_keys: &["imageScanFindings.findings", "imageScanFindings.enhancedFindings"],
        }),
        errors: declared![
            Server InvalidParameter RepositoryNotFound ImageNotFound ScanNotFound Validation
        ],
    },
    OperationSpec {
        name: "DescribeImageSigningStatus", action: "ecr:DescribeImageSigningStatus",
        input: &DESCRIBE_IMAGE_SIGNING_STATUS_REQUEST, result: None, pagination: None,
        errors: declared![
            Server InvalidParameter Validation ImageNotFound RepositoryNotFound
        ],
    },
    OperationSpec {
        name: "DescribeImages", action: "ecr:DescribeImages",
        input: &DESCRIBE_IMAGES_REQUEST, result: None, pagination: Some(Pagination {
            input_token: "nextToken", output_token: "nextToken", limit_key: "maxResults",
            result_keys: &["imageDetails"],
        }),
        errors: declared![
            Server InvalidParameter RepositoryNotFound ImageNotFound
        ],
    },
    OperationSpec {
        name: "DescribePullThroughCacheRules", action: "ecr:DescribePullThroughCacheRules",
        input: &DESCRIBE_PULL_THROUGH_CACHE_RULES_REQUEST, result: None, pagination: Some(Pagination {
            input_token: "nextToken", output_token: "nextToken", limit_key: "maxResults",
            result_keys: &["pullThroughCacheRules"],
        }),
        errors: declared![
            Server InvalidParameter Validation PullThroughCacheRuleNotFound
        ],
    },
    OperationSpec {
        name: "DescribeRegistry", action: "ecr:DescribeRegistry",
        input: &DESCRIBE_REGISTRY_REQUEST, result: None, pagination: None,
        errors: declared![
            Server InvalidParameter Validation
        ],
    },
    OperationSpec {
        name: "DescribeReplicationBackfillResults", action: "ecr:DescribeReplicationBackfillResults",
        input: &DESCRIBE_REPLICATION_BACKFILL_RESULTS_REQUEST, result: None, pagination: Some(Pagination {
            input_token: "nextToken", output_token: "nextToken", limit_key: "maxResults",
            result_keys: &["results"],
        }),
        errors: declared![
            Server InvalidParameter Validation ReplicationBackfillNotFound
        ],
    },
    OperationSpec {
        name: "DescribeRepositories", action: "ecr:DescribeRepositories",
        input: &DESCRIBE_REPOSITORIES_REQUEST, result: None, pagination: Some(Pagination {
            input_token: "nextToken", output_token: "nextToken", limit_key: "maxResults",
            result_keys: &["repositories"],
        }),
        errors: declared![
            Server InvalidParameter RepositoryNotFound
        ],
    },
    OperationSpec {
        name: "DescribeRepositoryCreationTemplates", action: "ecr:DescribeRepositoryCreationTemplates",
        input: &DESCRIBE_REPOSITORY_CREATION_TEMPLATES_REQUEST, result: None, pagination: Some(Pagination {
            input_token: "nextToken", output_token: "nextToken", limit_key: "maxResults",
            result_keys: &["repositoryCreationTemplates"],
        }),
        errors: declared![
            Server Validation InvalidParameter
        ],
    },
    OperationSpec {
        name: "GetAccountSetting", action: "ecr:GetAccountSetting",
        input: &GET_ACCOUNT_SETTING_REQUEST, result: None, pagination: None,
        errors: declared![
            Server Validation InvalidParameter
        ],
    },
    OperationSpec {
        name: "GetAuthorizationToken", action: "ecr:GetAuthorizationToken",
        input: &GET_AUTHORIZATION_TOKEN_REQUEST, result: None, pagination: None,
        errors: declared![
            Server InvalidParameter
        ],
    },
    OperationSpec {
        name: "GetDownloadUrlForLayer", action: "ecr:GetDownloadUrlForLayer",
        input: &GET_DOWNLOAD_URL_FOR_LAYER_REQUEST, result: None, pagination: None,
        errors: declared![
            Server InvalidParameter LayersNotFound LayerInaccessible RepositoryNotFound
            UnableToGetUpstreamLayer
        ],
    },
    OperationSpec {
        name: "GetLifecyclePolicy", action: "ecr:GetLifecyclePolicy",
        input: &GET_LIFECYCLE_POLICY_REQUEST, result: None, pagination: None,
        errors: declared![
            Server InvalidParameter RepositoryNotFound LifecyclePolicyNotFound Validation
        ],
    },
    OperationSpec {
        name: "GetLifecyclePolicyPreview", action: "ecr:GetLifecyclePolicyPreview",
        input: &GET_LIFECYCLE_POLICY_PREVIEW_REQUEST, result: None, pagination: Some(Pagination {
            input_token: "nextToken", output_token: "nextToken", limit_key: "maxResults",
            result_keys: &["previewResults"],
        }),
        errors: declared![
            Server InvalidParameter RepositoryNotFound LifecyclePolicyPreviewNotFound Validation
        ],
    },
    OperationSpec {
        name: "GetRegistryPolicy", action: "ecr:GetRegistryPolicy",
        input: &GET_REGISTRY_POLICY_REQUEST, result: None, pagination: None,
        errors: declared![
            Server InvalidParameter RegistryPolicyNotFound Validation
        ],
    },
    OperationSpec {
        name: "GetRegistryScanningConfiguration", action: "ecr:GetRegistryScanningConfiguration",
        input: &GET_REGISTRY_SCANNING_CONFIGURATION_REQUEST, result: None, pagination: None,
        errors: declared![
            Server InvalidParameter Validation
        ],
    },
    OperationSpec {
        name: "GetRepositoryPolicy", action: "ecr:GetRepositoryPolicy",
        input: &GET_REPOSITORY_POLICY_REQUEST, result: None, pagination: None,
        errors: declared![
            Server InvalidParameter RepositoryNotFound RepositoryPolicyNotFound
        ],
    },
    OperationSpec {
        name: "GetSigningConfiguration", action: "ecr:GetSigningConfiguration",
        input: &GET_SIGNING_CONFIGURATION_REQUEST, result: None, pagination: None,
        errors: declared![
            Server InvalidParameter Validation SigningConfigurationNotFound
        ],
    },
    OperationSpec {
        name: "InitiateLayerUpload", action: "ecr:InitiateLayerUpload",
        input: &INITIATE_LAYER_UPLOAD_REQUEST, result: None, pagination: None,
        errors: declared![
            Server InvalidParameter RepositoryNotFound Kms
        ],
    },
    OperationSpec {
        name: "ListImageReferrers", action: "ecr:BatchGetImage",
        input: &LIST_IMAGE_REFERRERS_REQUEST, result: None, pagination: None,
        errors: declared![
            Server InvalidParameter RepositoryNotFound Validation UnableToListUpstreamImageReferrers
        ],
    },
    OperationSpec {
        name: "ListImages", action: "ecr:ListImages",
        input: &LIST_IMAGES_REQUEST, result: None, pagination: Some(Pagination {
            input_token: "nextToken", output_token: "nextToken", limit_key: "maxResults",
            result_keys: &["imageIds"],
        }),
        errors: declared![
            Server InvalidParameter RepositoryNotFound
        ],
    },
    OperationSpec {
        name: "ListPullTimeUpdateExclusions", action: "ecr:ListPullTimeUpdateExclusions",
        input: &LIST_PULL_TIME_UPDATE_EXCLUSIONS_REQUEST, result: None, pagination: None,
        errors: declared![
            InvalidParameter Validation LimitExceeded Server
        ],
    },
    OperationSpec {
        name: "ListReplicationBackfills", action: "ecr:ListReplicationBackfills",
        input: &LIST_REPLICATION_BACKFILLS_REQUEST, result: None, pagination: Some(Pagination {
            input_token: "nextToken", output_token: "nextToken", limit_key: "maxResults",
            result_keys: &["backfills"],
        }),
        errors: declared![
            Server InvalidParameter Validation
        ],
    },
    OperationSpec {
        name: "ListTagsForResource", action: "ecr:ListTagsForResource",
        input: &LIST_TAGS_FOR_RESOURCE_REQUEST, result: None, pagination: None,
        errors: declared![
            InvalidParameter RepositoryNotFound Server
        ],
    },
    OperationSpec {
        name: "PutAccountSetting", action: "ecr:PutAccountSetting",
        input: &PUT_ACCOUNT_SETTING_REQUEST, result: None, pagination: None,
        errors: declared![
            Server Validation InvalidParameter LimitExceeded
        ],
    },
    OperationSpec {
        name: "PutImage", action: "ecr:PutImage",
        input: &PUT_IMAGE_REQUEST, result: None, pagination: None,
        errors: declared![
            Server InvalidParameter RepositoryNotFound ImageAlreadyExists LayersNotFound
            ReferencedImagesNotFound LimitExceeded ImageTagAlreadyExists ImageDigestDoesNotMatch Kms
        ],
    },
    OperationSpec {
        name: "PutImageScanningConfiguration", action: "ecr:PutImageScanningConfiguration",
        input: &PUT_IMAGE_SCANNING_CONFIGURATION_REQUEST, result: None, pagination: None,
        errors: declared![
            Server InvalidParameter RepositoryNotFound Validation
        ],
    },
    OperationSpec {
        name: "PutImageTagMutability", action: "ecr:PutImageTagMutability",
        input: &PUT_IMAGE_TAG_MUTABILITY_REQUEST, result: None, pagination: None,
        errors: declared![
            Server InvalidParameter RepositoryNotFound
        ],
    },
    OperationSpec {
        name: "PutLifecyclePolicy", action: "ecr:PutLifecyclePolicy",
        input: &PUT_LIFECYCLE_POLICY_REQUEST, result: None, pagination: None,
        errors: declared![
            Server InvalidParameter RepositoryNotFound Validation
        ],
    },
    OperationSpec {
        name: "PutRegistryPolicy", action: "ecr:PutRegistryPolicy",
        input: &PUT_REGISTRY_POLICY_REQUEST, result: None, pagination: None,
        errors: declared![
            Server InvalidParameter Validation
        ],
    },
    OperationSpec {
        name: "PutRegistryScanningConfiguration", action: "ecr:PutRegistryScanningConfiguration",
        input: &PUT_REGISTRY_SCANNING_CONFIGURATION_REQUEST, result: None, pagination: None,
        errors: declared![
            Server InvalidParameter Validation BlockedByOrganizationPolicy
        ],
    },
    OperationSpec {
        name: "PutReplicationConfiguration", action: "ecr:PutReplicationConfiguration",
        input: &PUT_REPLICATION_CONFIGURATION_REQUEST, result: None, pagination: None,
        errors: declared![
            Server InvalidParameter Validation
        ],
    },
    OperationSpec {
        name: "PutSigningConfiguration", action: "ecr:PutSigningConfiguration",
        input: &PUT_SIGNING_CONFIGURATION_REQUEST, result: None, pagination: None,
        errors: declared![
            Server InvalidParameter Validation
        ],
    },
    OperationSpec {
        name: "RegisterPullTimeUpdateExclusion", action: "ecr:RegisterPullTimeUpdateExclusion",
        input: &REGISTER_PULL_TIME_UPDATE_EXCLUSION_REQUEST, result: None, pagination: None,
        errors: declared![
            InvalidParameter ExclusionAlreadyExists LimitExceeded Validation Server
        ],
    },
    OperationSpec {
        name: "SetRepositoryPolicy", action: "ecr:SetRepositoryPolicy",
        input: &SET_REPOSITORY_POLICY_REQUEST, result: None, pagination: None,
        errors: declared![
            Server InvalidParameter RepositoryNotFound
        ],
    },
    OperationSpec {
        name: "StartImageScan", action: "ecr:StartImageScan",
        input: &START_IMAGE_SCAN_REQUEST, result: None, pagination: None,
        errors: declared![
            Server InvalidParameter UnsupportedImageType LimitExceeded RepositoryNotFound
            ImageNotFound Validation ImageArchived
        ],
    },
    OperationSpec {
        name: "StartLifecyclePolicyPreview", action: "ecr:StartLifecyclePolicyPreview",
        input: &START_LIFECYCLE_POLICY_PREVIEW_REQUEST, result: None, pagination: None,
        errors: declared![
            Server InvalidParameter RepositoryNotFound LifecyclePolicyNotFound
            LifecyclePolicyPreviewInProgress Validation
        ],
    },
    OperationSpec {
        name: "StartReplicationBackfill", action: "ecr:StartReplicationBackfill",
        input: &START_REPLICATION_BACKFILL_REQUEST, result: None, pagination: None,
        errors: declared![
            Server InvalidParameter Validation LimitExceeded ReplicationBackfillInProgress
        ],
    },
    OperationSpec {
        name: "StopReplicationBackfill", action: "ecr:StopReplicationBackfill",
        input: &STOP_REPLICATION_BACKFILL_REQUEST, result: None, pagination: None,
        errors: declared![
            Server InvalidParameter Validation ReplicationBackfillNotFound
            ReplicationBackfillInvalidStatus
        ],
    },
    OperationSpec {
        name: "TagResource", action: "ecr:TagResource",
        input: &TAG_RESOURCE_REQUEST, result: None, pagination: None,
        errors: declared![
            InvalidParameter InvalidTagParameter TooManyTags RepositoryNotFound Server
        ],
    },
    OperationSpec {
        name: "UntagResource", action: "ecr:UntagResource",
        input: &UNTAG_RESOURCE_REQUEST, result: None, pagination: None,
        errors: declared![
            InvalidParameter InvalidTagParameter TooManyTags RepositoryNotFound Server
        ],
    },
    OperationSpec {
        name: "UpdateImageStorageClass", action: "ecr:UpdateImageStorageClass",
        input: &UPDATE_IMAGE_STORAGE_CLASS_REQUEST, result: None, pagination: None,
        errors: declared![
            InvalidParameter ImageNotFound ImageStorageClassUpdateNotSupported RepositoryNotFound
            Server Validation
        ],
    },
    OperationSpec {
        name: "UpdatePullThroughCacheRule", action: "ecr:UpdatePullThroughCacheRule",
        input: &UPDATE_PULL_THROUGH_CACHE_RULE_REQUEST, result: None, pagination: None,
        errors: declared![
            Server InvalidParameter Validation UnableToAccessSecret PullThroughCacheRuleNotFound
            SecretNotFound UnableToDecryptSecretValue
        ],
    },
    OperationSpec {
        name: "UpdateRepositoryCreationTemplate", action: "ecr:UpdateRepositoryCreationTemplate",
        input: &UPDATE_REPOSITORY_CREATION_TEMPLATE_REQUEST, result: None, pagination: None,
        errors: declared![
            Server Validation InvalidParameter TemplateNotFound
        ],
    },
    OperationSpec {
        name: "UploadLayerPart", action: "ecr:UploadLayerPart",
        input: &UPLOAD_LAYER_PART_REQUEST, result: None, pagination: None,
        errors: declared![
            Server InvalidParameter InvalidLayerPart RepositoryNotFound UploadNotFound LimitExceeded
            Kms
        ],
    },
    OperationSpec {
        name: "ValidatePullThroughCacheRule", action: "ecr:ValidatePullThroughCacheRule",
        input: &VALIDATE_PULL_THROUGH_CACHE_RULE_REQUEST, result: None, pagination: None,
        errors: declared![
            Server InvalidParameter Validation PullThroughCacheRuleNotFound
        ],
    },
];

exceptions! {
    /// The errors that the model declares.
    Exception {
        BlockedByOrganizationPolicy = "BlockedByOrganizationPolicyException", 400;
        EmptyUpload = "EmptyUploadException", 400;
        ExclusionAlreadyExists = "ExclusionAlreadyExistsException", 400;
        ExclusionNotFound = "ExclusionNotFoundException", 400;
        ImageAlreadyExists = "ImageAlreadyExistsException", 400;
        ImageArchived = "ImageArchivedException", 400;
        ImageDigestDoesNotMatch = "ImageDigestDoesNotMatchException", 400;
        ImageNotFound = "ImageNotFoundException", 400;
        ImageStorageClassUpdateNotSupported = "ImageStorageClassUpdateNotSupportedException", 400;
        ImageTagAlreadyExists = "ImageTagAlreadyExistsException", 400;
        InvalidLayer = "InvalidLayerException", 400;
        InvalidLayerPart = "InvalidLayerPartException", 400;
        InvalidParameter = "InvalidParameterException", 400;
        InvalidTagParameter = "InvalidTagParameterException", 400;
        Kms = "KmsException", 400;
        LayerAlreadyExists = "LayerAlreadyExistsException", 400;
        LayerInaccessible = "LayerInaccessibleException", 400;
        LayerPartTooSmall = "LayerPartTooSmallException", 400;
        LayersNotFound = "LayersNotFoundException", 400;
        LifecyclePolicyNotFound = "LifecyclePolicyNotFoundException", 400;
        LifecyclePolicyPreviewInProgress = "LifecyclePolicyPreviewInProgressException", 400;
        LifecyclePolicyPreviewNotFound = "LifecyclePolicyPreviewNotFoundException", 400;
        LimitExceeded = "LimitExceededException", 400;
        PullThroughCacheRuleAlreadyExists = "PullThroughCacheRuleAlreadyExistsException", 400;
        PullThroughCacheRuleNotFound = "PullThroughCacheRuleNotFoundException", 400;
        ReferencedImagesNotFound = "ReferencedImagesNotFoundException", 400;
        RegistryPolicyNotFound = "RegistryPolicyNotFoundException", 400;
        ReplicationBackfillInProgress = "ReplicationBackfillInProgressException", 400;
        ReplicationBackfillInvalidStatus = "ReplicationBackfillInvalidStatusException", 400;
        ReplicationBackfillNotFound = "ReplicationBackfillNotFoundException", 400;
        RepositoryAlreadyExists = "RepositoryAlreadyExistsException", 400;
        RepositoryNotEmpty = "RepositoryNotEmptyException", 400;
        RepositoryNotFound = "RepositoryNotFoundException", 400;
        RepositoryPolicyNotFound = "RepositoryPolicyNotFoundException", 400;
        ScanNotFound = "ScanNotFoundException", 400;
        SecretNotFound = "SecretNotFoundException", 400;
        Server = "ServerException", 500;
        SigningConfigurationNotFound = "SigningConfigurationNotFoundException", 400;
        TemplateAlreadyExists = "TemplateAlreadyExistsException", 400;
        TemplateNotFound = "TemplateNotFoundException", 400;
        TooManyTags = "TooManyTagsException", 400;
        UnableToAccessSecret = "UnableToAccessSecretException", 400;
        UnableToDecryptSecretValue = "UnableToDecryptSecretValueException", 400;
        UnableToGetUpstreamImage = "UnableToGetUpstreamImageException", 400;
        UnableToGetUpstreamLayer = "UnableToGetUpstreamLayerException", 400;
        UnableToListUpstreamImageReferrers = "UnableToListUpstreamImageReferrersException", 400;
        UnsupportedImageType = "UnsupportedImageTypeException", 400;
        UnsupportedUpstreamRegistry = "UnsupportedUpstreamRegistryException", 400;
        UploadNotFound = "UploadNotFoundException", 400;
        Validation = "ValidationException", 400;
    }
}

words! {
    /// The words of `ArtifactStatus`.
    ArtifactStatus {
        Active = "ACTIVE",
        Archived = "ARCHIVED",
        Activating = "ACTIVATING",
    }
}

words! {
    /// The words of `ArtifactStatusFilter`.
    ArtifactStatusFilter {
        Active = "ACTIVE",
        Archived = "ARCHIVED",
        Activating = "ACTIVATING",
        Any = "ANY",
    }
}

/// `Attribute`, part of outputs.
#[derive(Debug, Default, Serialize)]
pub struct Attribute {
    /// `key`: 1 to 128 characters.
    pub key: String,
    /// `value`: 1 to 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

/// `AuthorizationData`, part of outputs.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AuthorizationData {
    /// `authorizationToken`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authorization_token: Option<String>,
    /// `expiresAt`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<f64>,
    /// `proxyEndpoint`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proxy_endpoint: Option<String>,
}

impl std::fmt::Debug for AuthorizationData {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("AuthorizationData").finish_non_exhaustive()
    }
}

/// `AwsEcrContainerImageDetails`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AwsEcrContainerImageDetails {
    /// `architecture`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub architecture: Option<String>,
    /// `author`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// `imageHash`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_hash: Option<String>,
    /// `imageTags`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_tags: Option<Vec<String>>,
    /// `platform`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub platform: Option<String>,
    /// `pushedAt`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pushed_at: Option<f64>,
    /// `lastInUseAt`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_in_use_at: Option<f64>,
    /// `inUseCount`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_use_count: Option<i64>,
    /// `registry`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registry: Option<String>,
    /// `repositoryName`: 2 to 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository_name: Option<String>,
}

/// Input of `BatchCheckLayerAvailability`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BatchCheckLayerAvailabilityRequest {
    /// `registryId`.
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 256 characters.
    pub repository_name: String,
    /// `layerDigests`: 1 to 100 elements.
    pub layer_digests: Vec<String>,
}

impl Input for BatchCheckLayerAvailabilityRequest {
    fn schema() -> &'static Structure {
        &BATCH_CHECK_LAYER_AVAILABILITY_REQUEST
    }
}

/// Output of `BatchCheckLayerAvailability`.
#[derive(Debug, Default, Serialize)]
pub struct BatchCheckLayerAvailabilityResponse {
    /// `layers`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layers: Option<Vec<Layer>>,
    /// `failures`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failures: Option<Vec<LayerFailure>>,
}

/// Input of `BatchDeleteImage`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BatchDeleteImageRequest {
    /// `registryId`.
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 256 characters.
    pub repository_name: String,
    /// `imageIds`: 1 to 100 elements.
    pub image_ids: Vec<ImageIdentifier>,
}

impl Input for BatchDeleteImageRequest {
    fn schema() -> &'static Structure {
        &BATCH_DELETE_IMAGE_REQUEST
    }
}

/// Output of `BatchDeleteImage`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BatchDeleteImageResponse {
    /// `imageIds`: 1 to 100 elements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_ids: Option<Vec<ImageIdentifier>>,
    /// `failures`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failures: Option<Vec<ImageFailure>>,
}

/// Input of `BatchGetImage`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BatchGetImageRequest {
    /// `registryId`.
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 256 characters.
    pub repository_name: String,
    /// `imageIds`: 1 to 100 elements.
    pub image_ids: Vec<ImageIdentifier>,
    /// `acceptedMediaTypes`: 1 to 100 elements.
    pub accepted_media_types: Option<Vec<String>>,
}

impl Input for BatchGetImageRequest {
    fn schema() -> &'static Structure {
        &BATCH_GET_IMAGE_REQUEST
    }
}

/// Output of `BatchGetImage`.
#[derive(Debug, Default, Serialize)]
pub struct BatchGetImageResponse {
    /// `images`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub images: Option<Vec<Image>>,
    /// `failures`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failures: Option<Vec<ImageFailure>>,
}

/// Input of `BatchGetRepositoryScanningConfiguration`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BatchGetRepositoryScanningConfigurationRequest {
    /// `repositoryNames`: 1 to 25 elements.
    pub repository_names: Vec<String>,
}

impl Input for BatchGetRepositoryScanningConfigurationRequest {
    fn schema() -> &'static Structure {
        &BATCH_GET_REPOSITORY_SCANNING_CONFIGURATION_REQUEST
    }
}

/// Output of `BatchGetRepositoryScanningConfiguration`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BatchGetRepositoryScanningConfigurationResponse {
    /// `scanningConfigurations`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scanning_configurations: Option<Vec<RepositoryScanningConfiguration>>,
    /// `failures`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failures: Option<Vec<RepositoryScanningConfigurationFailure>>,
}

/// Input of `CompleteLayerUpload`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CompleteLayerUploadRequest {
    /// `registryId`.
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 256 characters.
    pub repository_name: String,
    /// `uploadId`.
    pub upload_id: String,
    /// `layerDigests`: 1 to 100 elements.
    pub layer_digests: Vec<String>,
}

impl Input for CompleteLayerUploadRequest {
    fn schema() -> &'static Structure {
        &COMPLETE_LAYER_UPLOAD_REQUEST
    }
}

/// Output of `CompleteLayerUpload`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CompleteLayerUploadResponse {
    /// `registryId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository_name: Option<String>,
    /// `uploadId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upload_id: Option<String>,
    /// `layerDigest`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layer_digest: Option<String>,
}

/// Input of `CreatePullThroughCacheRule`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CreatePullThroughCacheRuleRequest {
    /// `ecrRepositoryPrefix`: 2 to 30 characters.
    pub ecr_repository_prefix: String,
    /// `upstreamRegistryUrl`.
    pub upstream_registry_url: String,
    /// `registryId`.
    pub registry_id: Option<String>,
    /// `upstreamRegistry`.
    pub upstream_registry: Option<UpstreamRegistry>,
    /// `credentialArn`: 50 to 612 characters.
    pub credential_arn: Option<String>,
    /// `customRoleArn`: at most 2048 characters.
    pub custom_role_arn: Option<String>,
    /// `upstreamRepositoryPrefix`: 2 to 30 characters.
    pub upstream_repository_prefix: Option<String>,
}

impl Input for CreatePullThroughCacheRuleRequest {
    fn schema() -> &'static Structure {
        &CREATE_PULL_THROUGH_CACHE_RULE_REQUEST
    }
}

/// Output of `CreatePullThroughCacheRule`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CreatePullThroughCacheRuleResponse {
    /// `ecrRepositoryPrefix`: 2 to 30 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ecr_repository_prefix: Option<String>,
    /// `upstreamRegistryUrl`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upstream_registry_url: Option<String>,
    /// `createdAt`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<f64>,
    /// `registryId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `upstreamRegistry`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upstream_registry: Option<UpstreamRegistry>,
    /// `credentialArn`: 50 to 612 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credential_arn: Option<String>,
    /// `customRoleArn`: at most 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_role_arn: Option<String>,
    /// `upstreamRepositoryPrefix`: 2 to 30 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upstream_repository_prefix: Option<String>,
}

/// Input of `CreateRepositoryCreationTemplate`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateRepositoryCreationTemplateRequest {
    /// `prefix`: 1 to 256 characters.
    pub prefix: String,
    /// `description`: at most 256 characters.
    pub description: Option<String>,
    /// `encryptionConfiguration`.
    pub encryption_configuration: Option<EncryptionConfigurationForRepositoryCreationTemplate>,
    /// `resourceTags`.
    pub resource_tags: Option<Vec<Tag>>,
    /// `imageTagMutability`.
    pub image_tag_mutability: Option<ImageTagMutability>,
    /// `imageTagMutabilityExclusionFilters`: 1 to 5 elements.
    pub image_tag_mutability_exclusion_filters: Option<Vec<ImageTagMutabilityExclusionFilter>>,
    /// `repositoryPolicy`: at most 10240 characters.
    pub repository_policy: Option<String>,
    /// `lifecyclePolicy`: at most 30720 characters.
    pub lifecycle_policy: Option<String>,
    /// `appliedFor`.
    pub applied_for: Vec<RCTAppliedFor>,
    /// `customRoleArn`: at most 2048 characters.
    pub custom_role_arn: Option<String>,
}

impl Input for CreateRepositoryCreationTemplateRequest {
    fn schema() -> &'static Structure {
        &CREATE_REPOSITORY_CREATION_TEMPLATE_REQUEST
    }
}

/// Output of `CreateRepositoryCreationTemplate`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateRepositoryCreationTemplateResponse {
    /// `registryId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `repositoryCreationTemplate`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository_creation_template: Option<RepositoryCreationTemplate>,
}

/// Input of `CreateRepository`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateRepositoryRequest {
    /// `registryId`.
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 256 characters.
    pub repository_name: String,
    /// `tags`.
    pub tags: Option<Vec<Tag>>,
    /// `imageTagMutability`.
    pub image_tag_mutability: Option<ImageTagMutability>,
    /// `imageTagMutabilityExclusionFilters`: 1 to 5 elements.
    pub image_tag_mutability_exclusion_filters: Option<Vec<ImageTagMutabilityExclusionFilter>>,
    /// `imageScanningConfiguration`.
    pub image_scanning_configuration: Option<ImageScanningConfiguration>,
    /// `encryptionConfiguration`.
    pub encryption_configuration: Option<EncryptionConfiguration>,
}

impl Input for CreateRepositoryRequest {
    fn schema() -> &'static Structure {
        &CREATE_REPOSITORY_REQUEST
    }
}

/// Output of `CreateRepository`.
#[derive(Debug, Default, Serialize)]
pub struct CreateRepositoryResponse {
    /// `repository`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository: Option<Repository>,
}

/// `CvssScore`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CvssScore {
    /// `baseScore`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base_score: Option<f64>,
    /// `scoringVector`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scoring_vector: Option<String>,
    /// `source`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// `version`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
}

/// `CvssScoreAdjustment`, part of outputs.
#[derive(Debug, Default, Serialize)]
pub struct CvssScoreAdjustment {
    /// `metric`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metric: Option<String>,
    /// `reason`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// `CvssScoreDetails`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CvssScoreDetails {
    /// `adjustments`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub adjustments: Option<Vec<CvssScoreAdjustment>>,
    /// `score`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
    /// `scoreSource`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score_source: Option<String>,
    /// `scoringVector`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scoring_vector: Option<String>,
    /// `version`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
}

/// Input of `DeleteLifecyclePolicy`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DeleteLifecyclePolicyRequest {
    /// `registryId`.
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 256 characters.
    pub repository_name: String,
}

impl Input for DeleteLifecyclePolicyRequest {
    fn schema() -> &'static Structure {
        &DELETE_LIFECYCLE_POLICY_REQUEST
    }
}

/// Output of `DeleteLifecyclePolicy`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DeleteLifecyclePolicyResponse {
    /// `registryId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository_name: Option<String>,
    /// `lifecyclePolicyText`: 100 to 30720 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lifecycle_policy_text: Option<String>,
    /// `lastEvaluatedAt`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_evaluated_at: Option<f64>,
}

/// Input of `DeletePullThroughCacheRule`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DeletePullThroughCacheRuleRequest {
    /// `ecrRepositoryPrefix`: 2 to 30 characters.
    pub ecr_repository_prefix: String,
    /// `registryId`.
    pub registry_id: Option<String>,
}

impl Input for DeletePullThroughCacheRuleRequest {
    fn schema() -> &'static Structure {
        &DELETE_PULL_THROUGH_CACHE_RULE_REQUEST
    }
}

/// Output of `DeletePullThroughCacheRule`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DeletePullThroughCacheRuleResponse {
    /// `ecrRepositoryPrefix`: 2 to 30 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ecr_repository_prefix: Option<String>,
    /// `upstreamRegistryUrl`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upstream_registry_url: Option<String>,
    /// `createdAt`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<f64>,
    /// `registryId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `credentialArn`: 50 to 612 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credential_arn: Option<String>,
    /// `customRoleArn`: at most 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_role_arn: Option<String>,
    /// `upstreamRepositoryPrefix`: 2 to 30 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upstream_repository_prefix: Option<String>,
}

/// Input of `DeleteRegistryPolicy`.
#[derive(Debug, Default, Deserialize)]
pub struct DeleteRegistryPolicyRequest {}

impl Input for DeleteRegistryPolicyRequest {
    fn schema() -> &'static Structure {
        &DELETE_REGISTRY_POLICY_REQUEST
    }
}

/// Output of `DeleteRegistryPolicy`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DeleteRegistryPolicyResponse {
    /// `registryId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `policyText`: at most 10240 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy_text: Option<String>,
}

/// `DeleteReplication`, part of inputs and outputs.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DeleteReplication {
    /// `enabled`.
    pub enabled: bool,
}

/// Input of `DeleteRepositoryCreationTemplate`.
#[derive(Debug, Default, Deserialize)]
pub struct DeleteRepositoryCreationTemplateRequest {
    /// `prefix`: 1 to 256 characters.
    pub prefix: String,
}

impl Input for DeleteRepositoryCreationTemplateRequest {
    fn schema() -> &'static Structure {
        &DELETE_REPOSITORY_CREATION_TEMPLATE_REQUEST
    }
}

/// Output of `DeleteRepositoryCreationTemplate`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DeleteRepositoryCreationTemplateResponse {
    /// `registryId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `repositoryCreationTemplate`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository_creation_template: Option<RepositoryCreationTemplate>,
}

/// Input of `DeleteRepositoryPolicy`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DeleteRepositoryPolicyRequest {
    /// `registryId`.
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 256 characters.
    pub repository_name: String,
}

impl Input for DeleteRepositoryPolicyRequest {
    fn schema() -> &'static Structure {
        &DELETE_REPOSITORY_POLICY_REQUEST
    }
}

/// Output of `DeleteRepositoryPolicy`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DeleteRepositoryPolicyResponse {
    /// `registryId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository_name: Option<String>,
    /// `policyText`: at most 10240 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy_text: Option<String>,
}

/// Input of `DeleteRepository`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DeleteRepositoryRequest {
    /// `registryId`.
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 256 characters.
    pub repository_name: String,
    /// `force`.
    pub force: Option<bool>,
}

impl Input for DeleteRepositoryRequest {
    fn schema() -> &'static Structure {
        &DELETE_REPOSITORY_REQUEST
    }
}

/// Output of `DeleteRepository`.
#[derive(Debug, Default, Serialize)]
pub struct DeleteRepositoryResponse {
    /// `repository`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository: Option<Repository>,
}

/// Input of `DeleteSigningConfiguration`.
#[derive(Debug, Default, Deserialize)]
pub struct DeleteSigningConfigurationRequest {}

impl Input for DeleteSigningConfigurationRequest {
    fn schema() -> &'static Structure {
        &DELETE_SIGNING_CONFIGURATION_REQUEST
    }
}

/// Output of `DeleteSigningConfiguration`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DeleteSigningConfigurationResponse {
    /// `registryId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `signingConfiguration`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signing_configuration: Option<SigningConfiguration>,
}

/// Input of `DeregisterPullTimeUpdateExclusion`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DeregisterPullTimeUpdateExclusionRequest {
    /// `principalArn`: at most 200 characters.
    pub principal_arn: String,
}

impl Input for DeregisterPullTimeUpdateExclusionRequest {
    fn schema() -> &'static Structure {
        &DEREGISTER_PULL_TIME_UPDATE_EXCLUSION_REQUEST
    }
}

/// Output of `DeregisterPullTimeUpdateExclusion`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DeregisterPullTimeUpdateExclusionResponse {
    /// `principalArn`: at most 200 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub principal_arn: Option<String>,
}

/// Input of `DescribeImageReplicationStatus`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DescribeImageReplicationStatusRequest {
    /// `repositoryName`: 2 to 256 characters.
    pub repository_name: String,
    /// `imageId`.
    pub image_id: ImageIdentifier,
    /// `registryId`.
    pub registry_id: Option<String>,
}

impl Input for DescribeImageReplicationStatusRequest {
    fn schema() -> &'static Structure {
        &DESCRIBE_IMAGE_REPLICATION_STATUS_REQUEST
    }
}

/// Output of `DescribeImageReplicationStatus`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DescribeImageReplicationStatusResponse {
    /// `repositoryName`: 2 to 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository_name: Option<String>,
    /// `imageId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_id: Option<ImageIdentifier>,
    /// `replicationStatuses`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replication_statuses: Option<Vec<ImageReplicationStatus>>,
}

/// Input of `DescribeImageScanFindings`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DescribeImageScanFindingsRequest {
    /// `registryId`.
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 256 characters.
    pub repository_name: String,
    /// `imageId`.
    pub image_id: ImageIdentifier,
    /// `nextToken`.
    pub next_token: Option<String>,
    /// `maxResults`: 1 to 1000.
    pub max_results: Option<i64>,
}

impl Input for DescribeImageScanFindingsRequest {
    fn schema() -> &'static Structure {
        &DESCRIBE_IMAGE_SCAN_FINDINGS_REQUEST
    }
}

/// Output of `DescribeImageScanFindings`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DescribeImageScanFindingsResponse {
    /// `registryId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository_name: Option<String>,
    /// `imageId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_id: Option<ImageIdentifier>,
    /// `imageScanStatus`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_scan_status: Option<ImageScanStatus>,
    /// `imageScanFindings`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_scan_findings: Option<ImageScanFindings>,
    /// `nextToken`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// Input of `DescribeImageSigningStatus`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DescribeImageSigningStatusRequest {
    /// `repositoryName`: 2 to 256 characters.
    pub repository_name: String,
    /// `imageId`.
    pub image_id: ImageIdentifier,
    /// `registryId`.
    pub registry_id: Option<String>,
}

impl Input for DescribeImageSigningStatusRequest {
    fn schema() -> &'static Structure {
        &DESCRIBE_IMAGE_SIGNING_STATUS_REQUEST
    }
}

/// Output of `DescribeImageSigningStatus`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DescribeImageSigningStatusResponse {
    /// `repositoryName`: 2 to 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository_name: Option<String>,
    /// `imageId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_id: Option<ImageIdentifier>,
    /// `registryId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `signingStatuses`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signing_statuses: Option<Vec<ImageSigningStatus>>,
}

/// `DescribeImagesFilter`, part of inputs.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DescribeImagesFilter {
    /// `tagStatus`.
    pub tag_status: Option<TagStatus>,
    /// `imageStatus`.
    pub image_status: Option<ImageStatusFilter>,
}

/// Input of `DescribeImages`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DescribeImagesRequest {
    /// `registryId`.
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 256 characters.
    pub repository_name: String,
    /// `imageIds`: 1 to 100 elements.
    pub image_ids: Option<Vec<ImageIdentifier>>,
    /// `nextToken`.
    pub next_token: Option<String>,
    /// `maxResults`: 1 to 1000.
    pub max_results: Option<i64>,
    /// `filter`.
    pub filter: Option<DescribeImagesFilter>,
}

impl Input for DescribeImagesRequest {
    fn schema() -> &'static Structure {
        &DESCRIBE_IMAGES_REQUEST
    }
}

/// Output of `DescribeImages`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DescribeImagesResponse {
    /// `imageDetails`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_details: Option<Vec<ImageDetail>>,
    /// `nextToken`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// Input of `DescribePullThroughCacheRules`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DescribePullThroughCacheRulesRequest {
    /// `registryId`.
    pub registry_id: Option<String>,
    /// `ecrRepositoryPrefixes`: 1 to 100 elements.
    pub ecr_repository_prefixes: Option<Vec<String>>,
    /// `nextToken`.
    pub next_token: Option<String>,
    /// `maxResults`: 1 to 1000.
    pub max_results: Option<i64>,
}

impl Input for DescribePullThroughCacheRulesRequest {
    fn schema() -> &'static Structure {
        &DESCRIBE_PULL_THROUGH_CACHE_RULES_REQUEST
    }
}

/// Output of `DescribePullThroughCacheRules`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DescribePullThroughCacheRulesResponse {
    /// `pullThroughCacheRules`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pull_through_cache_rules: Option<Vec<PullThroughCacheRule>>,
    /// `nextToken`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// Input of `DescribeRegistry`.
#[derive(Debug, Default, Deserialize)]
pub struct DescribeRegistryRequest {}

impl Input for DescribeRegistryRequest {
    fn schema() -> &'static Structure {
        &DESCRIBE_REGISTRY_REQUEST
    }
}

/// Output of `DescribeRegistry`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DescribeRegistryResponse {
    /// `registryId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `replicationConfiguration`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replication_configuration: Option<ReplicationConfiguration>,
}

/// Input of `DescribeReplicationBackfillResults`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DescribeReplicationBackfillResultsRequest {
    /// `registryId`.
    pub registry_id: Option<String>,
    /// `replicationBackfillId`.
    pub replication_backfill_id: String,
    /// `resultStatusFilter`.
    pub result_status_filter: Option<ReplicationBackfillResultStatus>,
    /// `maxResults`: 1 to 1000.
    pub max_results: Option<i64>,
    /// `nextToken`.
    pub next_token: Option<String>,
}

impl Input for DescribeReplicationBackfillResultsRequest {
    fn schema() -> &'static Structure {
        &DESCRIBE_REPLICATION_BACKFILL_RESULTS_REQUEST
    }
}

/// Output of `DescribeReplicationBackfillResults`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DescribeReplicationBackfillResultsResponse {
    /// `registryId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `replicationBackfillId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replication_backfill_id: Option<String>,
    /// `destination`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub destination: Option<ReplicationDestination>,
    /// `status`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<ReplicationBackfillStatus>,
    /// `failureCode`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure_code: Option<String>,
    /// `progress`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub progress: Option<ReplicationBackfillProgress>,
    /// `results`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub results: Option<Vec<ReplicationBackfillResult>>,
    /// `startedAt`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub started_at: Option<f64>,
    /// `endedAt`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<f64>,
    /// `nextToken`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// Input of `DescribeRepositories`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DescribeRepositoriesRequest {
    /// `registryId`.
    pub registry_id: Option<String>,
    /// `repositoryNames`: 1 to 100 elements.
    pub repository_names: Option<Vec<String>>,
    /// `nextToken`.
    pub next_token: Option<String>,
    /// `maxResults`: 1 to 1000.
    pub max_results: Option<i64>,
}

impl Input for DescribeRepositoriesRequest {
    fn schema() -> &'static Structure {
        &DESCRIBE_REPOSITORIES_REQUEST
    }
}

/// Output of `DescribeRepositories`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DescribeRepositoriesResponse {
    /// `repositories`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repositories: Option<Vec<Repository>>,
    /// `nextToken`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// Input of `DescribeRepositoryCreationTemplates`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DescribeRepositoryCreationTemplatesRequest {
    /// `prefixes`.
    pub prefixes: Option<Vec<String>>,
    /// `nextToken`.
    pub next_token: Option<String>,
    /// `maxResults`: 1 to 1000.
    pub max_results: Option<i64>,
}

impl Input for DescribeRepositoryCreationTemplatesRequest {
    fn schema() -> &'static Structure {
        &DESCRIBE_REPOSITORY_CREATION_TEMPLATES_REQUEST
    }
}

/// Output of `DescribeRepositoryCreationTemplates`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DescribeRepositoryCreationTemplatesResponse {
    /// `registryId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `repositoryCreationTemplates`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository_creation_templates: Option<Vec<RepositoryCreationTemplate>>,
    /// `nextToken`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// `EncryptionConfiguration`, part of inputs and outputs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EncryptionConfiguration {
    /// `encryptionType`.
    pub encryption_type: EncryptionType,
    /// `kmsKey`: 1 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kms_key: Option<String>,
}

/// `EncryptionConfigurationForRepositoryCreationTemplate`, part of inputs and outputs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EncryptionConfigurationForRepositoryCreationTemplate {
    /// `encryptionType`.
    pub encryption_type: EncryptionType,
    /// `kmsKey`: at most 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kms_key: Option<String>,
}

words! {
    /// The words of `EncryptionType`.
    EncryptionType {
        Aes256 = "AES256",
        Kms = "KMS",
        KmsDsse = "KMS_DSSE",
    }
}

/// `EnhancedImageScanFinding`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EnhancedImageScanFinding {
    /// `awsAccountId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aws_account_id: Option<String>,
    /// `description`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// `findingArn`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finding_arn: Option<String>,
    /// `firstObservedAt`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_observed_at: Option<f64>,
    /// `lastObservedAt`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_observed_at: Option<f64>,
    /// `packageVulnerabilityDetails`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub package_vulnerability_details: Option<PackageVulnerabilityDetails>,
    /// `remediation`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remediation: Option<Remediation>,
    /// `resources`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resources: Option<Vec<Resource>>,
    /// `score`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
    /// `scoreDetails`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score_details: Option<ScoreDetails>,
    /// `severity`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severity: Option<String>,
    /// `status`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// `title`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// `type`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#type: Option<String>,
    /// `updatedAt`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<f64>,
    /// `fixAvailable`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix_available: Option<String>,
    /// `exploitAvailable`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exploit_available: Option<String>,
}

words! {
    /// The words of `FindingSeverity`.
    FindingSeverity {
        Informational = "INFORMATIONAL",
        Low = "LOW",
        Medium = "MEDIUM",
        High = "HIGH",
        Critical = "CRITICAL",
        Undefined = "UNDEFINED",
    }
}

/// Input of `GetAccountSetting`.
#[derive(Debug, Default, Deserialize)]
pub struct GetAccountSettingRequest {
    /// `name`: 1 to 64 characters.
    pub name: String,
}

impl Input for GetAccountSettingRequest {
    fn schema() -> &'static Structure {
        &GET_ACCOUNT_SETTING_REQUEST
    }
}

/// Output of `GetAccountSetting`.
#[derive(Debug, Default, Serialize)]
pub struct GetAccountSettingResponse {
    /// `name`: 1 to 64 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `value`: 1 to 64 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

/// Input of `GetAuthorizationToken`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GetAuthorizationTokenRequest {
    /// `registryIds`: 1 to 10 elements.
    pub registry_ids: Option<Vec<String>>,
}

impl Input for GetAuthorizationTokenRequest {
    fn schema() -> &'static Structure {
        &GET_AUTHORIZATION_TOKEN_REQUEST
    }
}

/// Output of `GetAuthorizationToken`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GetAuthorizationTokenResponse {
    /// `authorizationData`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authorization_data: Option<Vec<AuthorizationData>>,
}

/// Input of `GetDownloadUrlForLayer`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GetDownloadUrlForLayerRequest {
    /// `registryId`.
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 256 characters.
    pub repository_name: String,
    /// `layerDigest`.
    pub layer_digest: String,
}

impl Input for GetDownloadUrlForLayerRequest {
    fn schema() -> &'static Structure {
        &GET_DOWNLOAD_URL_FOR_LAYER_REQUEST
    }
}

/// Output of `GetDownloadUrlForLayer`.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GetDownloadUrlForLayerResponse {
    /// `downloadUrl`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub download_url: Option<String>,
    /// `layerDigest`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layer_digest: Option<String>,
}

impl std::fmt::Debug for GetDownloadUrlForLayerResponse {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("GetDownloadUrlForLayerResponse").finish_non_exhaustive()
    }
}

/// Input of `GetLifecyclePolicyPreview`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GetLifecyclePolicyPreviewRequest {
    /// `registryId`.
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 256 characters.
    pub repository_name: String,
    /// `imageIds`: 1 to 100 elements.
    pub image_ids: Option<Vec<ImageIdentifier>>,
    /// `nextToken`.
    pub next_token: Option<String>,
    /// `maxResults`: 1 to 100.
    pub max_results: Option<i64>,
    /// `filter`.
    pub filter: Option<LifecyclePolicyPreviewFilter>,
}

impl Input for GetLifecyclePolicyPreviewRequest {
    fn schema() -> &'static Structure {
        &GET_LIFECYCLE_POLICY_PREVIEW_REQUEST
    }
}

/// Output of `GetLifecyclePolicyPreview`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GetLifecyclePolicyPreviewResponse {
    /// `registryId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository_name: Option<String>,
    /// `lifecyclePolicyText`: 100 to 30720 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lifecycle_policy_text: Option<String>,
    /// `status`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<LifecyclePolicyPreviewStatus>,
    /// `nextToken`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    /// `previewResults`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preview_results: Option<Vec<LifecyclePolicyPreviewResult>>,
    /// `summary`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<LifecyclePolicyPreviewSummary>,
}

/// Input of `GetLifecyclePolicy`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GetLifecyclePolicyRequest {
    /// `registryId`.
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 256 characters.
    pub repository_name: String,
}

impl Input for GetLifecyclePolicyRequest {
    fn schema() -> &'static Structure {
        &GET_LIFECYCLE_POLICY_REQUEST
    }
}

/// Output of `GetLifecyclePolicy`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GetLifecyclePolicyResponse {
    /// `registryId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository_name: Option<String>,
    /// `lifecyclePolicyText`: 100 to 30720 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lifecycle_policy_text: Option<String>,
    /// `lastEvaluatedAt`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_evaluated_at: Option<f64>,
}

/// Input of `GetRegistryPolicy`.
#[derive(Debug, Default, Deserialize)]
pub struct GetRegistryPolicyRequest {}

impl Input for GetRegistryPolicyRequest {
    fn schema() -> &'static Structure {
        &GET_REGISTRY_POLICY_REQUEST
    }
}

/// Output of `GetRegistryPolicy`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GetRegistryPolicyResponse {
    /// `registryId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `policyText`: at most 10240 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy_text: Option<String>,
}

/// Input of `GetRegistryScanningConfiguration`.
#[derive(Debug, Default, Deserialize)]
pub struct GetRegistryScanningConfigurationRequest {}

impl Input for GetRegistryScanningConfigurationRequest {
    fn schema() -> &'static Structure {
        &GET_REGISTRY_SCANNING_CONFIGURATION_REQUEST
    }
}

/// Output of `GetRegistryScanningConfiguration`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GetRegistryScanningConfigurationResponse {
    /// `registryId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `scanningConfiguration`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scanning_configuration: Option<RegistryScanningConfiguration>,
}

/// Input of `GetRepositoryPolicy`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GetRepositoryPolicyRequest {
    /// `registryId`.
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 256 characters.
    pub repository_name: String,
}

impl Input for GetRepositoryPolicyRequest {
    fn schema() -> &'static Structure {
        &GET_REPOSITORY_POLICY_REQUEST
    }
}

/// Output of `GetRepositoryPolicy`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GetRepositoryPolicyResponse {
    /// `registryId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository_name: Option<String>,
    /// `policyText`: at most 10240 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy_text: Option<String>,
}

/// Input of `GetSigningConfiguration`.
#[derive(Debug, Default, Deserialize)]
pub struct GetSigningConfigurationRequest {}

impl Input for GetSigningConfigurationRequest {
    fn schema() -> &'static Structure {
        &GET_SIGNING_CONFIGURATION_REQUEST
    }
}

/// Output of `GetSigningConfiguration`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GetSigningConfigurationResponse {
    /// `registryId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `signingConfiguration`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signing_configuration: Option<SigningConfiguration>,
}

/// `Image`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Image {
    /// `registryId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository_name: Option<String>,
    /// `imageId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_id: Option<ImageIdentifier>,
    /// `imageManifest`: 1 to 4194304 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_manifest: Option<String>,
    /// `imageManifestMediaType`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_manifest_media_type: Option<String>,
}

words! {
    /// The words of `ImageActionType`.
    ImageActionType {
        Expire = "EXPIRE",
        Transition = "TRANSITION",
    }
}

/// `ImageDetail`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ImageDetail {
    /// `registryId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository_name: Option<String>,
    /// `imageDigest`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_digest: Option<String>,
    /// `imageTags`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_tags: Option<Vec<String>>,
    /// `imageSizeInBytes`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_size_in_bytes: Option<i64>,
    /// `imagePushedAt`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_pushed_at: Option<f64>,
    /// `imageScanStatus`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_scan_status: Option<ImageScanStatus>,
    /// `imageScanFindingsSummary`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_scan_findings_summary: Option<ImageScanFindingsSummary>,
    /// `imageManifestMediaType`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_manifest_media_type: Option<String>,
    /// `artifactMediaType`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub artifact_media_type: Option<String>,
    /// `lastRecordedPullTime`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_recorded_pull_time: Option<f64>,
    /// `subjectManifestDigest`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject_manifest_digest: Option<String>,
    /// `imageStatus`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_status: Option<ImageStatus>,
    /// `lastArchivedAt`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_archived_at: Option<f64>,
    /// `lastActivatedAt`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_activated_at: Option<f64>,
}

/// `ImageFailure`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ImageFailure {
    /// `imageId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_id: Option<ImageIdentifier>,
    /// `failureCode`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure_code: Option<ImageFailureCode>,
    /// `failureReason`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure_reason: Option<String>,
}

words! {
    /// The words of `ImageFailureCode`.
    ImageFailureCode {
        InvalidImageDigest = "InvalidImageDigest",
        InvalidImageTag = "InvalidImageTag",
        ImageTagDoesNotMatchDigest = "ImageTagDoesNotMatchDigest",
        ImageNotFound = "ImageNotFound",
        MissingDigestAndTag = "MissingDigestAndTag",
        ImageReferencedByManifestList = "ImageReferencedByManifestList",
        KmsError = "KmsError",
        UpstreamAccessDenied = "UpstreamAccessDenied",
        UpstreamTooManyRequests = "UpstreamTooManyRequests",
        UpstreamUnavailable = "UpstreamUnavailable",
        ImageInaccessible = "ImageInaccessible",
    }
}

/// `ImageIdentifier`, part of inputs and outputs.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ImageIdentifier {
    /// `imageDigest`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_digest: Option<String>,
    /// `imageTag`: 1 to 300 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_tag: Option<String>,
}

/// `ImageReferrer`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ImageReferrer {
    /// `digest`.
    pub digest: String,
    /// `mediaType`.
    pub media_type: String,
    /// `artifactType`: 1 to 255 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub artifact_type: Option<String>,
    /// `size`.
    pub size: i64,
    /// `annotations`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub annotations: Option<BTreeMap<String, String>>,
    /// `artifactStatus`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub artifact_status: Option<ArtifactStatus>,
}

/// `ImageReplicationStatus`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ImageReplicationStatus {
    /// `region`: 2 to 25 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// `registryId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `status`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<ReplicationStatus>,
    /// `failureCode`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure_code: Option<String>,
}

/// `ImageScanFinding`, part of outputs.
#[derive(Debug, Default, Serialize)]
pub struct ImageScanFinding {
    /// `name`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `description`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// `uri`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uri: Option<String>,
    /// `severity`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severity: Option<FindingSeverity>,
    /// `attributes`: at most 50 elements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attributes: Option<Vec<Attribute>>,
}

/// `ImageScanFindings`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ImageScanFindings {
    /// `imageScanCompletedAt`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_scan_completed_at: Option<f64>,
    /// `vulnerabilitySourceUpdatedAt`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vulnerability_source_updated_at: Option<f64>,
    /// `findingSeverityCounts`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finding_severity_counts: Option<BTreeMap<FindingSeverity, i64>>,
    /// `findings`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub findings: Option<Vec<ImageScanFinding>>,
    /// `enhancedFindings`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enhanced_findings: Option<Vec<EnhancedImageScanFinding>>,
}

/// `ImageScanFindingsSummary`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ImageScanFindingsSummary {
    /// `imageScanCompletedAt`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_scan_completed_at: Option<f64>,
    /// `vulnerabilitySourceUpdatedAt`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vulnerability_source_updated_at: Option<f64>,
    /// `findingSeverityCounts`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finding_severity_counts: Option<BTreeMap<FindingSeverity, i64>>,
}

/// `ImageScanStatus`, part of outputs.
#[derive(Debug, Default, Serialize)]
pub struct ImageScanStatus {
    /// `status`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<ScanStatus>,
    /// `description`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// `ImageScanningConfiguration`, part of inputs and outputs.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ImageScanningConfiguration {
    /// `scanOnPush`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scan_on_push: Option<bool>,
}

/// `ImageSigningStatus`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ImageSigningStatus {
    /// `signingProfileArn`: at most 200 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signing_profile_arn: Option<String>,
    /// `failureCode`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure_code: Option<String>,
    /// `failureReason`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure_reason: Option<String>,
    /// `status`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<SigningStatus>,
}

words! {
    /// The words of `ImageStatus`.
    ImageStatus {
        Active = "ACTIVE",
        Archived = "ARCHIVED",
        Activating = "ACTIVATING",
    }
}

words! {
    /// The words of `ImageStatusFilter`.
    ImageStatusFilter {
        Active = "ACTIVE",
        Archived = "ARCHIVED",
        Activating = "ACTIVATING",
        Any = "ANY",
    }
}

words! {
    /// The words of `ImageTagMutability`.
    ImageTagMutability {
        Mutable = "MUTABLE",
        Immutable = "IMMUTABLE",
        ImmutableWithExclusion = "IMMUTABLE_WITH_EXCLUSION",
        MutableWithExclusion = "MUTABLE_WITH_EXCLUSION",
    }
}

/// `ImageTagMutabilityExclusionFilter`, part of inputs and outputs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ImageTagMutabilityExclusionFilter {
    /// `filterType`.
    pub filter_type: ImageTagMutabilityExclusionFilterType,
    /// `filter`: 1 to 128 characters.
    pub filter: String,
}

words! {
    /// The words of `ImageTagMutabilityExclusionFilterType`.
    ImageTagMutabilityExclusionFilterType {
        Wildcard = "WILDCARD",
    }
}

/// Input of `InitiateLayerUpload`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InitiateLayerUploadRequest {
    /// `registryId`.
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 256 characters.
    pub repository_name: String,
}

impl Input for InitiateLayerUploadRequest {
    fn schema() -> &'static Structure {
        &INITIATE_LAYER_UPLOAD_REQUEST
    }
}

/// Output of `InitiateLayerUpload`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct InitiateLayerUploadResponse {
    /// `uploadId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upload_id: Option<String>,
    /// `partSize`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part_size: Option<i64>,
}

/// What `InvalidLayerPartException` carries beside its message.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct InvalidLayerPartException {
    /// `registryId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository_name: Option<String>,
    /// `uploadId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upload_id: Option<String>,
    /// `lastValidByteReceived`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_valid_byte_received: Option<i64>,
}

/// What `KmsException` carries beside its message.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct KmsException {
    /// `kmsError`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kms_error: Option<String>,
}

/// `Layer`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Layer {
    /// `layerDigest`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layer_digest: Option<String>,
    /// `layerAvailability`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layer_availability: Option<LayerAvailability>,
    /// `layerSize`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layer_size: Option<i64>,
    /// `mediaType`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
}

words! {
    /// The words of `LayerAvailability`.
    LayerAvailability {
        Available = "AVAILABLE",
        Unavailable = "UNAVAILABLE",
        Archived = "ARCHIVED",
    }
}

/// `LayerFailure`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LayerFailure {
    /// `layerDigest`: at most 1000 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layer_digest: Option<String>,
    /// `failureCode`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure_code: Option<LayerFailureCode>,
    /// `failureReason`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure_reason: Option<String>,
}

words! {
    /// The words of `LayerFailureCode`.
    LayerFailureCode {
        InvalidLayerDigest = "InvalidLayerDigest",
        MissingLayerDigest = "MissingLayerDigest",
    }
}

/// `LifecyclePolicyPreviewFilter`, part of inputs.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LifecyclePolicyPreviewFilter {
    /// `tagStatus`.
    pub tag_status: Option<TagStatus>,
}

/// `LifecyclePolicyPreviewResult`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LifecyclePolicyPreviewResult {
    /// `imageTags`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_tags: Option<Vec<String>>,
    /// `imageDigest`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_digest: Option<String>,
    /// `imagePushedAt`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_pushed_at: Option<f64>,
    /// `action`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<LifecyclePolicyRuleAction>,
    /// `appliedRulePriority`: at least 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub applied_rule_priority: Option<i64>,
    /// `storageClass`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub storage_class: Option<LifecyclePolicyStorageClass>,
}

words! {
    /// The words of `LifecyclePolicyPreviewStatus`.
    LifecyclePolicyPreviewStatus {
        InProgress = "IN_PROGRESS",
        Complete = "COMPLETE",
        Expired = "EXPIRED",
        Failed = "FAILED",
    }
}

/// `LifecyclePolicyPreviewSummary`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LifecyclePolicyPreviewSummary {
    /// `expiringImageTotalCount`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expiring_image_total_count: Option<i64>,
    /// `transitioningImageTotalCounts`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transitioning_image_total_counts: Option<Vec<TransitioningImageTotalCount>>,
}

/// `LifecyclePolicyRuleAction`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LifecyclePolicyRuleAction {
    /// `type`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#type: Option<ImageActionType>,
    /// `targetStorageClass`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_storage_class: Option<LifecyclePolicyTargetStorageClass>,
}

words! {
    /// The words of `LifecyclePolicyStorageClass`.
    LifecyclePolicyStorageClass {
        Archive = "ARCHIVE",
        Standard = "STANDARD",
    }
}

words! {
    /// The words of `LifecyclePolicyTargetStorageClass`.
    LifecyclePolicyTargetStorageClass {
        Archive = "ARCHIVE",
    }
}

/// `ListImageReferrersFilter`, part of inputs.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListImageReferrersFilter {
    /// `artifactTypes`: at most 5 elements.
    pub artifact_types: Option<Vec<String>>,
    /// `artifactStatus`.
    pub artifact_status: Option<ArtifactStatusFilter>,
}

/// Input of `ListImageReferrers`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListImageReferrersRequest {
    /// `registryId`.
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 256 characters.
    pub repository_name: String,
    /// `subjectId`.
    pub subject_id: SubjectIdentifier,
    /// `filter`.
    pub filter: Option<ListImageReferrersFilter>,
    /// `nextToken`.
    pub next_token: Option<String>,
    /// `maxResults`: 1 to 50.
    pub max_results: Option<i64>,
}

impl Input for ListImageReferrersRequest {
    fn schema() -> &'static Structure {
        &LIST_IMAGE_REFERRERS_REQUEST
    }
}

/// Output of `ListImageReferrers`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ListImageReferrersResponse {
    /// `referrers`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub referrers: Option<Vec<ImageReferrer>>,
    /// `nextToken`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// `ListImagesFilter`, part of inputs.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListImagesFilter {
    /// `tagStatus`.
    pub tag_status: Option<TagStatus>,
    /// `imageStatus`.
    pub image_status: Option<ImageStatusFilter>,
}

/// Input of `ListImages`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListImagesRequest {
    /// `registryId`.
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 256 characters.
    pub repository_name: String,
    /// `nextToken`.
    pub next_token: Option<String>,
    /// `maxResults`: 1 to 1000.
    pub max_results: Option<i64>,
    /// `filter`.
    pub filter: Option<ListImagesFilter>,
}

impl Input for ListImagesRequest {
    fn schema() -> &'static Structure {
        &LIST_IMAGES_REQUEST
    }
}

/// Output of `ListImages`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ListImagesResponse {
    /// `imageIds`: 1 to 100 elements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_ids: Option<Vec<ImageIdentifier>>,
    /// `nextToken`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// Input of `ListPullTimeUpdateExclusions`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListPullTimeUpdateExclusionsRequest {
    /// `maxResults`: 1 to 1000.
    pub max_results: Option<i64>,
    /// `nextToken`.
    pub next_token: Option<String>,
}

impl Input for ListPullTimeUpdateExclusionsRequest {
    fn schema() -> &'static Structure {
        &LIST_PULL_TIME_UPDATE_EXCLUSIONS_REQUEST
    }
}

/// Output of `ListPullTimeUpdateExclusions`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ListPullTimeUpdateExclusionsResponse {
    /// `pullTimeUpdateExclusions`: at most 100 elements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pull_time_update_exclusions: Option<Vec<String>>,
    /// `nextToken`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// Input of `ListReplicationBackfills`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListReplicationBackfillsRequest {
    /// `registryId`.
    pub registry_id: Option<String>,
    /// `maxResults`: 1 to 50.
    pub max_results: Option<i64>,
    /// `nextToken`.
    pub next_token: Option<String>,
}

impl Input for ListReplicationBackfillsRequest {
    fn schema() -> &'static Structure {
        &LIST_REPLICATION_BACKFILLS_REQUEST
    }
}

/// Output of `ListReplicationBackfills`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ListReplicationBackfillsResponse {
    /// `registryId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `backfills`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backfills: Option<Vec<ReplicationBackfillSummary>>,
    /// `nextToken`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// Input of `ListTagsForResource`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListTagsForResourceRequest {
    /// `resourceArn`.
    pub resource_arn: String,
}

impl Input for ListTagsForResourceRequest {
    fn schema() -> &'static Structure {
        &LIST_TAGS_FOR_RESOURCE_REQUEST
    }
}

/// Output of `ListTagsForResource`.
#[derive(Debug, Default, Serialize)]
pub struct ListTagsForResourceResponse {
    /// `tags`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag>>,
}

/// `PackageVulnerabilityDetails`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PackageVulnerabilityDetails {
    /// `cvss`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cvss: Option<Vec<CvssScore>>,
    /// `referenceUrls`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference_urls: Option<Vec<String>>,
    /// `relatedVulnerabilities`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub related_vulnerabilities: Option<Vec<String>>,
    /// `source`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// `sourceUrl`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_url: Option<String>,
    /// `vendorCreatedAt`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vendor_created_at: Option<f64>,
    /// `vendorSeverity`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vendor_severity: Option<String>,
    /// `vendorUpdatedAt`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vendor_updated_at: Option<f64>,
    /// `vulnerabilityId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vulnerability_id: Option<String>,
    /// `vulnerablePackages`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vulnerable_packages: Option<Vec<VulnerablePackage>>,
}

/// `PullThroughCacheRule`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PullThroughCacheRule {
    /// `ecrRepositoryPrefix`: 2 to 30 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ecr_repository_prefix: Option<String>,
    /// `upstreamRegistryUrl`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upstream_registry_url: Option<String>,
    /// `createdAt`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<f64>,
    /// `registryId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `credentialArn`: 50 to 612 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credential_arn: Option<String>,
    /// `customRoleArn`: at most 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_role_arn: Option<String>,
    /// `upstreamRepositoryPrefix`: 2 to 30 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upstream_repository_prefix: Option<String>,
    /// `upstreamRegistry`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upstream_registry: Option<UpstreamRegistry>,
    /// `updatedAt`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<f64>,
}

/// Input of `PutAccountSetting`.
#[derive(Debug, Default, Deserialize)]
pub struct PutAccountSettingRequest {
    /// `name`: 1 to 64 characters.
    pub name: String,
    /// `value`.
    pub value: String,
}

impl Input for PutAccountSettingRequest {
    fn schema() -> &'static Structure {
        &PUT_ACCOUNT_SETTING_REQUEST
    }
}

/// Output of `PutAccountSetting`.
#[derive(Debug, Default, Serialize)]
pub struct PutAccountSettingResponse {
    /// `name`: 1 to 64 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `value`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

/// Input of `PutImage`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PutImageRequest {
    /// `registryId`.
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 256 characters.
    pub repository_name: String,
    /// `imageManifest`: 1 to 4194304 characters.
    pub image_manifest: String,
    /// `imageManifestMediaType`.
    pub image_manifest_media_type: Option<String>,
    /// `imageTag`: 1 to 300 characters.
    pub image_tag: Option<String>,
    /// `imageDigest`.
    pub image_digest: Option<String>,
}

impl Input for PutImageRequest {
    fn schema() -> &'static Structure {
        &PUT_IMAGE_REQUEST
    }
}

/// Output of `PutImage`.
#[derive(Debug, Default, Serialize)]
pub struct PutImageResponse {
    /// `image`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<Image>,
}

/// Input of `PutImageScanningConfiguration`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PutImageScanningConfigurationRequest {
    /// `registryId`.
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 256 characters.
    pub repository_name: String,
    /// `imageScanningConfiguration`.
    pub image_scanning_configuration: ImageScanningConfiguration,
}

impl Input for PutImageScanningConfigurationRequest {
    fn schema() -> &'static Structure {
        &PUT_IMAGE_SCANNING_CONFIGURATION_REQUEST
    }
}

/// Output of `PutImageScanningConfiguration`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PutImageScanningConfigurationResponse {
    /// `registryId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository_name: Option<String>,
    /// `imageScanningConfiguration`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_scanning_configuration: Option<ImageScanningConfiguration>,
}

/// Input of `PutImageTagMutability`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PutImageTagMutabilityRequest {
    /// `registryId`.
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 256 characters.
    pub repository_name: String,
    /// `imageTagMutability`.
    pub image_tag_mutability: ImageTagMutability,
    /// `imageTagMutabilityExclusionFilters`: 1 to 5 elements.
    pub image_tag_mutability_exclusion_filters: Option<Vec<ImageTagMutabilityExclusionFilter>>,
}

impl Input for PutImageTagMutabilityRequest {
    fn schema() -> &'static Structure {
        &PUT_IMAGE_TAG_MUTABILITY_REQUEST
    }
}

/// Output of `PutImageTagMutability`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PutImageTagMutabilityResponse {
    /// `registryId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository_name: Option<String>,
    /// `imageTagMutability`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_tag_mutability: Option<ImageTagMutability>,
    /// `imageTagMutabilityExclusionFilters`: 1 to 5 elements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_tag_mutability_exclusion_filters: Option<Vec<ImageTagMutabilityExclusionFilter>>,
}

/// Input of `PutLifecyclePolicy`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PutLifecyclePolicyRequest {
    /// `registryId`.
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 256 characters.
    pub repository_name: String,
    /// `lifecyclePolicyText`: 100 to 30720 characters.
    pub lifecycle_policy_text: String,
}

impl Input for PutLifecyclePolicyRequest {
    fn schema() -> &'static Structure {
        &PUT_LIFECYCLE_POLICY_REQUEST
    }
}

/// Output of `PutLifecyclePolicy`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PutLifecyclePolicyResponse {
    /// `registryId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository_name: Option<String>,
    /// `lifecyclePolicyText`: 100 to 30720 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lifecycle_policy_text: Option<String>,
}

/// Input of `PutRegistryPolicy`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PutRegistryPolicyRequest {
    /// `policyText`: at most 10240 characters.
    pub policy_text: String,
}

impl Input for PutRegistryPolicyRequest {
    fn schema() -> &'static Structure {
        &PUT_REGISTRY_POLICY_REQUEST
    }
}

/// Output of `PutRegistryPolicy`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PutRegistryPolicyResponse {
    /// `registryId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `policyText`: at most 10240 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy_text: Option<String>,
}

/// Input of `PutRegistryScanningConfiguration`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PutRegistryScanningConfigurationRequest {
    /// `scanType`.
    pub scan_type: Option<ScanType>,
    /// `rules`: at most 2 elements.
    pub rules: Option<Vec<RegistryScanningRule>>,
}

impl Input for PutRegistryScanningConfigurationRequest {
    fn schema() -> &'static Structure {
        &PUT_REGISTRY_SCANNING_CONFIGURATION_REQUEST
    }
}

/// Output of `PutRegistryScanningConfiguration`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PutRegistryScanningConfigurationResponse {
    /// `registryScanningConfiguration`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registry_scanning_configuration: Option<RegistryScanningConfiguration>,
}

/// Input of `PutReplicationConfiguration`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PutReplicationConfigurationRequest {
    /// `replicationConfiguration`.
    pub replication_configuration: ReplicationConfiguration,
}

impl Input for PutReplicationConfigurationRequest {
    fn schema() -> &'static Structure {
        &PUT_REPLICATION_CONFIGURATION_REQUEST
    }
}

/// Output of `PutReplicationConfiguration`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PutReplicationConfigurationResponse {
    /// `replicationConfiguration`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replication_configuration: Option<ReplicationConfiguration>,
}

/// Input of `PutSigningConfiguration`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PutSigningConfigurationRequest {
    /// `signingConfiguration`.
    pub signing_configuration: SigningConfiguration,
}

impl Input for PutSigningConfigurationRequest {
    fn schema() -> &'static Structure {
        &PUT_SIGNING_CONFIGURATION_REQUEST
    }
}

/// Output of `PutSigningConfiguration`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PutSigningConfigurationResponse {
    /// `signingConfiguration`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signing_configuration: Option<SigningConfiguration>,
}

words! {
    /// The words of `RCTAppliedFor`.
    RCTAppliedFor {
        Replication = "REPLICATION",
        PullThroughCache = "PULL_THROUGH_CACHE",
        CreateOnPush = "CREATE_ON_PUSH",
    }
}

/// `Recommendation`, part of outputs.
#[derive(Debug, Default, Serialize)]
pub struct Recommendation {
    /// `url`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// `text`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// Input of `RegisterPullTimeUpdateExclusion`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RegisterPullTimeUpdateExclusionRequest {
    /// `principalArn`: at most 200 characters.
    pub principal_arn: String,
}

impl Input for RegisterPullTimeUpdateExclusionRequest {
    fn schema() -> &'static Structure {
        &REGISTER_PULL_TIME_UPDATE_EXCLUSION_REQUEST
    }
}

/// Output of `RegisterPullTimeUpdateExclusion`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RegisterPullTimeUpdateExclusionResponse {
    /// `principalArn`: at most 200 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub principal_arn: Option<String>,
    /// `createdAt`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<f64>,
}

/// `RegistryScanningConfiguration`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RegistryScanningConfiguration {
    /// `scanType`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scan_type: Option<ScanType>,
    /// `rules`: at most 2 elements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rules: Option<Vec<RegistryScanningRule>>,
}

/// `RegistryScanningRule`, part of inputs and outputs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RegistryScanningRule {
    /// `scanFrequency`.
    pub scan_frequency: ScanFrequency,
    /// `repositoryFilters`: at most 100 elements.
    pub repository_filters: Vec<ScanningRepositoryFilter>,
}

/// `Remediation`, part of outputs.
#[derive(Debug, Default, Serialize)]
pub struct Remediation {
    /// `recommendation`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recommendation: Option<Recommendation>,
}

/// `ReplicationBackfillProgress`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReplicationBackfillProgress {
    /// `totalReplicationCount`.
    pub total_replication_count: i64,
    /// `completedReplicationCount`.
    pub completed_replication_count: i64,
    /// `failedReplicationCount`.
    pub failed_replication_count: i64,
    /// `failureCodes`.
    pub failure_codes: Vec<String>,
}

/// `ReplicationBackfillResult`, part of outputs.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReplicationBackfillResult {
    /// `repositoryName`: 2 to 256 characters.
    pub repository_name: String,
    /// `imageId`.
    pub image_id: ImageIdentifier,
    /// `status`.
    pub status: ReplicationBackfillResultStatus,
    /// `failureCode`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure_code: Option<String>,
    /// `subImageFailureCodes`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sub_image_failure_codes: Option<Vec<String>>,
}

words! {
    /// The words of `ReplicationBackfillResultStatus`.
    ReplicationBackfillResultStatus {
        Complete = "COMPLETE",
        Failed = "FAILED",
    }
}

words! {
    /// The words of `ReplicationBackfillStatus`.
    ReplicationBackfillStatus {
        Preparing = "PREPARING",
        InProgress = "IN_PROGRESS",
        Complete = "COMPLETE",
        Failed = "FAILED",
        Stopping = "STOPPING",
        Stopped = "STOPPED",
    }
}

/// `ReplicationBackfillSummary`, part of outputs.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReplicationBackfillSummary {
    /// `replicationBackfillId`.
    pub replication_backfill_id: String,
    /// `destination`.
    pub destination: ReplicationDestination,
    /// `status`.
    pub status: ReplicationBackfillStatus,
    /// `failureCode`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure_code: Option<String>,
    /// `progress`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub progress: Option<ReplicationBackfillProgress>,
    /// `startedAt`, in seconds since 1970.
    pub started_at: f64,
    /// `endedAt`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<f64>,
}

/// `ReplicationConfiguration`, part of inputs and outputs.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ReplicationConfiguration {
    /// `rules`: at most 25 elements.
    pub rules: Vec<ReplicationRule>,
}

/// `ReplicationDestination`, part of inputs and outputs.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReplicationDestination {
    /// `region`: 2 to 25 characters.
    pub region: String,
    /// `registryId`.
    pub registry_id: String,
}

/// `ReplicationRule`, part of inputs and outputs.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReplicationRule {
    /// `destinations`: at most 100 elements.
    pub destinations: Vec<ReplicationDestination>,
    /// `repositoryFilters`: 1 to 100 elements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository_filters: Option<Vec<RepositoryFilter>>,
    /// `deleteReplication`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delete_replication: Option<DeleteReplication>,
}

words! {
    /// The words of `ReplicationStatus`.
    ReplicationStatus {
        InProgress = "IN_PROGRESS",
        Complete = "COMPLETE",
        Failed = "FAILED",
    }
}

/// `Repository`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Repository {
    /// `repositoryArn`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository_arn: Option<String>,
    /// `registryId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository_name: Option<String>,
    /// `repositoryUri`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository_uri: Option<String>,
    /// `createdAt`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<f64>,
    /// `imageTagMutability`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_tag_mutability: Option<ImageTagMutability>,
    /// `imageTagMutabilityExclusionFilters`: 1 to 5 elements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_tag_mutability_exclusion_filters: Option<Vec<ImageTagMutabilityExclusionFilter>>,
    /// `imageScanningConfiguration`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_scanning_configuration: Option<ImageScanningConfiguration>,
    /// `encryptionConfiguration`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encryption_configuration: Option<EncryptionConfiguration>,
}

/// `RepositoryCreationTemplate`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RepositoryCreationTemplate {
    /// `prefix`: 1 to 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prefix: Option<String>,
    /// `description`: at most 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// `encryptionConfiguration`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encryption_configuration: Option<EncryptionConfigurationForRepositoryCreationTemplate>,
    /// `resourceTags`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource_tags: Option<Vec<Tag>>,
    /// `imageTagMutability`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_tag_mutability: Option<ImageTagMutability>,
    /// `imageTagMutabilityExclusionFilters`: 1 to 5 elements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_tag_mutability_exclusion_filters: Option<Vec<ImageTagMutabilityExclusionFilter>>,
    /// `repositoryPolicy`: at most 10240 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository_policy: Option<String>,
    /// `lifecyclePolicy`: at most 30720 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lifecycle_policy: Option<String>,
    /// `appliedFor`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub applied_for: Option<Vec<RCTAppliedFor>>,
    /// `customRoleArn`: at most 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_role_arn: Option<String>,
    /// `createdAt`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<f64>,
    /// `updatedAt`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<f64>,
}

/// `RepositoryFilter`, part of inputs and outputs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RepositoryFilter {
    /// `filter`: 2 to 256 characters.
    pub filter: String,
    /// `filterType`.
    pub filter_type: RepositoryFilterType,
}

words! {
    /// The words of `RepositoryFilterType`.
    RepositoryFilterType {
        PrefixMatch = "PREFIX_MATCH",
    }
}

/// `RepositoryScanningConfiguration`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RepositoryScanningConfiguration {
    /// `repositoryArn`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository_arn: Option<String>,
    /// `repositoryName`: 2 to 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository_name: Option<String>,
    /// `scanOnPush`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scan_on_push: Option<bool>,
    /// `scanFrequency`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scan_frequency: Option<ScanFrequency>,
    /// `appliedScanFilters`: at most 100 elements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub applied_scan_filters: Option<Vec<ScanningRepositoryFilter>>,
}

/// `RepositoryScanningConfigurationFailure`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RepositoryScanningConfigurationFailure {
    /// `repositoryName`: 2 to 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository_name: Option<String>,
    /// `failureCode`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure_code: Option<ScanningConfigurationFailureCode>,
    /// `failureReason`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure_reason: Option<String>,
}

/// `Resource`, part of outputs.
#[derive(Debug, Default, Serialize)]
pub struct Resource {
    /// `details`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub details: Option<ResourceDetails>,
    /// `id`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// `tags`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<BTreeMap<String, String>>,
    /// `type`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#type: Option<String>,
}

/// `ResourceDetails`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ResourceDetails {
    /// `awsEcrContainerImage`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aws_ecr_container_image: Option<AwsEcrContainerImageDetails>,
}

words! {
    /// The words of `ScanFrequency`.
    ScanFrequency {
        ScanOnPush = "SCAN_ON_PUSH",
        ContinuousScan = "CONTINUOUS_SCAN",
        Manual = "MANUAL",
    }
}

words! {
    /// The words of `ScanStatus`.
    ScanStatus {
        InProgress = "IN_PROGRESS",
        Complete = "COMPLETE",
        Failed = "FAILED",
        UnsupportedImage = "UNSUPPORTED_IMAGE",
        Active = "ACTIVE",
        Pending = "PENDING",
        ScanEligibilityExpired = "SCAN_ELIGIBILITY_EXPIRED",
        FindingsUnavailable = "FINDINGS_UNAVAILABLE",
        LimitExceeded = "LIMIT_EXCEEDED",
        ImageArchived = "IMAGE_ARCHIVED",
        ImageSizeExceeded = "IMAGE_SIZE_EXCEEDED",
    }
}

words! {
    /// The words of `ScanType`.
    ScanType {
        Basic = "BASIC",
        Enhanced = "ENHANCED",
    }
}

words! {
    /// The words of `ScanningConfigurationFailureCode`.
    ScanningConfigurationFailureCode {
        RepositoryNotFound = "REPOSITORY_NOT_FOUND",
    }
}

/// `ScanningRepositoryFilter`, part of inputs and outputs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ScanningRepositoryFilter {
    /// `filter`: 1 to 255 characters.
    pub filter: String,
    /// `filterType`.
    pub filter_type: ScanningRepositoryFilterType,
}

words! {
    /// The words of `ScanningRepositoryFilterType`.
    ScanningRepositoryFilterType {
        Wildcard = "WILDCARD",
    }
}

/// `ScoreDetails`, part of outputs.
#[derive(Debug, Default, Serialize)]
pub struct ScoreDetails {
    /// `cvss`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cvss: Option<CvssScoreDetails>,
}

/// Input of `SetRepositoryPolicy`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SetRepositoryPolicyRequest {
    /// `registryId`.
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 256 characters.
    pub repository_name: String,
    /// `policyText`: at most 10240 characters.
    pub policy_text: String,
    /// `force`.
    pub force: Option<bool>,
}

impl Input for SetRepositoryPolicyRequest {
    fn schema() -> &'static Structure {
        &SET_REPOSITORY_POLICY_REQUEST
    }
}

/// Output of `SetRepositoryPolicy`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SetRepositoryPolicyResponse {
    /// `registryId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository_name: Option<String>,
    /// `policyText`: at most 10240 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy_text: Option<String>,
}

/// `SigningConfiguration`, part of inputs and outputs.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SigningConfiguration {
    /// `rules`: at most 10 elements.
    pub rules: Vec<SigningRule>,
}

/// `SigningRepositoryFilter`, part of inputs and outputs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SigningRepositoryFilter {
    /// `filter`: 1 to 256 characters.
    pub filter: String,
    /// `filterType`.
    pub filter_type: SigningRepositoryFilterType,
}

words! {
    /// The words of `SigningRepositoryFilterType`.
    SigningRepositoryFilterType {
        WildcardMatch = "WILDCARD_MATCH",
    }
}

/// `SigningRule`, part of inputs and outputs.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SigningRule {
    /// `signingProfileArn`: at most 200 characters.
    pub signing_profile_arn: String,
    /// `repositoryFilters`: 1 to 100 elements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository_filters: Option<Vec<SigningRepositoryFilter>>,
}

words! {
    /// The words of `SigningStatus`.
    SigningStatus {
        InProgress = "IN_PROGRESS",
        Complete = "COMPLETE",
        Failed = "FAILED",
    }
}

/// Input of `StartImageScan`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StartImageScanRequest {
    /// `registryId`.
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 256 characters.
    pub repository_name: String,
    /// `imageId`.
    pub image_id: ImageIdentifier,
}

impl Input for StartImageScanRequest {
    fn schema() -> &'static Structure {
        &START_IMAGE_SCAN_REQUEST
    }
}

/// Output of `StartImageScan`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StartImageScanResponse {
    /// `registryId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository_name: Option<String>,
    /// `imageId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_id: Option<ImageIdentifier>,
    /// `imageScanStatus`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_scan_status: Option<ImageScanStatus>,
}

/// Input of `StartLifecyclePolicyPreview`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StartLifecyclePolicyPreviewRequest {
    /// `registryId`.
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 256 characters.
    pub repository_name: String,
    /// `lifecyclePolicyText`: 100 to 30720 characters.
    pub lifecycle_policy_text: Option<String>,
}

impl Input for StartLifecyclePolicyPreviewRequest {
    fn schema() -> &'static Structure {
        &START_LIFECYCLE_POLICY_PREVIEW_REQUEST
    }
}

/// Output of `StartLifecyclePolicyPreview`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StartLifecyclePolicyPreviewResponse {
    /// `registryId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository_name: Option<String>,
    /// `lifecyclePolicyText`: 100 to 30720 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lifecycle_policy_text: Option<String>,
    /// `status`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<LifecyclePolicyPreviewStatus>,
}

/// Input of `StartReplicationBackfill`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StartReplicationBackfillRequest {
    /// `registryId`.
    pub registry_id: Option<String>,
    /// `destination`.
    pub destination: ReplicationDestination,
}

impl Input for StartReplicationBackfillRequest {
    fn schema() -> &'static Structure {
        &START_REPLICATION_BACKFILL_REQUEST
    }
}

/// Output of `StartReplicationBackfill`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StartReplicationBackfillResponse {
    /// `replicationBackfillId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replication_backfill_id: Option<String>,
    /// `registryId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `destination`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub destination: Option<ReplicationDestination>,
    /// `status`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<ReplicationBackfillStatus>,
    /// `startedAt`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub started_at: Option<f64>,
}

/// Input of `StopReplicationBackfill`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StopReplicationBackfillRequest {
    /// `registryId`.
    pub registry_id: Option<String>,
    /// `replicationBackfillId`.
    pub replication_backfill_id: String,
}

impl Input for StopReplicationBackfillRequest {
    fn schema() -> &'static Structure {
        &STOP_REPLICATION_BACKFILL_REQUEST
    }
}

/// Output of `StopReplicationBackfill`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StopReplicationBackfillResponse {
    /// `registryId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `replicationBackfillId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replication_backfill_id: Option<String>,
    /// `destination`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub destination: Option<ReplicationDestination>,
    /// `status`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<ReplicationBackfillStatus>,
    /// `startedAt`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub started_at: Option<f64>,
}

/// `SubjectIdentifier`, part of inputs.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SubjectIdentifier {
    /// `imageDigest`.
    pub image_digest: String,
}

/// `Tag`, part of inputs and outputs.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Tag {
    /// `Key`.
    pub key: String,
    /// `Value`.
    pub value: String,
}

/// Input of `TagResource`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TagResourceRequest {
    /// `resourceArn`.
    pub resource_arn: String,
    /// `tags`.
    pub tags: Vec<Tag>,
}

impl Input for TagResourceRequest {
    fn schema() -> &'static Structure {
        &TAG_RESOURCE_REQUEST
    }
}

/// Output of `TagResource`.
#[derive(Debug, Default, Serialize)]
pub struct TagResourceResponse {}

words! {
    /// The words of `TagStatus`.
    TagStatus {
        Tagged = "TAGGED",
        Untagged = "UNTAGGED",
        Any = "ANY",
    }
}

words! {
    /// The words of `TargetStorageClass`.
    TargetStorageClass {
        Standard = "STANDARD",
        Archive = "ARCHIVE",
    }
}

/// `TransitioningImageTotalCount`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TransitioningImageTotalCount {
    /// `targetStorageClass`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_storage_class: Option<LifecyclePolicyTargetStorageClass>,
    /// `imageTotalCount`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_total_count: Option<i64>,
}

/// Input of `UntagResource`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UntagResourceRequest {
    /// `resourceArn`.
    pub resource_arn: String,
    /// `tagKeys`.
    pub tag_keys: Vec<String>,
}

impl Input for UntagResourceRequest {
    fn schema() -> &'static Structure {
        &UNTAG_RESOURCE_REQUEST
    }
}

/// Output of `UntagResource`.
#[derive(Debug, Default, Serialize)]
pub struct UntagResourceResponse {}

/// Input of `UpdateImageStorageClass`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UpdateImageStorageClassRequest {
    /// `registryId`.
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 256 characters.
    pub repository_name: String,
    /// `imageId`.
    pub image_id: ImageIdentifier,
    /// `targetStorageClass`.
    pub target_storage_class: TargetStorageClass,
}

impl Input for UpdateImageStorageClassRequest {
    fn schema() -> &'static Structure {
        &UPDATE_IMAGE_STORAGE_CLASS_REQUEST
    }
}

/// Output of `UpdateImageStorageClass`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UpdateImageStorageClassResponse {
    /// `registryId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository_name: Option<String>,
    /// `imageId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_id: Option<ImageIdentifier>,
    /// `imageStatus`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_status: Option<ImageStatus>,
}

/// Input of `UpdatePullThroughCacheRule`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UpdatePullThroughCacheRuleRequest {
    /// `registryId`.
    pub registry_id: Option<String>,
    /// `ecrRepositoryPrefix`: 2 to 30 characters.
    pub ecr_repository_prefix: String,
    /// `credentialArn`: 50 to 612 characters.
    pub credential_arn: Option<String>,
    /// `customRoleArn`: at most 2048 characters.
    pub custom_role_arn: Option<String>,
}

impl Input for UpdatePullThroughCacheRuleRequest {
    fn schema() -> &'static Structure {
        &UPDATE_PULL_THROUGH_CACHE_RULE_REQUEST
    }
}

/// Output of `UpdatePullThroughCacheRule`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UpdatePullThroughCacheRuleResponse {
    /// `ecrRepositoryPrefix`: 2 to 30 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ecr_repository_prefix: Option<String>,
    /// `registryId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `updatedAt`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<f64>,
    /// `credentialArn`: 50 to 612 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credential_arn: Option<String>,
    /// `customRoleArn`: at most 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_role_arn: Option<String>,
    /// `upstreamRepositoryPrefix`: 2 to 30 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upstream_repository_prefix: Option<String>,
}

/// Input of `UpdateRepositoryCreationTemplate`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UpdateRepositoryCreationTemplateRequest {
    /// `prefix`: 1 to 256 characters.
    pub prefix: String,
    /// `description`: at most 256 characters.
    pub description: Option<String>,
    /// `encryptionConfiguration`.
    pub encryption_configuration: Option<EncryptionConfigurationForRepositoryCreationTemplate>,
    /// `resourceTags`.
    pub resource_tags: Option<Vec<Tag>>,
    /// `imageTagMutability`.
    pub image_tag_mutability: Option<ImageTagMutability>,
    /// `imageTagMutabilityExclusionFilters`: 1 to 5 elements.
    pub image_tag_mutability_exclusion_filters: Option<Vec<ImageTagMutabilityExclusionFilter>>,
    /// `repositoryPolicy`: at most 10240 characters.
    pub repository_policy: Option<String>,
    /// `lifecyclePolicy`: at most 30720 characters.
    pub lifecycle_policy: Option<String>,
    /// `appliedFor`.
    pub applied_for: Option<Vec<RCTAppliedFor>>,
    /// `customRoleArn`: at most 2048 characters.
    pub custom_role_arn: Option<String>,
}

impl Input for UpdateRepositoryCreationTemplateRequest {
    fn schema() -> &'static Structure {
        &UPDATE_REPOSITORY_CREATION_TEMPLATE_REQUEST
    }
}

/// Output of `UpdateRepositoryCreationTemplate`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UpdateRepositoryCreationTemplateResponse {
    /// `registryId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `repositoryCreationTemplate`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository_creation_template: Option<RepositoryCreationTemplate>,
}

/// Input of `UploadLayerPart`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UploadLayerPartRequest {
    /// `registryId`.
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 256 characters.
    pub repository_name: String,
    /// `uploadId`.
    pub upload_id: String,
    /// `partFirstByte`.
    pub part_first_byte: i64,
    /// `partLastByte`.
    pub part_last_byte: i64,
    /// `layerPartBlob`: at most 20971520 bytes.
    #[serde(deserialize_with = "crate::aws::blob::deserialize")]
    pub layer_part_blob: Vec<u8>,
}

impl Input for UploadLayerPartRequest {
    fn schema() -> &'static Structure {
        &UPLOAD_LAYER_PART_REQUEST
    }
}

/// Output of `UploadLayerPart`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UploadLayerPartResponse {
    /// `registryId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository_name: Option<String>,
    /// `uploadId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upload_id: Option<String>,
    /// `lastByteReceived`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_byte_received: Option<i64>,
}

words! {
    /// The words of `UpstreamRegistry`.
    UpstreamRegistry {
        Ecr = "ecr",
        EcrPublic = "ecr-public",
        Quay = "quay",
        K8s = "k8s",
        DockerHub = "docker-hub",
        GithubContainerRegistry = "github-container-registry",
        AzureContainerRegistry = "azure-container-registry",
        GitlabContainerRegistry = "gitlab-container-registry",
        Chainguard = "chainguard",
    }
}

/// Input of `ValidatePullThroughCacheRule`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ValidatePullThroughCacheRuleRequest {
    /// `ecrRepositoryPrefix`: 2 to 30 characters.
    pub ecr_repository_prefix: String,
    /// `registryId`.
    pub registry_id: Option<String>,
}

impl Input for ValidatePullThroughCacheRuleRequest {
    fn schema() -> &'static Structure {
        &VALIDATE_PULL_THROUGH_CACHE_RULE_REQUEST
    }
}

/// Output of `ValidatePullThroughCacheRule`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ValidatePullThroughCacheRuleResponse {
    /// `ecrRepositoryPrefix`: 2 to 30 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ecr_repository_prefix: Option<String>,
    /// `registryId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `upstreamRegistryUrl`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upstream_registry_url: Option<String>,
    /// `credentialArn`: 50 to 612 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credential_arn: Option<String>,
    /// `customRoleArn`: at most 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_role_arn: Option<String>,
    /// `upstreamRepositoryPrefix`: 2 to 30 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upstream_repository_prefix: Option<String>,
    /// `isValid`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_valid: Option<bool>,
    /// `failure`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<String>,
}

/// `VulnerablePackage`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct VulnerablePackage {
    /// `arch`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arch: Option<String>,
    /// `epoch`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub epoch: Option<i64>,
    /// `filePath`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file_path: Option<String>,
    /// `name`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `packageManager`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub package_manager: Option<String>,
    /// `release`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub release: Option<String>,
    /// `sourceLayerHash`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_layer_hash: Option<String>,
    /// `version`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// `fixedInVersion`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fixed_in_version: Option<String>,
}

static ACCOUNT_SETTING_NAME: Shape = text(between(1, 64));

static ACCOUNT_SETTING_VALUE: Shape = text(UNLIMITED);

static ARN: Shape = text(UNLIMITED);

static ARTIFACT_STATUS_FILTER: Shape = one_of(ArtifactStatusFilter::TEXTS);

static ARTIFACT_TYPE: Shape = text(between(1, 255));

static ARTIFACT_TYPE_LIST: Shape = Shape::List(between(0, 5), &ARTIFACT_TYPE);

static BATCH_CHECK_LAYER_AVAILABILITY_REQUEST: Structure = structure(
    "BatchCheckLayerAvailabilityRequest",
    &[
        optional("registryId", &REGISTRY_ID),
        required("repositoryName", &REPOSITORY_NAME),
        required("layerDigests", &BATCHED_OPERATION_LAYER_DIGEST_LIST),
    ],
);

static BATCH_DELETE_IMAGE_REQUEST: Structure = structure(
    "BatchDeleteImageRequest",
    &[
        optional("registryId", &REGISTRY_ID),
        required("repositoryName", &REPOSITORY_NAME),
        required("imageIds", &IMAGE_IDENTIFIER_LIST),
    ],
);

static BATCH_GET_IMAGE_REQUEST: Structure = structure(
    "BatchGetImageRequest",
    &[
        optional("registryId", &REGISTRY_ID),
        required("repositoryName", &REPOSITORY_NAME),
        required("imageIds", &IMAGE_IDENTIFIER_LIST),
        optional("acceptedMediaTypes", &MEDIA_TYPE_LIST),
    ],
);

static BATCH_GET_REPOSITORY_SCANNING_CONFIGURATION_REQUEST: Structure = structure(
    "BatchGetRepositoryScanningConfigurationRequest",
    &[required("repositoryNames", &SCANNING_CONFIGURATION_REPOSITORY_NAME_LIST)],
);

static BATCHED_OPERATION_LAYER_DIGEST: Shape = text(between(0, 1000));

static BATCHED_OPERATION_LAYER_DIGEST_LIST: Shape =
    Shape::List(between(1, 100), &BATCHED_OPERATION_LAYER_DIGEST);

static COMPLETE_LAYER_UPLOAD_REQUEST: Structure = structure(
    "CompleteLayerUploadRequest",
    &[
        optional("registryId", &REGISTRY_ID),
        required("repositoryName", &REPOSITORY_NAME),
        required("uploadId", &UPLOAD_ID),
        required("layerDigests", &LAYER_DIGEST_LIST),
    ],
);

static CREATE_PULL_THROUGH_CACHE_RULE_REQUEST: Structure = structure(
    "CreatePullThroughCacheRuleRequest",
    &[
        required("ecrRepositoryPrefix", &PULL_THROUGH_CACHE_RULE_REPOSITORY_PREFIX),
        required("upstreamRegistryUrl", &URL),
        optional("registryId", &REGISTRY_ID),
        optional("upstreamRegistry", &UPSTREAM_REGISTRY),
        optional("credentialArn", &CREDENTIAL_ARN),
        optional("customRoleArn", &CUSTOM_ROLE_ARN),
        optional("upstreamRepositoryPrefix", &PULL_THROUGH_CACHE_RULE_REPOSITORY_PREFIX),
    ],
);

static CREATE_REPOSITORY_CREATION_TEMPLATE_REQUEST: Structure = structure(
    "CreateRepositoryCreationTemplateRequest",
    &[
        required("prefix", &PREFIX),
        optional("description", &REPOSITORY_TEMPLATE_DESCRIPTION),
        optional(
            "encryptionConfiguration",
            &Shape::Structure(&ENCRYPTION_CONFIGURATION_FOR_REPOSITORY_CREATION_TEMPLATE),
        ),
        optional("resourceTags", &TAG_LIST),
        optional("imageTagMutability", &IMAGE_TAG_MUTABILITY),
        optional("imageTagMutabilityExclusionFilters", &IMAGE_TAG_MUTABILITY_EXCLUSION_FILTERS),
        optional("repositoryPolicy", &REPOSITORY_POLICY_TEXT),
        optional("lifecyclePolicy", &LIFECYCLE_POLICY_TEXT_FOR_REPOSITORY_CREATION_TEMPLATE),
        required("appliedFor", &RCT_APPLIED_FOR_LIST),
        optional("customRoleArn", &CUSTOM_ROLE_ARN),
    ],
);

static CREATE_REPOSITORY_REQUEST: Structure = structure(
    "CreateRepositoryRequest",
    &[
        optional("registryId", &REGISTRY_ID),
        required("repositoryName", &REPOSITORY_NAME),
        optional("tags", &TAG_LIST),
        optional("imageTagMutability", &IMAGE_TAG_MUTABILITY),
        optional("imageTagMutabilityExclusionFilters", &IMAGE_TAG_MUTABILITY_EXCLUSION_FILTERS),
        optional("imageScanningConfiguration", &Shape::Structure(&IMAGE_SCANNING_CONFIGURATION)),
        optional("encryptionConfiguration", &Shape::Structure(&ENCRYPTION_CONFIGURATION)),
    ],
);

static CREDENTIAL_ARN_PATTERN: Pattern = Pattern::new(
    r"^arn:aws(-\w+)*:secretsmanager:[a-zA-Z0-9-:]+:secret:ecr\-pullthroughcache\/[a-zA-Z0-9\/_+=.@-]+$",
);
static CREDENTIAL_ARN: Shape = matching(between(50, 612), &CREDENTIAL_ARN_PATTERN);

static CUSTOM_ROLE_ARN: Shape = text(at_most(2048));

static DELETE_LIFECYCLE_POLICY_REQUEST: Structure = structure(
    "DeleteLifecyclePolicyRequest",
    &[optional("registryId", &REGISTRY_ID), required("repositoryName", &REPOSITORY_NAME)],
);

static DELETE_PULL_THROUGH_CACHE_RULE_REQUEST: Structure = structure(
    "DeletePullThroughCacheRuleRequest",
    &[
        required("ecrRepositoryPrefix", &PULL_THROUGH_CACHE_RULE_REPOSITORY_PREFIX),
        optional("registryId", &REGISTRY_ID),
    ],
);

static DELETE_REGISTRY_POLICY_REQUEST: Structure = structure("DeleteRegistryPolicyRequest", &[]);

static DELETE_REPLICATION: Structure =
    structure("DeleteReplication", &[required("enabled", &DELETE_REPLICATION_FLAG)]);

static DELETE_REPLICATION_FLAG: Shape = Shape::Boolean;

static DELETE_REPOSITORY_CREATION_TEMPLATE_REQUEST: Structure =
    structure("DeleteRepositoryCreationTemplateRequest", &[required("prefix", &PREFIX)]);

static DELETE_REPOSITORY_POLICY_REQUEST: Structure = structure(
    "DeleteRepositoryPolicyRequest",
    &[optional("registryId", &REGISTRY_ID), required("repositoryName", &REPOSITORY_NAME)],
);

static DELETE_REPOSITORY_REQUEST: Structure = structure(
    "DeleteRepositoryRequest",
    &[
        optional("registryId", &REGISTRY_ID),
        required("repositoryName", &REPOSITORY_NAME),
        optional("force", &FORCE_FLAG),
    ],
);

static DELETE_SIGNING_CONFIGURATION_REQUEST: Structure =
    structure("DeleteSigningConfigurationRequest", &[]);

static DEREGISTER_PULL_TIME_UPDATE_EXCLUSION_REQUEST: Structure = structure(
    "DeregisterPullTimeUpdateExclusionRequest",
    &[required("principalArn", &PRINCIPAL_ARN)],
);

static DESCRIBE_IMAGE_REPLICATION_STATUS_REQUEST: Structure = structure(
    "DescribeImageReplicationStatusRequest",
    &[
        required("repositoryName", &REPOSITORY_NAME),
        required("imageId", &Shape::Structure(&IMAGE_IDENTIFIER)),
        optional("registryId", &REGISTRY_ID),
    ],
);

static DESCRIBE_IMAGE_SCAN_FINDINGS_REQUEST: Structure = structure(
    "DescribeImageScanFindingsRequest",
    &[
        optional("registryId", &REGISTRY_ID),
        required("repositoryName", &REPOSITORY_NAME),
        required("imageId", &Shape::Structure(&IMAGE_IDENTIFIER)),
        optional("nextToken", &NEXT_TOKEN),
        optional("maxResults", &MAX_RESULTS),
    ],
);

static DESCRIBE_IMAGE_SIGNING_STATUS_REQUEST: Structure = structure(
    "DescribeImageSigningStatusRequest",
    &[
        required("repositoryName", &REPOSITORY_NAME),
        required("imageId", &Shape::Structure(&IMAGE_IDENTIFIER)),
        optional("registryId", &REGISTRY_ID),
    ],
);

static DESCRIBE_IMAGES_FILTER: Structure = structure(
    "DescribeImagesFilter",
    &[optional("tagStatus", &TAG_STATUS), optional("imageStatus", &IMAGE_STATUS_FILTER)],
);

static DESCRIBE_IMAGES_REQUEST: Structure = structure(
    "DescribeImagesRequest",
    &[
        optional("registryId", &REGISTRY_ID),
        required("repositoryName", &REPOSITORY_NAME),
        optional("imageIds", &IMAGE_IDENTIFIER_LIST),
        optional("nextToken", &NEXT_TOKEN),
        optional("maxResults", &MAX_RESULTS),
        optional("filter", &Shape::Structure(&DESCRIBE_IMAGES_FILTER)),
    ],
);

static DESCRIBE_PULL_THROUGH_CACHE_RULES_REQUEST: Structure = structure(
    "DescribePullThroughCacheRulesRequest",
    &[
        optional("registryId", &REGISTRY_ID),
        optional("ecrRepositoryPrefixes", &PULL_THROUGH_CACHE_RULE_REPOSITORY_PREFIX_LIST),
        optional("nextToken", &NEXT_TOKEN),
        optional("maxResults", &MAX_RESULTS),
    ],
);

static DESCRIBE_REGISTRY_REQUEST: Structure = structure("DescribeRegistryRequest", &[]);

static DESCRIBE_REPLICATION_BACKFILL_RESULTS_REQUEST: Structure = structure(
    "DescribeReplicationBackfillResultsRequest",
    &[
        optional("registryId", &REGISTRY_ID),
        required("replicationBackfillId", &REPLICATION_BACKFILL_ID),
        optional("resultStatusFilter", &REPLICATION_BACKFILL_RESULT_STATUS),
        optional("maxResults", &MAX_RESULTS),
        optional("nextToken", &NEXT_TOKEN),
    ],
);

static DESCRIBE_REPOSITORIES_REQUEST: Structure = structure(
    "DescribeRepositoriesRequest",
    &[
        optional("registryId", &REGISTRY_ID),
        optional("repositoryNames", &REPOSITORY_NAME_LIST),
        optional("nextToken", &NEXT_TOKEN),
        optional("maxResults", &MAX_RESULTS),
    ],
);

static DESCRIBE_REPOSITORY_CREATION_TEMPLATES_REQUEST: Structure = structure(
    "DescribeRepositoryCreationTemplatesRequest",
    &[
        optional("prefixes", &PREFIX_LIST),
        optional("nextToken", &NEXT_TOKEN),
        optional("maxResults", &MAX_RESULTS),
    ],
);

static ENCRYPTION_CONFIGURATION: Structure = structure(
    "EncryptionConfiguration",
    &[required("encryptionType", &ENCRYPTION_TYPE), optional("kmsKey", &KMS_KEY)],
);

static ENCRYPTION_CONFIGURATION_FOR_REPOSITORY_CREATION_TEMPLATE: Structure = structure(
    "EncryptionConfigurationForRepositoryCreationTemplate",
    &[
        required("encryptionType", &ENCRYPTION_TYPE),
        optional("kmsKey", &KMS_KEY_FOR_REPOSITORY_CREATION_TEMPLATE),
    ],
);

static ENCRYPTION_TYPE: Shape = one_of(EncryptionType::TEXTS);

static FIFTY_MAX_RESULTS: Shape = Shape::Integer(between(1, 50));

static FORCE_FLAG: Shape = Shape::Boolean;

static GET_ACCOUNT_SETTING_REQUEST: Structure =
    structure("GetAccountSettingRequest", &[required("name", &ACCOUNT_SETTING_NAME)]);

static GET_AUTHORIZATION_TOKEN_REGISTRY_ID_LIST: Shape = Shape::List(between(1, 10), &REGISTRY_ID);

static GET_AUTHORIZATION_TOKEN_REQUEST: Structure = structure(
    "GetAuthorizationTokenRequest",
    &[optional("registryIds", &GET_AUTHORIZATION_TOKEN_REGISTRY_ID_LIST)],
);

static GET_DOWNLOAD_URL_FOR_LAYER_REQUEST: Structure = structure(
    "GetDownloadUrlForLayerRequest",
    &[
        optional("registryId", &REGISTRY_ID),
        required("repositoryName", &REPOSITORY_NAME),
        required("layerDigest", &LAYER_DIGEST),
    ],
);

static GET_LIFECYCLE_POLICY_PREVIEW_REQUEST: Structure = structure(
    "GetLifecyclePolicyPreviewRequest",
    &[
        optional("registryId", &REGISTRY_ID),
        required("repositoryName", &REPOSITORY_NAME),
        optional("imageIds", &IMAGE_IDENTIFIER_LIST),
        optional("nextToken", &NEXT_TOKEN),
        optional("maxResults", &LIFECYCLE_PREVIEW_MAX_RESULTS),
        optional("filter", &Shape::Structure(&LIFECYCLE_POLICY_PREVIEW_FILTER)),
    ],
);

static GET_LIFECYCLE_POLICY_REQUEST: Structure = structure(
    "GetLifecyclePolicyRequest",
    &[optional("registryId", &REGISTRY_ID), required("repositoryName", &REPOSITORY_NAME)],
);

static GET_REGISTRY_POLICY_REQUEST: Structure = structure("GetRegistryPolicyRequest", &[]);

static GET_REGISTRY_SCANNING_CONFIGURATION_REQUEST: Structure =
    structure("GetRegistryScanningConfigurationRequest", &[]);

static GET_REPOSITORY_POLICY_REQUEST: Structure = structure(
    "GetRepositoryPolicyRequest",
    &[optional("registryId", &REGISTRY_ID), required("repositoryName", &REPOSITORY_NAME)],
);

static GET_SIGNING_CONFIGURATION_REQUEST: Structure =
    structure("GetSigningConfigurationRequest", &[]);

static IMAGE_DIGEST: Shape = text(UNLIMITED);

static IMAGE_IDENTIFIER: Structure = structure(
    "ImageIdentifier",
    &[optional("imageDigest", &IMAGE_DIGEST), optional("imageTag", &IMAGE_TAG)],
);

static IMAGE_IDENTIFIER_LIST: Shape =
    Shape::List(between(1, 100), &Shape::Structure(&IMAGE_IDENTIFIER));

static IMAGE_MANIFEST: Shape = text(between(1, 4_194_304));

static IMAGE_SCANNING_CONFIGURATION: Structure =
    structure("ImageScanningConfiguration", &[optional("scanOnPush", &SCAN_ON_PUSH_FLAG)]);

static IMAGE_STATUS_FILTER: Shape = one_of(ImageStatusFilter::TEXTS);

static IMAGE_TAG: Shape = text(between(1, 300));

static IMAGE_TAG_MUTABILITY: Shape = one_of(ImageTagMutability::TEXTS);

static IMAGE_TAG_MUTABILITY_EXCLUSION_FILTER: Structure = structure(
    "ImageTagMutabilityExclusionFilter",
    &[
        required("filterType", &IMAGE_TAG_MUTABILITY_EXCLUSION_FILTER_TYPE),
        required("filter", &IMAGE_TAG_MUTABILITY_EXCLUSION_FILTER_VALUE),
    ],
);

static IMAGE_TAG_MUTABILITY_EXCLUSION_FILTER_TYPE: Shape =
    one_of(ImageTagMutabilityExclusionFilterType::TEXTS);

static IMAGE_TAG_MUTABILITY_EXCLUSION_FILTER_VALUE_PATTERN: Pattern =
    Pattern::new("^[0-9a-zA-Z._*-]{1,128}$");
static IMAGE_TAG_MUTABILITY_EXCLUSION_FILTER_VALUE: Shape =
    matching(between(1, 128), &IMAGE_TAG_MUTABILITY_EXCLUSION_FILTER_VALUE_PATTERN);

static IMAGE_TAG_MUTABILITY_EXCLUSION_FILTERS: Shape =
    Shape::List(between(1, 5), &Shape::Structure(&IMAGE_TAG_MUTABILITY_EXCLUSION_FILTER));

static INITIATE_LAYER_UPLOAD_REQUEST: Structure = structure(
    "InitiateLayerUploadRequest",
    &[optional("registryId", &REGISTRY_ID), required("repositoryName", &REPOSITORY_NAME)],
);

static KMS_KEY: Shape = text(between(1, 2048));

static KMS_KEY_FOR_REPOSITORY_CREATION_TEMPLATE_PATTERN: Pattern =
    Pattern::new(r"^$|arn:aws[a-z0-9-]*:kms:[a-z0-9-]+:[0-9]{12}:key\/[a-z0-9-]+");
static KMS_KEY_FOR_REPOSITORY_CREATION_TEMPLATE: Shape =
    matching(between(0, 2048), &KMS_KEY_FOR_REPOSITORY_CREATION_TEMPLATE_PATTERN);

static LAYER_DIGEST_PATTERN: Pattern = Pattern::new("[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+");
static LAYER_DIGEST: Shape = matching(UNLIMITED, &LAYER_DIGEST_PATTERN);

static LAYER_DIGEST_LIST: Shape = Shape::List(between(1, 100), &LAYER_DIGEST);

static LAYER_PART_BLOB: Shape = Shape::Blob(between(0, 20_971_520));

static LIFECYCLE_POLICY_PREVIEW_FILTER: Structure =
    structure("LifecyclePolicyPreviewFilter", &[optional("tagStatus", &TAG_STATUS)]);

static LIFECYCLE_POLICY_TEXT: Shape = text(between(100, 30_720));

static LIFECYCLE_POLICY_TEXT_FOR_REPOSITORY_CREATION_TEMPLATE: Shape = text(between(0, 30_720));

static LIFECYCLE_PREVIEW_MAX_RESULTS: Shape = Shape::Integer(between(1, 100));

static LIST_IMAGE_REFERRERS_FILTER: Structure = structure(
    "ListImageReferrersFilter",
    &[
        optional("artifactTypes", &ARTIFACT_TYPE_LIST),
        optional("artifactStatus", &ARTIFACT_STATUS_FILTER),
    ],
);

static LIST_IMAGE_REFERRERS_REQUEST: Structure = structure(
    "ListImageReferrersRequest",
    &[
        optional("registryId", &REGISTRY_ID),
        required("repositoryName", &REPOSITORY_NAME),
        required("subjectId", &Shape::Structure(&SUBJECT_IDENTIFIER)),
        optional("filter", &Shape::Structure(&LIST_IMAGE_REFERRERS_FILTER)),
        optional("nextToken", &NEXT_TOKEN),
        optional("maxResults", &FIFTY_MAX_RESULTS),
    ],
);

static LIST_IMAGES_FILTER: Structure = structure(
    "ListImagesFilter",
    &[optional("tagStatus", &TAG_STATUS), optional("imageStatus", &IMAGE_STATUS_FILTER)],
);

static LIST_IMAGES_REQUEST: Structure = structure(
    "ListImagesRequest",
    &[
        optional("registryId", &REGISTRY_ID),
        required("repositoryName", &REPOSITORY_NAME),
        optional("nextToken", &NEXT_TOKEN),
        optional("maxResults", &MAX_RESULTS),
        optional("filter", &Shape::Structure(&LIST_IMAGES_FILTER)),
    ],
);

static LIST_PULL_TIME_UPDATE_EXCLUSIONS_REQUEST: Structure = structure(
    "ListPullTimeUpdateExclusionsRequest",
    &[optional("maxResults", &MAX_RESULTS), optional("nextToken", &NEXT_TOKEN)],
);

static LIST_REPLICATION_BACKFILLS_REQUEST: Structure = structure(
    "ListReplicationBackfillsRequest",
    &[
        optional("registryId", &REGISTRY_ID),
        optional("maxResults", &FIFTY_MAX_RESULTS),
        optional("nextToken", &NEXT_TOKEN),
    ],
);

static LIST_TAGS_FOR_RESOURCE_REQUEST: Structure =
    structure("ListTagsForResourceRequest", &[required("resourceArn", &ARN)]);

static MAX_RESULTS: Shape = Shape::Integer(between(1, 1000));

static MEDIA_TYPE: Shape = text(UNLIMITED);

static MEDIA_TYPE_LIST: Shape = Shape::List(between(1, 100), &MEDIA_TYPE);

static NEXT_TOKEN: Shape = text(UNLIMITED);

static PART_SIZE: Shape = Shape::Long(at_least(0));

static PREFIX_PATTERN: Pattern = Pattern::new(
    r"^([a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*\/?|ROOT)$",
);
static PREFIX: Shape = matching(between(1, 256), &PREFIX_PATTERN);

static PREFIX_LIST: Shape = Shape::List(UNLIMITED, &PREFIX);

static PRINCIPAL_ARN_PATTERN: Pattern =
    Pattern::new(r"^arn:aws(-[a-z]+)*:iam::[0-9]{12}:(role|user)/[\w+=,.@-]+(/[\w+=,.@-]+)*$");
static PRINCIPAL_ARN: Shape = matching(at_most(200), &PRINCIPAL_ARN_PATTERN);

static PULL_THROUGH_CACHE_RULE_REPOSITORY_PREFIX_PATTERN: Pattern = Pattern::new(
    r"^([a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*\/?|ROOT)$",
);
static PULL_THROUGH_CACHE_RULE_REPOSITORY_PREFIX: Shape =
    matching(between(2, 30), &PULL_THROUGH_CACHE_RULE_REPOSITORY_PREFIX_PATTERN);

static PULL_THROUGH_CACHE_RULE_REPOSITORY_PREFIX_LIST: Shape =
    Shape::List(between(1, 100), &PULL_THROUGH_CACHE_RULE_REPOSITORY_PREFIX);

static PUT_ACCOUNT_SETTING_REQUEST: Structure = structure(
    "PutAccountSettingRequest",
    &[required("name", &ACCOUNT_SETTING_NAME), required("value", &ACCOUNT_SETTING_VALUE)],
);

static PUT_IMAGE_REQUEST: Structure = structure(
    "PutImageRequest",
    &[
        optional("registryId", &REGISTRY_ID),
        required("repositoryName", &REPOSITORY_NAME),
        required("imageManifest", &IMAGE_MANIFEST),
        optional("imageManifestMediaType", &MEDIA_TYPE),
        optional("imageTag", &IMAGE_TAG),
        optional("imageDigest", &IMAGE_DIGEST),
    ],
);

static PUT_IMAGE_SCANNING_CONFIGURATION_REQUEST: Structure = structure(
    "PutImageScanningConfigurationRequest",
    &[
        optional("registryId", &REGISTRY_ID),
        required("repositoryName", &REPOSITORY_NAME),
        required("imageScanningConfiguration", &Shape::Structure(&IMAGE_SCANNING_CONFIGURATION)),
    ],
);

static PUT_IMAGE_TAG_MUTABILITY_REQUEST: Structure = structure(
    "PutImageTagMutabilityRequest",
    &[
        optional("registryId", &REGISTRY_ID),
        required("repositoryName", &REPOSITORY_NAME),
        required("imageTagMutability", &IMAGE_TAG_MUTABILITY),
        optional("imageTagMutabilityExclusionFilters", &IMAGE_TAG_MUTABILITY_EXCLUSION_FILTERS),
    ],
);

static PUT_LIFECYCLE_POLICY_REQUEST: Structure = structure(
    "PutLifecyclePolicyRequest",
    &[
        optional("registryId", &REGISTRY_ID),
        required("repositoryName", &REPOSITORY_NAME),
        required("lifecyclePolicyText", &LIFECYCLE_POLICY_TEXT),
    ],
);

static PUT_REGISTRY_POLICY_REQUEST: Structure =
    structure("PutRegistryPolicyRequest", &[required("policyText", &REGISTRY_POLICY_TEXT)]);

static PUT_REGISTRY_SCANNING_CONFIGURATION_REQUEST: Structure = structure(
    "PutRegistryScanningConfigurationRequest",
    &[optional("scanType", &SCAN_TYPE), optional("rules", &REGISTRY_SCANNING_RULE_LIST)],
);

static PUT_REPLICATION_CONFIGURATION_REQUEST: Structure = structure(
    "PutReplicationConfigurationRequest",
    &[required("replicationConfiguration", &Shape::Structure(&REPLICATION_CONFIGURATION))],
);

static PUT_SIGNING_CONFIGURATION_REQUEST: Structure = structure(
    "PutSigningConfigurationRequest",
    &[required("signingConfiguration", &Shape::Structure(&SIGNING_CONFIGURATION))],
);

static RCT_APPLIED_FOR: Shape = one_of(RCTAppliedFor::TEXTS);

static RCT_APPLIED_FOR_LIST: Shape = Shape::List(UNLIMITED, &RCT_APPLIED_FOR);

static REGION_PATTERN: Pattern = Pattern::new("[0-9a-z-]{2,25}");
static REGION: Shape = matching(between(2, 25), &REGION_PATTERN);

static REGISTER_PULL_TIME_UPDATE_EXCLUSION_REQUEST: Structure = structure(
    "RegisterPullTimeUpdateExclusionRequest",
    &[required("principalArn", &PRINCIPAL_ARN)],
);

static REGISTRY_ID_PATTERN: Pattern = Pattern::new("[0-9]{12}");
static REGISTRY_ID: Shape = matching(UNLIMITED, &REGISTRY_ID_PATTERN);

static REGISTRY_POLICY_TEXT: Shape = text(between(0, 10_240));

static REGISTRY_SCANNING_RULE: Structure = structure(
    "RegistryScanningRule",
    &[
        required("scanFrequency", &SCAN_FREQUENCY),
        required("repositoryFilters", &SCANNING_REPOSITORY_FILTER_LIST),
    ],
);

static REGISTRY_SCANNING_RULE_LIST: Shape =
    Shape::List(between(0, 2), &Shape::Structure(&REGISTRY_SCANNING_RULE));

static REPLICATION_BACKFILL_ID_PATTERN: Pattern =
    Pattern::new("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
static REPLICATION_BACKFILL_ID: Shape = matching(UNLIMITED, &REPLICATION_BACKFILL_ID_PATTERN);

static REPLICATION_BACKFILL_RESULT_STATUS: Shape = one_of(ReplicationBackfillResultStatus::TEXTS);

static REPLICATION_CONFIGURATION: Structure =
    structure("ReplicationConfiguration", &[required("rules", &REPLICATION_RULE_LIST)]);

static REPLICATION_DESTINATION: Structure = structure(
    "ReplicationDestination",
    &[required("region", &REGION), required("registryId", &REGISTRY_ID)],
);

static REPLICATION_DESTINATION_LIST: Shape =
    Shape::List(between(0, 100), &Shape::Structure(&REPLICATION_DESTINATION));

static REPLICATION_RULE: Structure = structure(
    "ReplicationRule",
    &[
        required("destinations", &REPLICATION_DESTINATION_LIST),
        optional("repositoryFilters", &REPOSITORY_FILTER_LIST),
        optional("deleteReplication", &Shape::Structure(&DELETE_REPLICATION)),
    ],
);

static REPLICATION_RULE_LIST: Shape =
    Shape::List(between(0, 25), &Shape::Structure(&REPLICATION_RULE));

static REPOSITORY_FILTER: Structure = structure(
    "RepositoryFilter",
    &[
        required("filter", &REPOSITORY_FILTER_VALUE),
        required("filterType", &REPOSITORY_FILTER_TYPE),
    ],
);

static REPOSITORY_FILTER_LIST: Shape =
    Shape::List(between(1, 100), &Shape::Structure(&REPOSITORY_FILTER));

static REPOSITORY_FILTER_TYPE: Shape = one_of(RepositoryFilterType::TEXTS);

static REPOSITORY_FILTER_VALUE_PATTERN: Pattern =
    Pattern::new("^(?:[a-z0-9]+(?:[._-][a-z0-9]*)*/)*[a-z0-9]*(?:[._-][a-z0-9]*)*$");
static REPOSITORY_FILTER_VALUE: Shape = matching(between(2, 256), &REPOSITORY_FILTER_VALUE_PATTERN);

static REPOSITORY_NAME_PATTERN: Pattern =
    Pattern::new(r"[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*");
static REPOSITORY_NAME: Shape = matching(between(2, 256), &REPOSITORY_NAME_PATTERN);

static REPOSITORY_NAME_LIST: Shape = Shape::List(between(1, 100), &REPOSITORY_NAME);

static REPOSITORY_POLICY_TEXT: Shape = text(between(0, 10_240));

static REPOSITORY_TEMPLATE_DESCRIPTION: Shape = text(at_most(256));

static SCAN_FREQUENCY: Shape = one_of(ScanFrequency::TEXTS);

static SCAN_ON_PUSH_FLAG: Shape = Shape::Boolean;

static SCAN_TYPE: Shape = one_of(ScanType::TEXTS);

static SCANNING_CONFIGURATION_REPOSITORY_NAME_LIST: Shape =
    Shape::List(between(1, 25), &REPOSITORY_NAME);

static SCANNING_REPOSITORY_FILTER: Structure = structure(
    "ScanningRepositoryFilter",
    &[
        required("filter", &SCANNING_REPOSITORY_FILTER_VALUE),
        required("filterType", &SCANNING_REPOSITORY_FILTER_TYPE),
    ],
);

static SCANNING_REPOSITORY_FILTER_LIST: Shape =
    Shape::List(between(0, 100), &Shape::Structure(&SCANNING_REPOSITORY_FILTER));

static SCANNING_REPOSITORY_FILTER_TYPE: Shape = one_of(ScanningRepositoryFilterType::TEXTS);

static SCANNING_REPOSITORY_FILTER_VALUE_PATTERN: Pattern =
    Pattern::new(r"^[a-z0-9*](?:[._\-/a-z0-9*]?[a-z0-9*]+)*$");
static SCANNING_REPOSITORY_FILTER_VALUE: Shape =
    matching(between(1, 255), &SCANNING_REPOSITORY_FILTER_VALUE_PATTERN);

static SET_REPOSITORY_POLICY_REQUEST: Structure = structure(
    "SetRepositoryPolicyRequest",
    &[
        optional("registryId", &REGISTRY_ID),
        required("repositoryName", &REPOSITORY_NAME),
        required("policyText", &REPOSITORY_POLICY_TEXT),
        optional("force", &FORCE_FLAG),
    ],
);

static SIGNING_CONFIGURATION: Structure =
    structure("SigningConfiguration", &[required("rules", &SIGNING_RULE_LIST)]);

static SIGNING_PROFILE_ARN_PATTERN: Pattern = Pattern::new(
    r"^arn:aws(-[a-z]+)*:signer:[a-z0-9-]+:[0-9]{12}:\/signing-profiles\/[a-zA-Z0-9_]{2,}$",
);
static SIGNING_PROFILE_ARN: Shape = matching(at_most(200), &SIGNING_PROFILE_ARN_PATTERN);

static SIGNING_REPOSITORY_FILTER: Structure = structure(
    "SigningRepositoryFilter",
    &[
        required("filter", &SIGNING_REPOSITORY_FILTER_VALUE),
        required("filterType", &SIGNING_REPOSITORY_FILTER_TYPE),
    ],
);

static SIGNING_REPOSITORY_FILTER_LIST: Shape =
    Shape::List(between(1, 100), &Shape::Structure(&SIGNING_REPOSITORY_FILTER));

static SIGNING_REPOSITORY_FILTER_TYPE: Shape = one_of(SigningRepositoryFilterType::TEXTS);

static SIGNING_REPOSITORY_FILTER_VALUE_PATTERN: Pattern =
    Pattern::new("^(?:[a-z0-9*]+(?:[._-][a-z0-9*]+)*/)*[a-z0-9*]+(?:[._-][a-z0-9*]+)*$");
static SIGNING_REPOSITORY_FILTER_VALUE: Shape =
    matching(between(1, 256), &SIGNING_REPOSITORY_FILTER_VALUE_PATTERN);

static SIGNING_RULE: Structure = structure(
    "SigningRule",
    &[
        required("signingProfileArn", &SIGNING_PROFILE_ARN),
        optional("repositoryFilters", &SIGNING_REPOSITORY_FILTER_LIST),
    ],
);

static SIGNING_RULE_LIST: Shape = Shape::List(between(0, 10), &Shape::Structure(&SIGNING_RULE));

static START_IMAGE_SCAN_REQUEST: Structure = structure(
    "StartImageScanRequest",
    &[
        optional("registryId", &REGISTRY_ID),
        required("repositoryName", &REPOSITORY_NAME),
        required("imageId", &Shape::Structure(&IMAGE_IDENTIFIER)),
    ],
);

static START_LIFECYCLE_POLICY_PREVIEW_REQUEST: Structure = structure(
    "StartLifecyclePolicyPreviewRequest",
    &[
        optional("registryId", &REGISTRY_ID),
        required("repositoryName", &REPOSITORY_NAME),
        optional("lifecyclePolicyText", &LIFECYCLE_POLICY_TEXT),
    ],
);

static START_REPLICATION_BACKFILL_REQUEST: Structure = structure(
    "StartReplicationBackfillRequest",
    &[
        optional("registryId", &REGISTRY_ID),
        required("destination", &Shape::Structure(&REPLICATION_DESTINATION)),
    ],
);

static STOP_REPLICATION_BACKFILL_REQUEST: Structure = structure(
    "StopReplicationBackfillRequest",
    &[
        optional("registryId", &REGISTRY_ID),
        required("replicationBackfillId", &REPLICATION_BACKFILL_ID),
    ],
);

static SUBJECT_IDENTIFIER: Structure =
    structure("SubjectIdentifier", &[required("imageDigest", &IMAGE_DIGEST)]);

static TAG: Structure =
    structure("Tag", &[required("Key", &TAG_KEY), required("Value", &TAG_VALUE)]);

static TAG_KEY: Shape = text(UNLIMITED);

static TAG_KEY_LIST: Shape = Shape::List(UNLIMITED, &TAG_KEY);

static TAG_LIST: Shape = Shape::List(UNLIMITED, &Shape::Structure(&TAG));

static TAG_RESOURCE_REQUEST: Structure =
    structure("TagResourceRequest", &[required("resourceArn", &ARN), required("tags", &TAG_LIST)]);

static TAG_STATUS: Shape = one_of(TagStatus::TEXTS);

static TAG_VALUE: Shape = text(UNLIMITED);

static TARGET_STORAGE_CLASS: Shape = one_of(TargetStorageClass::TEXTS);

static UNTAG_RESOURCE_REQUEST: Structure = structure(
    "UntagResourceRequest",
    &[required("resourceArn", &ARN), required("tagKeys", &TAG_KEY_LIST)],
);

static UPDATE_IMAGE_STORAGE_CLASS_REQUEST: Structure = structure(
    "UpdateImageStorageClassRequest",
    &[
        optional("registryId", &REGISTRY_ID),
        required("repositoryName", &REPOSITORY_NAME),
        required("imageId", &Shape::Structure(&IMAGE_IDENTIFIER)),
        required("targetStorageClass", &TARGET_STORAGE_CLASS),
    ],
);

static UPDATE_PULL_THROUGH_CACHE_RULE_REQUEST: Structure = structure(
    "UpdatePullThroughCacheRuleRequest",
    &[
        optional("registryId", &REGISTRY_ID),
        required("ecrRepositoryPrefix", &PULL_THROUGH_CACHE_RULE_REPOSITORY_PREFIX),
        optional("credentialArn", &CREDENTIAL_ARN),
        optional("customRoleArn", &CUSTOM_ROLE_ARN),
    ],
);

static UPDATE_REPOSITORY_CREATION_TEMPLATE_REQUEST: Structure = structure(
    "UpdateRepositoryCreationTemplateRequest",
    &[
        required("prefix", &PREFIX),
        optional("description", &REPOSITORY_TEMPLATE_DESCRIPTION),
        optional(
            "encryptionConfiguration",
            &Shape::Structure(&ENCRYPTION_CONFIGURATION_FOR_REPOSITORY_CREATION_TEMPLATE),
        ),
        optional("resourceTags", &TAG_LIST),
        optional("imageTagMutability", &IMAGE_TAG_MUTABILITY),
        optional("imageTagMutabilityExclusionFilters", &IMAGE_TAG_MUTABILITY_EXCLUSION_FILTERS),
        optional("repositoryPolicy", &REPOSITORY_POLICY_TEXT),
        optional("lifecyclePolicy", &LIFECYCLE_POLICY_TEXT_FOR_REPOSITORY_CREATION_TEMPLATE),
        optional("appliedFor", &RCT_APPLIED_FOR_LIST),
        optional("customRoleArn", &CUSTOM_ROLE_ARN),
    ],
);

static UPLOAD_ID_PATTERN: Pattern =
    Pattern::new("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
static UPLOAD_ID: Shape = matching(UNLIMITED, &UPLOAD_ID_PATTERN);

static UPLOAD_LAYER_PART_REQUEST: Structure = structure(
    "UploadLayerPartRequest",
    &[
        optional("registryId", &REGISTRY_ID),
        required("repositoryName", &REPOSITORY_NAME),
        required("uploadId", &UPLOAD_ID),
        required("partFirstByte", &PART_SIZE),
        required("partLastByte", &PART_SIZE),
        required("layerPartBlob", &LAYER_PART_BLOB),
    ],
);

static UPSTREAM_REGISTRY: Shape = one_of(UpstreamRegistry::TEXTS);

static URL: Shape = text(UNLIMITED);

static VALIDATE_PULL_THROUGH_CACHE_RULE_REQUEST: Structure = structure(
    "ValidatePullThroughCacheRuleRequest",
    &[
        required("ecrRepositoryPrefix", &PULL_THROUGH_CACHE_RULE_REPOSITORY_PREFIX),
        optional("registryId", &REGISTRY_ID),
    ],
);
