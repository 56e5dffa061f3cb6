// Written by `cargo xtask codegen` from `models/longshore/2026-11-21`. Do not edit.

use serde::{Deserialize, Serialize};

use crate::aws::exception::{declared, exceptions};
use crate::aws::operation::{OperationSpec, Pagination, Protocol, ServiceSpec, operations};
use crate::aws::schema::{
    Input, Pattern, Shape, Structure, UNLIMITED, at_most, between, matching, one_of, optional,
    required, structure, text,
};
use crate::aws::words::words;

/// What the model says about the service.
pub static SERVICE: ServiceSpec = ServiceSpec {
    signing_name: "longshore",
    protocol: Protocol::Json { target_prefix: "Longshore_20261121" },
};

operations! {
    CloseAccount,
    CreateAccount,
    DeletePullGate,
    DescribeKeyring,
    DescribeRekey,
    ExplainAccess,
    ExplainDecision,
    ExplainPull,
    ExplainRetention,
    ExplainVulnerability,
    GetImageSbom,
    GetPullGate,
    ImportAdvisories,
    ListAccounts,
    ListAdvisorySources,
    ListDeadLetters,
    ListDeletedImages,
    ListEvents,
    ListJobs,
    ListTagHistory,
    PutPullGate,
    RedriveDeadLetters,
    RekeyRepository,
    RemoveRootKey,
    ReplayEvents,
    RestoreImage,
    RetryJob,
    RollBackTag,
    RotateRootKey,
}

#[rustfmt::skip]
static SPECS: [OperationSpec; 29] = [
    OperationSpec {
        name: "CloseAccount", action: "longshore:CloseAccount",
        input: &CLOSE_ACCOUNT_REQUEST, result: None, pagination: None,
        errors: declared![
            InvalidParameter Server AccountNotFound AccountNotEmpty
        ],
    },
    OperationSpec {
        name: "CreateAccount", action: "longshore:CreateAccount",
        input: &CREATE_ACCOUNT_REQUEST, result: None, pagination: None,
        errors: declared![
            InvalidParameter Server AccountAlreadyExists
        ],
    },
    OperationSpec {
        name: "DeletePullGate", action: "longshore:DeletePullGate",
        input: &DELETE_PULL_GATE_REQUEST, result: None, pagination: None,
        errors: declared![
            InvalidParameter Server
        ],
    },
    OperationSpec {
        name: "DescribeKeyring", action: "longshore:DescribeKeyring",
        input: &DESCRIBE_KEYRING_REQUEST, result: None, pagination: None,
        errors: declared![
            InvalidParameter Server
        ],
    },
    OperationSpec {
        name: "DescribeRekey", action: "ecr:DescribeRepositories",
        input: &DESCRIBE_REKEY_REQUEST, result: None, pagination: None,
        errors: declared![
            InvalidParameter Server RepositoryNotFound
        ],
    },
    OperationSpec {
        name: "ExplainAccess", action: "longshore:ExplainAccess",
        input: &EXPLAIN_ACCESS_REQUEST, result: None, pagination: None,
        errors: declared![
            InvalidParameter Server PrincipalNotFound
        ],
    },
    OperationSpec {
        name: "ExplainDecision", action: "longshore:ExplainDecision",
        input: &EXPLAIN_DECISION_REQUEST, result: None, pagination: None,
        errors: declared![
            InvalidParameter Server DecisionNotFound
        ],
    },
    OperationSpec {
        name: "ExplainPull", action: "ecr:DescribeImageScanFindings",
        input: &EXPLAIN_PULL_REQUEST, result: None, pagination: None,
        errors: declared![
            InvalidParameter Server RepositoryNotFound ImageNotFound
        ],
    },
    OperationSpec {
        name: "ExplainRetention", action: "longshore:ExplainRetention",
        input: &EXPLAIN_RETENTION_REQUEST, result: None, pagination: None,
        errors: declared![
            InvalidParameter Server RepositoryNotFound ImageNotFound
        ],
    },
    OperationSpec {
        name: "ExplainVulnerability", action: "ecr:DescribeImageScanFindings",
        input: &EXPLAIN_VULNERABILITY_REQUEST, result: None, pagination: None,
        errors: declared![
            InvalidParameter Server RepositoryNotFound ImageNotFound
        ],
    },
    OperationSpec {
        name: "GetImageSbom", action: "ecr:DescribeImageScanFindings",
        input: &GET_IMAGE_SBOM_REQUEST, result: None, pagination: None,
        errors: declared![
            InvalidParameter Server RepositoryNotFound ImageNotFound
        ],
    },
    OperationSpec {
        name: "GetPullGate", action: "longshore:GetPullGate",
        input: &GET_PULL_GATE_REQUEST, result: None, pagination: None,
        errors: declared![
            InvalidParameter Server
        ],
    },
    OperationSpec {
        name: "ImportAdvisories", action: "longshore:ImportAdvisories",
        input: &IMPORT_ADVISORIES_REQUEST, result: None, pagination: None,
        errors: declared![
            InvalidParameter Server
        ],
    },
    OperationSpec {
        name: "ListAccounts", action: "longshore:ListAccounts",
        input: &LIST_ACCOUNTS_REQUEST, result: None, pagination: Some(Pagination {
            input_token: "nextToken", output_token: "nextToken", limit_key: "maxResults",
            result_keys: &["Accounts"],
        }),
        errors: declared![
            InvalidParameter Server
        ],
    },
    OperationSpec {
        name: "ListAdvisorySources", action: "longshore:ListAdvisorySources",
        input: &LIST_ADVISORY_SOURCES_REQUEST, result: None, pagination: Some(Pagination {
            input_token: "nextToken", output_token: "nextToken", limit_key: "maxResults",
            result_keys: &["Sources"],
        }),
        errors: declared![
            InvalidParameter Server
        ],
    },
    OperationSpec {
        name: "ListDeadLetters", action: "longshore:ListDeadLetters",
        input: &LIST_DEAD_LETTERS_REQUEST, result: None, pagination: Some(Pagination {
            input_token: "nextToken", output_token: "nextToken", limit_key: "maxResults",
            result_keys: &["DeadLetters"],
        }),
        errors: declared![
            InvalidParameter Server
        ],
    },
    OperationSpec {
        name: "ListDeletedImages", action: "ecr:DescribeImages",
        input: &LIST_DELETED_IMAGES_REQUEST, result: None, pagination: Some(Pagination {
            input_token: "nextToken", output_token: "nextToken", limit_key: "maxResults",
            result_keys: &["Images"],
        }),
        errors: declared![
            InvalidParameter Server RepositoryNotFound
        ],
    },
    OperationSpec {
        name: "ListEvents", action: "longshore:ListEvents",
        input: &LIST_EVENTS_REQUEST, result: None, pagination: Some(Pagination {
            input_token: "nextToken", output_token: "nextToken", limit_key: "maxResults",
            result_keys: &["Events"],
        }),
        errors: declared![
            InvalidParameter Server
        ],
    },
    OperationSpec {
        name: "ListJobs", action: "longshore:ListJobs",
        input: &LIST_JOBS_REQUEST, result: None, pagination: Some(Pagination {
            input_token: "nextToken", output_token: "nextToken", limit_key: "maxResults",
            result_keys: &["Jobs"],
        }),
        errors: declared![
            InvalidParameter Server
        ],
    },
    OperationSpec {
        name: "ListTagHistory", action: "ecr:DescribeImages",
        input: &LIST_TAG_HISTORY_REQUEST, result: None, pagination: Some(Pagination {
            input_token: "nextToken", output_token: "nextToken", limit_key: "maxResults",
            result_keys: &["Moves"],
        }),
        errors: declared![
            InvalidParameter Server RepositoryNotFound
        ],
    },
    OperationSpec {
        name: "PutPullGate", action: "longshore:PutPullGate",
        input: &PUT_PULL_GATE_REQUEST, result: None, pagination: None,
        errors: declared![
            InvalidParameter Server
        ],
    },
    OperationSpec {
        name: "RedriveDeadLetters", action: "longshore:RedriveDeadLetters",
        input: &REDRIVE_DEAD_LETTERS_REQUEST, result: None, pagination: None,
        errors: declared![
            InvalidParameter Server
        ],
    },
    OperationSpec {
        name: "RekeyRepository", action: "longshore:RekeyRepository",
        input: &REKEY_REPOSITORY_REQUEST, result: None, pagination: None,
        errors: declared![
            InvalidParameter Server RepositoryNotFound RekeyInProgress Kms
        ],
    },
    OperationSpec {
        name: "RemoveRootKey", action: "longshore:RemoveRootKey",
        input: &REMOVE_ROOT_KEY_REQUEST, result: None, pagination: None,
        errors: declared![
            InvalidParameter Server RootKeyNotFound RootKeyInUse KeyringHanded
        ],
    },
    OperationSpec {
        name: "ReplayEvents", action: "longshore:ReplayEvents",
        input: &REPLAY_EVENTS_REQUEST, result: None, pagination: None,
        errors: declared![
            InvalidParameter Server
        ],
    },
    OperationSpec {
        name: "RestoreImage", action: "ecr:PutImage",
        input: &RESTORE_IMAGE_REQUEST, result: None, pagination: None,
        errors: declared![
            InvalidParameter Server RepositoryNotFound ImageNotFound ImageAlreadyExists
            ImageTagAlreadyExists LayersNotFound ReferencedImagesNotFound
        ],
    },
    OperationSpec {
        name: "RetryJob", action: "longshore:RetryJob",
        input: &RETRY_JOB_REQUEST, result: None, pagination: None,
        errors: declared![
            InvalidParameter Server JobNotFound JobNotFailed JobRunning
        ],
    },
    OperationSpec {
        name: "RollBackTag", action: "ecr:PutImage",
        input: &ROLL_BACK_TAG_REQUEST, result: None, pagination: None,
        errors: declared![
            InvalidParameter Server RepositoryNotFound ImageNotFound ImageInaccessible
            ImageTagAlreadyExists LimitExceeded TagVersionNotFound
        ],
    },
    OperationSpec {
        name: "RotateRootKey", action: "longshore:RotateRootKey",
        input: &ROTATE_ROOT_KEY_REQUEST, result: None, pagination: None,
        errors: declared![
            InvalidParameter Server KeyringNotReady RotationInProgress
        ],
    },
];

