//! The services whose shapes we generate. To add one, add a row.

/// One published model and where its Rust goes.
pub(crate) struct Service {
    /// Folder of the model, both in botocore's data and in `models/`.
    pub(crate) model: &'static str,
    /// Module of `wire::aws` that receives `generated.rs`.
    pub(crate) module: &'static str,
    /// The operations that are generated: all of them, or those of a list.
    pub(crate) operations: Option<&'static [&'static str]>,
    /// What its IAM actions begin with.
    pub(crate) action_prefix: &'static str,
    /// Operations allowed by an action of another name, or of another service.
    pub(crate) actions: &'static [(&'static str, &'static str)],
    /// Enumerations of outputs that the service was seen to answer with words beside those of its
    /// model.
    pub(crate) free_words: &'static [&'static str],
    /// Members that we ignore as if the model did not have them, by their structures: parameters of
    /// other services.
    pub(crate) left_out: &'static [(&'static str, &'static [&'static str])],
    /// Structures that hold a credential: they are never shown by `Debug`.
    pub(crate) secret: &'static [&'static str],
}

pub(crate) const SERVICES: &[Service] = &[
    Service {
        model: "ecr/2015-09-21",
        module: "ecr",
        operations: None,
        action_prefix: "ecr",
        // The service authorization reference has no action for listing referrers: a caller that
        // may get the image may list them.
        actions: &[("ListImageReferrers", "BatchGetImage")],
        free_words: &[],
        left_out: &[],
        secret: &["AuthorizationData", "GetDownloadUrlForLayerResponse"],
    },
    Service {
        model: "ecr-public/2020-10-30",
        module: "ecr_public",
        operations: None,
        action_prefix: "ecr-public",
        actions: &[],
        free_words: &[],
        left_out: &[],
        secret: &["AuthorizationData"],
    },
    Service {
        model: "iam/2010-05-08",
        module: "iam",
        operations: Some(IAM),
        action_prefix: "iam",
        actions: &[],
        // The simulator says "IAM Policy" and "Resource Policy".
        free_words: &["PolicySourceType"],
        left_out: &[],
        secret: &["AccessKey"],
    },
    Service {
        model: "sts/2011-06-15",
        module: "sts",
        operations: Some(STS),
        action_prefix: "sts",
        actions: &[],
        free_words: &[],
        left_out: &[],
        secret: &["AssumeRoleWithWebIdentityRequest", "Credentials"],
    },
    Service {
        model: "kms/2014-11-01",
        module: "kms",
        operations: None,
        action_prefix: "kms",
        // It needs a right to each of its two keys. This is that to the first.
        actions: &[("ReEncrypt", "ReEncryptFrom")],
        free_words: &[],
        left_out: &[],
        secret: &[
            "CreateGrantResponse",
            "DecryptResponse",
            "EncryptRequest",
            "GenerateDataKeyPairResponse",
            "GenerateDataKeyResponse",
            "GenerateRandomResponse",
            "RetireGrantRequest",
            "SignRequest",
            "VerifyRequest",
        ],
    },
    Service {
        model: "cloudtrail/2013-11-01",
        module: "cloudtrail",
        operations: Some(&["DescribeTrails", "GetTrailStatus", "ListPublicKeys", "LookupEvents"]),
        action_prefix: "cloudtrail",
        actions: &[],
        free_words: &[],
        left_out: &[],
        secret: &[],
    },
    Service {
        model: "events/2015-10-07",
        module: "events",
        operations: Some(EVENTS),
        action_prefix: "events",
        actions: &[],
        free_words: &[],
        left_out: &[(
            "Target",
            &[
                "AppSyncParameters",
                "BatchParameters",
                "EcsParameters",
                "KinesisParameters",
                "RedshiftDataParameters",
                "RunCommandParameters",
                "SageMakerPipelineParameters",
            ],
        )],
        secret: &[],
    },
    Service {
        model: "secretsmanager/2017-10-17",
        module: "secrets_manager",
        operations: Some(SECRETS_MANAGER),
        action_prefix: "secretsmanager",
        actions: &[],
        free_words: &[],
        // Nothing here rotates secrets.
        left_out: &[("PutSecretValueRequest", &["RotationToken"])],
        secret: &[
            "CreateSecretRequest",
            "GetRandomPasswordResponse",
            "GetSecretValueResponse",
            "PutSecretValueRequest",
            "UpdateSecretRequest",
        ],
    },
    Service {
        model: "longshore/2026-11-21",
        module: "longshore",
        operations: None,
        action_prefix: "longshore",
        // Reading, moving and restoring is allowed by what allows it in ECR.
        actions: &[
            ("DescribeRekey", "ecr:DescribeRepositories"),
            ("ExplainPull", "ecr:DescribeImageScanFindings"),
            ("ExplainVulnerability", "ecr:DescribeImageScanFindings"),
            ("GetImageSbom", "ecr:DescribeImageScanFindings"),
            ("ListDeletedImages", "ecr:DescribeImages"),
            ("ListTagHistory", "ecr:DescribeImages"),
            ("RestoreImage", "ecr:PutImage"),
            ("RollBackTag", "ecr:PutImage"),
        ],
        free_words: &[],
        left_out: &[],
        secret: &["CreateAccountResponse"],
    },
];

/// What we serve of EventBridge: rules of the bus `default` and their targets.
const EVENTS: &[&str] = &[
    "DeleteRule",
    "DescribeRule",
    "DisableRule",
    "EnableRule",
    "ListRuleNamesByTarget",
    "ListRules",
    "ListTargetsByRule",
    "PutRule",
    "PutTargets",
    "RemoveTargets",
    "TestEventPattern",
];

