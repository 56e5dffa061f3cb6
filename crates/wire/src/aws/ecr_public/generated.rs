// Written by `cargo xtask codegen` from `models/ecr-public/2020-10-30`. Do not edit.

use serde::{Deserialize, Serialize};

use crate::aws::exception::{declared, exceptions};
use crate::aws::operation::{OperationSpec, Pagination, Protocol, ServiceSpec, operations};
use crate::aws::schema::{
    Input, Pattern, Shape, Structure, UNLIMITED, at_least, at_most, between, matching, optional,
    required, structure, text,
};
use crate::aws::words::words;

/// What the model says about the service.
pub static SERVICE: ServiceSpec = ServiceSpec {
    signing_name: "ecr-public",
    protocol: Protocol::Json { target_prefix: "SpencerFrontendService" },
};

operations! {
    BatchCheckLayerAvailability,
    BatchDeleteImage,
    CompleteLayerUpload,
    CreateRepository,
    DeleteRepository,
    DeleteRepositoryPolicy,
    DescribeImageTags,
    DescribeImages,
    DescribeRegistries,
    DescribeRepositories,
    GetAuthorizationToken,
    GetRegistryCatalogData,
    GetRepositoryCatalogData,
    GetRepositoryPolicy,
    InitiateLayerUpload,
    ListTagsForResource,
    PutImage,
    PutRegistryCatalogData,
    PutRepositoryCatalogData,
    SetRepositoryPolicy,
    TagResource,
    UntagResource,
    UploadLayerPart,
}