exceptions! {
    /// The errors that the model declares.
    Exception {
        AccountAlreadyExists = "AccountAlreadyExistsException", 400;
        AccountNotEmpty = "AccountNotEmptyException", 400;
        AccountNotFound = "AccountNotFoundException", 400;
        DecisionNotFound = "DecisionNotFoundException", 400;
        ImageAlreadyExists = "ImageAlreadyExistsException", 400;
        ImageInaccessible = "ImageInaccessibleException", 400;
        ImageNotFound = "ImageNotFoundException", 400;
        ImageTagAlreadyExists = "ImageTagAlreadyExistsException", 400;
        InvalidParameter = "InvalidParameterException", 400;
        JobNotFailed = "JobNotFailedException", 400;
        JobNotFound = "JobNotFoundException", 400;
        JobRunning = "JobRunningException", 400;
        KeyringHanded = "KeyringHandedException", 400;
        KeyringNotReady = "KeyringNotReadyException", 400;
        Kms = "KmsException", 400;
        LayersNotFound = "LayersNotFoundException", 400;
        LimitExceeded = "LimitExceededException", 400;
        PrincipalNotFound = "PrincipalNotFoundException", 400;
        ReferencedImagesNotFound = "ReferencedImagesNotFoundException", 400;
        RekeyInProgress = "RekeyInProgressException", 400;
        RepositoryNotFound = "RepositoryNotFoundException", 400;
        RootKeyInUse = "RootKeyInUseException", 400;
        RootKeyNotFound = "RootKeyNotFoundException", 400;
        RotationInProgress = "RotationInProgressException", 400;
        Server = "ServerException", 500;
        TagVersionNotFound = "TagVersionNotFoundException", 400;
    }
}

/// `Account`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Account {
    /// `AccountId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_id: Option<String>,
    /// `State`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<AccountState>,
    /// `CreatedAt`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<f64>,
}

words! {
    /// The words of `AccountState`.
    AccountState {
        Active = "ACTIVE",
        Closed = "CLOSED",
    }
}

words! {
    /// The words of `AdvisoryFormat`.
    AdvisoryFormat {
        Osv = "OSV",
        Updateinfo = "UPDATEINFO",
        Cve = "CVE",
        Nvd = "NVD",
        Kev = "KEV",
        Epss = "EPSS",
    }
}

/// `AdvisorySource`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct AdvisorySource {
    /// `Name`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `Licence`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
    /// `Advisories`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advisories: Option<i64>,
    /// `UpdatedAt`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<f64>,
    /// `ImportedAt`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub imported_at: Option<f64>,
}

/// Input of `CloseAccount`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CloseAccountRequest {
    /// `AccountId`.
    pub account_id: String,
}

impl Input for CloseAccountRequest {
    fn schema() -> &'static Structure {
        &CLOSE_ACCOUNT_REQUEST
    }
}

/// Output of `CloseAccount`.
#[derive(Debug, Default, Serialize)]
pub struct CloseAccountResponse {}

/// `ContextEntry`, part of inputs and outputs.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ContextEntry {
    /// `Key`: 1 to 256 characters.
    pub key: String,
    /// `Values`: at most 100 elements.
    pub values: Vec<String>,
}

/// Input of `CreateAccount`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateAccountRequest {
    /// `AccountId`.
    pub account_id: String,
}

impl Input for CreateAccountRequest {
    fn schema() -> &'static Structure {
        &CREATE_ACCOUNT_REQUEST
    }
}

/// Output of `CreateAccount`.
#[derive(Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateAccountResponse {
    /// `AccountId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_id: Option<String>,
    /// `AccessKeyId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub access_key_id: Option<String>,
    /// `SecretAccessKey`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret_access_key: Option<String>,
}

impl std::fmt::Debug for CreateAccountResponse {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("CreateAccountResponse").finish_non_exhaustive()
    }
}

