//! Every input type, so that a test can read any operation's body as the server would.

use wire::aws::json::{Input, read};
use wire::aws::schema::{self, Structure};
use wire::aws::{
    Operation, WireRefusal, cloudtrail, ecr, ecr_public, events, iam, kms, longshore,
    secrets_manager, sts,
};

/// Reads a body as one type and forgets the value.
pub(crate) struct Reader {
    pub(crate) schema: &'static Structure,
    pub(crate) read: fn(&[u8]) -> Result<(), WireRefusal>,
}

fn reader<I: Input>() -> Reader {
    Reader { schema: I::schema(), read: |body| read::<I>(body).map(|_| ()) }
}

macro_rules! readers {
    ($($module:ident: $($input:ident),+;)+) => { vec![$($(reader::<$module::$input>()),+),+] };
}

/// One reader per operation, in the order of [`Operation::all`].
pub(crate) fn all() -> Vec<Reader> {
    let mut readers = of_images();
    readers.append(&mut of_identity());
    readers.append(&mut of_keys());
    readers.append(&mut of_ours());
    readers
}

/// Those of the two registries.
fn of_images() -> Vec<Reader> {
    readers! {
                ecr: BatchCheckLayerAvailabilityRequest, BatchDeleteImageRequest,
            BatchGetImageRequest, BatchGetRepositoryScanningConfigurationRequest,
            CompleteLayerUploadRequest, CreatePullThroughCacheRuleRequest,
            CreateRepositoryRequest, CreateRepositoryCreationTemplateRequest,
            DeleteLifecyclePolicyRequest, DeletePullThroughCacheRuleRequest,
            DeleteRegistryPolicyRequest, DeleteRepositoryRequest,
            DeleteRepositoryCreationTemplateRequest, DeleteRepositoryPolicyRequest,
            DeleteSigningConfigurationRequest, DeregisterPullTimeUpdateExclusionRequest,
            DescribeImageReplicationStatusRequest, DescribeImageScanFindingsRequest,
            DescribeImageSigningStatusRequest, DescribeImagesRequest,
            DescribePullThroughCacheRulesRequest, DescribeRegistryRequest,
            DescribeReplicationBackfillResultsRequest, DescribeRepositoriesRequest,
            DescribeRepositoryCreationTemplatesRequest, GetAccountSettingRequest,
            GetAuthorizationTokenRequest, GetDownloadUrlForLayerRequest,
            GetLifecyclePolicyRequest, GetLifecyclePolicyPreviewRequest, GetRegistryPolicyRequest,
            GetRegistryScanningConfigurationRequest, GetRepositoryPolicyRequest,
            GetSigningConfigurationRequest, InitiateLayerUploadRequest, ListImageReferrersRequest,
            ListImagesRequest, ListPullTimeUpdateExclusionsRequest,
            ListReplicationBackfillsRequest, ListTagsForResourceRequest, PutAccountSettingRequest,
            PutImageRequest, PutImageScanningConfigurationRequest, PutImageTagMutabilityRequest,
            PutLifecyclePolicyRequest, PutRegistryPolicyRequest,
            PutRegistryScanningConfigurationRequest, PutReplicationConfigurationRequest,
            PutSigningConfigurationRequest, RegisterPullTimeUpdateExclusionRequest,
            SetRepositoryPolicyRequest, StartImageScanRequest, StartLifecyclePolicyPreviewRequest,
            StartReplicationBackfillRequest, StopReplicationBackfillRequest, TagResourceRequest,
            UntagResourceRequest, UpdateImageStorageClassRequest,
            UpdatePullThroughCacheRuleRequest, UpdateRepositoryCreationTemplateRequest,
            UploadLayerPartRequest, ValidatePullThroughCacheRuleRequest;
                ecr_public: BatchCheckLayerAvailabilityRequest, BatchDeleteImageRequest,
            CompleteLayerUploadRequest, CreateRepositoryRequest, DeleteRepositoryRequest,
            DeleteRepositoryPolicyRequest, DescribeImageTagsRequest, DescribeImagesRequest,
            DescribeRegistriesRequest, DescribeRepositoriesRequest, GetAuthorizationTokenRequest,
            GetRegistryCatalogDataRequest, GetRepositoryCatalogDataRequest,
            GetRepositoryPolicyRequest, InitiateLayerUploadRequest, ListTagsForResourceRequest,
            PutImageRequest, PutRegistryCatalogDataRequest, PutRepositoryCatalogDataRequest,
            SetRepositoryPolicyRequest, TagResourceRequest, UntagResourceRequest,
            UploadLayerPartRequest;
    }
}