#[rustfmt::skip]
static SPECS: [OperationSpec; 23] = [
    OperationSpec {
        name: "BatchCheckLayerAvailability", action: "ecr-public:BatchCheckLayerAvailability",
        input: &BATCH_CHECK_LAYER_AVAILABILITY_REQUEST, result: None, pagination: None,
        errors: declared![
            RepositoryNotFound InvalidParameter Server RegistryNotFound UnsupportedCommand
        ],
    },
    OperationSpec {
        name: "BatchDeleteImage", action: "ecr-public:BatchDeleteImage",
        input: &BATCH_DELETE_IMAGE_REQUEST, result: None, pagination: None,
        errors: declared![
            Server InvalidParameter RepositoryNotFound UnsupportedCommand
        ],
    },
    OperationSpec {
        name: "CompleteLayerUpload", action: "ecr-public:CompleteLayerUpload",
        input: &COMPLETE_LAYER_UPLOAD_REQUEST, result: None, pagination: None,
        errors: declared![
            Server InvalidParameter RepositoryNotFound UploadNotFound InvalidLayer LayerPartTooSmall
            LayerAlreadyExists EmptyUpload RegistryNotFound UnsupportedCommand
        ],
    },
    OperationSpec {
        name: "CreateRepository", action: "ecr-public:CreateRepository",
        input: &CREATE_REPOSITORY_REQUEST, result: None, pagination: None,
        errors: declared![
            Server InvalidParameter InvalidTagParameter TooManyTags RepositoryAlreadyExists
            LimitExceeded UnsupportedCommand
        ],
    },
    OperationSpec {
        name: "DeleteRepository", action: "ecr-public:DeleteRepository",
        input: &DELETE_REPOSITORY_REQUEST, result: None, pagination: None,
        errors: declared![
            Server InvalidParameter RepositoryNotFound RepositoryNotEmpty UnsupportedCommand
        ],
    },
    OperationSpec {
        name: "DeleteRepositoryPolicy", action: "ecr-public:DeleteRepositoryPolicy",
        input: &DELETE_REPOSITORY_POLICY_REQUEST, result: None, pagination: None,
        errors: declared![
            Server InvalidParameter RepositoryNotFound RepositoryPolicyNotFound UnsupportedCommand
        ],
    },
    OperationSpec {
        name: "DescribeImageTags", action: "ecr-public:DescribeImageTags",
        input: &DESCRIBE_IMAGE_TAGS_REQUEST, result: None, pagination: Some(Pagination {
            input_token: "nextToken", output_token: "nextToken", limit_key: "maxResults",
            result_keys: &["imageTagDetails"],
        }),
        errors: declared![
            Server InvalidParameter RepositoryNotFound UnsupportedCommand
        ],
    },
    OperationSpec {
        name: "DescribeImages", action: "ecr-public:DescribeImages",
        input: &DESCRIBE_IMAGES_REQUEST, result: None, pagination: Some(Pagination {
            input_token: "nextToken", output_token: "nextToken", limit_key: "maxResults",
            result_keys: &["imageDetails"],
        }),
        errors: declared![
            Server InvalidParameter RepositoryNotFound ImageNotFound UnsupportedCommand
        ],
    },
    OperationSpec {
        name: "DescribeRegistries", action: "ecr-public:DescribeRegistries",
        input: &DESCRIBE_REGISTRIES_REQUEST, result: None, pagination: Some(Pagination {
            input_token: "nextToken", output_token: "nextToken", limit_key: "maxResults",
            result_keys: &["registries"],
        }),
        errors: declared![
            InvalidParameter UnsupportedCommand Server
        ],
    },
    OperationSpec {
        name: "DescribeRepositories", action: "ecr-public:DescribeRepositories",
        input: &DESCRIBE_REPOSITORIES_REQUEST, result: None, pagination: Some(Pagination {
            input_token: "nextToken", output_token: "nextToken", limit_key: "maxResults",
            result_keys: &["repositories"],
        }),
        errors: declared![
            Server InvalidParameter RepositoryNotFound UnsupportedCommand
        ],
    },
    OperationSpec {
        name: "GetAuthorizationToken", action: "ecr-public:GetAuthorizationToken",
        input: &GET_AUTHORIZATION_TOKEN_REQUEST, result: None, pagination: None,
        errors: declared![
            Server InvalidParameter UnsupportedCommand
        ],
    },
    OperationSpec {
        name: "GetRegistryCatalogData", action: "ecr-public:GetRegistryCatalogData",
        input: &GET_REGISTRY_CATALOG_DATA_REQUEST, result: None, pagination: None,
        errors: declared![
            Server UnsupportedCommand
        ],
    },
    OperationSpec {
        name: "GetRepositoryCatalogData", action: "ecr-public:GetRepositoryCatalogData",
        input: &GET_REPOSITORY_CATALOG_DATA_REQUEST, result: None, pagination: None,
        errors: declared![
            Server InvalidParameter RepositoryCatalogDataNotFound RepositoryNotFound
            UnsupportedCommand
        ],
    },
    OperationSpec {
        name: "GetRepositoryPolicy", action: "ecr-public:GetRepositoryPolicy",
        input: &GET_REPOSITORY_POLICY_REQUEST, result: None, pagination: None,
        errors: declared![
            Server InvalidParameter RepositoryNotFound RepositoryPolicyNotFound UnsupportedCommand
        ],
    },
    OperationSpec {
        name: "InitiateLayerUpload", action: "ecr-public:InitiateLayerUpload",
        input: &INITIATE_LAYER_UPLOAD_REQUEST, result: None, pagination: None,
        errors: declared![
            Server InvalidParameter RepositoryNotFound RegistryNotFound UnsupportedCommand
        ],
    },
    OperationSpec {
        name: "ListTagsForResource", action: "ecr-public:ListTagsForResource",
        input: &LIST_TAGS_FOR_RESOURCE_REQUEST, result: None, pagination: None,
        errors: declared![
            InvalidParameter RepositoryNotFound UnsupportedCommand Server
        ],
    },
    OperationSpec {
        name: "PutImage", action: "ecr-public:PutImage",
        input: &PUT_IMAGE_REQUEST, result: None, pagination: None,
        errors: declared![
            Server InvalidParameter RepositoryNotFound ImageAlreadyExists LayersNotFound
            ReferencedImagesNotFound LimitExceeded ImageTagAlreadyExists ImageDigestDoesNotMatch
            RegistryNotFound UnsupportedCommand
        ],
    },
    OperationSpec {
        name: "PutRegistryCatalogData", action: "ecr-public:PutRegistryCatalogData",
        input: &PUT_REGISTRY_CATALOG_DATA_REQUEST, result: None, pagination: None,
        errors: declared![
            Server InvalidParameter UnsupportedCommand
        ],
    },
    OperationSpec {
        name: "PutRepositoryCatalogData", action: "ecr-public:PutRepositoryCatalogData",
        input: &PUT_REPOSITORY_CATALOG_DATA_REQUEST, result: None, pagination: None,
        errors: declared![
            Server InvalidParameter RepositoryNotFound UnsupportedCommand
        ],
    },
    OperationSpec {
        name: "SetRepositoryPolicy", action: "ecr-public:SetRepositoryPolicy",
        input: &SET_REPOSITORY_POLICY_REQUEST, result: None, pagination: None,
        errors: declared![
            Server InvalidParameter RepositoryNotFound UnsupportedCommand
        ],
    },
    OperationSpec {
        name: "TagResource", action: "ecr-public:TagResource",
        input: &TAG_RESOURCE_REQUEST, result: None, pagination: None,
        errors: declared![
            InvalidParameter InvalidTagParameter TooManyTags RepositoryNotFound UnsupportedCommand
            Server
        ],
    },
    OperationSpec {
        name: "UntagResource", action: "ecr-public:UntagResource",
        input: &UNTAG_RESOURCE_REQUEST, result: None, pagination: None,
        errors: declared![
            InvalidParameter InvalidTagParameter TooManyTags RepositoryNotFound UnsupportedCommand
            Server
        ],
    },
    OperationSpec {
        name: "UploadLayerPart", action: "ecr-public:UploadLayerPart",
        input: &UPLOAD_LAYER_PART_REQUEST, result: None, pagination: None,
        errors: declared![
            Server InvalidParameter InvalidLayerPart RepositoryNotFound UploadNotFound LimitExceeded
            RegistryNotFound UnsupportedCommand
        ],
    },
];