/// `DeadLetter`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeadLetter {
    /// `DeadLetterId`: 1 to 19 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dead_letter_id: Option<String>,
    /// `EventId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_id: Option<String>,
    /// `Event`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// `Target`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// `Attempts`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attempts: Option<i64>,
    /// `LastError`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_error: Option<String>,
    /// `GivenUpAt`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub given_up_at: Option<f64>,
}

/// `Decision`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Decision {
    /// `RequestId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// `Time`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<f64>,
    /// `Principal`: 1 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub principal: Option<String>,
    /// `Action`: 3 to 128 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    /// `Resource`: 1 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource: Option<String>,
    /// `Verdict`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
    /// `Enforcement`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enforcement: Option<Enforcement>,
    /// `Reason`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// `Sentence`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sentence: Option<String>,
    /// `Policies`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policies: Option<Vec<PolicyLookedAt>>,
    /// `Context`: at most 100 elements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub context: Option<Vec<ContextEntry>>,
}

/// Input of `DeletePullGate`.
#[derive(Debug, Default, Deserialize)]
pub struct DeletePullGateRequest {}

impl Input for DeletePullGateRequest {
    fn schema() -> &'static Structure {
        &DELETE_PULL_GATE_REQUEST
    }
}

/// Output of `DeletePullGate`.
#[derive(Debug, Default, Serialize)]
pub struct DeletePullGateResponse {}

/// `DeletedImage`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeletedImage {
    /// `ImageDigest`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_digest: Option<String>,
    /// `ImageTags`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_tags: Option<Vec<String>>,
    /// `ImageManifestMediaType`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_manifest_media_type: Option<String>,
    /// `ArtifactMediaType`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub artifact_media_type: Option<String>,
    /// `SubjectManifestDigest`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject_manifest_digest: Option<String>,
    /// `ImageStatus`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_status: Option<ImageStatus>,
    /// `ImageSizeInBytes`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_size_in_bytes: Option<i64>,
    /// `ImagePushedAt`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_pushed_at: Option<f64>,
    /// `DeletedAt`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deleted_at: Option<f64>,
    /// `RestorableUntil`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub restorable_until: Option<f64>,
    /// `Cause`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<DeletionCause>,
}

words! {
    /// The words of `DeletionCause`.
    DeletionCause {
        Deleted = "DELETED",
        Expired = "EXPIRED",
    }
}

/// Input of `DescribeKeyring`.
#[derive(Debug, Default, Deserialize)]
pub struct DescribeKeyringRequest {}

impl Input for DescribeKeyringRequest {
    fn schema() -> &'static Structure {
        &DESCRIBE_KEYRING_REQUEST
    }
}

/// Output of `DescribeKeyring`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeKeyringResponse {
    /// `RootKeys`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub root_keys: Option<Vec<RootKey>>,
    /// `Resealing`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resealing: Option<Resealing>,
    /// `Nodes`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nodes: Option<Vec<KeyringNode>>,
}

/// Input of `DescribeRekey`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeRekeyRequest {
    /// `RegistryId`.
    pub registry_id: Option<String>,
    /// `RepositoryName`: 2 to 256 characters.
    pub repository_name: String,
}

impl Input for DescribeRekeyRequest {
    fn schema() -> &'static Structure {
        &DESCRIBE_REKEY_REQUEST
    }
}

/// Output of `DescribeRekey`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeRekeyResponse {
    /// `Rekey`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rekey: Option<Rekey>,
}

words! {
    /// The words of `Enforcement`.
    Enforcement {
        Enforce = "enforce",
        Audit = "audit",
    }
}

/// `Expiry`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Expiry {
    /// `ImageDigest`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_digest: Option<String>,
    /// `ImageTags`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_tags: Option<Vec<String>>,
    /// `ImagePushedAt`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_pushed_at: Option<f64>,
    /// `LastRecordedPullTime`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_recorded_pull_time: Option<f64>,
    /// `ExpiredAt`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expired_at: Option<f64>,
    /// `Rule`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// `Reason`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Input of `ExplainAccess`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ExplainAccessRequest {
    /// `PrincipalArn`: 1 to 2048 characters.
    pub principal_arn: String,
    /// `Action`: 3 to 128 characters.
    pub action: String,
    /// `ResourceArn`: 1 to 2048 characters.
    pub resource_arn: String,
    /// `Context`: at most 100 elements.
    pub context: Option<Vec<ContextEntry>>,
}

impl Input for ExplainAccessRequest {
    fn schema() -> &'static Structure {
        &EXPLAIN_ACCESS_REQUEST
    }
}

/// Output of `ExplainAccess`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ExplainAccessResponse {
    /// `Decision`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision: Option<Decision>,
}

/// Input of `ExplainDecision`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ExplainDecisionRequest {
    /// `RequestId`: 1 to 64 characters.
    pub request_id: String,
}

impl Input for ExplainDecisionRequest {
    fn schema() -> &'static Structure {
        &EXPLAIN_DECISION_REQUEST
    }
}

/// Output of `ExplainDecision`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ExplainDecisionResponse {
    /// `Decision`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision: Option<Decision>,
}

/// Input of `ExplainPull`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ExplainPullRequest {
    /// `RegistryId`.
    pub registry_id: Option<String>,
    /// `RepositoryName`: 2 to 256 characters.
    pub repository_name: String,
    /// `ImageId`.
    pub image_id: ImageIdentifier,
}

impl Input for ExplainPullRequest {
    fn schema() -> &'static Structure {
        &EXPLAIN_PULL_REQUEST
    }
}

/// Output of `ExplainPull`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ExplainPullResponse {
    /// `ImageDigest`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_digest: Option<String>,
    /// `Verdict`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict: Option<String>,
    /// `Because`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// `Counted`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counted: Option<Vec<GatedVulnerability>>,
    /// `Excused`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub excused: Option<Vec<GatedVulnerability>>,
}

/// Input of `ExplainRetention`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ExplainRetentionRequest {
    /// `RegistryId`.
    pub registry_id: Option<String>,
    /// `RepositoryName`: 2 to 256 characters.
    pub repository_name: String,
    /// `ImageId`.
    pub image_id: ImageIdentifier,
}

impl Input for ExplainRetentionRequest {
    fn schema() -> &'static Structure {
        &EXPLAIN_RETENTION_REQUEST
    }
}

/// Output of `ExplainRetention`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ExplainRetentionResponse {
    /// `Image`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<RetainedImage>,
    /// `Expiries`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expiries: Option<Vec<Expiry>>,
    /// `Deleted`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deleted: Option<DeletedImage>,
}

/// Input of `ExplainVulnerability`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ExplainVulnerabilityRequest {
    /// `RegistryId`.
    pub registry_id: Option<String>,
    /// `RepositoryName`: 2 to 256 characters.
    pub repository_name: String,
    /// `ImageId`.
    pub image_id: ImageIdentifier,
    /// `VulnerabilityId`: 1 to 512 characters.
    pub vulnerability_id: String,
}

impl Input for ExplainVulnerabilityRequest {
    fn schema() -> &'static Structure {
        &EXPLAIN_VULNERABILITY_REQUEST
    }
}