/// Those of the services around it.
fn of_identity() -> Vec<Reader> {
    readers! {
        iam: AddClientIDToOpenIDConnectProviderRequest, AddRoleToInstanceProfileRequest,
            AddUserToGroupRequest, AttachGroupPolicyRequest, AttachRolePolicyRequest,
            AttachUserPolicyRequest, CreateAccessKeyRequest, CreateGroupRequest,
            CreateInstanceProfileRequest, CreateOpenIDConnectProviderRequest, CreatePolicyRequest,
            CreatePolicyVersionRequest, CreateRoleRequest, CreateUserRequest,
            DeactivateMFADeviceRequest, DeleteAccessKeyRequest, DeleteAccountAliasRequest;
                schema: Nothing;
                iam: DeleteGroupRequest, DeleteGroupPolicyRequest, DeleteInstanceProfileRequest,
            DeleteLoginProfileRequest, DeleteOpenIDConnectProviderRequest, DeletePolicyRequest,
            DeletePolicyVersionRequest, DeleteRoleRequest, DeleteRolePermissionsBoundaryRequest,
            DeleteRolePolicyRequest, DeleteSAMLProviderRequest, DeleteSSHPublicKeyRequest,
            DeleteServerCertificateRequest, DeleteServiceLinkedRoleRequest,
            DeleteServiceSpecificCredentialRequest, DeleteSigningCertificateRequest,
            DeleteUserRequest, DeleteUserPermissionsBoundaryRequest, DeleteUserPolicyRequest,
            DeleteVirtualMFADeviceRequest, DetachGroupPolicyRequest, DetachRolePolicyRequest,
            DetachUserPolicyRequest, GetAccessKeyLastUsedRequest,
            GetAccountAuthorizationDetailsRequest;
                schema: Nothing;
                schema: Nothing;
                iam: GetContextKeysForPrincipalPolicyRequest, GetGroupRequest,
            GetGroupPolicyRequest, GetInstanceProfileRequest, GetLoginProfileRequest,
            GetMFADeviceRequest, GetOpenIDConnectProviderRequest, GetPolicyRequest,
            GetPolicyVersionRequest, GetRoleRequest, GetRolePolicyRequest, GetSAMLProviderRequest,
            GetSSHPublicKeyRequest, GetServerCertificateRequest,
            GetServiceLinkedRoleDeletionStatusRequest, GetUserRequest, GetUserPolicyRequest,
            ListAccessKeysRequest, ListAccountAliasesRequest, ListAttachedGroupPoliciesRequest,
            ListAttachedRolePoliciesRequest, ListAttachedUserPoliciesRequest,
            ListEntitiesForPolicyRequest, ListGroupPoliciesRequest, ListGroupsRequest,
            ListGroupsForUserRequest, ListInstanceProfileTagsRequest, ListInstanceProfilesRequest,
            ListInstanceProfilesForRoleRequest, ListMFADeviceTagsRequest, ListMFADevicesRequest,
            ListOpenIDConnectProviderTagsRequest, ListOpenIDConnectProvidersRequest,
            ListPoliciesRequest, ListPolicyTagsRequest, ListPolicyVersionsRequest,
            ListRolePoliciesRequest, ListRoleTagsRequest, ListRolesRequest,
            ListSAMLProviderTagsRequest, ListSAMLProvidersRequest, ListSSHPublicKeysRequest,
            ListServerCertificateTagsRequest, ListServerCertificatesRequest,
            ListServiceSpecificCredentialsRequest, ListSigningCertificatesRequest,
            ListUserPoliciesRequest, ListUserTagsRequest, ListUsersRequest,
            ListVirtualMFADevicesRequest, PutGroupPolicyRequest, PutRolePermissionsBoundaryRequest,
            PutRolePolicyRequest, PutUserPermissionsBoundaryRequest, PutUserPolicyRequest,
            RemoveClientIDFromOpenIDConnectProviderRequest, RemoveRoleFromInstanceProfileRequest,
            RemoveUserFromGroupRequest, SetDefaultPolicyVersionRequest, SimulateCustomPolicyRequest,
            SimulatePrincipalPolicyRequest, TagInstanceProfileRequest,
            TagOpenIDConnectProviderRequest, TagPolicyRequest, TagRoleRequest, TagUserRequest,
            UntagInstanceProfileRequest, UntagOpenIDConnectProviderRequest, UntagPolicyRequest,
            UntagRoleRequest, UntagUserRequest, UpdateAccessKeyRequest,
            UpdateAssumeRolePolicyRequest, UpdateGroupRequest, UpdateOpenIDConnectProviderRequest,
            UpdateOpenIDConnectProviderThumbprintRequest, UpdateRoleRequest,
            UpdateRoleDescriptionRequest, UpdateUserRequest;
                sts: AssumeRoleRequest, AssumeRoleWithWebIdentityRequest, GetAccessKeyInfoRequest,
            GetCallerIdentityRequest, GetFederationTokenRequest, GetScopedCredentialsRequest,
            GetSessionTokenRequest;
    }
}

