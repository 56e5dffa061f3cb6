//! The list of what is implemented, and the way from an operation to its handler.

use wire::aws;

use super::call::{Context, perform};
use super::failure::Refused;
use super::not_yet::not_yet;
use super::words::Words;
use crate::doors::aws::{self as ecr, iam, longshore, sts};

/// Makes the dispatcher and the list of operations from one list of handlers, so that they agree.
///
/// A service is named as [`aws::Operation`] names it and as its module is called, both here and in `wire`.
macro_rules! implemented {
    ($($service:ident = $home:ident { $($module:ident::$operation:ident,)* })+) => {
        /// Performs any operation of any service.
        pub(super) async fn dispatch(
            context: &Context<'_>,
            operation: aws::Operation,
            words: &Words<'_>,
        ) -> Result<Vec<u8>, Refused> {
            match operation {
                $($(aws::Operation::$service(aws::$home::Operation::$operation) => {
                    Box::pin(perform::<$home::$module::$operation>(context, operation, words)).await
                })*)+
                other => Err(not_yet(&context.asking(), other, words).await),
            }
        }

        /// The operations that are implemented, but for those that nobody signs.
        #[cfg(test)]
        pub(super) const IMPLEMENTED: &[aws::Operation] =
            &[$($(aws::Operation::$service(aws::$home::Operation::$operation),)*)+];

        /// Goes as far as the guard and no further.
        #[cfg(test)]
        pub(super) async fn admit_only(
            asking: &crate::guard::Asking<'_>,
            operation: aws::Operation,
            words: &Words<'_>,
        ) -> Result<(), Refused> {
            use super::call::admit;
            match operation {
                $($(aws::Operation::$service(aws::$home::Operation::$operation) => {
                    admit::<$home::$module::$operation>(asking, operation, words).await.map(drop)
                })*)+
                other => Err(not_yet(asking, other, words).await),
            }
        }
    };
}

