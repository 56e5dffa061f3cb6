//! The list of implemented operations, and the way from an operation to its handler.

use wire::aws;

use super::call::Context;
use super::failure::Refused;
use super::not_yet::not_yet;
use super::perform::{Begin, begin, perform};
use super::recording::{end, recording};
use super::words::Words;
use crate::doors::aws::{cloudtrail, ecr, events, iam, kms, longshore, secrets_manager, sts};

/// Performs any operation of any service, and records it.
pub(super) async fn dispatch(
    context: &Context<'_>,
    operation: aws::Operation,
    words: &Words<'_>,
) -> Result<Vec<u8>, Refused> {
    let mut recording = recording(context, operation);
    let outcome = match beginning(operation) {
        Some(begin) => perform(context, operation, words, begin, &mut recording).await,
        None => Err(not_yet(&context.asking(), operation, words).await),
    };
    let outcome = outcome.map_err(|refused| refused.into_told(&context.from.id, operation));
    end(recording, context, operation, words, outcome.as_ref().err()).await?;
    outcome.map_err(Refused::Told)
}

/// Goes as far as the guard and no further.
#[cfg(test)]
pub(super) async fn admit_only(
    asking: &crate::guard::Asking<'_>,
    operation: aws::Operation,
    words: &Words<'_>,
) -> Result<(), Refused> {
    match beginning(operation) {
        Some(begin) => {
            let mut call = begin(asking.caller, operation, words)?;
            super::perform::admit(asking, operation, &mut *call, &mut Vec::new()).await
        }
        None => Err(not_yet(asking, operation, words).await),
    }
}

/// Makes the way to each handler and the list of operations from one list, so that they agree.
///
/// A service is named as [`aws::Operation`] names it and as its module is called, both here and in
/// `wire`.
macro_rules! implemented {
    ($($service:ident = $home:ident { $($module:ident::$operation:ident,)* })+) => {
        /// The way into an operation, if it is implemented and signed.
        fn beginning(operation: aws::Operation) -> Option<Begin> {
            match operation {
                $($(aws::Operation::$service(aws::$home::Operation::$operation) => {
                    Some(begin::<$home::$module::$operation>)
                })*)+
                _ => None,
            }
        }

        /// The implemented operations, except the unsigned ones.
        #[cfg(test)]
        pub(super) const IMPLEMENTED: &[aws::Operation] =
            &[$($(aws::Operation::$service(aws::$home::Operation::$operation),)*)+];
    };
}