/// Output of `ExplainVulnerability`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ExplainVulnerabilityResponse {
    /// `ImageDigest`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_digest: Option<String>,
    /// `ScanStatus`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scan_status: Option<String>,
    /// `ScanDescription`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scan_description: Option<String>,
    /// `Vulnerabilities`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vulnerabilities: Option<Vec<ExplainedVulnerability>>,
}

/// `ExplainedVulnerability`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ExplainedVulnerability {
    /// `VulnerabilityId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vulnerability_id: Option<String>,
    /// `Severity`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severity: Option<String>,
    /// `Because`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// `Advisory`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advisory: Option<String>,
    /// `AdvisoryPage`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advisory_page: Option<String>,
    /// `Package`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub package: Option<String>,
    /// `Version`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// `FixedInVersion`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fixed_in_version: Option<String>,
    /// `Path`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// `Layer`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layer: Option<String>,
    /// `Instruction`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instruction: Option<String>,
    /// `KnownExploited`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known_exploited: Option<bool>,
    /// `EpssScore`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub epss_score: Option<String>,
}

words! {
    /// The words of `GateSeverity`.
    GateSeverity {
        Informational = "INFORMATIONAL",
        Low = "LOW",
        Medium = "MEDIUM",
        High = "HIGH",
        Critical = "CRITICAL",
    }
}

/// `GatedVulnerability`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GatedVulnerability {
    /// `VulnerabilityId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vulnerability_id: Option<String>,
    /// `Severity`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severity: Option<String>,
    /// `Package`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub package: Option<String>,
    /// `Version`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// `FixedInVersion`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fixed_in_version: Option<String>,
    /// `ObservedAt`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub observed_at: Option<f64>,
    /// `Excuse`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub excuse: Option<String>,
    /// `ExcuseEndsAt`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub excuse_ends_at: Option<f64>,
}

/// Input of `GetImageSbom`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetImageSbomRequest {
    /// `RegistryId`.
    pub registry_id: Option<String>,
    /// `RepositoryName`: 2 to 256 characters.
    pub repository_name: String,
    /// `ImageId`.
    pub image_id: ImageIdentifier,
    /// `Format`.
    pub format: SbomFormat,
}

impl Input for GetImageSbomRequest {
    fn schema() -> &'static Structure {
        &GET_IMAGE_SBOM_REQUEST
    }
}

/// Output of `GetImageSbom`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetImageSbomResponse {
    /// `ImageDigest`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_digest: Option<String>,
    /// `MediaType`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// `Document`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
}

/// Input of `GetPullGate`.
#[derive(Debug, Default, Deserialize)]
pub struct GetPullGateRequest {}

impl Input for GetPullGateRequest {
    fn schema() -> &'static Structure {
        &GET_PULL_GATE_REQUEST
    }
}

/// Output of `GetPullGate`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetPullGateResponse {
    /// `PullGate`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pull_gate: Option<PullGate>,
}

/// `ImageIdentifier`, part of inputs.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ImageIdentifier {
    /// `ImageDigest`.
    pub image_digest: Option<String>,
    /// `ImageTag`: 1 to 300 characters.
    pub image_tag: Option<String>,
}

words! {
    /// The words of `ImageStatus`.
    ImageStatus {
        Active = "ACTIVE",
        Archived = "ARCHIVED",
        Activating = "ACTIVATING",
    }
}

/// Input of `ImportAdvisories`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ImportAdvisoriesRequest {
    /// `Format`.
    pub format: AdvisoryFormat,
    /// `Ecosystem`: 1 to 128 characters.
    pub ecosystem: Option<String>,
    /// `Documents`: 1 to 16777216 bytes.
    #[serde(deserialize_with = "crate::aws::blob::deserialize")]
    pub documents: Vec<u8>,
}

impl Input for ImportAdvisoriesRequest {
    fn schema() -> &'static Structure {
        &IMPORT_ADVISORIES_REQUEST
    }
}

/// Output of `ImportAdvisories`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ImportAdvisoriesResponse {
    /// `Added`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub added: Option<i64>,
    /// `Changed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changed: Option<i64>,
    /// `Unchanged`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unchanged: Option<i64>,
    /// `Outdated`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outdated: Option<i64>,
    /// `Irrelevant`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub irrelevant: Option<i64>,
    /// `Refused`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<i64>,
    /// `Refusals`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refusals: Option<Vec<String>>,
    /// `PackagesToJudge`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub packages_to_judge: Option<i64>,
}

/// `Job`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Job {
    /// `JobId`: 1 to 19 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub job_id: Option<String>,
    /// `Name`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `Subject`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// `RepositoryArn`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository_arn: Option<String>,
    /// `ImageDigest`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_digest: Option<String>,
    /// `LayerDigest`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layer_digest: Option<String>,
    /// `Lane`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lane: Option<String>,
    /// `Cause`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
    /// `Status`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<JobStatus>,
    /// `Attempts`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attempts: Option<i64>,
    /// `LastError`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_error: Option<String>,
    /// `WaitingBecause`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waiting_because: Option<String>,
    /// `CreatedAt`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<f64>,
    /// `DueAt`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_at: Option<f64>,
    /// `GivenUpAt`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub given_up_at: Option<f64>,
}

words! {
    /// The words of `JobStatus`.
    JobStatus {
        Waiting = "WAITING",
        Running = "RUNNING",
        Retrying = "RETRYING",
        GivenUp = "GIVEN_UP",
    }
}

/// `KeyringNode`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct KeyringNode {
    /// `NodeId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub node_id: Option<String>,
    /// `RootKeyIds`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub root_key_ids: Option<Vec<String>>,
    /// `SeenAt`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seen_at: Option<f64>,
}

/// What `KmsException` carries beside its message.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct KmsException {
    /// `KmsError`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kms_error: Option<String>,
}

/// Input of `ListAccounts`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListAccountsRequest {
    /// `nextToken`: at most 1024 characters.
    pub next_token: Option<String>,
    /// `maxResults`: 1 to 1000.
    pub max_results: Option<i64>,
}

impl Input for ListAccountsRequest {
    fn schema() -> &'static Structure {
        &LIST_ACCOUNTS_REQUEST
    }
}

/// Output of `ListAccounts`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ListAccountsResponse {
    /// `Accounts`.
    #[serde(rename = "Accounts", skip_serializing_if = "Option::is_none")]
    pub accounts: Option<Vec<Account>>,
    /// `nextToken`: at most 1024 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// Input of `ListAdvisorySources`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListAdvisorySourcesRequest {
    /// `nextToken`: at most 1024 characters.
    pub next_token: Option<String>,
    /// `maxResults`: 1 to 1000.
    pub max_results: Option<i64>,
}

impl Input for ListAdvisorySourcesRequest {
    fn schema() -> &'static Structure {
        &LIST_ADVISORY_SOURCES_REQUEST
    }
}

/// Output of `ListAdvisorySources`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ListAdvisorySourcesResponse {
    /// `Sources`.
    #[serde(rename = "Sources", skip_serializing_if = "Option::is_none")]
    pub sources: Option<Vec<AdvisorySource>>,
    /// `nextToken`: at most 1024 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// Input of `ListDeadLetters`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListDeadLettersRequest {
    /// `nextToken`: at most 1024 characters.
    pub next_token: Option<String>,
    /// `maxResults`: 1 to 1000.
    pub max_results: Option<i64>,
}