exceptions! {
    /// The errors that the model declares.
    Exception {
        EmptyUpload = "EmptyUploadException", 400;
        ImageAlreadyExists = "ImageAlreadyExistsException", 400;
        ImageDigestDoesNotMatch = "ImageDigestDoesNotMatchException", 400;
        ImageNotFound = "ImageNotFoundException", 400;
        ImageTagAlreadyExists = "ImageTagAlreadyExistsException", 400;
        InvalidLayer = "InvalidLayerException", 400;
        InvalidLayerPart = "InvalidLayerPartException", 400;
        InvalidParameter = "InvalidParameterException", 400;
        InvalidTagParameter = "InvalidTagParameterException", 400;
        LayerAlreadyExists = "LayerAlreadyExistsException", 400;
        LayerPartTooSmall = "LayerPartTooSmallException", 400;
        LayersNotFound = "LayersNotFoundException", 400;
        LimitExceeded = "LimitExceededException", 400;
        ReferencedImagesNotFound = "ReferencedImagesNotFoundException", 400;
        RegistryNotFound = "RegistryNotFoundException", 400;
        RepositoryAlreadyExists = "RepositoryAlreadyExistsException", 400;
        RepositoryCatalogDataNotFound = "RepositoryCatalogDataNotFoundException", 400;
        RepositoryNotEmpty = "RepositoryNotEmptyException", 400;
        RepositoryNotFound = "RepositoryNotFoundException", 400;
        RepositoryPolicyNotFound = "RepositoryPolicyNotFoundException", 400;
        Server = "ServerException", 500;
        TooManyTags = "TooManyTagsException", 400;
        UnsupportedCommand = "UnsupportedCommandException", 400;
        UploadNotFound = "UploadNotFoundException", 400;
    }
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
}

impl std::fmt::Debug for AuthorizationData {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("AuthorizationData").finish_non_exhaustive()
    }
}

/// Input of `BatchCheckLayerAvailability`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BatchCheckLayerAvailabilityRequest {
    /// `registryId`: 2 to 50 characters.
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 205 characters.
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
    /// `registryId`: 2 to 50 characters.
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 205 characters.
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

/// Input of `CompleteLayerUpload`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CompleteLayerUploadRequest {
    /// `registryId`: 2 to 50 characters.
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 205 characters.
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
    /// `repositoryName`: 2 to 205 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository_name: Option<String>,
    /// `uploadId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upload_id: Option<String>,
    /// `layerDigest`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layer_digest: Option<String>,
}