/// What we serve of Secrets Manager: all but rotation, copies in other Regions, and batches.
const SECRETS_MANAGER: &[&str] = &[
    "CreateSecret",
    "DeleteResourcePolicy",
    "DeleteSecret",
    "DescribeSecret",
    "GetRandomPassword",
    "GetResourcePolicy",
    "GetSecretValue",
    "ListSecretVersionIds",
    "ListSecrets",
    "PutResourcePolicy",
    "PutSecretValue",
    "RestoreSecret",
    "TagResource",
    "UntagResource",
    "UpdateSecret",
];

/// The operations of IAM that we serve: principals, their rights, and what Terraform reads.
const IAM: &[&str] = &[
    "AddClientIDToOpenIDConnectProvider",
    "AddRoleToInstanceProfile",
    "AddUserToGroup",
    "AttachGroupPolicy",
    "AttachRolePolicy",
    "AttachUserPolicy",
    "CreateAccessKey",
    "CreateGroup",
    "CreateInstanceProfile",
    "CreateOpenIDConnectProvider",
    "CreatePolicy",
    "CreatePolicyVersion",
    "CreateRole",
    "CreateUser",
    "DeactivateMFADevice",
    "DeleteAccessKey",
    "DeleteAccountAlias",
    "DeleteAccountPasswordPolicy",
    "DeleteGroup",
    "DeleteGroupPolicy",
    "DeleteInstanceProfile",
    "DeleteLoginProfile",
    "DeleteOpenIDConnectProvider",
    "DeletePolicy",
    "DeletePolicyVersion",
    "DeleteRole",
    "DeleteRolePermissionsBoundary",
    "DeleteRolePolicy",
    "DeleteSAMLProvider",
    "DeleteSSHPublicKey",
    "DeleteServerCertificate",
    "DeleteServiceLinkedRole",
    "DeleteServiceSpecificCredential",
    "DeleteSigningCertificate",
    "DeleteUser",
    "DeleteUserPermissionsBoundary",
    "DeleteUserPolicy",
    "DeleteVirtualMFADevice",
    "DetachGroupPolicy",
    "DetachRolePolicy",
    "DetachUserPolicy",
    "GetAccessKeyLastUsed",
    "GetAccountAuthorizationDetails",
    "GetAccountPasswordPolicy",
    "GetAccountSummary",
    "GetContextKeysForPrincipalPolicy",
    "GetGroup",
    "GetGroupPolicy",
    "GetInstanceProfile",
    "GetLoginProfile",
    "GetMFADevice",
    "GetOpenIDConnectProvider",
    "GetPolicy",
    "GetPolicyVersion",
    "GetRole",
    "GetRolePolicy",
    "GetSAMLProvider",
    "GetSSHPublicKey",
    "GetServerCertificate",
    "GetServiceLinkedRoleDeletionStatus",
    "GetUser",
    "GetUserPolicy",
    "ListAccessKeys",
    "ListAccountAliases",
    "ListAttachedGroupPolicies",
    "ListAttachedRolePolicies",
    "ListAttachedUserPolicies",
    "ListEntitiesForPolicy",
    "ListGroupPolicies",
    "ListGroups",
    "ListGroupsForUser",
    "ListInstanceProfileTags",
    "ListInstanceProfiles",
    "ListInstanceProfilesForRole",
    "ListMFADeviceTags",
    "ListMFADevices",
    "ListOpenIDConnectProviderTags",
    "ListOpenIDConnectProviders",
    "ListPolicies",
    "ListPolicyTags",
    "ListPolicyVersions",
    "ListRolePolicies",
    "ListRoleTags",
    "ListRoles",
    "ListSAMLProviderTags",
    "ListSAMLProviders",
    "ListSSHPublicKeys",
    "ListServerCertificateTags",
    "ListServerCertificates",
    "ListServiceSpecificCredentials",
    "ListSigningCertificates",
    "ListUserPolicies",
    "ListUserTags",
    "ListUsers",
    "ListVirtualMFADevices",
    "PutGroupPolicy",
    "PutRolePermissionsBoundary",
    "PutRolePolicy",
    "PutUserPermissionsBoundary",
    "PutUserPolicy",
    "RemoveClientIDFromOpenIDConnectProvider",
    "RemoveRoleFromInstanceProfile",
    "RemoveUserFromGroup",
    "SetDefaultPolicyVersion",
    "SimulateCustomPolicy",
    "SimulatePrincipalPolicy",
    "TagInstanceProfile",
    "TagOpenIDConnectProvider",
    "TagPolicy",
    "TagRole",
    "TagUser",
    "UntagInstanceProfile",
    "UntagOpenIDConnectProvider",
    "UntagPolicy",
    "UntagRole",
    "UntagUser",
    "UpdateAccessKey",
    "UpdateAssumeRolePolicy",
    "UpdateGroup",
    "UpdateOpenIDConnectProvider",
    "UpdateOpenIDConnectProviderThumbprint",
    "UpdateRole",
    "UpdateRoleDescription",
    "UpdateUser",
];

/// What we serve of STS.
const STS: &[&str] = &[
    "AssumeRole",
    "AssumeRoleWithWebIdentity",
    "GetAccessKeyInfo",
    "GetCallerIdentity",
    "GetFederationToken",
    "GetScopedCredentials",
    "GetSessionToken",
];

impl Service {
    /// Is the model written by us rather than published?
    pub(crate) fn is_ours(&self) -> bool {
        self.module == "longshore"
    }

    /// The IAM action that allows `operation`, e.g. `ecr:PutImage`.
    pub(crate) fn action(&self, operation: &str) -> String {
        let renamed = self.actions.iter().find(|(name, _)| *name == operation);
        let action = renamed.map_or(operation, |(_, action)| action);
        if action.contains(':') {
            return action.to_owned();
        }
        format!("{}:{action}", self.action_prefix)
    }
}