impl Input for ListDeadLettersRequest {
    fn schema() -> &'static Structure {
        &LIST_DEAD_LETTERS_REQUEST
    }
}

/// Output of `ListDeadLetters`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ListDeadLettersResponse {
    /// `DeadLetters`.
    #[serde(rename = "DeadLetters", skip_serializing_if = "Option::is_none")]
    pub dead_letters: Option<Vec<DeadLetter>>,
    /// `nextToken`: at most 1024 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// Input of `ListDeletedImages`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListDeletedImagesRequest {
    /// `RegistryId`.
    #[serde(rename = "RegistryId")]
    pub registry_id: Option<String>,
    /// `RepositoryName`: 2 to 256 characters.
    #[serde(rename = "RepositoryName")]
    pub repository_name: String,
    /// `nextToken`: at most 1024 characters.
    pub next_token: Option<String>,
    /// `maxResults`: 1 to 1000.
    pub max_results: Option<i64>,
}

impl Input for ListDeletedImagesRequest {
    fn schema() -> &'static Structure {
        &LIST_DELETED_IMAGES_REQUEST
    }
}

/// Output of `ListDeletedImages`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ListDeletedImagesResponse {
    /// `Images`.
    #[serde(rename = "Images", skip_serializing_if = "Option::is_none")]
    pub images: Option<Vec<DeletedImage>>,
    /// `UndoDays`.
    #[serde(rename = "UndoDays", skip_serializing_if = "Option::is_none")]
    pub undo_days: Option<i64>,
    /// `nextToken`: at most 1024 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// Input of `ListEvents`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListEventsRequest {
    /// `Since`, in seconds since 1970.
    #[serde(rename = "Since")]
    pub since: Option<f64>,
    /// `Until`, in seconds since 1970.
    #[serde(rename = "Until")]
    pub until: Option<f64>,
    /// `nextToken`: at most 1024 characters.
    pub next_token: Option<String>,
    /// `maxResults`: 1 to 1000.
    pub max_results: Option<i64>,
}

impl Input for ListEventsRequest {
    fn schema() -> &'static Structure {
        &LIST_EVENTS_REQUEST
    }
}

/// Output of `ListEvents`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ListEventsResponse {
    /// `Events`.
    #[serde(rename = "Events", skip_serializing_if = "Option::is_none")]
    pub events: Option<Vec<WrittenEvent>>,
    /// `nextToken`: at most 1024 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// Input of `ListJobs`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListJobsRequest {
    /// `status`.
    pub status: Option<JobStatus>,
    /// `name`: 1 to 2048 characters.
    pub name: Option<String>,
    /// `subject`: 1 to 2048 characters.
    pub subject: Option<String>,
    /// `nextToken`: at most 1024 characters.
    pub next_token: Option<String>,
    /// `maxResults`: 1 to 1000.
    pub max_results: Option<i64>,
}

impl Input for ListJobsRequest {
    fn schema() -> &'static Structure {
        &LIST_JOBS_REQUEST
    }
}

/// Output of `ListJobs`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ListJobsResponse {
    /// `Jobs`.
    #[serde(rename = "Jobs", skip_serializing_if = "Option::is_none")]
    pub jobs: Option<Vec<Job>>,
    /// `nextToken`: at most 1024 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// Input of `ListTagHistory`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListTagHistoryRequest {
    /// `RegistryId`.
    #[serde(rename = "RegistryId")]
    pub registry_id: Option<String>,
    /// `RepositoryName`: 2 to 256 characters.
    #[serde(rename = "RepositoryName")]
    pub repository_name: String,
    /// `ImageTag`: 1 to 300 characters.
    #[serde(rename = "ImageTag")]
    pub image_tag: Option<String>,
    /// `nextToken`: at most 1024 characters.
    pub next_token: Option<String>,
    /// `maxResults`: 1 to 1000.
    pub max_results: Option<i64>,
}

impl Input for ListTagHistoryRequest {
    fn schema() -> &'static Structure {
        &LIST_TAG_HISTORY_REQUEST
    }
}

/// Output of `ListTagHistory`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ListTagHistoryResponse {
    /// `Moves`.
    #[serde(rename = "Moves", skip_serializing_if = "Option::is_none")]
    pub moves: Option<Vec<TagMove>>,
    /// `nextToken`: at most 1024 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

words! {
    /// The words of `MovedThrough`.
    MovedThrough {
        AwsApi = "AWS_API",
        OciApi = "OCI_API",
        Rollback = "ROLLBACK",
        Restore = "RESTORE",
        LifecyclePolicy = "LIFECYCLE_POLICY",
        PullThroughCache = "PULL_THROUGH_CACHE",
    }
}

/// `PolicyLookedAt`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct PolicyLookedAt {
    /// `Kind`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// `Name`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `Outcome`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    /// `Statement`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub statement: Option<String>,
}

/// `PullGate`, part of inputs and outputs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PullGate {
    /// `MinimumSeverity`.
    pub minimum_severity: GateSeverity,
    /// `OnlyFixable`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub only_fixable: Option<bool>,
    /// `GraceDays`: at most 365.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grace_days: Option<i64>,
    /// `UnscannedImages`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unscanned_images: Option<UnscannedImages>,
    /// `RepositoryFilters`: at most 100 elements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository_filters: Option<Vec<String>>,
    /// `Exceptions`: at most 500 elements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exceptions: Option<Vec<PullGateException>>,
    /// `VexDocuments`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vex_documents: Option<VexDocuments>,
}

/// `PullGateException`, part of inputs and outputs.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PullGateException {
    /// `VulnerabilityId`: 1 to 512 characters.
    pub vulnerability_id: String,
    /// `Package`: 1 to 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub package: Option<String>,
    /// `RepositoryFilter`: 1 to 255 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository_filter: Option<String>,
    /// `Reason`: 1 to 512 characters.
    pub reason: String,
    /// `EndsAt`, in seconds since 1970.
    pub ends_at: f64,
}

/// Input of `PutPullGate`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PutPullGateRequest {
    /// `PullGate`.
    pub pull_gate: PullGate,
}

impl Input for PutPullGateRequest {
    fn schema() -> &'static Structure {
        &PUT_PULL_GATE_REQUEST
    }
}

/// Output of `PutPullGate`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct PutPullGateResponse {
    /// `PullGate`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pull_gate: Option<PullGate>,
}

/// Input of `RedriveDeadLetters`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct RedriveDeadLettersRequest {
    /// `DeadLetterIds`: 1 to 100 elements.
    pub dead_letter_ids: Vec<String>,
}

impl Input for RedriveDeadLettersRequest {
    fn schema() -> &'static Structure {
        &REDRIVE_DEAD_LETTERS_REQUEST
    }
}

/// Output of `RedriveDeadLetters`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct RedriveDeadLettersResponse {
    /// `Redriven`: 1 to 100 elements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redriven: Option<Vec<String>>,
}