/// Input of `CreateRepository`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateRepositoryRequest {
    /// `repositoryName`: 2 to 205 characters.
    pub repository_name: String,
    /// `catalogData`.
    pub catalog_data: Option<RepositoryCatalogDataInput>,
    /// `tags`: at most 200 elements.
    pub tags: Option<Vec<Tag>>,
}

impl Input for CreateRepositoryRequest {
    fn schema() -> &'static Structure {
        &CREATE_REPOSITORY_REQUEST
    }
}

/// Output of `CreateRepository`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateRepositoryResponse {
    /// `repository`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository: Option<Repository>,
    /// `catalogData`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub catalog_data: Option<RepositoryCatalogData>,
}

/// Input of `DeleteRepositoryPolicy`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DeleteRepositoryPolicyRequest {
    /// `registryId`.
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 205 characters.
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
    /// `repositoryName`: 2 to 205 characters.
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
    /// `repositoryName`: 2 to 205 characters.
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

/// Input of `DescribeImageTags`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DescribeImageTagsRequest {
    /// `registryId`.
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 205 characters.
    pub repository_name: String,
    /// `nextToken`.
    pub next_token: Option<String>,
    /// `maxResults`: 1 to 1000.
    pub max_results: Option<i64>,
}

impl Input for DescribeImageTagsRequest {
    fn schema() -> &'static Structure {
        &DESCRIBE_IMAGE_TAGS_REQUEST
    }
}

/// Output of `DescribeImageTags`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DescribeImageTagsResponse {
    /// `imageTagDetails`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_tag_details: Option<Vec<ImageTagDetail>>,
    /// `nextToken`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// Input of `DescribeImages`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DescribeImagesRequest {
    /// `registryId`.
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 205 characters.
    pub repository_name: String,
    /// `imageIds`: 1 to 100 elements.
    pub image_ids: Option<Vec<ImageIdentifier>>,
    /// `nextToken`.
    pub next_token: Option<String>,
    /// `maxResults`: 1 to 1000.
    pub max_results: Option<i64>,
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

/// Input of `DescribeRegistries`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DescribeRegistriesRequest {
    /// `nextToken`.
    pub next_token: Option<String>,
    /// `maxResults`: 1 to 1000.
    pub max_results: Option<i64>,
}

impl Input for DescribeRegistriesRequest {
    fn schema() -> &'static Structure {
        &DESCRIBE_REGISTRIES_REQUEST
    }
}

/// Output of `DescribeRegistries`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DescribeRegistriesResponse {
    /// `registries`.
    pub registries: Vec<Registry>,
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

/// Input of `GetAuthorizationToken`.
#[derive(Debug, Default, Deserialize)]
pub struct GetAuthorizationTokenRequest {}

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
    pub authorization_data: Option<AuthorizationData>,
}

/// Input of `GetRegistryCatalogData`.
#[derive(Debug, Default, Deserialize)]
pub struct GetRegistryCatalogDataRequest {}

impl Input for GetRegistryCatalogDataRequest {
    fn schema() -> &'static Structure {
        &GET_REGISTRY_CATALOG_DATA_REQUEST
    }
}

/// Output of `GetRegistryCatalogData`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GetRegistryCatalogDataResponse {
    /// `registryCatalogData`.
    pub registry_catalog_data: RegistryCatalogData,
}

/// Input of `GetRepositoryCatalogData`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GetRepositoryCatalogDataRequest {
    /// `registryId`.
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 205 characters.
    pub repository_name: String,
}

impl Input for GetRepositoryCatalogDataRequest {
    fn schema() -> &'static Structure {
        &GET_REPOSITORY_CATALOG_DATA_REQUEST
    }
}

/// Output of `GetRepositoryCatalogData`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GetRepositoryCatalogDataResponse {
    /// `catalogData`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub catalog_data: Option<RepositoryCatalogData>,
}

/// Input of `GetRepositoryPolicy`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GetRepositoryPolicyRequest {
    /// `registryId`.
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 205 characters.
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
    /// `repositoryName`: 2 to 205 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository_name: Option<String>,
    /// `policyText`: at most 10240 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy_text: Option<String>,
}

/// `Image`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Image {
    /// `registryId`: 2 to 50 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 205 characters.
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

/// `ImageDetail`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ImageDetail {
    /// `registryId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 205 characters.
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
    /// `imageManifestMediaType`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_manifest_media_type: Option<String>,
    /// `artifactMediaType`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub artifact_media_type: Option<String>,
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