/// Those of KMS.
fn of_keys() -> Vec<Reader> {
    readers! {
                kms: CancelKeyDeletionRequest, ConnectCustomKeyStoreRequest, CreateAliasRequest,
            CreateCustomKeyStoreRequest, CreateGrantRequest, CreateKeyRequest,
            DecapsulateRequest, DecryptRequest, DeleteAliasRequest,
            DeleteCustomKeyStoreRequest, DeleteImportedKeyMaterialRequest,
            DeriveSharedSecretRequest, DescribeCustomKeyStoresRequest,
            DescribeKeyRequest, DisableKeyRequest, DisableKeyRotationRequest,
            DisconnectCustomKeyStoreRequest, EnableKeyRequest, EnableKeyRotationRequest,
            EncapsulateRequest, EncryptRequest, GenerateDataKeyRequest,
            GenerateDataKeyPairRequest, GenerateDataKeyPairWithoutPlaintextRequest,
            GenerateDataKeyWithoutPlaintextRequest, GenerateMacRequest,
            GenerateRandomRequest, GetKeyLastUsageRequest, GetKeyPolicyRequest,
            GetKeyRotationStatusRequest, GetParametersForImportRequest,
            GetPublicKeyRequest, ImportKeyMaterialRequest, ListAliasesRequest,
            ListGrantsRequest, ListKeyPoliciesRequest, ListKeyRotationsRequest,
            ListKeysRequest, ListResourceTagsRequest, ListRetirableGrantsRequest,
            PutKeyPolicyRequest, ReEncryptRequest, ReplicateKeyRequest,
            RetireGrantRequest, RevokeGrantRequest, RotateKeyOnDemandRequest,
            ScheduleKeyDeletionRequest, SignRequest, TagResourceRequest,
            UntagResourceRequest, UpdateAliasRequest, UpdateCustomKeyStoreRequest,
            UpdateKeyDescriptionRequest, UpdatePrimaryRegionRequest, VerifyRequest,
            VerifyMacRequest;
    }
}

/// Those of CloudTrail, EventBridge, Secrets Manager and of our own service.
fn of_ours() -> Vec<Reader> {
    readers! {
        cloudtrail: DescribeTrailsRequest, GetTrailStatusRequest, ListPublicKeysRequest,
            LookupEventsRequest;
        events: DeleteRuleRequest, DescribeRuleRequest, DisableRuleRequest, EnableRuleRequest,
            ListRuleNamesByTargetRequest, ListRulesRequest, ListTargetsByRuleRequest,
            PutRuleRequest, PutTargetsRequest, RemoveTargetsRequest, TestEventPatternRequest;
        secrets_manager: CreateSecretRequest, DeleteResourcePolicyRequest, DeleteSecretRequest,
            DescribeSecretRequest, GetRandomPasswordRequest, GetResourcePolicyRequest,
            GetSecretValueRequest, ListSecretVersionIdsRequest, ListSecretsRequest,
            PutResourcePolicyRequest, PutSecretValueRequest, RestoreSecretRequest,
            TagResourceRequest, UntagResourceRequest, UpdateSecretRequest;
        longshore: CloseAccountRequest, CreateAccountRequest, DeletePullGateRequest, DescribeKeyringRequest, DescribeRekeyRequest, ExplainAccessRequest, ExplainDecisionRequest, ExplainPullRequest, ExplainRetentionRequest, ExplainVulnerabilityRequest, GetImageSbomRequest, GetPullGateRequest, ImportAdvisoriesRequest, ListAccountsRequest, ListAdvisorySourcesRequest, ListDeadLettersRequest, ListDeletedImagesRequest, ListEventsRequest, ListJobsRequest, ListTagHistoryRequest, PutPullGateRequest, RedriveDeadLettersRequest, RekeyRepositoryRequest, RemoveRootKeyRequest, ReplayEventsRequest, RestoreImageRequest, RetryJobRequest, RollBackTagRequest, RotateRootKeyRequest;
    }
}

#[test]
fn every_operation_has_an_input_type_of_its_own() {
    let readers = all();
    assert_eq!(readers.len(), Operation::all().count());
    for (reader, operation) in readers.iter().zip(Operation::all()) {
        assert!(std::ptr::eq(reader.schema, operation.spec().input), "{}", operation.name());
    }
}