/// `Rekey`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Rekey {
    /// `From`: 1 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// `To`: 1 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// `Status`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<RekeyStatus>,
    /// `Layers`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layers: Option<i64>,
    /// `LayersDone`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layers_done: Option<i64>,
    /// `Bytes`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bytes: Option<i64>,
    /// `BytesDone`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bytes_done: Option<i64>,
    /// `ImagesDone`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub images_done: Option<i64>,
    /// `BegunAt`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub begun_at: Option<f64>,
    /// `EndedAt`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<f64>,
    /// `WaitingBecause`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waiting_because: Option<String>,
}

/// Input of `RekeyRepository`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct RekeyRepositoryRequest {
    /// `RegistryId`.
    pub registry_id: Option<String>,
    /// `RepositoryName`: 2 to 256 characters.
    pub repository_name: String,
    /// `To`: 1 to 2048 characters.
    pub to: String,
}

impl Input for RekeyRepositoryRequest {
    fn schema() -> &'static Structure {
        &REKEY_REPOSITORY_REQUEST
    }
}

/// Output of `RekeyRepository`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct RekeyRepositoryResponse {
    /// `Rekey`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rekey: Option<Rekey>,
}

words! {
    /// The words of `RekeyStatus`.
    RekeyStatus {
        Counting = "COUNTING",
        Layers = "LAYERS",
        Records = "RECORDS",
        Done = "DONE",
    }
}

/// Input of `RemoveRootKey`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct RemoveRootKeyRequest {
    /// `RootKeyId`: 8 to 8 characters.
    pub root_key_id: String,
}

impl Input for RemoveRootKeyRequest {
    fn schema() -> &'static Structure {
        &REMOVE_ROOT_KEY_REQUEST
    }
}

/// Output of `RemoveRootKey`.
#[derive(Debug, Default, Serialize)]
pub struct RemoveRootKeyResponse {}

/// Input of `ReplayEvents`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReplayEventsRequest {
    /// `Since`, in seconds since 1970.
    #[serde(rename = "Since")]
    pub since: f64,
    /// `Until`, in seconds since 1970.
    #[serde(rename = "Until")]
    pub until: Option<f64>,
    /// `nextToken`: at most 1024 characters.
    pub next_token: Option<String>,
}

impl Input for ReplayEventsRequest {
    fn schema() -> &'static Structure {
        &REPLAY_EVENTS_REQUEST
    }
}

/// Output of `ReplayEvents`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReplayEventsResponse {
    /// `Replayed`.
    #[serde(rename = "Replayed", skip_serializing_if = "Option::is_none")]
    pub replayed: Option<i64>,
    /// `nextToken`: at most 1024 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// `Resealing`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Resealing {
    /// `State`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<ResealingState>,
    /// `RootKeyId`: 8 to 8 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub root_key_id: Option<String>,
    /// `ReadSecrets`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub read_secrets: Option<i64>,
    /// `ResealedSecrets`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resealed_secrets: Option<i64>,
}

words! {
    /// The words of `ResealingState`.
    ResealingState {
        InProgress = "IN_PROGRESS",
        Completed = "COMPLETED",
    }
}

/// Input of `RestoreImage`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct RestoreImageRequest {
    /// `RegistryId`.
    pub registry_id: Option<String>,
    /// `RepositoryName`: 2 to 256 characters.
    pub repository_name: String,
    /// `ImageDigest`.
    pub image_digest: String,
    /// `ImageTags`: at most 100 elements.
    pub image_tags: Option<Vec<String>>,
}

impl Input for RestoreImageRequest {
    fn schema() -> &'static Structure {
        &RESTORE_IMAGE_REQUEST
    }
}

/// Output of `RestoreImage`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct RestoreImageResponse {
    /// `ImageDigest`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_digest: Option<String>,
    /// `ImageTags`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_tags: Option<Vec<String>>,
    /// `TakenTags`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub taken_tags: Option<Vec<TakenTag>>,
    /// `ImageStatus`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_status: Option<ImageStatus>,
}

/// `RetainedImage`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct RetainedImage {
    /// `ImageDigest`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_digest: Option<String>,
    /// `ImageTags`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_tags: Option<Vec<String>>,
    /// `ImageStatus`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_status: Option<ImageStatus>,
    /// `ArchivedAt`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub archived_at: Option<f64>,
    /// `Verdict`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict: Option<RetentionVerdict>,
    /// `Reason`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// `RulePriority`: at least 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule_priority: Option<i64>,
    /// `Rule`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// `KeptUntil`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kept_until: Option<f64>,
    /// `NextRunAt`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_run_at: Option<f64>,
}

words! {
    /// The words of `RetentionVerdict`.
    RetentionVerdict {
        Kept = "KEPT",
        Due = "DUE",
    }
}

/// Input of `RetryJob`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct RetryJobRequest {
    /// `JobId`: 1 to 19 characters.
    pub job_id: String,
}

impl Input for RetryJobRequest {
    fn schema() -> &'static Structure {
        &RETRY_JOB_REQUEST
    }
}

/// Output of `RetryJob`.
#[derive(Debug, Default, Serialize)]
pub struct RetryJobResponse {}

/// Input of `RollBackTag`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct RollBackTagRequest {
    /// `RegistryId`.
    pub registry_id: Option<String>,
    /// `RepositoryName`: 2 to 256 characters.
    pub repository_name: String,
    /// `ImageTag`: 1 to 300 characters.
    pub image_tag: String,
    /// `ToImageDigest`.
    pub to_image_digest: Option<String>,
    /// `ToTime`, in seconds since 1970.
    pub to_time: Option<f64>,
}

impl Input for RollBackTagRequest {
    fn schema() -> &'static Structure {
        &ROLL_BACK_TAG_REQUEST
    }
}

/// Output of `RollBackTag`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct RollBackTagResponse {
    /// `ImageTag`: 1 to 300 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_tag: Option<String>,
    /// `FromImageDigest`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_image_digest: Option<String>,
    /// `ToImageDigest`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_image_digest: Option<String>,
}

/// `RootKey`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct RootKey {
    /// `RootKeyId`: 8 to 8 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub root_key_id: Option<String>,
    /// `State`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<RootKeyState>,
    /// `SealsSince`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seals_since: Option<f64>,
    /// `RetiredAt`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retired_at: Option<f64>,
    /// `IsInKeyring`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_in_keyring: Option<bool>,
    /// `IsHandedDown`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_handed_down: Option<bool>,
    /// `SealedSecrets`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sealed_secrets: Option<i64>,
    /// `WrappedDataKeys`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wrapped_data_keys: Option<i64>,
    /// `CountedAt`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counted_at: Option<f64>,
    /// `NeededBecause`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub needed_because: Option<String>,
}

words! {
    /// The words of `RootKeyState`.
    RootKeyState {
        New = "NEW",
        Current = "CURRENT",
        Retired = "RETIRED",
    }
}

/// Input of `RotateRootKey`.
#[derive(Debug, Default, Deserialize)]
pub struct RotateRootKeyRequest {}

impl Input for RotateRootKeyRequest {
    fn schema() -> &'static Structure {
        &ROTATE_ROOT_KEY_REQUEST
    }
}

/// Output of `RotateRootKey`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct RotateRootKeyResponse {
    /// `FromRootKeyId`: 8 to 8 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_root_key_id: Option<String>,
    /// `ToRootKeyId`: 8 to 8 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_root_key_id: Option<String>,
}