/// `ImageTagDetail`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ImageTagDetail {
    /// `imageTag`: 1 to 300 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_tag: Option<String>,
    /// `createdAt`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<f64>,
    /// `imageDetail`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_detail: Option<ReferencedImageDetail>,
}

/// Input of `InitiateLayerUpload`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InitiateLayerUploadRequest {
    /// `registryId`: 2 to 50 characters.
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 205 characters.
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
    /// `repositoryName`: 2 to 205 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository_name: Option<String>,
    /// `uploadId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upload_id: Option<String>,
    /// `lastValidByteReceived`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_valid_byte_received: Option<i64>,
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

/// Input of `ListTagsForResource`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListTagsForResourceRequest {
    /// `resourceArn`: 1 to 2048 characters.
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
    /// `tags`: at most 200 elements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag>>,
}

/// Input of `PutImage`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PutImageRequest {
    /// `registryId`: 2 to 50 characters.
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 205 characters.
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

/// Input of `PutRegistryCatalogData`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PutRegistryCatalogDataRequest {
    /// `displayName`: at most 100 characters.
    pub display_name: Option<String>,
}

impl Input for PutRegistryCatalogDataRequest {
    fn schema() -> &'static Structure {
        &PUT_REGISTRY_CATALOG_DATA_REQUEST
    }
}

/// Output of `PutRegistryCatalogData`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PutRegistryCatalogDataResponse {
    /// `registryCatalogData`.
    pub registry_catalog_data: RegistryCatalogData,
}

/// Input of `PutRepositoryCatalogData`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PutRepositoryCatalogDataRequest {
    /// `registryId`.
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 205 characters.
    pub repository_name: String,
    /// `catalogData`.
    pub catalog_data: RepositoryCatalogDataInput,
}

impl Input for PutRepositoryCatalogDataRequest {
    fn schema() -> &'static Structure {
        &PUT_REPOSITORY_CATALOG_DATA_REQUEST
    }
}

/// Output of `PutRepositoryCatalogData`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PutRepositoryCatalogDataResponse {
    /// `catalogData`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub catalog_data: Option<RepositoryCatalogData>,
}

/// `ReferencedImageDetail`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReferencedImageDetail {
    /// `imageDigest`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_digest: Option<String>,
    /// `imageSizeInBytes`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_size_in_bytes: Option<i64>,
    /// `imagePushedAt`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_pushed_at: Option<f64>,
    /// `imageManifestMediaType`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_manifest_media_type: Option<String>,
    /// `artifactMediaType`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub artifact_media_type: Option<String>,
}

/// `Registry`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Registry {
    /// `registryId`.
    pub registry_id: String,
    /// `registryArn`: 1 to 2048 characters.
    pub registry_arn: String,
    /// `registryUri`.
    pub registry_uri: String,
    /// `verified`.
    pub verified: bool,
    /// `aliases`.
    pub aliases: Vec<RegistryAlias>,
}

/// `RegistryAlias`, part of outputs.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RegistryAlias {
    /// `name`: 2 to 50 characters.
    pub name: String,
    /// `status`.
    pub status: RegistryAliasStatus,
    /// `primaryRegistryAlias`.
    pub primary_registry_alias: bool,
    /// `defaultRegistryAlias`.
    pub default_registry_alias: bool,
}

words! {
    /// The words of `RegistryAliasStatus`.
    RegistryAliasStatus {
        Active = "ACTIVE",
        Pending = "PENDING",
        Rejected = "REJECTED",
    }
}

/// `RegistryCatalogData`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RegistryCatalogData {
    /// `displayName`: at most 100 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
}

/// `Repository`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Repository {
    /// `repositoryArn`: 1 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository_arn: Option<String>,
    /// `registryId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 205 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository_name: Option<String>,
    /// `repositoryUri`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository_uri: Option<String>,
    /// `createdAt`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<f64>,
}