implemented! {
    CloudTrail = cloudtrail {
        describe_trails::DescribeTrails,
        get_trail_status::GetTrailStatus,
        list_public_keys::ListPublicKeys,
        lookup_events::LookupEvents,
    }
    Ecr = ecr {
        image::BatchDeleteImage,
        image::BatchGetImage,
        image::DescribeImages,
        image::ListImageReferrers,
        image::ListImages,
        image::PutImage,
        image::UpdateImageStorageClass,
        layer::BatchCheckLayerAvailability,
        layer::CompleteLayerUpload,
        layer::GetDownloadUrlForLayer,
        layer::InitiateLayerUpload,
        layer::UploadLayerPart,
        lifecycle::DeleteLifecyclePolicy,
        lifecycle::GetLifecyclePolicy,
        lifecycle::GetLifecyclePolicyPreview,
        lifecycle::PutLifecyclePolicy,
        lifecycle::StartLifecyclePolicyPreview,
        policy::DeleteRegistryPolicy,
        policy::DeleteRepositoryPolicy,
        policy::GetRegistryPolicy,
        policy::GetRepositoryPolicy,
        policy::PutRegistryPolicy,
        policy::SetRepositoryPolicy,
        pull_through::CreatePullThroughCacheRule,
        pull_through::DeletePullThroughCacheRule,
        pull_through::DescribePullThroughCacheRules,
        pull_through::UpdatePullThroughCacheRule,
        pull_through::ValidatePullThroughCacheRule,
        registry::DeregisterPullTimeUpdateExclusion,
        registry::DescribeRegistry,
        registry::GetAccountSetting,
        registry::GetAuthorizationToken,
        registry::ListPullTimeUpdateExclusions,
        registry::PutAccountSetting,
        registry::RegisterPullTimeUpdateExclusion,
        repository::CreateRepository,
        repository::DeleteRepository,
        repository::DescribeRepositories,
        repository::PutImageScanningConfiguration,
        repository::PutImageTagMutability,
        scanning::BatchGetRepositoryScanningConfiguration,
        scanning::DescribeImageScanFindings,
        scanning::GetRegistryScanningConfiguration,
        scanning::PutRegistryScanningConfiguration,
        scanning::StartImageScan,
        tag::ListTagsForResource,
        tag::TagResource,
        tag::UntagResource,
        template::CreateRepositoryCreationTemplate,
        template::DeleteRepositoryCreationTemplate,
        template::DescribeRepositoryCreationTemplates,
        template::UpdateRepositoryCreationTemplate,
    }
    EventBridge = events {
        delete_rule::DeleteRule,
        describe_rule::DescribeRule,
        disable_rule::DisableRule,
        enable_rule::EnableRule,
        list_rule_names_by_target::ListRuleNamesByTarget,
        list_rules::ListRules,
        list_targets_by_rule::ListTargetsByRule,
        put_rule::PutRule,
        put_targets::PutTargets,
        remove_targets::RemoveTargets,
        test_event_pattern::TestEventPattern,
    }
    SecretsManager = secrets_manager {
        create_secret::CreateSecret,
        delete_resource_policy::DeleteResourcePolicy,
        delete_secret::DeleteSecret,
        describe_secret::DescribeSecret,
        get_random_password::GetRandomPassword,
        get_resource_policy::GetResourcePolicy,
        get_secret_value::GetSecretValue,
        list_secret_version_ids::ListSecretVersionIds,
        list_secrets::ListSecrets,
        put_resource_policy::PutResourcePolicy,
        put_secret_value::PutSecretValue,
        restore_secret::RestoreSecret,
        tag_resource::TagResource,
        untag_resource::UntagResource,
        update_secret::UpdateSecret,
    }
    Iam = iam {
        absent::DeactivateMFADevice,
        absent::DeleteAccountAlias,
        absent::DeleteAccountPasswordPolicy,
        absent::DeleteLoginProfile,
        absent::DeleteSAMLProvider,
        absent::DeleteSSHPublicKey,
        absent::DeleteServerCertificate,
        absent::DeleteServiceLinkedRole,
        absent::DeleteServiceSpecificCredential,
        absent::DeleteSigningCertificate,
        absent::DeleteVirtualMFADevice,
        absent::GetAccountPasswordPolicy,
        absent::GetLoginProfile,
        absent::GetMFADevice,
        absent::GetSAMLProvider,
        absent::GetSSHPublicKey,
        absent::GetServerCertificate,
        absent::GetServiceLinkedRoleDeletionStatus,
        absent::ListAccountAliases,
        absent::ListMFADeviceTags,
        absent::ListMFADevices,
        absent::ListSAMLProviderTags,
        absent::ListSAMLProviders,
        absent::ListSSHPublicKeys,
        absent::ListServerCertificateTags,
        absent::ListServerCertificates,
        absent::ListServiceSpecificCredentials,
        absent::ListSigningCertificates,
        absent::ListVirtualMFADevices,
        access_key::CreateAccessKey,
        access_key::DeleteAccessKey,
        access_key::GetAccessKeyLastUsed,
        access_key::ListAccessKeys,
        access_key::UpdateAccessKey,
        account::GetAccountAuthorizationDetails,
        account::GetAccountSummary,
        group::AddUserToGroup,
        group::CreateGroup,
        group::DeleteGroup,
        group::GetGroup,
        group::ListGroups,
        group::ListGroupsForUser,
        group::RemoveUserFromGroup,
        group::UpdateGroup,
        holder::AttachGroupPolicy,
        holder::AttachRolePolicy,
        holder::AttachUserPolicy,
        holder::DeleteGroupPolicy,
        holder::DeleteRolePolicy,
        holder::DeleteUserPolicy,
        holder::DetachGroupPolicy,
        holder::DetachRolePolicy,
        holder::DetachUserPolicy,
        holder::GetGroupPolicy,
        holder::GetRolePolicy,
        holder::GetUserPolicy,
        holder::ListAttachedGroupPolicies,
        holder::ListAttachedRolePolicies,
        holder::ListAttachedUserPolicies,
        holder::ListGroupPolicies,
        holder::ListRolePolicies,
        holder::ListUserPolicies,
        holder::PutGroupPolicy,
        holder::PutRolePolicy,
        holder::PutUserPolicy,
        instance_profile::AddRoleToInstanceProfile,
        instance_profile::CreateInstanceProfile,
        instance_profile::DeleteInstanceProfile,
        instance_profile::GetInstanceProfile,
        instance_profile::ListInstanceProfiles,
        instance_profile::ListInstanceProfilesForRole,
        instance_profile::RemoveRoleFromInstanceProfile,
        policy::CreatePolicy,
        policy::CreatePolicyVersion,
        policy::DeletePolicy,
        policy::DeletePolicyVersion,
        policy::GetPolicy,
        policy::GetPolicyVersion,
        policy::ListEntitiesForPolicy,
        policy::ListPolicies,
        policy::ListPolicyVersions,
        policy::SetDefaultPolicyVersion,
        provider::AddClientIDToOpenIDConnectProvider,
        provider::CreateOpenIDConnectProvider,
        provider::DeleteOpenIDConnectProvider,
        provider::GetOpenIDConnectProvider,
        provider::ListOpenIDConnectProviders,
        provider::RemoveClientIDFromOpenIDConnectProvider,
        provider::UpdateOpenIDConnectProvider,
        provider::UpdateOpenIDConnectProviderThumbprint,
        role::CreateRole,
        role::DeleteRole,
        role::DeleteRolePermissionsBoundary,
        role::GetRole,
        role::ListRoles,
        role::PutRolePermissionsBoundary,
        role::UpdateAssumeRolePolicy,
        role::UpdateRole,
        role::UpdateRoleDescription,
        simulation::GetContextKeysForPrincipalPolicy,
        simulation::SimulateCustomPolicy,
        simulation::SimulatePrincipalPolicy,
        tag::ListInstanceProfileTags,
        tag::ListOpenIDConnectProviderTags,
        tag::ListPolicyTags,
        tag::ListRoleTags,
        tag::ListUserTags,
        tag::TagInstanceProfile,
        tag::TagOpenIDConnectProvider,
        tag::TagPolicy,
        tag::TagRole,
        tag::TagUser,
        tag::UntagInstanceProfile,
        tag::UntagOpenIDConnectProvider,
        tag::UntagPolicy,
        tag::UntagRole,
        tag::UntagUser,
        user::CreateUser,
        user::DeleteUser,
        user::DeleteUserPermissionsBoundary,
        user::GetUser,
        user::ListUsers,
        user::PutUserPermissionsBoundary,
        user::UpdateUser,
    }
    Kms = kms {
        alias::CreateAlias,
        alias::DeleteAlias,
        alias::ListAliases,
        alias::UpdateAlias,
        cryptography::Decrypt,
        cryptography::Encrypt,
        cryptography::GenerateDataKey,
        cryptography::GenerateDataKeyPair,
        cryptography::GenerateDataKeyPairWithoutPlaintext,
        cryptography::GenerateDataKeyWithoutPlaintext,
        cryptography::GenerateRandom,
        cryptography::ReEncrypt,
        grant::CreateGrant,
        grant::ListGrants,
        grant::ListRetirableGrants,
        grant::RetireGrant,
        grant::RevokeGrant,
        key::CancelKeyDeletion,
        key::CreateKey,
        key::DescribeKey,
        key::DisableKey,
        key::EnableKey,
        key::ListKeys,
        key::ScheduleKeyDeletion,
        key::UpdateKeyDescription,
        policy::GetKeyPolicy,
        policy::ListKeyPolicies,
        policy::PutKeyPolicy,
        rotation::DisableKeyRotation,
        rotation::EnableKeyRotation,
        rotation::GetKeyRotationStatus,
        rotation::ListKeyRotations,
        rotation::RotateKeyOnDemand,
        signing::GetPublicKey,
        signing::Sign,
        signing::Verify,
        tag::ListResourceTags,
        tag::TagResource,
        tag::UntagResource,
    }
    Longshore = longshore {
        close_account::CloseAccount,
        create_account::CreateAccount,
        delete_pull_gate::DeletePullGate,
        describe_keyring::DescribeKeyring,
        describe_rekey::DescribeRekey,
        explain_access::ExplainAccess,
        explain_decision::ExplainDecision,
        explain_pull::ExplainPull,
        explain_retention::ExplainRetention,
        explain_vulnerability::ExplainVulnerability,
        get_image_sbom::GetImageSbom,
        get_pull_gate::GetPullGate,
        import_advisories::ImportAdvisories,
        list_accounts::ListAccounts,
        list_advisory_sources::ListAdvisorySources,
        list_dead_letters::ListDeadLetters,
        list_deleted_images::ListDeletedImages,
        list_events::ListEvents,
        list_jobs::ListJobs,
        list_tag_history::ListTagHistory,
        put_pull_gate::PutPullGate,
        redrive_dead_letters::RedriveDeadLetters,
        rekey_repository::RekeyRepository,
        remove_root_key::RemoveRootKey,
        replay_events::ReplayEvents,
        restore_image::RestoreImage,
        retry_job::RetryJob,
        roll_back_tag::RollBackTag,
        rotate_root_key::RotateRootKey,
    }
    Sts = sts {
        assume_role::AssumeRole,
        get_access_key_info::GetAccessKeyInfo,
        get_caller_identity::GetCallerIdentity,
        get_federation_token::GetFederationToken,
        get_scoped_credentials::GetScopedCredentials,
        get_session_token::GetSessionToken,
    }
}