words! {
    /// The words of `SbomFormat`.
    SbomFormat {
        Cyclonedx = "CYCLONEDX",
        Spdx = "SPDX",
    }
}

/// `TagMove`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct TagMove {
    /// `ImageTag`: 1 to 300 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_tag: Option<String>,
    /// `FromImageDigest`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_image_digest: Option<String>,
    /// `ToImageDigest`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_image_digest: Option<String>,
    /// `MovedAt`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moved_at: Option<f64>,
    /// `MovedBy`: 1 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moved_by: Option<String>,
    /// `MovedThrough`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moved_through: Option<MovedThrough>,
}

/// `TakenTag`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct TakenTag {
    /// `ImageTag`: 1 to 300 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_tag: Option<String>,
    /// `ImageDigest`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_digest: Option<String>,
}

words! {
    /// The words of `UnscannedImages`.
    UnscannedImages {
        Allow = "ALLOW",
        Refuse = "REFUSE",
    }
}

words! {
    /// The words of `Verdict`.
    Verdict {
        Allowed = "ALLOWED",
        Denied = "DENIED",
    }
}

words! {
    /// The words of `VexDocuments`.
    VexDocuments {
        Ignore = "IGNORE",
        Accept = "ACCEPT",
    }
}

/// `WrittenEvent`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct WrittenEvent {
    /// `EventId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_id: Option<String>,
    /// `WrittenAt`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub written_at: Option<f64>,
    /// `Event`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
}

static ACCOUNT_ID_PATTERN: Pattern = Pattern::new("[0-9]{12}");
static ACCOUNT_ID: Shape = matching(UNLIMITED, &ACCOUNT_ID_PATTERN);

static ACTION_NAME_PATTERN: Pattern = Pattern::new("[A-Za-z0-9-]+:[A-Za-z0-9]+");
static ACTION_NAME: Shape = matching(between(3, 128), &ACTION_NAME_PATTERN);

static ADVISORY_DOCUMENTS: Shape = Shape::Blob(between(1, 16_777_216));

static ADVISORY_ECOSYSTEM: Shape = text(between(1, 128));

static ADVISORY_FORMAT: Shape = one_of(AdvisoryFormat::TEXTS);

static ARN: Shape = text(between(1, 2048));

static CLOSE_ACCOUNT_REQUEST: Structure =
    structure("CloseAccountRequest", &[required("AccountId", &ACCOUNT_ID)]);

static CONTEXT_ENTRY: Structure = structure(
    "ContextEntry",
    &[required("Key", &CONTEXT_KEY), required("Values", &CONTEXT_VALUE_LIST)],
);

static CONTEXT_ENTRY_LIST: Shape = Shape::List(at_most(100), &Shape::Structure(&CONTEXT_ENTRY));

static CONTEXT_KEY: Shape = text(between(1, 256));

static CONTEXT_VALUE: Shape = text(at_most(4096));

static CONTEXT_VALUE_LIST: Shape = Shape::List(at_most(100), &CONTEXT_VALUE);

static CREATE_ACCOUNT_REQUEST: Structure =
    structure("CreateAccountRequest", &[required("AccountId", &ACCOUNT_ID)]);

static DEAD_LETTER_ID_PATTERN: Pattern = Pattern::new("[0-9]+");
static DEAD_LETTER_ID: Shape = matching(between(1, 19), &DEAD_LETTER_ID_PATTERN);

static DEAD_LETTER_ID_LIST: Shape = Shape::List(between(1, 100), &DEAD_LETTER_ID);

static DELETE_PULL_GATE_REQUEST: Structure = structure("DeletePullGateRequest", &[]);

static DESCRIBE_KEYRING_REQUEST: Structure = structure("DescribeKeyringRequest", &[]);

static DESCRIBE_REKEY_REQUEST: Structure = structure(
    "DescribeRekeyRequest",
    &[optional("RegistryId", &ACCOUNT_ID), required("RepositoryName", &REPOSITORY_NAME)],
);

static ENCRYPTION_KEY_NAME: Shape = text(between(1, 2048));

static EXPLAIN_ACCESS_REQUEST: Structure = structure(
    "ExplainAccessRequest",
    &[
        required("PrincipalArn", &ARN),
        required("Action", &ACTION_NAME),
        required("ResourceArn", &ARN),
        optional("Context", &CONTEXT_ENTRY_LIST),
    ],
);

static EXPLAIN_DECISION_REQUEST: Structure =
    structure("ExplainDecisionRequest", &[required("RequestId", &REQUEST_ID)]);

static EXPLAIN_PULL_REQUEST: Structure = structure(
    "ExplainPullRequest",
    &[
        optional("RegistryId", &ACCOUNT_ID),
        required("RepositoryName", &REPOSITORY_NAME),
        required("ImageId", &Shape::Structure(&IMAGE_IDENTIFIER)),
    ],
);

static EXPLAIN_RETENTION_REQUEST: Structure = structure(
    "ExplainRetentionRequest",
    &[
        optional("RegistryId", &ACCOUNT_ID),
        required("RepositoryName", &REPOSITORY_NAME),
        required("ImageId", &Shape::Structure(&IMAGE_IDENTIFIER)),
    ],
);

static EXPLAIN_VULNERABILITY_REQUEST: Structure = structure(
    "ExplainVulnerabilityRequest",
    &[
        optional("RegistryId", &ACCOUNT_ID),
        required("RepositoryName", &REPOSITORY_NAME),
        required("ImageId", &Shape::Structure(&IMAGE_IDENTIFIER)),
        required("VulnerabilityId", &VULNERABILITY_ID),
    ],
);

static FLAG: Shape = Shape::Boolean;

static GATE_FILTER_PATTERN: Pattern = Pattern::new(r"^[a-z0-9*](?:[._\-/a-z0-9*]?[a-z0-9*]+)*$");
static GATE_FILTER: Shape = matching(between(1, 255), &GATE_FILTER_PATTERN);

static GATE_FILTER_LIST: Shape = Shape::List(between(0, 100), &GATE_FILTER);

static GATE_PACKAGE: Shape = text(between(1, 256));

static GATE_REASON: Shape = text(between(1, 512));

static GATE_SEVERITY: Shape = one_of(GateSeverity::TEXTS);

static GET_IMAGE_SBOM_REQUEST: Structure = structure(
    "GetImageSbomRequest",
    &[
        optional("RegistryId", &ACCOUNT_ID),
        required("RepositoryName", &REPOSITORY_NAME),
        required("ImageId", &Shape::Structure(&IMAGE_IDENTIFIER)),
        required("Format", &SBOM_FORMAT),
    ],
);

static GET_PULL_GATE_REQUEST: Structure = structure("GetPullGateRequest", &[]);

static GRACE_DAYS: Shape = Shape::Integer(between(0, 365));

static IMAGE_DIGEST: Shape = text(UNLIMITED);

static IMAGE_IDENTIFIER: Structure = structure(
    "ImageIdentifier",
    &[optional("ImageDigest", &IMAGE_DIGEST), optional("ImageTag", &IMAGE_TAG)],
);