/// `RepositoryCatalogData`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RepositoryCatalogData {
    /// `description`: at most 1024 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// `architectures`: at most 50 elements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub architectures: Option<Vec<String>>,
    /// `operatingSystems`: at most 50 elements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operating_systems: Option<Vec<String>>,
    /// `logoUrl`: at most 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logo_url: Option<String>,
    /// `aboutText`: at most 25600 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about_text: Option<String>,
    /// `usageText`: at most 25600 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usage_text: Option<String>,
    /// `marketplaceCertified`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marketplace_certified: Option<bool>,
}

/// `RepositoryCatalogDataInput`, part of inputs.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RepositoryCatalogDataInput {
    /// `description`: at most 1024 characters.
    pub description: Option<String>,
    /// `architectures`: at most 50 elements.
    pub architectures: Option<Vec<String>>,
    /// `operatingSystems`: at most 50 elements.
    pub operating_systems: Option<Vec<String>>,
    /// `logoImageBlob`: at most 512000 bytes.
    #[serde(deserialize_with = "crate::aws::blob::deserialize_optional", default)]
    pub logo_image_blob: Option<Vec<u8>>,
    /// `aboutText`: at most 25600 characters.
    pub about_text: Option<String>,
    /// `usageText`: at most 25600 characters.
    pub usage_text: Option<String>,
}

/// Input of `SetRepositoryPolicy`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SetRepositoryPolicyRequest {
    /// `registryId`.
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 205 characters.
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
    /// `repositoryName`: 2 to 205 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository_name: Option<String>,
    /// `policyText`: at most 10240 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy_text: Option<String>,
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
#[serde(rename_all = "camelCase")]
pub struct TagResourceRequest {
    /// `resourceArn`: 1 to 2048 characters.
    pub resource_arn: String,
    /// `tags`: at most 200 elements.
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

/// Input of `UntagResource`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UntagResourceRequest {
    /// `resourceArn`: 1 to 2048 characters.
    pub resource_arn: String,
    /// `tagKeys`: at most 200 elements.
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

/// Input of `UploadLayerPart`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UploadLayerPartRequest {
    /// `registryId`: 2 to 50 characters.
    pub registry_id: Option<String>,
    /// `repositoryName`: 2 to 205 characters.
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
    /// `repositoryName`: 2 to 205 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository_name: Option<String>,
    /// `uploadId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upload_id: Option<String>,
    /// `lastByteReceived`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_byte_received: Option<i64>,
}

static ABOUT_TEXT: Shape = text(at_most(25_600));

static ARCHITECTURE: Shape = text(between(1, 50));

static ARCHITECTURE_LIST: Shape = Shape::List(at_most(50), &ARCHITECTURE);

static ARN: Shape = text(between(1, 2048));

static BATCH_CHECK_LAYER_AVAILABILITY_REQUEST: Structure = structure(
    "BatchCheckLayerAvailabilityRequest",
    &[
        optional("registryId", &REGISTRY_ID_OR_ALIAS),
        required("repositoryName", &REPOSITORY_NAME),
        required("layerDigests", &BATCHED_OPERATION_LAYER_DIGEST_LIST),
    ],
);

static BATCH_DELETE_IMAGE_REQUEST: Structure = structure(
    "BatchDeleteImageRequest",
    &[
        optional("registryId", &REGISTRY_ID_OR_ALIAS),
        required("repositoryName", &REPOSITORY_NAME),
        required("imageIds", &IMAGE_IDENTIFIER_LIST),
    ],
);

static BATCHED_OPERATION_LAYER_DIGEST: Shape = text(between(0, 1000));

static BATCHED_OPERATION_LAYER_DIGEST_LIST: Shape =
    Shape::List(between(1, 100), &BATCHED_OPERATION_LAYER_DIGEST);

static COMPLETE_LAYER_UPLOAD_REQUEST: Structure = structure(
    "CompleteLayerUploadRequest",
    &[
        optional("registryId", &REGISTRY_ID_OR_ALIAS),
        required("repositoryName", &REPOSITORY_NAME),
        required("uploadId", &UPLOAD_ID),
        required("layerDigests", &LAYER_DIGEST_LIST),
    ],
);

static CREATE_REPOSITORY_REQUEST: Structure = structure(
    "CreateRepositoryRequest",
    &[
        required("repositoryName", &REPOSITORY_NAME),
        optional("catalogData", &Shape::Structure(&REPOSITORY_CATALOG_DATA_INPUT)),
        optional("tags", &TAG_LIST),
    ],
);

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