implemented! {
    Ecr = ecr {
        batch_check_layer_availability::BatchCheckLayerAvailability,
        batch_delete_image::BatchDeleteImage,
        batch_get_image::BatchGetImage,
        complete_layer_upload::CompleteLayerUpload,
        create_repository::CreateRepository,
        delete_registry_policy::DeleteRegistryPolicy,
        delete_repository::DeleteRepository,
        delete_repository_policy::DeleteRepositoryPolicy,
        describe_images::DescribeImages,
        describe_registry::DescribeRegistry,
        describe_repositories::DescribeRepositories,
        get_account_setting::GetAccountSetting,
        get_authorization_token::GetAuthorizationToken,
        get_download_url_for_layer::GetDownloadUrlForLayer,
        get_registry_policy::GetRegistryPolicy,
        get_repository_policy::GetRepositoryPolicy,
        initiate_layer_upload::InitiateLayerUpload,
        list_image_referrers::ListImageReferrers,
        list_images::ListImages,
        list_tags_for_resource::ListTagsForResource,
        put_account_setting::PutAccountSetting,
        put_image::PutImage,
        put_image_scanning_configuration::PutImageScanningConfiguration,
        put_image_tag_mutability::PutImageTagMutability,
        put_registry_policy::PutRegistryPolicy,
        set_repository_policy::SetRepositoryPolicy,
        tag_resource::TagResource,
        untag_resource::UntagResource,
        upload_layer_part::UploadLayerPart,
    }
    Iam = iam {
        add_client_id_to_open_id_connect_provider::AddClientIDToOpenIDConnectProvider,
        add_role_to_instance_profile::AddRoleToInstanceProfile,
        add_user_to_group::AddUserToGroup,
        attach_group_policy::AttachGroupPolicy,
        attach_role_policy::AttachRolePolicy,
        attach_user_policy::AttachUserPolicy,
        create_access_key::CreateAccessKey,
        create_group::CreateGroup,
        create_instance_profile::CreateInstanceProfile,
        create_open_id_connect_provider::CreateOpenIDConnectProvider,
        create_policy::CreatePolicy,
        create_policy_version::CreatePolicyVersion,
        create_role::CreateRole,
        create_user::CreateUser,
        deactivate_mfa_device::DeactivateMFADevice,
        delete_access_key::DeleteAccessKey,
        delete_account_alias::DeleteAccountAlias,
        delete_account_password_policy::DeleteAccountPasswordPolicy,
        delete_group::DeleteGroup,
        delete_group_policy::DeleteGroupPolicy,
        delete_instance_profile::DeleteInstanceProfile,
        delete_login_profile::DeleteLoginProfile,
        delete_open_id_connect_provider::DeleteOpenIDConnectProvider,
        delete_policy::DeletePolicy,
        delete_policy_version::DeletePolicyVersion,
        delete_role::DeleteRole,
        delete_role_permissions_boundary::DeleteRolePermissionsBoundary,
        delete_role_policy::DeleteRolePolicy,
        delete_saml_provider::DeleteSAMLProvider,
        delete_ssh_public_key::DeleteSSHPublicKey,
        delete_server_certificate::DeleteServerCertificate,
        delete_service_linked_role::DeleteServiceLinkedRole,
        delete_service_specific_credential::DeleteServiceSpecificCredential,
        delete_signing_certificate::DeleteSigningCertificate,
        delete_user::DeleteUser,
        delete_user_permissions_boundary::DeleteUserPermissionsBoundary,
        delete_user_policy::DeleteUserPolicy,
        delete_virtual_mfa_device::DeleteVirtualMFADevice,
        detach_group_policy::DetachGroupPolicy,
        detach_role_policy::DetachRolePolicy,
        detach_user_policy::DetachUserPolicy,
        get_access_key_last_used::GetAccessKeyLastUsed,
        get_account_authorization_details::GetAccountAuthorizationDetails,
        get_account_password_policy::GetAccountPasswordPolicy,
        get_account_summary::GetAccountSummary,
        get_context_keys_for_principal_policy::GetContextKeysForPrincipalPolicy,
        get_group::GetGroup,
        get_group_policy::GetGroupPolicy,
        get_instance_profile::GetInstanceProfile,
        get_login_profile::GetLoginProfile,
        get_mfa_device::GetMFADevice,
        get_open_id_connect_provider::GetOpenIDConnectProvider,
        get_policy::GetPolicy,
        get_policy_version::GetPolicyVersion,
        get_role::GetRole,
        get_role_policy::GetRolePolicy,
        get_saml_provider::GetSAMLProvider,
        get_ssh_public_key::GetSSHPublicKey,
        get_server_certificate::GetServerCertificate,
        get_service_linked_role_deletion_status::GetServiceLinkedRoleDeletionStatus,
        get_user::GetUser,
        get_user_policy::GetUserPolicy,
        list_access_keys::ListAccessKeys,
        list_account_aliases::ListAccountAliases,
        list_attached_group_policies::ListAttachedGroupPolicies,
        list_attached_role_policies::ListAttachedRolePolicies,
        list_attached_user_policies::ListAttachedUserPolicies,
        list_entities_for_policy::ListEntitiesForPolicy,
        list_group_policies::ListGroupPolicies,
        list_groups::ListGroups,
        list_groups_for_user::ListGroupsForUser,
        list_instance_profile_tags::ListInstanceProfileTags,
        list_instance_profiles::ListInstanceProfiles,
        list_instance_profiles_for_role::ListInstanceProfilesForRole,
        list_mfa_device_tags::ListMFADeviceTags,
        list_mfa_devices::ListMFADevices,
        list_open_id_connect_provider_tags::ListOpenIDConnectProviderTags,
        list_open_id_connect_providers::ListOpenIDConnectProviders,
        list_policies::ListPolicies,
        list_policy_tags::ListPolicyTags,
        list_policy_versions::ListPolicyVersions,
        list_role_policies::ListRolePolicies,
        list_role_tags::ListRoleTags,
        list_roles::ListRoles,
        list_saml_provider_tags::ListSAMLProviderTags,
        list_saml_providers::ListSAMLProviders,
        list_ssh_public_keys::ListSSHPublicKeys,
        list_server_certificate_tags::ListServerCertificateTags,
        list_server_certificates::ListServerCertificates,
        list_service_specific_credentials::ListServiceSpecificCredentials,
        list_signing_certificates::ListSigningCertificates,
        list_user_policies::ListUserPolicies,
        list_user_tags::ListUserTags,
        list_users::ListUsers,
        list_virtual_mfa_devices::ListVirtualMFADevices,
        put_group_policy::PutGroupPolicy,
        put_role_permissions_boundary::PutRolePermissionsBoundary,
        put_role_policy::PutRolePolicy,
        put_user_permissions_boundary::PutUserPermissionsBoundary,
        put_user_policy::PutUserPolicy,
        remove_client_id_from_open_id_connect_provider::RemoveClientIDFromOpenIDConnectProvider,
        remove_role_from_instance_profile::RemoveRoleFromInstanceProfile,
        remove_user_from_group::RemoveUserFromGroup,
        set_default_policy_version::SetDefaultPolicyVersion,
        simulate_custom_policy::SimulateCustomPolicy,
        simulate_principal_policy::SimulatePrincipalPolicy,
        tag_instance_profile::TagInstanceProfile,
        tag_open_id_connect_provider::TagOpenIDConnectProvider,
        tag_policy::TagPolicy,
        tag_role::TagRole,
        tag_user::TagUser,
        untag_instance_profile::UntagInstanceProfile,
        untag_open_id_connect_provider::UntagOpenIDConnectProvider,
        untag_policy::UntagPolicy,
        untag_role::UntagRole,
        untag_user::UntagUser,
        update_access_key::UpdateAccessKey,
        update_assume_role_policy::UpdateAssumeRolePolicy,
        update_group::UpdateGroup,
        update_open_id_connect_provider::UpdateOpenIDConnectProvider,
        update_open_id_connect_provider_thumbprint::UpdateOpenIDConnectProviderThumbprint,
        update_role::UpdateRole,
        update_role_description::UpdateRoleDescription,
        update_user::UpdateUser,
    }
    Longshore = longshore {
        close_account::CloseAccount,
        create_account::CreateAccount,
        explain_access::ExplainAccess,
        explain_decision::ExplainDecision,
        list_accounts::ListAccounts,
        list_jobs::ListJobs,
        retry_job::RetryJob,
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