static IMAGE_TAG: Shape = text(between(1, 300));

static IMPORT_ADVISORIES_REQUEST: Structure = structure(
    "ImportAdvisoriesRequest",
    &[
        required("Format", &ADVISORY_FORMAT),
        optional("Ecosystem", &ADVISORY_ECOSYSTEM),
        required("Documents", &ADVISORY_DOCUMENTS),
    ],
);

static JOB_ID_PATTERN: Pattern = Pattern::new("[0-9]+");
static JOB_ID: Shape = matching(between(1, 19), &JOB_ID_PATTERN);

static JOB_STATUS: Shape = one_of(JobStatus::TEXTS);

static JOB_TEXT: Shape = text(between(1, 2048));

static LIST_ACCOUNTS_REQUEST: Structure = structure(
    "ListAccountsRequest",
    &[optional("nextToken", &NEXT_TOKEN), optional("maxResults", &MAX_RESULTS)],
);

static LIST_ADVISORY_SOURCES_REQUEST: Structure = structure(
    "ListAdvisorySourcesRequest",
    &[optional("nextToken", &NEXT_TOKEN), optional("maxResults", &MAX_RESULTS)],
);

static LIST_DEAD_LETTERS_REQUEST: Structure = structure(
    "ListDeadLettersRequest",
    &[optional("nextToken", &NEXT_TOKEN), optional("maxResults", &MAX_RESULTS)],
);

static LIST_DELETED_IMAGES_REQUEST: Structure = structure(
    "ListDeletedImagesRequest",
    &[
        optional("RegistryId", &ACCOUNT_ID),
        required("RepositoryName", &REPOSITORY_NAME),
        optional("nextToken", &NEXT_TOKEN),
        optional("maxResults", &MAX_RESULTS),
    ],
);

static LIST_EVENTS_REQUEST: Structure = structure(
    "ListEventsRequest",
    &[
        optional("Since", &TIMESTAMP),
        optional("Until", &TIMESTAMP),
        optional("nextToken", &NEXT_TOKEN),
        optional("maxResults", &MAX_RESULTS),
    ],
);

static LIST_JOBS_REQUEST: Structure = structure(
    "ListJobsRequest",
    &[
        optional("status", &JOB_STATUS),
        optional("name", &JOB_TEXT),
        optional("subject", &JOB_TEXT),
        optional("nextToken", &NEXT_TOKEN),
        optional("maxResults", &MAX_RESULTS),
    ],
);

static LIST_TAG_HISTORY_REQUEST: Structure = structure(
    "ListTagHistoryRequest",
    &[
        optional("RegistryId", &ACCOUNT_ID),
        required("RepositoryName", &REPOSITORY_NAME),
        optional("ImageTag", &IMAGE_TAG),
        optional("nextToken", &NEXT_TOKEN),
        optional("maxResults", &MAX_RESULTS),
    ],
);

static MAX_RESULTS: Shape = Shape::Integer(between(1, 1000));

static NEXT_TOKEN: Shape = text(at_most(1024));

static PULL_GATE: Structure = structure(
    "PullGate",
    &[
        required("MinimumSeverity", &GATE_SEVERITY),
        optional("OnlyFixable", &FLAG),
        optional("GraceDays", &GRACE_DAYS),
        optional("UnscannedImages", &UNSCANNED_IMAGES),
        optional("RepositoryFilters", &GATE_FILTER_LIST),
        optional("Exceptions", &PULL_GATE_EXCEPTION_LIST),
        optional("VexDocuments", &VEX_DOCUMENTS),
    ],
);

static PULL_GATE_EXCEPTION: Structure = structure(
    "PullGateException",
    &[
        required("VulnerabilityId", &VULNERABILITY_ID),
        optional("Package", &GATE_PACKAGE),
        optional("RepositoryFilter", &GATE_FILTER),
        required("Reason", &GATE_REASON),
        required("EndsAt", &TIMESTAMP),
    ],
);

static PULL_GATE_EXCEPTION_LIST: Shape =
    Shape::List(between(0, 500), &Shape::Structure(&PULL_GATE_EXCEPTION));

static PUT_PULL_GATE_REQUEST: Structure =
    structure("PutPullGateRequest", &[required("PullGate", &Shape::Structure(&PULL_GATE))]);

static REDRIVE_DEAD_LETTERS_REQUEST: Structure =
    structure("RedriveDeadLettersRequest", &[required("DeadLetterIds", &DEAD_LETTER_ID_LIST)]);

static REKEY_REPOSITORY_REQUEST: Structure = structure(
    "RekeyRepositoryRequest",
    &[
        optional("RegistryId", &ACCOUNT_ID),
        required("RepositoryName", &REPOSITORY_NAME),
        required("To", &ENCRYPTION_KEY_NAME),
    ],
);

static REMOVE_ROOT_KEY_REQUEST: Structure =
    structure("RemoveRootKeyRequest", &[required("RootKeyId", &ROOT_KEY_ID)]);

static REPLAY_EVENTS_REQUEST: Structure = structure(
    "ReplayEventsRequest",
    &[
        required("Since", &TIMESTAMP),
        optional("Until", &TIMESTAMP),
        optional("nextToken", &NEXT_TOKEN),
    ],
);

static REPOSITORY_NAME_PATTERN: Pattern =
    Pattern::new(r"[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*");
static REPOSITORY_NAME: Shape = matching(between(2, 256), &REPOSITORY_NAME_PATTERN);

static REQUEST_ID: Shape = text(between(1, 64));

static RESTORE_IMAGE_REQUEST: Structure = structure(
    "RestoreImageRequest",
    &[
        optional("RegistryId", &ACCOUNT_ID),
        required("RepositoryName", &REPOSITORY_NAME),
        required("ImageDigest", &IMAGE_DIGEST),
        optional("ImageTags", &RESTORED_TAG_LIST),
    ],
);

static RESTORED_TAG_LIST: Shape = Shape::List(at_most(100), &IMAGE_TAG);

static RETRY_JOB_REQUEST: Structure = structure("RetryJobRequest", &[required("JobId", &JOB_ID)]);

static ROLL_BACK_TAG_REQUEST: Structure = structure(
    "RollBackTagRequest",
    &[
        optional("RegistryId", &ACCOUNT_ID),
        required("RepositoryName", &REPOSITORY_NAME),
        required("ImageTag", &IMAGE_TAG),
        optional("ToImageDigest", &IMAGE_DIGEST),
        optional("ToTime", &TIMESTAMP),
    ],
);

static ROOT_KEY_ID_PATTERN: Pattern = Pattern::new("[0-9a-f]{8}");
static ROOT_KEY_ID: Shape = matching(between(8, 8), &ROOT_KEY_ID_PATTERN);

static ROTATE_ROOT_KEY_REQUEST: Structure = structure("RotateRootKeyRequest", &[]);

static SBOM_FORMAT: Shape = one_of(SbomFormat::TEXTS);

static TIMESTAMP: Shape = Shape::Timestamp;

static UNSCANNED_IMAGES: Shape = one_of(UnscannedImages::TEXTS);

static VEX_DOCUMENTS: Shape = one_of(VexDocuments::TEXTS);

static VULNERABILITY_ID: Shape = text(between(1, 512));