static DESCRIBE_IMAGE_TAGS_REQUEST: Structure = structure(
    "DescribeImageTagsRequest",
    &[
        optional("registryId", &REGISTRY_ID),
        required("repositoryName", &REPOSITORY_NAME),
        optional("nextToken", &NEXT_TOKEN),
        optional("maxResults", &MAX_RESULTS),
    ],
);

static DESCRIBE_IMAGES_REQUEST: Structure = structure(
    "DescribeImagesRequest",
    &[
        optional("registryId", &REGISTRY_ID),
        required("repositoryName", &REPOSITORY_NAME),
        optional("imageIds", &IMAGE_IDENTIFIER_LIST),
        optional("nextToken", &NEXT_TOKEN),
        optional("maxResults", &MAX_RESULTS),
    ],
);

static DESCRIBE_REGISTRIES_REQUEST: Structure = structure(
    "DescribeRegistriesRequest",
    &[optional("nextToken", &NEXT_TOKEN), optional("maxResults", &MAX_RESULTS)],
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

static FORCE_FLAG: Shape = Shape::Boolean;

static GET_AUTHORIZATION_TOKEN_REQUEST: Structure = structure("GetAuthorizationTokenRequest", &[]);

static GET_REGISTRY_CATALOG_DATA_REQUEST: Structure =
    structure("GetRegistryCatalogDataRequest", &[]);

static GET_REPOSITORY_CATALOG_DATA_REQUEST: Structure = structure(
    "GetRepositoryCatalogDataRequest",
    &[optional("registryId", &REGISTRY_ID), required("repositoryName", &REPOSITORY_NAME)],
);

static GET_REPOSITORY_POLICY_REQUEST: Structure = structure(
    "GetRepositoryPolicyRequest",
    &[optional("registryId", &REGISTRY_ID), required("repositoryName", &REPOSITORY_NAME)],
);

static IMAGE_DIGEST: Shape = text(UNLIMITED);

static IMAGE_IDENTIFIER: Structure = structure(
    "ImageIdentifier",
    &[optional("imageDigest", &IMAGE_DIGEST), optional("imageTag", &IMAGE_TAG)],
);

static IMAGE_IDENTIFIER_LIST: Shape =
    Shape::List(between(1, 100), &Shape::Structure(&IMAGE_IDENTIFIER));

static IMAGE_MANIFEST: Shape = text(between(1, 4_194_304));

static IMAGE_TAG: Shape = text(between(1, 300));

static INITIATE_LAYER_UPLOAD_REQUEST: Structure = structure(
    "InitiateLayerUploadRequest",
    &[optional("registryId", &REGISTRY_ID_OR_ALIAS), required("repositoryName", &REPOSITORY_NAME)],
);

static LAYER_DIGEST_PATTERN: Pattern = Pattern::new("[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+");
static LAYER_DIGEST: Shape = matching(UNLIMITED, &LAYER_DIGEST_PATTERN);

static LAYER_DIGEST_LIST: Shape = Shape::List(between(1, 100), &LAYER_DIGEST);

static LAYER_PART_BLOB: Shape = Shape::Blob(between(0, 20_971_520));

static LIST_TAGS_FOR_RESOURCE_REQUEST: Structure =
    structure("ListTagsForResourceRequest", &[required("resourceArn", &ARN)]);

static LOGO_IMAGE_BLOB: Shape = Shape::Blob(between(0, 512_000));

static MAX_RESULTS: Shape = Shape::Integer(between(1, 1000));

static MEDIA_TYPE: Shape = text(UNLIMITED);

static NEXT_TOKEN: Shape = text(UNLIMITED);

static OPERATING_SYSTEM: Shape = text(between(1, 50));

static OPERATING_SYSTEM_LIST: Shape = Shape::List(at_most(50), &OPERATING_SYSTEM);

static PART_SIZE: Shape = Shape::Long(at_least(0));

static PUT_IMAGE_REQUEST: Structure = structure(
    "PutImageRequest",
    &[
        optional("registryId", &REGISTRY_ID_OR_ALIAS),
        required("repositoryName", &REPOSITORY_NAME),
        required("imageManifest", &IMAGE_MANIFEST),
        optional("imageManifestMediaType", &MEDIA_TYPE),
        optional("imageTag", &IMAGE_TAG),
        optional("imageDigest", &IMAGE_DIGEST),
    ],
);

static PUT_REGISTRY_CATALOG_DATA_REQUEST: Structure =
    structure("PutRegistryCatalogDataRequest", &[optional("displayName", &REGISTRY_DISPLAY_NAME)]);

static PUT_REPOSITORY_CATALOG_DATA_REQUEST: Structure = structure(
    "PutRepositoryCatalogDataRequest",
    &[
        optional("registryId", &REGISTRY_ID),
        required("repositoryName", &REPOSITORY_NAME),
        required("catalogData", &Shape::Structure(&REPOSITORY_CATALOG_DATA_INPUT)),
    ],
);

static REGISTRY_DISPLAY_NAME: Shape = text(between(0, 100));

static REGISTRY_ID_PATTERN: Pattern = Pattern::new("[0-9]{12}");
static REGISTRY_ID: Shape = matching(UNLIMITED, &REGISTRY_ID_PATTERN);

static REGISTRY_ID_OR_ALIAS: Shape = text(between(2, 50));

static REPOSITORY_CATALOG_DATA_INPUT: Structure = structure(
    "RepositoryCatalogDataInput",
    &[
        optional("description", &REPOSITORY_DESCRIPTION),
        optional("architectures", &ARCHITECTURE_LIST),
        optional("operatingSystems", &OPERATING_SYSTEM_LIST),
        optional("logoImageBlob", &LOGO_IMAGE_BLOB),
        optional("aboutText", &ABOUT_TEXT),
        optional("usageText", &USAGE_TEXT),
    ],
);

static REPOSITORY_DESCRIPTION: Shape = text(at_most(1024));

static REPOSITORY_NAME_PATTERN: Pattern =
    Pattern::new("(?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*[a-z0-9]+(?:[._-][a-z0-9]+)*");
static REPOSITORY_NAME: Shape = matching(between(2, 205), &REPOSITORY_NAME_PATTERN);

static REPOSITORY_NAME_LIST: Shape = Shape::List(between(1, 100), &REPOSITORY_NAME);

static REPOSITORY_POLICY_TEXT: Shape = text(between(0, 10_240));

static SET_REPOSITORY_POLICY_REQUEST: Structure = structure(
    "SetRepositoryPolicyRequest",
    &[
        optional("registryId", &REGISTRY_ID),
        required("repositoryName", &REPOSITORY_NAME),
        required("policyText", &REPOSITORY_POLICY_TEXT),
        optional("force", &FORCE_FLAG),
    ],
);

static TAG: Structure =
    structure("Tag", &[optional("Key", &TAG_KEY), optional("Value", &TAG_VALUE)]);

static TAG_KEY: Shape = text(between(1, 128));

static TAG_KEY_LIST: Shape = Shape::List(between(0, 200), &TAG_KEY);

static TAG_LIST: Shape = Shape::List(between(0, 200), &Shape::Structure(&TAG));

static TAG_RESOURCE_REQUEST: Structure =
    structure("TagResourceRequest", &[required("resourceArn", &ARN), required("tags", &TAG_LIST)]);

static TAG_VALUE: Shape = text(between(0, 256));

static UNTAG_RESOURCE_REQUEST: Structure = structure(
    "UntagResourceRequest",
    &[required("resourceArn", &ARN), required("tagKeys", &TAG_KEY_LIST)],
);

static UPLOAD_ID_PATTERN: Pattern =
    Pattern::new("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
static UPLOAD_ID: Shape = matching(UNLIMITED, &UPLOAD_ID_PATTERN);

static UPLOAD_LAYER_PART_REQUEST: Structure = structure(
    "UploadLayerPartRequest",
    &[
        optional("registryId", &REGISTRY_ID_OR_ALIAS),
        required("repositoryName", &REPOSITORY_NAME),
        required("uploadId", &UPLOAD_ID),
        required("partFirstByte", &PART_SIZE),
        required("partLastByte", &PART_SIZE),
        required("layerPartBlob", &LAYER_PART_BLOB),
    ],
);

static USAGE_TEXT: Shape = text(at_most(25_600));
