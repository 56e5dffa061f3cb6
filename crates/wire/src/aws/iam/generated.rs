// Written by `cargo xtask codegen` from `models/iam/2010-05-08`. Do not edit.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::aws::exception::{declared, exceptions};
use crate::aws::operation::{OperationSpec, Pagination, Protocol, ServiceSpec, operations};
use crate::aws::schema::{
    Input, NOTHING, Pattern, Shape, Structure, UNLIMITED, at_most, between, matching, one_of,
    optional, required, structure, text,
};
use crate::aws::words::words;

/// What the model says about the service.
pub static SERVICE: ServiceSpec = ServiceSpec {
    signing_name: "iam",
    protocol: Protocol::Query {
        version: "2010-05-08",
        namespace: "https://iam.amazonaws.com/doc/2010-05-08/",
    },
};

operations! {
    AddClientIDToOpenIDConnectProvider,
    AddRoleToInstanceProfile,
    AddUserToGroup,
    AttachGroupPolicy,
    AttachRolePolicy,
    AttachUserPolicy,
    CreateAccessKey,
    CreateGroup,
    CreateInstanceProfile,
    CreateOpenIDConnectProvider,
    CreatePolicy,
    CreatePolicyVersion,
    CreateRole,
    CreateUser,
    DeactivateMFADevice,
    DeleteAccessKey,
    DeleteAccountAlias,
    DeleteAccountPasswordPolicy,
    DeleteGroup,
    DeleteGroupPolicy,
    DeleteInstanceProfile,
    DeleteLoginProfile,
    DeleteOpenIDConnectProvider,
    DeletePolicy,
    DeletePolicyVersion,
    DeleteRole,
    DeleteRolePermissionsBoundary,
    DeleteRolePolicy,
    DeleteSAMLProvider,
    DeleteSSHPublicKey,
    DeleteServerCertificate,
    DeleteServiceLinkedRole,
    DeleteServiceSpecificCredential,
    DeleteSigningCertificate,
    DeleteUser,
    DeleteUserPermissionsBoundary,
    DeleteUserPolicy,
    DeleteVirtualMFADevice,
    DetachGroupPolicy,
    DetachRolePolicy,
    DetachUserPolicy,
    GetAccessKeyLastUsed,
    GetAccountAuthorizationDetails,
    GetAccountPasswordPolicy,
    GetAccountSummary,
    GetContextKeysForPrincipalPolicy,
    GetGroup,
    GetGroupPolicy,
    GetInstanceProfile,
    GetLoginProfile,
    GetMFADevice,
    GetOpenIDConnectProvider,
    GetPolicy,
    GetPolicyVersion,
    GetRole,
    GetRolePolicy,
    GetSAMLProvider,
    GetSSHPublicKey,
    GetServerCertificate,
    GetServiceLinkedRoleDeletionStatus,
    GetUser,
    GetUserPolicy,
    ListAccessKeys,
    ListAccountAliases,
    ListAttachedGroupPolicies,
    ListAttachedRolePolicies,
    ListAttachedUserPolicies,
    ListEntitiesForPolicy,
    ListGroupPolicies,
    ListGroups,
    ListGroupsForUser,
    ListInstanceProfileTags,
    ListInstanceProfiles,
    ListInstanceProfilesForRole,
    ListMFADeviceTags,
    ListMFADevices,
    ListOpenIDConnectProviderTags,
    ListOpenIDConnectProviders,
    ListPolicies,
    ListPolicyTags,
    ListPolicyVersions,
    ListRolePolicies,
    ListRoleTags,
    ListRoles,
    ListSAMLProviderTags,
    ListSAMLProviders,
    ListSSHPublicKeys,
    ListServerCertificateTags,
    ListServerCertificates,
    ListServiceSpecificCredentials,
    ListSigningCertificates,
    ListUserPolicies,
    ListUserTags,
    ListUsers,
    ListVirtualMFADevices,
    PutGroupPolicy,
    PutRolePermissionsBoundary,
    PutRolePolicy,
    PutUserPermissionsBoundary,
    PutUserPolicy,
    RemoveClientIDFromOpenIDConnectProvider,
    RemoveRoleFromInstanceProfile,
    RemoveUserFromGroup,
    SetDefaultPolicyVersion,
    SimulateCustomPolicy,
    SimulatePrincipalPolicy,
    TagInstanceProfile,
    TagOpenIDConnectProvider,
    TagPolicy,
    TagRole,
    TagUser,
    UntagInstanceProfile,
    UntagOpenIDConnectProvider,
    UntagPolicy,
    UntagRole,
    UntagUser,
    UpdateAccessKey,
    UpdateAssumeRolePolicy,
    UpdateGroup,
    UpdateOpenIDConnectProvider,
    UpdateOpenIDConnectProviderThumbprint,
    UpdateRole,
    UpdateRoleDescription,
    UpdateUser,
}

#[rustfmt::skip]
static SPECS: [OperationSpec; 124] = [
    OperationSpec {
        name: "AddClientIDToOpenIDConnectProvider", action: "iam:AddClientIDToOpenIDConnectProvider",
        input: &ADD_CLIENT_ID_TO_OPEN_ID_CONNECT_PROVIDER_REQUEST, result: None, pagination: None,
        errors: declared![
            ConcurrentModification InvalidInput NoSuchEntity LimitExceeded ServiceFailure
        ],
    },
    OperationSpec {
        name: "AddRoleToInstanceProfile", action: "iam:AddRoleToInstanceProfile",
        input: &ADD_ROLE_TO_INSTANCE_PROFILE_REQUEST, result: None, pagination: None,
        errors: declared![
            NoSuchEntity EntityAlreadyExists LimitExceeded UnmodifiableEntity ServiceFailure
        ],
    },
    OperationSpec {
        name: "AddUserToGroup", action: "iam:AddUserToGroup",
        input: &ADD_USER_TO_GROUP_REQUEST, result: None, pagination: None,
        errors: declared![
            NoSuchEntity LimitExceeded ServiceFailure
        ],
    },
    OperationSpec {
        name: "AttachGroupPolicy", action: "iam:AttachGroupPolicy",
        input: &ATTACH_GROUP_POLICY_REQUEST, result: None, pagination: None,
        errors: declared![
            NoSuchEntity LimitExceeded InvalidInput PolicyNotAttachable ServiceFailure
        ],
    },
    OperationSpec {
        name: "AttachRolePolicy", action: "iam:AttachRolePolicy",
        input: &ATTACH_ROLE_POLICY_REQUEST, result: None, pagination: None,
        errors: declared![
            NoSuchEntity LimitExceeded InvalidInput UnmodifiableEntity PolicyNotAttachable
            ServiceFailure
        ],
    },
    OperationSpec {
        name: "AttachUserPolicy", action: "iam:AttachUserPolicy",
        input: &ATTACH_USER_POLICY_REQUEST, result: None, pagination: None,
        errors: declared![
            NoSuchEntity LimitExceeded InvalidInput PolicyNotAttachable ServiceFailure
        ],
    },
    OperationSpec {
        name: "CreateAccessKey", action: "iam:CreateAccessKey",
        input: &CREATE_ACCESS_KEY_REQUEST, result: Some("CreateAccessKeyResult"), pagination: None,
        errors: declared![
            NoSuchEntity LimitExceeded ServiceFailure
        ],
    },
    OperationSpec {
        name: "CreateGroup", action: "iam:CreateGroup",
        input: &CREATE_GROUP_REQUEST, result: Some("CreateGroupResult"), pagination: None,
        errors: declared![
            LimitExceeded EntityAlreadyExists NoSuchEntity ServiceFailure
        ],
    },
    OperationSpec {
        name: "CreateInstanceProfile", action: "iam:CreateInstanceProfile",
        input: &CREATE_INSTANCE_PROFILE_REQUEST, result: Some("CreateInstanceProfileResult"), pagination: None,
        errors: declared![
            EntityAlreadyExists InvalidInput LimitExceeded ConcurrentModification ServiceFailure
        ],
    },
    OperationSpec {
        name: "CreateOpenIDConnectProvider", action: "iam:CreateOpenIDConnectProvider",
        input: &CREATE_OPEN_ID_CONNECT_PROVIDER_REQUEST, result: Some("CreateOpenIDConnectProviderResult"), pagination: None,
        errors: declared![
            InvalidInput EntityAlreadyExists LimitExceeded ConcurrentModification ServiceFailure
            OpenIdIdpCommunicationError
        ],
    },
    OperationSpec {
        name: "CreatePolicy", action: "iam:CreatePolicy",
        input: &CREATE_POLICY_REQUEST, result: Some("CreatePolicyResult"), pagination: None,
        errors: declared![
            InvalidInput LimitExceeded EntityAlreadyExists MalformedPolicyDocument
            ConcurrentModification ServiceFailure
        ],
    },
    OperationSpec {
        name: "CreatePolicyVersion", action: "iam:CreatePolicyVersion",
        input: &CREATE_POLICY_VERSION_REQUEST, result: Some("CreatePolicyVersionResult"), pagination: None,
        errors: declared![
            NoSuchEntity MalformedPolicyDocument InvalidInput LimitExceeded ServiceFailure
        ],
    },
    OperationSpec {
        name: "CreateRole", action: "iam:CreateRole",
        input: &CREATE_ROLE_REQUEST, result: Some("CreateRoleResult"), pagination: None,
        errors: declared![
            LimitExceeded InvalidInput EntityAlreadyExists MalformedPolicyDocument
            ConcurrentModification ServiceFailure
        ],
    },
    OperationSpec {
        name: "CreateUser", action: "iam:CreateUser",
        input: &CREATE_USER_REQUEST, result: Some("CreateUserResult"), pagination: None,
        errors: declared![
            LimitExceeded EntityAlreadyExists NoSuchEntity InvalidInput ConcurrentModification
            ServiceFailure
        ],
    },
    OperationSpec {
        name: "DeactivateMFADevice", action: "iam:DeactivateMFADevice",
        input: &DEACTIVATE_MFA_DEVICE_REQUEST, result: None, pagination: None,
        errors: declared![
            EntityTemporarilyUnmodifiable NoSuchEntity LimitExceeded ServiceFailure
            ConcurrentModification
        ],
    },
    OperationSpec {
        name: "DeleteAccessKey", action: "iam:DeleteAccessKey",
        input: &DELETE_ACCESS_KEY_REQUEST, result: None, pagination: None,
        errors: declared![
            NoSuchEntity LimitExceeded ServiceFailure
        ],
    },
    OperationSpec {
        name: "DeleteAccountAlias", action: "iam:DeleteAccountAlias",
        input: &DELETE_ACCOUNT_ALIAS_REQUEST, result: None, pagination: None,
        errors: declared![
            ConcurrentModification NoSuchEntity LimitExceeded ServiceFailure
        ],
    },
    OperationSpec {
        name: "DeleteAccountPasswordPolicy", action: "iam:DeleteAccountPasswordPolicy",
        input: &NOTHING, result: None, pagination: None,
        errors: declared![
            NoSuchEntity LimitExceeded ServiceFailure
        ],
    },
    OperationSpec {
        name: "DeleteGroup", action: "iam:DeleteGroup",
        input: &DELETE_GROUP_REQUEST, result: None, pagination: None,
        errors: declared![
            NoSuchEntity DeleteConflict LimitExceeded ServiceFailure
        ],
    },
    OperationSpec {
        name: "DeleteGroupPolicy", action: "iam:DeleteGroupPolicy",
        input: &DELETE_GROUP_POLICY_REQUEST, result: None, pagination: None,
        errors: declared![
            NoSuchEntity LimitExceeded ServiceFailure
        ],
    },
    OperationSpec {
        name: "DeleteInstanceProfile", action: "iam:DeleteInstanceProfile",
        input: &DELETE_INSTANCE_PROFILE_REQUEST, result: None, pagination: None,
        errors: declared![
            NoSuchEntity DeleteConflict LimitExceeded ServiceFailure
        ],
    },
    OperationSpec {
        name: "DeleteLoginProfile", action: "iam:DeleteLoginProfile",
        input: &DELETE_LOGIN_PROFILE_REQUEST, result: None, pagination: None,
        errors: declared![
            EntityTemporarilyUnmodifiable NoSuchEntity LimitExceeded ServiceFailure
        ],
    },
    OperationSpec {
        name: "DeleteOpenIDConnectProvider", action: "iam:DeleteOpenIDConnectProvider",
        input: &DELETE_OPEN_ID_CONNECT_PROVIDER_REQUEST, result: None, pagination: None,
        errors: declared![
            InvalidInput NoSuchEntity ConcurrentModification ServiceFailure
        ],
    },
    OperationSpec {
        name: "DeletePolicy", action: "iam:DeletePolicy",
        input: &DELETE_POLICY_REQUEST, result: None, pagination: None,
        errors: declared![
            NoSuchEntity LimitExceeded InvalidInput DeleteConflict ServiceFailure
        ],
    },
    OperationSpec {
        name: "DeletePolicyVersion", action: "iam:DeletePolicyVersion",
        input: &DELETE_POLICY_VERSION_REQUEST, result: None, pagination: None,
        errors: declared![
            NoSuchEntity LimitExceeded InvalidInput DeleteConflict ServiceFailure
        ],
    },
    OperationSpec {
        name: "DeleteRole", action: "iam:DeleteRole",
        input: &DELETE_ROLE_REQUEST, result: None, pagination: None,
        errors: declared![
            NoSuchEntity DeleteConflict LimitExceeded UnmodifiableEntity ConcurrentModification
            ServiceFailure
        ],
    },
    OperationSpec {
        name: "DeleteRolePermissionsBoundary", action: "iam:DeleteRolePermissionsBoundary",
        input: &DELETE_ROLE_PERMISSIONS_BOUNDARY_REQUEST, result: None, pagination: None,
        errors: declared![
            NoSuchEntity UnmodifiableEntity ServiceFailure
        ],
    },
    OperationSpec {
        name: "DeleteRolePolicy", action: "iam:DeleteRolePolicy",
        input: &DELETE_ROLE_POLICY_REQUEST, result: None, pagination: None,
        errors: declared![
            NoSuchEntity LimitExceeded UnmodifiableEntity ServiceFailure
        ],
    },
    OperationSpec {
        name: "DeleteSAMLProvider", action: "iam:DeleteSAMLProvider",
        input: &DELETE_SAML_PROVIDER_REQUEST, result: None, pagination: None,
        errors: declared![
            InvalidInput LimitExceeded NoSuchEntity ConcurrentModification ServiceFailure
        ],
    },
    OperationSpec {
        name: "DeleteSSHPublicKey", action: "iam:DeleteSSHPublicKey",
        input: &DELETE_SSH_PUBLIC_KEY_REQUEST, result: None, pagination: None,
        errors: declared![
            NoSuchEntity
        ],
    },
    OperationSpec {
        name: "DeleteServerCertificate", action: "iam:DeleteServerCertificate",
        input: &DELETE_SERVER_CERTIFICATE_REQUEST, result: None, pagination: None,
        errors: declared![
            NoSuchEntity DeleteConflict LimitExceeded ServiceFailure
        ],
    },
    OperationSpec {
        name: "DeleteServiceLinkedRole", action: "iam:DeleteServiceLinkedRole",
        input: &DELETE_SERVICE_LINKED_ROLE_REQUEST, result: Some("DeleteServiceLinkedRoleResult"), pagination: None,
        errors: declared![
            NoSuchEntity LimitExceeded ServiceFailure
        ],
    },
    OperationSpec {
        name: "DeleteServiceSpecificCredential", action: "iam:DeleteServiceSpecificCredential",
        input: &DELETE_SERVICE_SPECIFIC_CREDENTIAL_REQUEST, result: None, pagination: None,
        errors: declared![
            NoSuchEntity
        ],
    },
    OperationSpec {
        name: "DeleteSigningCertificate", action: "iam:DeleteSigningCertificate",
        input: &DELETE_SIGNING_CERTIFICATE_REQUEST, result: None, pagination: None,
        errors: declared![
            NoSuchEntity LimitExceeded ConcurrentModification ServiceFailure
        ],
    },
    OperationSpec {
        name: "DeleteUser", action: "iam:DeleteUser",
        input: &DELETE_USER_REQUEST, result: None, pagination: None,
        errors: declared![
            LimitExceeded NoSuchEntity DeleteConflict ConcurrentModification ServiceFailure
        ],
    },
    OperationSpec {
        name: "DeleteUserPermissionsBoundary", action: "iam:DeleteUserPermissionsBoundary",
        input: &DELETE_USER_PERMISSIONS_BOUNDARY_REQUEST, result: None, pagination: None,
        errors: declared![
            NoSuchEntity ServiceFailure
        ],
    },
    OperationSpec {
        name: "DeleteUserPolicy", action: "iam:DeleteUserPolicy",
        input: &DELETE_USER_POLICY_REQUEST, result: None, pagination: None,
        errors: declared![
            NoSuchEntity LimitExceeded ServiceFailure
        ],
    },
    OperationSpec {
        name: "DeleteVirtualMFADevice", action: "iam:DeleteVirtualMFADevice",
        input: &DELETE_VIRTUAL_MFA_DEVICE_REQUEST, result: None, pagination: None,
        errors: declared![
            NoSuchEntity DeleteConflict LimitExceeded ServiceFailure ConcurrentModification
        ],
    },
    OperationSpec {
        name: "DetachGroupPolicy", action: "iam:DetachGroupPolicy",
        input: &DETACH_GROUP_POLICY_REQUEST, result: None, pagination: None,
        errors: declared![
            NoSuchEntity LimitExceeded InvalidInput ServiceFailure
        ],
    },
    OperationSpec {
        name: "DetachRolePolicy", action: "iam:DetachRolePolicy",
        input: &DETACH_ROLE_POLICY_REQUEST, result: None, pagination: None,
        errors: declared![
            NoSuchEntity LimitExceeded InvalidInput UnmodifiableEntity ServiceFailure
        ],
    },
    OperationSpec {
        name: "DetachUserPolicy", action: "iam:DetachUserPolicy",
        input: &DETACH_USER_POLICY_REQUEST, result: None, pagination: None,
        errors: declared![
            NoSuchEntity LimitExceeded InvalidInput ServiceFailure
        ],
    },
    OperationSpec {
        name: "GetAccessKeyLastUsed", action: "iam:GetAccessKeyLastUsed",
        input: &GET_ACCESS_KEY_LAST_USED_REQUEST, result: Some("GetAccessKeyLastUsedResult"), pagination: None,
        errors: declared![

        ],
    },
    OperationSpec {
        name: "GetAccountAuthorizationDetails", action: "iam:GetAccountAuthorizationDetails",
        input: &GET_ACCOUNT_AUTHORIZATION_DETAILS_REQUEST, result: Some("GetAccountAuthorizationDetailsResult"), pagination: Some(Pagination {
            input_token: "Marker", output_token: "Marker", limit_key: "MaxItems",
            result_keys: &["UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"],
        }),
        errors: declared![
            ServiceFailure
        ],
    },
    OperationSpec {
        name: "GetAccountPasswordPolicy", action: "iam:GetAccountPasswordPolicy",
        input: &NOTHING, result: Some("GetAccountPasswordPolicyResult"), pagination: None,
        errors: declared![
            NoSuchEntity ServiceFailure
        ],
    },
    OperationSpec {
        name: "GetAccountSummary", action: "iam:GetAccountSummary",
        input: &NOTHING, result: Some("GetAccountSummaryResult"), pagination: None,
        errors: declared![
            ServiceFailure
        ],
    },
    OperationSpec {
        name: "GetContextKeysForPrincipalPolicy", action: "iam:GetContextKeysForPrincipalPolicy",
        input: &GET_CONTEXT_KEYS_FOR_PRINCIPAL_POLICY_REQUEST, result: Some("GetContextKeysForPrincipalPolicyResult"), pagination: None,
        errors: declared![
            NoSuchEntity InvalidInput
        ],
    },
    OperationSpec {
        name: "GetGroup", action: "iam:GetGroup",
        input: &GET_GROUP_REQUEST, result: Some("GetGroupResult"), pagination: Some(Pagination {
            input_token: "Marker", output_token: "Marker", limit_key: "MaxItems",
            result_keys: &["Users"],
        }),
        errors: declared![
            NoSuchEntity ServiceFailure
        ],
    },
    OperationSpec {
        name: "GetGroupPolicy", action: "iam:GetGroupPolicy",
        input: &GET_GROUP_POLICY_REQUEST, result: Some("GetGroupPolicyResult"), pagination: None,
        errors: declared![
            NoSuchEntity ServiceFailure
        ],
    },
    OperationSpec {
        name: "GetInstanceProfile", action: "iam:GetInstanceProfile",
        input: &GET_INSTANCE_PROFILE_REQUEST, result: Some("GetInstanceProfileResult"), pagination: None,
        errors: declared![
            NoSuchEntity ServiceFailure
        ],
    },
    OperationSpec {
        name: "GetLoginProfile", action: "iam:GetLoginProfile",
        input: &GET_LOGIN_PROFILE_REQUEST, result: Some("GetLoginProfileResult"), pagination: None,
        errors: declared![
            NoSuchEntity ServiceFailure
        ],
    },
    OperationSpec {
        name: "GetMFADevice", action: "iam:GetMFADevice",
        input: &GET_MFA_DEVICE_REQUEST, result: Some("GetMFADeviceResult"), pagination: None,
        errors: declared![
            NoSuchEntity ServiceFailure
        ],
    },
    OperationSpec {
        name: "GetOpenIDConnectProvider", action: "iam:GetOpenIDConnectProvider",
        input: &GET_OPEN_ID_CONNECT_PROVIDER_REQUEST, result: Some("GetOpenIDConnectProviderResult"), pagination: None,
        errors: declared![
            InvalidInput NoSuchEntity ServiceFailure
        ],
    },
    OperationSpec {
        name: "GetPolicy", action: "iam:GetPolicy",
        input: &GET_POLICY_REQUEST, result: Some("GetPolicyResult"), pagination: None,
        errors: declared![
            NoSuchEntity InvalidInput ServiceFailure
        ],
    },
    OperationSpec {
        name: "GetPolicyVersion", action: "iam:GetPolicyVersion",
        input: &GET_POLICY_VERSION_REQUEST, result: Some("GetPolicyVersionResult"), pagination: None,
        errors: declared![
            NoSuchEntity InvalidInput ServiceFailure
        ],
    },
    OperationSpec {
        name: "GetRole", action: "iam:GetRole",
        input: &GET_ROLE_REQUEST, result: Some("GetRoleResult"), pagination: None,
        errors: declared![
            NoSuchEntity ServiceFailure
        ],
    },
    OperationSpec {
        name: "GetRolePolicy", action: "iam:GetRolePolicy",
        input: &GET_ROLE_POLICY_REQUEST, result: Some("GetRolePolicyResult"), pagination: None,
        errors: declared![
            NoSuchEntity ServiceFailure
        ],
    },
    OperationSpec {
        name: "GetSAMLProvider", action: "iam:GetSAMLProvider",
        input: &GET_SAML_PROVIDER_REQUEST, result: Some("GetSAMLProviderResult"), pagination: None,
        errors: declared![
            NoSuchEntity InvalidInput ServiceFailure
        ],
    },
    OperationSpec {
        name: "GetSSHPublicKey", action: "iam:GetSSHPublicKey",
        input: &GET_SSH_PUBLIC_KEY_REQUEST, result: Some("GetSSHPublicKeyResult"), pagination: None,
        errors: declared![
            NoSuchEntity UnrecognizedPublicKeyEncoding
        ],
    },
    OperationSpec {
        name: "GetServerCertificate", action: "iam:GetServerCertificate",
        input: &GET_SERVER_CERTIFICATE_REQUEST, result: Some("GetServerCertificateResult"), pagination: None,
        errors: declared![
            NoSuchEntity ServiceFailure
        ],
    },
    OperationSpec {
        name: "GetServiceLinkedRoleDeletionStatus", action: "iam:GetServiceLinkedRoleDeletionStatus",
        input: &GET_SERVICE_LINKED_ROLE_DELETION_STATUS_REQUEST, result: Some("GetServiceLinkedRoleDeletionStatusResult"), pagination: None,
        errors: declared![
            NoSuchEntity InvalidInput ServiceFailure
        ],
    },
    OperationSpec {
        name: "GetUser", action: "iam:GetUser",
        input: &GET_USER_REQUEST, result: Some("GetUserResult"), pagination: None,
        errors: declared![
            NoSuchEntity ServiceFailure
        ],
    },
    OperationSpec {
        name: "GetUserPolicy", action: "iam:GetUserPolicy",
        input: &GET_USER_POLICY_REQUEST, result: Some("GetUserPolicyResult"), pagination: None,
        errors: declared![
            NoSuchEntity ServiceFailure
        ],
    },
    OperationSpec {
        name: "ListAccessKeys", action: "iam:ListAccessKeys",
        input: &LIST_ACCESS_KEYS_REQUEST, result: Some("ListAccessKeysResult"), pagination: Some(Pagination {
            input_token: "Marker", output_token: "Marker", limit_key: "MaxItems",
            result_keys: &["AccessKeyMetadata"],
        }),
        errors: declared![
            NoSuchEntity ServiceFailure
        ],
    },
    OperationSpec {
        name: "ListAccountAliases", action: "iam:ListAccountAliases",
        input: &LIST_ACCOUNT_ALIASES_REQUEST, result: Some("ListAccountAliasesResult"), pagination: Some(Pagination {
            input_token: "Marker", output_token: "Marker", limit_key: "MaxItems",
            result_keys: &["AccountAliases"],
        }),
        errors: declared![
            ServiceFailure
        ],
    },
    OperationSpec {
        name: "ListAttachedGroupPolicies", action: "iam:ListAttachedGroupPolicies",
        input: &LIST_ATTACHED_GROUP_POLICIES_REQUEST, result: Some("ListAttachedGroupPoliciesResult"), pagination: Some(Pagination {
            input_token: "Marker", output_token: "Marker", limit_key: "MaxItems",
            result_keys: &["AttachedPolicies"],
        }),
        errors: declared![
            NoSuchEntity InvalidInput ServiceFailure
        ],
    },
    OperationSpec {
        name: "ListAttachedRolePolicies", action: "iam:ListAttachedRolePolicies",
        input: &LIST_ATTACHED_ROLE_POLICIES_REQUEST, result: Some("ListAttachedRolePoliciesResult"), pagination: Some(Pagination {
            input_token: "Marker", output_token: "Marker", limit_key: "MaxItems",
            result_keys: &["AttachedPolicies"],
        }),
        errors: declared![
            NoSuchEntity InvalidInput ServiceFailure
        ],
    },
    OperationSpec {
        name: "ListAttachedUserPolicies", action: "iam:ListAttachedUserPolicies",
        input: &LIST_ATTACHED_USER_POLICIES_REQUEST, result: Some("ListAttachedUserPoliciesResult"), pagination: Some(Pagination {
            input_token: "Marker", output_token: "Marker", limit_key: "MaxItems",
            result_keys: &["AttachedPolicies"],
        }),
        errors: declared![
            NoSuchEntity InvalidInput ServiceFailure
        ],
    },
    OperationSpec {
        name: "ListEntitiesForPolicy", action: "iam:ListEntitiesForPolicy",
        input: &LIST_ENTITIES_FOR_POLICY_REQUEST, result: Some("ListEntitiesForPolicyResult"), pagination: Some(Pagination {
            input_token: "Marker", output_token: "Marker", limit_key: "MaxItems",
            result_keys: &["PolicyGroups", "PolicyUsers", "PolicyRoles"],
        }),
        errors: declared![
            NoSuchEntity InvalidInput ServiceFailure
        ],
    },
    OperationSpec {
        name: "ListGroupPolicies", action: "iam:ListGroupPolicies",
        input: &LIST_GROUP_POLICIES_REQUEST, result: Some("ListGroupPoliciesResult"), pagination: Some(Pagination {
            input_token: "Marker", output_token: "Marker", limit_key: "MaxItems",
            result_keys: &["PolicyNames"],
        }),
        errors: declared![
            NoSuchEntity ServiceFailure
        ],
    },
    OperationSpec {
        name: "ListGroups", action: "iam:ListGroups",
        input: &LIST_GROUPS_REQUEST, result: Some("ListGroupsResult"), pagination: Some(Pagination {
            input_token: "Marker", output_token: "Marker", limit_key: "MaxItems",
            result_keys: &["Groups"],
        }),
        errors: declared![
            ServiceFailure
        ],
    },
    OperationSpec {
        name: "ListGroupsForUser", action: "iam:ListGroupsForUser",
        input: &LIST_GROUPS_FOR_USER_REQUEST, result: Some("ListGroupsForUserResult"), pagination: Some(Pagination {
            input_token: "Marker", output_token: "Marker", limit_key: "MaxItems",
            result_keys: &["Groups"],
        }),
        errors: declared![
            NoSuchEntity ServiceFailure
        ],
    },
    OperationSpec {
        name: "ListInstanceProfileTags", action: "iam:ListInstanceProfileTags",
        input: &LIST_INSTANCE_PROFILE_TAGS_REQUEST, result: Some("ListInstanceProfileTagsResult"), pagination: Some(Pagination {
            input_token: "Marker", output_token: "Marker", limit_key: "MaxItems",
            result_keys: &["Tags"],
        }),
        errors: declared![
            NoSuchEntity ServiceFailure
        ],
    },
    OperationSpec {
        name: "ListInstanceProfiles", action: "iam:ListInstanceProfiles",
        input: &LIST_INSTANCE_PROFILES_REQUEST, result: Some("ListInstanceProfilesResult"), pagination: Some(Pagination {
            input_token: "Marker", output_token: "Marker", limit_key: "MaxItems",
            result_keys: &["InstanceProfiles"],
        }),
        errors: declared![
            ServiceFailure
        ],
    },
    OperationSpec {
        name: "ListInstanceProfilesForRole", action: "iam:ListInstanceProfilesForRole",
        input: &LIST_INSTANCE_PROFILES_FOR_ROLE_REQUEST, result: Some("ListInstanceProfilesForRoleResult"), pagination: Some(Pagination {
            input_token: "Marker", output_token: "Marker", limit_key: "MaxItems",
            result_keys: &["InstanceProfiles"],
        }),
        errors: declared![
            NoSuchEntity ServiceFailure
        ],
    },
    OperationSpec {
        name: "ListMFADeviceTags", action: "iam:ListMFADeviceTags",
        input: &LIST_MFA_DEVICE_TAGS_REQUEST, result: Some("ListMFADeviceTagsResult"), pagination: Some(Pagination {
            input_token: "Marker", output_token: "Marker", limit_key: "MaxItems",
            result_keys: &["Tags"],
        }),
        errors: declared![
            NoSuchEntity InvalidInput ServiceFailure
        ],
    },
    OperationSpec {
        name: "ListMFADevices", action: "iam:ListMFADevices",
        input: &LIST_MFA_DEVICES_REQUEST, result: Some("ListMFADevicesResult"), pagination: Some(Pagination {
            input_token: "Marker", output_token: "Marker", limit_key: "MaxItems",
            result_keys: &["MFADevices"],
        }),
        errors: declared![
            NoSuchEntity ServiceFailure
        ],
    },
    OperationSpec {
        name: "ListOpenIDConnectProviderTags", action: "iam:ListOpenIDConnectProviderTags",
        input: &LIST_OPEN_ID_CONNECT_PROVIDER_TAGS_REQUEST, result: Some("ListOpenIDConnectProviderTagsResult"), pagination: Some(Pagination {
            input_token: "Marker", output_token: "Marker", limit_key: "MaxItems",
            result_keys: &["Tags"],
        }),
        errors: declared![
            NoSuchEntity ServiceFailure InvalidInput
        ],
    },
    OperationSpec {
        name: "ListOpenIDConnectProviders", action: "iam:ListOpenIDConnectProviders",
        input: &LIST_OPEN_ID_CONNECT_PROVIDERS_REQUEST, result: Some("ListOpenIDConnectProvidersResult"), pagination: None,
        errors: declared![
            ServiceFailure
        ],
    },
    OperationSpec {
        name: "ListPolicies", action: "iam:ListPolicies",
        input: &LIST_POLICIES_REQUEST, result: Some("ListPoliciesResult"), pagination: Some(Pagination {
            input_token: "Marker", output_token: "Marker", limit_key: "MaxItems",
            result_keys: &["Policies"],
        }),
        errors: declared![
            ServiceFailure
        ],
    },
    OperationSpec {
        name: "ListPolicyTags", action: "iam:ListPolicyTags",
        input: &LIST_POLICY_TAGS_REQUEST, result: Some("ListPolicyTagsResult"), pagination: Some(Pagination {
            input_token: "Marker", output_token: "Marker", limit_key: "MaxItems",
            result_keys: &["Tags"],
        }),
        errors: declared![
            NoSuchEntity ServiceFailure InvalidInput
        ],
    },
    OperationSpec {
        name: "ListPolicyVersions", action: "iam:ListPolicyVersions",
        input: &LIST_POLICY_VERSIONS_REQUEST, result: Some("ListPolicyVersionsResult"), pagination: Some(Pagination {
            input_token: "Marker", output_token: "Marker", limit_key: "MaxItems",
            result_keys: &["Versions"],
        }),
        errors: declared![
            NoSuchEntity InvalidInput ServiceFailure
        ],
    },
    OperationSpec {
        name: "ListRolePolicies", action: "iam:ListRolePolicies",
        input: &LIST_ROLE_POLICIES_REQUEST, result: Some("ListRolePoliciesResult"), pagination: Some(Pagination {
            input_token: "Marker", output_token: "Marker", limit_key: "MaxItems",
            result_keys: &["PolicyNames"],
        }),
        errors: declared![
            NoSuchEntity ServiceFailure
        ],
    },
    OperationSpec {
        name: "ListRoleTags", action: "iam:ListRoleTags",
        input: &LIST_ROLE_TAGS_REQUEST, result: Some("ListRoleTagsResult"), pagination: Some(Pagination {
            input_token: "Marker", output_token: "Marker", limit_key: "MaxItems",
            result_keys: &["Tags"],
        }),
        errors: declared![
            NoSuchEntity ServiceFailure
        ],
    },
    OperationSpec {
        name: "ListRoles", action: "iam:ListRoles",
        input: &LIST_ROLES_REQUEST, result: Some("ListRolesResult"), pagination: Some(Pagination {
            input_token: "Marker", output_token: "Marker", limit_key: "MaxItems",
            result_keys: &["Roles"],
        }),
        errors: declared![
            ServiceFailure
        ],
    },
    OperationSpec {
        name: "ListSAMLProviderTags", action: "iam:ListSAMLProviderTags",
        input: &LIST_SAML_PROVIDER_TAGS_REQUEST, result: Some("ListSAMLProviderTagsResult"), pagination: Some(Pagination {
            input_token: "Marker", output_token: "Marker", limit_key: "MaxItems",
            result_keys: &["Tags"],
        }),
        errors: declared![
            NoSuchEntity ServiceFailure InvalidInput
        ],
    },
    OperationSpec {
        name: "ListSAMLProviders", action: "iam:ListSAMLProviders",
        input: &LIST_SAML_PROVIDERS_REQUEST, result: Some("ListSAMLProvidersResult"), pagination: None,
        errors: declared![
            ServiceFailure
        ],
    },
    OperationSpec {
        name: "ListSSHPublicKeys", action: "iam:ListSSHPublicKeys",
        input: &LIST_SSH_PUBLIC_KEYS_REQUEST, result: Some("ListSSHPublicKeysResult"), pagination: Some(Pagination {
            input_token: "Marker", output_token: "Marker", limit_key: "MaxItems",
            result_keys: &["SSHPublicKeys"],
        }),
        errors: declared![
            NoSuchEntity
        ],
    },
    OperationSpec {
        name: "ListServerCertificateTags", action: "iam:ListServerCertificateTags",
        input: &LIST_SERVER_CERTIFICATE_TAGS_REQUEST, result: Some("ListServerCertificateTagsResult"), pagination: Some(Pagination {
            input_token: "Marker", output_token: "Marker", limit_key: "MaxItems",
            result_keys: &["Tags"],
        }),
        errors: declared![
            NoSuchEntity ServiceFailure
        ],
    },
    OperationSpec {
        name: "ListServerCertificates", action: "iam:ListServerCertificates",
        input: &LIST_SERVER_CERTIFICATES_REQUEST, result: Some("ListServerCertificatesResult"), pagination: Some(Pagination {
            input_token: "Marker", output_token: "Marker", limit_key: "MaxItems",
            result_keys: &["ServerCertificateMetadataList"],
        }),
        errors: declared![
            ServiceFailure
        ],
    },
    OperationSpec {
        name: "ListServiceSpecificCredentials", action: "iam:ListServiceSpecificCredentials",
        input: &LIST_SERVICE_SPECIFIC_CREDENTIALS_REQUEST, result: Some("ListServiceSpecificCredentialsResult"), pagination: None,
        errors: declared![
            NoSuchEntity ServiceNotSupported
        ],
    },
    OperationSpec {
        name: "ListSigningCertificates", action: "iam:ListSigningCertificates",
        input: &LIST_SIGNING_CERTIFICATES_REQUEST, result: Some("ListSigningCertificatesResult"), pagination: Some(Pagination {
            input_token: "Marker", output_token: "Marker", limit_key: "MaxItems",
            result_keys: &["Certificates"],
        }),
        errors: declared![
            NoSuchEntity ServiceFailure
        ],
    },
    OperationSpec {
        name: "ListUserPolicies", action: "iam:ListUserPolicies",
        input: &LIST_USER_POLICIES_REQUEST, result: Some("ListUserPoliciesResult"), pagination: Some(Pagination {
            input_token: "Marker", output_token: "Marker", limit_key: "MaxItems",
            result_keys: &["PolicyNames"],
        }),
        errors: declared![
            NoSuchEntity ServiceFailure
        ],
    },
    OperationSpec {
        name: "ListUserTags", action: "iam:ListUserTags",
        input: &LIST_USER_TAGS_REQUEST, result: Some("ListUserTagsResult"), pagination: Some(Pagination {
            input_token: "Marker", output_token: "Marker", limit_key: "MaxItems",
            result_keys: &["Tags"],
        }),
        errors: declared![
            NoSuchEntity ServiceFailure
        ],
    },
    OperationSpec {
        name: "ListUsers", action: "iam:ListUsers",
        input: &LIST_USERS_REQUEST, result: Some("ListUsersResult"), pagination: Some(Pagination {
            input_token: "Marker", output_token: "Marker", limit_key: "MaxItems",
            result_keys: &["Users"],
        }),
        errors: declared![
            ServiceFailure
        ],
    },
    OperationSpec {
        name: "ListVirtualMFADevices", action: "iam:ListVirtualMFADevices",
        input: &LIST_VIRTUAL_MFA_DEVICES_REQUEST, result: Some("ListVirtualMFADevicesResult"), pagination: Some(Pagination {
            input_token: "Marker", output_token: "Marker", limit_key: "MaxItems",
            result_keys: &["VirtualMFADevices"],
        }),
        errors: declared![

        ],
    },
    OperationSpec {
        name: "PutGroupPolicy", action: "iam:PutGroupPolicy",
        input: &PUT_GROUP_POLICY_REQUEST, result: None, pagination: None,
        errors: declared![
            LimitExceeded MalformedPolicyDocument NoSuchEntity ServiceFailure
        ],
    },
    OperationSpec {
        name: "PutRolePermissionsBoundary", action: "iam:PutRolePermissionsBoundary",
        input: &PUT_ROLE_PERMISSIONS_BOUNDARY_REQUEST, result: None, pagination: None,
        errors: declared![
            NoSuchEntity InvalidInput UnmodifiableEntity PolicyNotAttachable ServiceFailure
        ],
    },
    OperationSpec {
        name: "PutRolePolicy", action: "iam:PutRolePolicy",
        input: &PUT_ROLE_POLICY_REQUEST, result: None, pagination: None,
        errors: declared![
            LimitExceeded MalformedPolicyDocument NoSuchEntity UnmodifiableEntity ServiceFailure
        ],
    },
    OperationSpec {
        name: "PutUserPermissionsBoundary", action: "iam:PutUserPermissionsBoundary",
        input: &PUT_USER_PERMISSIONS_BOUNDARY_REQUEST, result: None, pagination: None,
        errors: declared![
            NoSuchEntity InvalidInput PolicyNotAttachable ServiceFailure
        ],
    },
    OperationSpec {
        name: "PutUserPolicy", action: "iam:PutUserPolicy",
        input: &PUT_USER_POLICY_REQUEST, result: None, pagination: None,
        errors: declared![
            LimitExceeded MalformedPolicyDocument NoSuchEntity ServiceFailure
        ],
    },
    OperationSpec {
        name: "RemoveClientIDFromOpenIDConnectProvider", action: "iam:RemoveClientIDFromOpenIDConnectProvider",
        input: &REMOVE_CLIENT_ID_FROM_OPEN_ID_CONNECT_PROVIDER_REQUEST, result: None, pagination: None,
        errors: declared![
            ConcurrentModification InvalidInput NoSuchEntity ServiceFailure
        ],
    },
    OperationSpec {
        name: "RemoveRoleFromInstanceProfile", action: "iam:RemoveRoleFromInstanceProfile",
        input: &REMOVE_ROLE_FROM_INSTANCE_PROFILE_REQUEST, result: None, pagination: None,
        errors: declared![
            NoSuchEntity LimitExceeded UnmodifiableEntity ServiceFailure
        ],
    },
    OperationSpec {
        name: "RemoveUserFromGroup", action: "iam:RemoveUserFromGroup",
        input: &REMOVE_USER_FROM_GROUP_REQUEST, result: None, pagination: None,
        errors: declared![
            NoSuchEntity LimitExceeded ServiceFailure
        ],
    },
    OperationSpec {
        name: "SetDefaultPolicyVersion", action: "iam:SetDefaultPolicyVersion",
        input: &SET_DEFAULT_POLICY_VERSION_REQUEST, result: None, pagination: None,
        errors: declared![
            NoSuchEntity InvalidInput LimitExceeded ServiceFailure
        ],
    },
    OperationSpec {
        name: "SimulateCustomPolicy", action: "iam:SimulateCustomPolicy",
        input: &SIMULATE_CUSTOM_POLICY_REQUEST, result: Some("SimulateCustomPolicyResult"), pagination: Some(Pagination {
            input_token: "Marker", output_token: "Marker", limit_key: "MaxItems",
            result_keys: &["EvaluationResults"],
        }),
        errors: declared![
            InvalidInput PolicyEvaluation
        ],
    },
    OperationSpec {
        name: "SimulatePrincipalPolicy", action: "iam:SimulatePrincipalPolicy",
        input: &SIMULATE_PRINCIPAL_POLICY_REQUEST, result: Some("SimulatePrincipalPolicyResult"), pagination: Some(Pagination {
            input_token: "Marker", output_token: "Marker", limit_key: "MaxItems",
            result_keys: &["EvaluationResults"],
        }),
        errors: declared![
            NoSuchEntity InvalidInput PolicyEvaluation
        ],
    },
    OperationSpec {
        name: "TagInstanceProfile", action: "iam:TagInstanceProfile",
        input: &TAG_INSTANCE_PROFILE_REQUEST, result: None, pagination: None,
        errors: declared![
            NoSuchEntity InvalidInput LimitExceeded ConcurrentModification ServiceFailure
        ],
    },
    OperationSpec {
        name: "TagOpenIDConnectProvider", action: "iam:TagOpenIDConnectProvider",
        input: &TAG_OPEN_ID_CONNECT_PROVIDER_REQUEST, result: None, pagination: None,
        errors: declared![
            NoSuchEntity LimitExceeded InvalidInput ConcurrentModification ServiceFailure
        ],
    },
    OperationSpec {
        name: "TagPolicy", action: "iam:TagPolicy",
        input: &TAG_POLICY_REQUEST, result: None, pagination: None,
        errors: declared![
            NoSuchEntity LimitExceeded InvalidInput ConcurrentModification ServiceFailure
        ],
    },
    OperationSpec {
        name: "TagRole", action: "iam:TagRole",
        input: &TAG_ROLE_REQUEST, result: None, pagination: None,
        errors: declared![
            NoSuchEntity LimitExceeded InvalidInput ConcurrentModification ServiceFailure
        ],
    },
    OperationSpec {
        name: "TagUser", action: "iam:TagUser",
        input: &TAG_USER_REQUEST, result: None, pagination: None,
        errors: declared![
            NoSuchEntity LimitExceeded InvalidInput ConcurrentModification ServiceFailure
        ],
    },
    OperationSpec {
        name: "UntagInstanceProfile", action: "iam:UntagInstanceProfile",
        input: &UNTAG_INSTANCE_PROFILE_REQUEST, result: None, pagination: None,
        errors: declared![
            NoSuchEntity InvalidInput ConcurrentModification ServiceFailure
        ],
    },
    OperationSpec {
        name: "UntagOpenIDConnectProvider", action: "iam:UntagOpenIDConnectProvider",
        input: &UNTAG_OPEN_ID_CONNECT_PROVIDER_REQUEST, result: None, pagination: None,
        errors: declared![
            NoSuchEntity InvalidInput ConcurrentModification ServiceFailure
        ],
    },
    OperationSpec {
        name: "UntagPolicy", action: "iam:UntagPolicy",
        input: &UNTAG_POLICY_REQUEST, result: None, pagination: None,
        errors: declared![
            NoSuchEntity InvalidInput ConcurrentModification ServiceFailure
        ],
    },
    OperationSpec {
        name: "UntagRole", action: "iam:UntagRole",
        input: &UNTAG_ROLE_REQUEST, result: None, pagination: None,
        errors: declared![
            NoSuchEntity ConcurrentModification ServiceFailure
        ],
    },
    OperationSpec {
        name: "UntagUser", action: "iam:UntagUser",
        input: &UNTAG_USER_REQUEST, result: None, pagination: None,
        errors: declared![
            NoSuchEntity ConcurrentModification ServiceFailure
        ],
    },
    OperationSpec {
        name: "UpdateAccessKey", action: "iam:UpdateAccessKey",
        input: &UPDATE_ACCESS_KEY_REQUEST, result: None, pagination: None,
        errors: declared![
            NoSuchEntity LimitExceeded ServiceFailure InvalidInput
        ],
    },
    OperationSpec {
        name: "UpdateAssumeRolePolicy", action: "iam:UpdateAssumeRolePolicy",
        input: &UPDATE_ASSUME_ROLE_POLICY_REQUEST, result: None, pagination: None,
        errors: declared![
            NoSuchEntity MalformedPolicyDocument LimitExceeded UnmodifiableEntity ServiceFailure
        ],
    },
    OperationSpec {
        name: "UpdateGroup", action: "iam:UpdateGroup",
        input: &UPDATE_GROUP_REQUEST, result: None, pagination: None,
        errors: declared![
            NoSuchEntity EntityAlreadyExists LimitExceeded ServiceFailure
        ],
    },
    OperationSpec {
        name: "UpdateOpenIDConnectProvider", action: "iam:UpdateOpenIDConnectProvider",
        input: &UPDATE_OPEN_ID_CONNECT_PROVIDER_REQUEST, result: None, pagination: None,
        errors: declared![
            ConcurrentModification InvalidInput NoSuchEntity ServiceFailure
        ],
    },
    OperationSpec {
        name: "UpdateOpenIDConnectProviderThumbprint", action: "iam:UpdateOpenIDConnectProviderThumbprint",
        input: &UPDATE_OPEN_ID_CONNECT_PROVIDER_THUMBPRINT_REQUEST, result: None, pagination: None,
        errors: declared![
            ConcurrentModification InvalidInput NoSuchEntity ServiceFailure
        ],
    },
    OperationSpec {
        name: "UpdateRole", action: "iam:UpdateRole",
        input: &UPDATE_ROLE_REQUEST, result: Some("UpdateRoleResult"), pagination: None,
        errors: declared![
            UnmodifiableEntity NoSuchEntity InvalidInput ServiceFailure
        ],
    },
    OperationSpec {
        name: "UpdateRoleDescription", action: "iam:UpdateRoleDescription",
        input: &UPDATE_ROLE_DESCRIPTION_REQUEST, result: Some("UpdateRoleDescriptionResult"), pagination: None,
        errors: declared![
            NoSuchEntity UnmodifiableEntity ServiceFailure
        ],
    },
    OperationSpec {
        name: "UpdateUser", action: "iam:UpdateUser",
        input: &UPDATE_USER_REQUEST, result: None, pagination: None,
        errors: declared![
            NoSuchEntity LimitExceeded EntityAlreadyExists EntityTemporarilyUnmodifiable
            ConcurrentModification ServiceFailure
        ],
    },
];

exceptions! {
    /// The errors that the model declares.
    Exception {
        ConcurrentModification = "ConcurrentModification", 409;
        DeleteConflict = "DeleteConflict", 409;
        EntityAlreadyExists = "EntityAlreadyExists", 409;
        EntityTemporarilyUnmodifiable = "EntityTemporarilyUnmodifiable", 409;
        InvalidInput = "InvalidInput", 400;
        LimitExceeded = "LimitExceeded", 409;
        MalformedPolicyDocument = "MalformedPolicyDocument", 400;
        NoSuchEntity = "NoSuchEntity", 404;
        OpenIdIdpCommunicationError = "OpenIdIdpCommunicationError", 400;
        PolicyEvaluation = "PolicyEvaluation", 500;
        PolicyNotAttachable = "PolicyNotAttachable", 400;
        ServiceFailure = "ServiceFailure", 500;
        ServiceNotSupported = "NotSupportedService", 404;
        UnmodifiableEntity = "UnmodifiableEntity", 400;
        UnrecognizedPublicKeyEncoding = "UnrecognizedPublicKeyEncoding", 400;
    }
}

/// `AccessKey`, part of outputs.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct AccessKey {
    /// `UserName`: 1 to 64 characters.
    pub user_name: String,
    /// `AccessKeyId`: 16 to 128 characters.
    pub access_key_id: String,
    /// `Status`.
    pub status: StatusType,
    /// `SecretAccessKey`.
    pub secret_access_key: String,
    /// `CreateDate`, in seconds since 1970.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::aws::time::serialize_optional"
    )]
    pub create_date: Option<f64>,
}

impl std::fmt::Debug for AccessKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("AccessKey").finish_non_exhaustive()
    }
}

/// `AccessKeyLastUsed`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct AccessKeyLastUsed {
    /// `LastUsedDate`, in seconds since 1970.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::aws::time::serialize_optional"
    )]
    pub last_used_date: Option<f64>,
    /// `ServiceName`.
    pub service_name: String,
    /// `Region`.
    pub region: String,
}

/// `AccessKeyMetadata`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct AccessKeyMetadata {
    /// `UserName`: 1 to 64 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_name: Option<String>,
    /// `AccessKeyId`: 16 to 128 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub access_key_id: Option<String>,
    /// `Status`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<StatusType>,
    /// `CreateDate`, in seconds since 1970.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::aws::time::serialize_optional"
    )]
    pub create_date: Option<f64>,
}

/// Input of `AddClientIDToOpenIDConnectProvider`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct AddClientIDToOpenIDConnectProviderRequest {
    /// `OpenIDConnectProviderArn`: 20 to 2048 characters.
    #[serde(rename = "OpenIDConnectProviderArn")]
    pub open_id_connect_provider_arn: String,
    /// `ClientID`: 1 to 255 characters.
    #[serde(rename = "ClientID")]
    pub client_id: String,
}

impl Input for AddClientIDToOpenIDConnectProviderRequest {
    fn schema() -> &'static Structure {
        &ADD_CLIENT_ID_TO_OPEN_ID_CONNECT_PROVIDER_REQUEST
    }
}

/// Input of `AddRoleToInstanceProfile`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct AddRoleToInstanceProfileRequest {
    /// `InstanceProfileName`: 1 to 128 characters.
    pub instance_profile_name: String,
    /// `RoleName`: 1 to 64 characters.
    pub role_name: String,
}

impl Input for AddRoleToInstanceProfileRequest {
    fn schema() -> &'static Structure {
        &ADD_ROLE_TO_INSTANCE_PROFILE_REQUEST
    }
}

/// Input of `AddUserToGroup`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct AddUserToGroupRequest {
    /// `GroupName`: 1 to 128 characters.
    pub group_name: String,
    /// `UserName`: 1 to 128 characters.
    pub user_name: String,
}

impl Input for AddUserToGroupRequest {
    fn schema() -> &'static Structure {
        &ADD_USER_TO_GROUP_REQUEST
    }
}

/// Input of `AttachGroupPolicy`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct AttachGroupPolicyRequest {
    /// `GroupName`: 1 to 128 characters.
    pub group_name: String,
    /// `PolicyArn`: 20 to 2048 characters.
    pub policy_arn: String,
}

impl Input for AttachGroupPolicyRequest {
    fn schema() -> &'static Structure {
        &ATTACH_GROUP_POLICY_REQUEST
    }
}

/// Input of `AttachRolePolicy`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct AttachRolePolicyRequest {
    /// `RoleName`: 1 to 64 characters.
    pub role_name: String,
    /// `PolicyArn`: 20 to 2048 characters.
    pub policy_arn: String,
}

impl Input for AttachRolePolicyRequest {
    fn schema() -> &'static Structure {
        &ATTACH_ROLE_POLICY_REQUEST
    }
}

/// Input of `AttachUserPolicy`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct AttachUserPolicyRequest {
    /// `UserName`: 1 to 64 characters.
    pub user_name: String,
    /// `PolicyArn`: 20 to 2048 characters.
    pub policy_arn: String,
}

impl Input for AttachUserPolicyRequest {
    fn schema() -> &'static Structure {
        &ATTACH_USER_POLICY_REQUEST
    }
}

/// `AttachedPermissionsBoundary`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct AttachedPermissionsBoundary {
    /// `PermissionsBoundaryType`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permissions_boundary_type: Option<PermissionsBoundaryAttachmentType>,
    /// `PermissionsBoundaryArn`: 20 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permissions_boundary_arn: Option<String>,
}

/// `AttachedPolicy`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct AttachedPolicy {
    /// `PolicyName`: 1 to 128 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy_name: Option<String>,
    /// `PolicyArn`: 20 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy_arn: Option<String>,
}

words! {
    /// The words of `AttachmentType`.
    AttachmentType {
        User = "user",
        Group = "group",
        Role = "role",
    }
}

/// `ContextEntry`, part of inputs.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ContextEntry {
    /// `ContextKeyName`: 5 to 256 characters.
    pub context_key_name: Option<String>,
    /// `ContextKeyValues`.
    pub context_key_values: Option<Vec<String>>,
    /// `ContextKeyType`.
    pub context_key_type: Option<ContextKeyTypeEnum>,
}

words! {
    /// The words of `ContextKeyTypeEnum`.
    ContextKeyTypeEnum {
        String = "string",
        StringList = "stringList",
        Numeric = "numeric",
        NumericList = "numericList",
        Boolean = "boolean",
        BooleanList = "booleanList",
        Ip = "ip",
        IpList = "ipList",
        Binary = "binary",
        BinaryList = "binaryList",
        Date = "date",
        DateList = "dateList",
    }
}

/// `ContextProvider`, part of inputs and outputs.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ContextProvider {
    /// `KeyDefinitionList`: at most 10 elements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_definition_list: Option<Vec<ContextProviderKeyDefinition>>,
    /// `SubjectSourceKey`: 1 to 128 characters.
    pub subject_source_key: String,
    /// `SubjectTypeValue`: at most 128 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject_type_value: Option<String>,
    /// `SubjectTypeSourceKey`: 1 to 128 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject_type_source_key: Option<String>,
}

/// `ContextProviderKeyDefinition`, part of inputs and outputs.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ContextProviderKeyDefinition {
    /// `SourceKey`: 1 to 128 characters.
    pub source_key: String,
    /// `TargetKey`: 1 to 128 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_key: Option<String>,
}

/// Input of `CreateAccessKey`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateAccessKeyRequest {
    /// `UserName`: 1 to 128 characters.
    pub user_name: Option<String>,
}

impl Input for CreateAccessKeyRequest {
    fn schema() -> &'static Structure {
        &CREATE_ACCESS_KEY_REQUEST
    }
}

/// Output of `CreateAccessKey`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateAccessKeyResponse {
    /// `AccessKey`.
    pub access_key: AccessKey,
}

/// Input of `CreateGroup`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateGroupRequest {
    /// `Path`: 1 to 512 characters.
    pub path: Option<String>,
    /// `GroupName`: 1 to 128 characters.
    pub group_name: String,
}

impl Input for CreateGroupRequest {
    fn schema() -> &'static Structure {
        &CREATE_GROUP_REQUEST
    }
}

/// Output of `CreateGroup`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateGroupResponse {
    /// `Group`.
    pub group: Group,
}

/// Input of `CreateInstanceProfile`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateInstanceProfileRequest {
    /// `InstanceProfileName`: 1 to 128 characters.
    pub instance_profile_name: String,
    /// `Path`: 1 to 512 characters.
    pub path: Option<String>,
    /// `Tags`: at most 50 elements.
    pub tags: Option<Vec<Tag>>,
}

impl Input for CreateInstanceProfileRequest {
    fn schema() -> &'static Structure {
        &CREATE_INSTANCE_PROFILE_REQUEST
    }
}

/// Output of `CreateInstanceProfile`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateInstanceProfileResponse {
    /// `InstanceProfile`.
    pub instance_profile: InstanceProfile,
}

/// Input of `CreateOpenIDConnectProvider`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateOpenIDConnectProviderRequest {
    /// `Url`: 1 to 255 characters.
    pub url: String,
    /// `ClientIDList`.
    #[serde(rename = "ClientIDList")]
    pub client_id_list: Option<Vec<String>>,
    /// `ThumbprintList`.
    pub thumbprint_list: Option<Vec<String>>,
    /// `Tags`: at most 50 elements.
    pub tags: Option<Vec<Tag>>,
    /// `ContextProvider`.
    pub context_provider: Option<ContextProvider>,
    /// `IdentityCenterInstanceArn`: 1 to 1224 characters.
    pub identity_center_instance_arn: Option<String>,
}

impl Input for CreateOpenIDConnectProviderRequest {
    fn schema() -> &'static Structure {
        &CREATE_OPEN_ID_CONNECT_PROVIDER_REQUEST
    }
}

/// Output of `CreateOpenIDConnectProvider`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateOpenIDConnectProviderResponse {
    /// `OpenIDConnectProviderArn`: 20 to 2048 characters.
    #[serde(rename = "OpenIDConnectProviderArn", skip_serializing_if = "Option::is_none")]
    pub open_id_connect_provider_arn: Option<String>,
    /// `Tags`: at most 50 elements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag>>,
}

/// Input of `CreatePolicy`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreatePolicyRequest {
    /// `PolicyName`: 1 to 128 characters.
    pub policy_name: String,
    /// `Path`: 1 to 512 characters.
    pub path: Option<String>,
    /// `PolicyDocument`: 1 to 131072 characters.
    pub policy_document: String,
    /// `Description`: at most 1000 characters.
    pub description: Option<String>,
    /// `Tags`: at most 50 elements.
    pub tags: Option<Vec<Tag>>,
}

impl Input for CreatePolicyRequest {
    fn schema() -> &'static Structure {
        &CREATE_POLICY_REQUEST
    }
}

/// Output of `CreatePolicy`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreatePolicyResponse {
    /// `Policy`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<Policy>,
}

/// Input of `CreatePolicyVersion`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreatePolicyVersionRequest {
    /// `PolicyArn`: 20 to 2048 characters.
    pub policy_arn: String,
    /// `PolicyDocument`: 1 to 131072 characters.
    pub policy_document: String,
    /// `SetAsDefault`.
    pub set_as_default: Option<bool>,
}

impl Input for CreatePolicyVersionRequest {
    fn schema() -> &'static Structure {
        &CREATE_POLICY_VERSION_REQUEST
    }
}

/// Output of `CreatePolicyVersion`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreatePolicyVersionResponse {
    /// `PolicyVersion`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy_version: Option<PolicyVersion>,
}

/// Input of `CreateRole`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateRoleRequest {
    /// `Path`: 1 to 512 characters.
    pub path: Option<String>,
    /// `RoleName`: 1 to 64 characters.
    pub role_name: String,
    /// `AssumeRolePolicyDocument`: 1 to 131072 characters.
    pub assume_role_policy_document: String,
    /// `Description`: at most 1000 characters.
    pub description: Option<String>,
    /// `MaxSessionDuration`: 3600 to 43200.
    pub max_session_duration: Option<i64>,
    /// `MaxSigninSessionDuration`: 3600 to 7776000.
    pub max_signin_session_duration: Option<i64>,
    /// `PermissionsBoundary`: 20 to 2048 characters.
    pub permissions_boundary: Option<String>,
    /// `Tags`: at most 50 elements.
    pub tags: Option<Vec<Tag>>,
}

impl Input for CreateRoleRequest {
    fn schema() -> &'static Structure {
        &CREATE_ROLE_REQUEST
    }
}

/// Output of `CreateRole`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateRoleResponse {
    /// `Role`.
    pub role: Role,
}

/// Input of `CreateUser`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateUserRequest {
    /// `Path`: 1 to 512 characters.
    pub path: Option<String>,
    /// `UserName`: 1 to 64 characters.
    pub user_name: String,
    /// `PermissionsBoundary`: 20 to 2048 characters.
    pub permissions_boundary: Option<String>,
    /// `Tags`: at most 50 elements.
    pub tags: Option<Vec<Tag>>,
}

impl Input for CreateUserRequest {
    fn schema() -> &'static Structure {
        &CREATE_USER_REQUEST
    }
}

/// Output of `CreateUser`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateUserResponse {
    /// `User`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<User>,
}

/// Input of `DeactivateMFADevice`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeactivateMFADeviceRequest {
    /// `UserName`: 1 to 128 characters.
    pub user_name: Option<String>,
    /// `SerialNumber`: 9 to 256 characters.
    pub serial_number: String,
}

impl Input for DeactivateMFADeviceRequest {
    fn schema() -> &'static Structure {
        &DEACTIVATE_MFA_DEVICE_REQUEST
    }
}

/// Input of `DeleteAccessKey`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteAccessKeyRequest {
    /// `UserName`: 1 to 128 characters.
    pub user_name: Option<String>,
    /// `AccessKeyId`: 16 to 128 characters.
    pub access_key_id: String,
}

impl Input for DeleteAccessKeyRequest {
    fn schema() -> &'static Structure {
        &DELETE_ACCESS_KEY_REQUEST
    }
}

/// Input of `DeleteAccountAlias`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteAccountAliasRequest {
    /// `AccountAlias`: 3 to 63 characters.
    pub account_alias: String,
}

impl Input for DeleteAccountAliasRequest {
    fn schema() -> &'static Structure {
        &DELETE_ACCOUNT_ALIAS_REQUEST
    }
}

/// Input of `DeleteGroupPolicy`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteGroupPolicyRequest {
    /// `GroupName`: 1 to 128 characters.
    pub group_name: String,
    /// `PolicyName`: 1 to 128 characters.
    pub policy_name: String,
}

impl Input for DeleteGroupPolicyRequest {
    fn schema() -> &'static Structure {
        &DELETE_GROUP_POLICY_REQUEST
    }
}

/// Input of `DeleteGroup`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteGroupRequest {
    /// `GroupName`: 1 to 128 characters.
    pub group_name: String,
}

impl Input for DeleteGroupRequest {
    fn schema() -> &'static Structure {
        &DELETE_GROUP_REQUEST
    }
}

/// Input of `DeleteInstanceProfile`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteInstanceProfileRequest {
    /// `InstanceProfileName`: 1 to 128 characters.
    pub instance_profile_name: String,
}

impl Input for DeleteInstanceProfileRequest {
    fn schema() -> &'static Structure {
        &DELETE_INSTANCE_PROFILE_REQUEST
    }
}

/// Input of `DeleteLoginProfile`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteLoginProfileRequest {
    /// `UserName`: 1 to 64 characters.
    pub user_name: Option<String>,
}

impl Input for DeleteLoginProfileRequest {
    fn schema() -> &'static Structure {
        &DELETE_LOGIN_PROFILE_REQUEST
    }
}

/// Input of `DeleteOpenIDConnectProvider`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteOpenIDConnectProviderRequest {
    /// `OpenIDConnectProviderArn`: 20 to 2048 characters.
    #[serde(rename = "OpenIDConnectProviderArn")]
    pub open_id_connect_provider_arn: String,
}

impl Input for DeleteOpenIDConnectProviderRequest {
    fn schema() -> &'static Structure {
        &DELETE_OPEN_ID_CONNECT_PROVIDER_REQUEST
    }
}

/// Input of `DeletePolicy`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeletePolicyRequest {
    /// `PolicyArn`: 20 to 2048 characters.
    pub policy_arn: String,
}

impl Input for DeletePolicyRequest {
    fn schema() -> &'static Structure {
        &DELETE_POLICY_REQUEST
    }
}

/// Input of `DeletePolicyVersion`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeletePolicyVersionRequest {
    /// `PolicyArn`: 20 to 2048 characters.
    pub policy_arn: String,
    /// `VersionId`.
    pub version_id: String,
}

impl Input for DeletePolicyVersionRequest {
    fn schema() -> &'static Structure {
        &DELETE_POLICY_VERSION_REQUEST
    }
}

/// Input of `DeleteRolePermissionsBoundary`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteRolePermissionsBoundaryRequest {
    /// `RoleName`: 1 to 64 characters.
    pub role_name: String,
}

impl Input for DeleteRolePermissionsBoundaryRequest {
    fn schema() -> &'static Structure {
        &DELETE_ROLE_PERMISSIONS_BOUNDARY_REQUEST
    }
}

/// Input of `DeleteRolePolicy`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteRolePolicyRequest {
    /// `RoleName`: 1 to 64 characters.
    pub role_name: String,
    /// `PolicyName`: 1 to 128 characters.
    pub policy_name: String,
}

impl Input for DeleteRolePolicyRequest {
    fn schema() -> &'static Structure {
        &DELETE_ROLE_POLICY_REQUEST
    }
}

/// Input of `DeleteRole`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteRoleRequest {
    /// `RoleName`: 1 to 64 characters.
    pub role_name: String,
}

impl Input for DeleteRoleRequest {
    fn schema() -> &'static Structure {
        &DELETE_ROLE_REQUEST
    }
}

/// Input of `DeleteSAMLProvider`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteSAMLProviderRequest {
    /// `SAMLProviderArn`: 20 to 2048 characters.
    #[serde(rename = "SAMLProviderArn")]
    pub saml_provider_arn: String,
}

impl Input for DeleteSAMLProviderRequest {
    fn schema() -> &'static Structure {
        &DELETE_SAML_PROVIDER_REQUEST
    }
}

/// Input of `DeleteSSHPublicKey`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteSSHPublicKeyRequest {
    /// `UserName`: 1 to 64 characters.
    pub user_name: String,
    /// `SSHPublicKeyId`: 20 to 128 characters.
    #[serde(rename = "SSHPublicKeyId")]
    pub ssh_public_key_id: String,
}

impl Input for DeleteSSHPublicKeyRequest {
    fn schema() -> &'static Structure {
        &DELETE_SSH_PUBLIC_KEY_REQUEST
    }
}

/// Input of `DeleteServerCertificate`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteServerCertificateRequest {
    /// `ServerCertificateName`: 1 to 128 characters.
    pub server_certificate_name: String,
}

impl Input for DeleteServerCertificateRequest {
    fn schema() -> &'static Structure {
        &DELETE_SERVER_CERTIFICATE_REQUEST
    }
}

/// Input of `DeleteServiceLinkedRole`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteServiceLinkedRoleRequest {
    /// `RoleName`: 1 to 64 characters.
    pub role_name: String,
}

impl Input for DeleteServiceLinkedRoleRequest {
    fn schema() -> &'static Structure {
        &DELETE_SERVICE_LINKED_ROLE_REQUEST
    }
}

/// Output of `DeleteServiceLinkedRole`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteServiceLinkedRoleResponse {
    /// `DeletionTaskId`: 1 to 1000 characters.
    pub deletion_task_id: String,
}

/// Input of `DeleteServiceSpecificCredential`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteServiceSpecificCredentialRequest {
    /// `UserName`: 1 to 64 characters.
    pub user_name: Option<String>,
    /// `ServiceSpecificCredentialId`: 20 to 128 characters.
    pub service_specific_credential_id: String,
}

impl Input for DeleteServiceSpecificCredentialRequest {
    fn schema() -> &'static Structure {
        &DELETE_SERVICE_SPECIFIC_CREDENTIAL_REQUEST
    }
}

/// Input of `DeleteSigningCertificate`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteSigningCertificateRequest {
    /// `UserName`: 1 to 128 characters.
    pub user_name: Option<String>,
    /// `CertificateId`: 24 to 128 characters.
    pub certificate_id: String,
}

impl Input for DeleteSigningCertificateRequest {
    fn schema() -> &'static Structure {
        &DELETE_SIGNING_CERTIFICATE_REQUEST
    }
}

/// Input of `DeleteUserPermissionsBoundary`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteUserPermissionsBoundaryRequest {
    /// `UserName`: 1 to 64 characters.
    pub user_name: String,
}

impl Input for DeleteUserPermissionsBoundaryRequest {
    fn schema() -> &'static Structure {
        &DELETE_USER_PERMISSIONS_BOUNDARY_REQUEST
    }
}

/// Input of `DeleteUserPolicy`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteUserPolicyRequest {
    /// `UserName`: 1 to 128 characters.
    pub user_name: String,
    /// `PolicyName`: 1 to 128 characters.
    pub policy_name: String,
}

impl Input for DeleteUserPolicyRequest {
    fn schema() -> &'static Structure {
        &DELETE_USER_POLICY_REQUEST
    }
}

/// Input of `DeleteUser`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteUserRequest {
    /// `UserName`: 1 to 128 characters.
    pub user_name: String,
}

impl Input for DeleteUserRequest {
    fn schema() -> &'static Structure {
        &DELETE_USER_REQUEST
    }
}

/// Input of `DeleteVirtualMFADevice`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteVirtualMFADeviceRequest {
    /// `SerialNumber`: 9 to 256 characters.
    pub serial_number: String,
}

impl Input for DeleteVirtualMFADeviceRequest {
    fn schema() -> &'static Structure {
        &DELETE_VIRTUAL_MFA_DEVICE_REQUEST
    }
}

/// `DeletionTaskFailureReasonType`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeletionTaskFailureReasonType {
    /// `Reason`: at most 1000 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// `RoleUsageList`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_usage_list: Option<Vec<RoleUsageType>>,
}

words! {
    /// The words of `DeletionTaskStatusType`.
    DeletionTaskStatusType {
        Succeeded = "SUCCEEDED",
        InProgress = "IN_PROGRESS",
        Failed = "FAILED",
        NotStarted = "NOT_STARTED",
    }
}

/// Input of `DetachGroupPolicy`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DetachGroupPolicyRequest {
    /// `GroupName`: 1 to 128 characters.
    pub group_name: String,
    /// `PolicyArn`: 20 to 2048 characters.
    pub policy_arn: String,
}

impl Input for DetachGroupPolicyRequest {
    fn schema() -> &'static Structure {
        &DETACH_GROUP_POLICY_REQUEST
    }
}

/// Input of `DetachRolePolicy`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DetachRolePolicyRequest {
    /// `RoleName`: 1 to 64 characters.
    pub role_name: String,
    /// `PolicyArn`: 20 to 2048 characters.
    pub policy_arn: String,
}

impl Input for DetachRolePolicyRequest {
    fn schema() -> &'static Structure {
        &DETACH_ROLE_POLICY_REQUEST
    }
}

/// Input of `DetachUserPolicy`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DetachUserPolicyRequest {
    /// `UserName`: 1 to 64 characters.
    pub user_name: String,
    /// `PolicyArn`: 20 to 2048 characters.
    pub policy_arn: String,
}

impl Input for DetachUserPolicyRequest {
    fn schema() -> &'static Structure {
        &DETACH_USER_POLICY_REQUEST
    }
}

words! {
    /// The words of `EntityType`.
    EntityType {
        User = "User",
        Role = "Role",
        Group = "Group",
        LocalManagedPolicy = "LocalManagedPolicy",
        AWSManagedPolicy = "AWSManagedPolicy",
    }
}

/// `EvaluationResult`, part of outputs.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct EvaluationResult {
    /// `EvalActionName`: 3 to 128 characters.
    pub eval_action_name: String,
    /// `EvalResourceName`: 1 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub eval_resource_name: Option<String>,
    /// `EvalDecision`.
    pub eval_decision: PolicyEvaluationDecisionType,
    /// `MatchedStatements`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matched_statements: Option<Vec<Statement>>,
    /// `MissingContextValues`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing_context_values: Option<Vec<String>>,
    /// `OrganizationsDecisionDetail`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organizations_decision_detail: Option<OrganizationsDecisionDetail>,
    /// `PermissionsBoundaryDecisionDetail`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permissions_boundary_decision_detail: Option<PermissionsBoundaryDecisionDetail>,
    /// `EvalDecisionDetails`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub eval_decision_details: Option<BTreeMap<String, PolicyEvaluationDecisionType>>,
    /// `ResourceSpecificResults`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource_specific_results: Option<Vec<ResourceSpecificResult>>,
}

/// Input of `GetAccessKeyLastUsed`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetAccessKeyLastUsedRequest {
    /// `AccessKeyId`: 16 to 128 characters.
    pub access_key_id: String,
}

impl Input for GetAccessKeyLastUsedRequest {
    fn schema() -> &'static Structure {
        &GET_ACCESS_KEY_LAST_USED_REQUEST
    }
}

/// Output of `GetAccessKeyLastUsed`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetAccessKeyLastUsedResponse {
    /// `UserName`: 1 to 128 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_name: Option<String>,
    /// `AccessKeyLastUsed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub access_key_last_used: Option<AccessKeyLastUsed>,
}

/// Input of `GetAccountAuthorizationDetails`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetAccountAuthorizationDetailsRequest {
    /// `Filter`.
    pub filter: Option<Vec<EntityType>>,
    /// `MaxItems`: 1 to 1000.
    pub max_items: Option<i64>,
    /// `Marker`: 1 to 320 characters.
    pub marker: Option<String>,
}

impl Input for GetAccountAuthorizationDetailsRequest {
    fn schema() -> &'static Structure {
        &GET_ACCOUNT_AUTHORIZATION_DETAILS_REQUEST
    }
}

/// Output of `GetAccountAuthorizationDetails`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetAccountAuthorizationDetailsResponse {
    /// `UserDetailList`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_detail_list: Option<Vec<UserDetail>>,
    /// `GroupDetailList`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group_detail_list: Option<Vec<GroupDetail>>,
    /// `RoleDetailList`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_detail_list: Option<Vec<RoleDetail>>,
    /// `Policies`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policies: Option<Vec<ManagedPolicyDetail>>,
    /// `IsTruncated`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_truncated: Option<bool>,
    /// `Marker`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

/// Output of `GetAccountPasswordPolicy`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetAccountPasswordPolicyResponse {
    /// `PasswordPolicy`.
    pub password_policy: PasswordPolicy,
}

/// Output of `GetAccountSummary`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetAccountSummaryResponse {
    /// `SummaryMap`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary_map: Option<BTreeMap<SummaryKeyType, i64>>,
}

/// Output of `GetContextKeysForPrincipalPolicy`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetContextKeysForPolicyResponse {
    /// `ContextKeyNames`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub context_key_names: Option<Vec<String>>,
}

/// Input of `GetContextKeysForPrincipalPolicy`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetContextKeysForPrincipalPolicyRequest {
    /// `PolicySourceArn`: 20 to 2048 characters.
    pub policy_source_arn: String,
    /// `PolicyInputList`.
    pub policy_input_list: Option<Vec<String>>,
}

impl Input for GetContextKeysForPrincipalPolicyRequest {
    fn schema() -> &'static Structure {
        &GET_CONTEXT_KEYS_FOR_PRINCIPAL_POLICY_REQUEST
    }
}

/// Input of `GetGroupPolicy`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetGroupPolicyRequest {
    /// `GroupName`: 1 to 128 characters.
    pub group_name: String,
    /// `PolicyName`: 1 to 128 characters.
    pub policy_name: String,
}

impl Input for GetGroupPolicyRequest {
    fn schema() -> &'static Structure {
        &GET_GROUP_POLICY_REQUEST
    }
}

/// Output of `GetGroupPolicy`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetGroupPolicyResponse {
    /// `GroupName`: 1 to 128 characters.
    pub group_name: String,
    /// `PolicyName`: 1 to 128 characters.
    pub policy_name: String,
    /// `PolicyDocument`: 1 to 131072 characters.
    pub policy_document: String,
}

/// Input of `GetGroup`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetGroupRequest {
    /// `GroupName`: 1 to 128 characters.
    pub group_name: String,
    /// `Marker`: 1 to 320 characters.
    pub marker: Option<String>,
    /// `MaxItems`: 1 to 1000.
    pub max_items: Option<i64>,
}

impl Input for GetGroupRequest {
    fn schema() -> &'static Structure {
        &GET_GROUP_REQUEST
    }
}

/// Output of `GetGroup`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetGroupResponse {
    /// `Group`.
    pub group: Group,
    /// `Users`.
    pub users: Vec<User>,
    /// `IsTruncated`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_truncated: Option<bool>,
    /// `Marker`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

/// Input of `GetInstanceProfile`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetInstanceProfileRequest {
    /// `InstanceProfileName`: 1 to 128 characters.
    pub instance_profile_name: String,
}

impl Input for GetInstanceProfileRequest {
    fn schema() -> &'static Structure {
        &GET_INSTANCE_PROFILE_REQUEST
    }
}

/// Output of `GetInstanceProfile`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetInstanceProfileResponse {
    /// `InstanceProfile`.
    pub instance_profile: InstanceProfile,
}

/// Input of `GetLoginProfile`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetLoginProfileRequest {
    /// `UserName`: 1 to 64 characters.
    pub user_name: Option<String>,
}

impl Input for GetLoginProfileRequest {
    fn schema() -> &'static Structure {
        &GET_LOGIN_PROFILE_REQUEST
    }
}

/// Output of `GetLoginProfile`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetLoginProfileResponse {
    /// `LoginProfile`.
    pub login_profile: LoginProfile,
}

/// Input of `GetMFADevice`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetMFADeviceRequest {
    /// `SerialNumber`: 9 to 256 characters.
    pub serial_number: String,
    /// `UserName`: 1 to 64 characters.
    pub user_name: Option<String>,
}

impl Input for GetMFADeviceRequest {
    fn schema() -> &'static Structure {
        &GET_MFA_DEVICE_REQUEST
    }
}

/// Output of `GetMFADevice`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetMFADeviceResponse {
    /// `UserName`: 1 to 64 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_name: Option<String>,
    /// `SerialNumber`: 9 to 256 characters.
    pub serial_number: String,
    /// `EnableDate`, in seconds since 1970.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::aws::time::serialize_optional"
    )]
    pub enable_date: Option<f64>,
    /// `Certifications`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certifications: Option<BTreeMap<String, String>>,
}

/// Input of `GetOpenIDConnectProvider`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetOpenIDConnectProviderRequest {
    /// `OpenIDConnectProviderArn`: 20 to 2048 characters.
    #[serde(rename = "OpenIDConnectProviderArn")]
    pub open_id_connect_provider_arn: String,
}

impl Input for GetOpenIDConnectProviderRequest {
    fn schema() -> &'static Structure {
        &GET_OPEN_ID_CONNECT_PROVIDER_REQUEST
    }
}

/// Output of `GetOpenIDConnectProvider`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetOpenIDConnectProviderResponse {
    /// `Url`: 1 to 255 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// `ClientIDList`.
    #[serde(rename = "ClientIDList", skip_serializing_if = "Option::is_none")]
    pub client_id_list: Option<Vec<String>>,
    /// `ThumbprintList`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thumbprint_list: Option<Vec<String>>,
    /// `CreateDate`, in seconds since 1970.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::aws::time::serialize_optional"
    )]
    pub create_date: Option<f64>,
    /// `Tags`: at most 50 elements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag>>,
    /// `ContextProvider`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub context_provider: Option<ContextProvider>,
    /// `IdentityCenterInstanceArn`: 1 to 1224 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identity_center_instance_arn: Option<String>,
    /// `IdentityStoreArn`: 20 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identity_store_arn: Option<String>,
}

/// Input of `GetPolicy`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetPolicyRequest {
    /// `PolicyArn`: 20 to 2048 characters.
    pub policy_arn: String,
}

impl Input for GetPolicyRequest {
    fn schema() -> &'static Structure {
        &GET_POLICY_REQUEST
    }
}

/// Output of `GetPolicy`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetPolicyResponse {
    /// `Policy`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<Policy>,
}

/// Input of `GetPolicyVersion`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetPolicyVersionRequest {
    /// `PolicyArn`: 20 to 2048 characters.
    pub policy_arn: String,
    /// `VersionId`.
    pub version_id: String,
}

impl Input for GetPolicyVersionRequest {
    fn schema() -> &'static Structure {
        &GET_POLICY_VERSION_REQUEST
    }
}

/// Output of `GetPolicyVersion`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetPolicyVersionResponse {
    /// `PolicyVersion`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy_version: Option<PolicyVersion>,
}

/// Input of `GetRolePolicy`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetRolePolicyRequest {
    /// `RoleName`: 1 to 64 characters.
    pub role_name: String,
    /// `PolicyName`: 1 to 128 characters.
    pub policy_name: String,
}

impl Input for GetRolePolicyRequest {
    fn schema() -> &'static Structure {
        &GET_ROLE_POLICY_REQUEST
    }
}

/// Output of `GetRolePolicy`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetRolePolicyResponse {
    /// `RoleName`: 1 to 64 characters.
    pub role_name: String,
    /// `PolicyName`: 1 to 128 characters.
    pub policy_name: String,
    /// `PolicyDocument`: 1 to 131072 characters.
    pub policy_document: String,
}

/// Input of `GetRole`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetRoleRequest {
    /// `RoleName`: 1 to 64 characters.
    pub role_name: String,
}

impl Input for GetRoleRequest {
    fn schema() -> &'static Structure {
        &GET_ROLE_REQUEST
    }
}

/// Output of `GetRole`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetRoleResponse {
    /// `Role`.
    pub role: Role,
}

/// Input of `GetSAMLProvider`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetSAMLProviderRequest {
    /// `SAMLProviderArn`: 20 to 2048 characters.
    #[serde(rename = "SAMLProviderArn")]
    pub saml_provider_arn: String,
}

impl Input for GetSAMLProviderRequest {
    fn schema() -> &'static Structure {
        &GET_SAML_PROVIDER_REQUEST
    }
}

/// Output of `GetSAMLProvider`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetSAMLProviderResponse {
    /// `SAMLProviderUUID`: 22 to 64 characters.
    #[serde(rename = "SAMLProviderUUID", skip_serializing_if = "Option::is_none")]
    pub saml_provider_uuid: Option<String>,
    /// `SAMLMetadataDocument`: 1000 to 10000000 characters.
    #[serde(rename = "SAMLMetadataDocument", skip_serializing_if = "Option::is_none")]
    pub saml_metadata_document: Option<String>,
    /// `ContextProvider`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub context_provider: Option<ContextProvider>,
    /// `SAMLKeyHashes`.
    #[serde(rename = "SAMLKeyHashes", skip_serializing_if = "Option::is_none")]
    pub saml_key_hashes: Option<Vec<SAMLKeyHashEntry>>,
    /// `CreateDate`, in seconds since 1970.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::aws::time::serialize_optional"
    )]
    pub create_date: Option<f64>,
    /// `ValidUntil`, in seconds since 1970.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::aws::time::serialize_optional"
    )]
    pub valid_until: Option<f64>,
    /// `Tags`: at most 50 elements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag>>,
    /// `AssertionEncryptionMode`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assertion_encryption_mode: Option<AssertionEncryptionModeType>,
    /// `PrivateKeyList`: at most 2 elements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub private_key_list: Option<Vec<SAMLPrivateKey>>,
    /// `IdentityCenterInstanceArn`: 1 to 1224 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identity_center_instance_arn: Option<String>,
    /// `IdentityStoreArn`: 20 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identity_store_arn: Option<String>,
}

/// Input of `GetSSHPublicKey`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetSSHPublicKeyRequest {
    /// `UserName`: 1 to 64 characters.
    pub user_name: String,
    /// `SSHPublicKeyId`: 20 to 128 characters.
    #[serde(rename = "SSHPublicKeyId")]
    pub ssh_public_key_id: String,
    /// `Encoding`.
    pub encoding: EncodingType,
}

impl Input for GetSSHPublicKeyRequest {
    fn schema() -> &'static Structure {
        &GET_SSH_PUBLIC_KEY_REQUEST
    }
}

/// Output of `GetSSHPublicKey`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetSSHPublicKeyResponse {
    /// `SSHPublicKey`.
    #[serde(rename = "SSHPublicKey", skip_serializing_if = "Option::is_none")]
    pub ssh_public_key: Option<SSHPublicKey>,
}

/// Input of `GetServerCertificate`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetServerCertificateRequest {
    /// `ServerCertificateName`: 1 to 128 characters.
    pub server_certificate_name: String,
}

impl Input for GetServerCertificateRequest {
    fn schema() -> &'static Structure {
        &GET_SERVER_CERTIFICATE_REQUEST
    }
}

/// Output of `GetServerCertificate`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetServerCertificateResponse {
    /// `ServerCertificate`.
    pub server_certificate: ServerCertificate,
}

/// Input of `GetServiceLinkedRoleDeletionStatus`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetServiceLinkedRoleDeletionStatusRequest {
    /// `DeletionTaskId`: 1 to 1000 characters.
    pub deletion_task_id: String,
}

impl Input for GetServiceLinkedRoleDeletionStatusRequest {
    fn schema() -> &'static Structure {
        &GET_SERVICE_LINKED_ROLE_DELETION_STATUS_REQUEST
    }
}

/// Output of `GetServiceLinkedRoleDeletionStatus`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetServiceLinkedRoleDeletionStatusResponse {
    /// `Status`.
    pub status: DeletionTaskStatusType,
    /// `Reason`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<DeletionTaskFailureReasonType>,
}

/// Input of `GetUserPolicy`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetUserPolicyRequest {
    /// `UserName`: 1 to 128 characters.
    pub user_name: String,
    /// `PolicyName`: 1 to 128 characters.
    pub policy_name: String,
}

impl Input for GetUserPolicyRequest {
    fn schema() -> &'static Structure {
        &GET_USER_POLICY_REQUEST
    }
}

/// Output of `GetUserPolicy`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetUserPolicyResponse {
    /// `UserName`: 1 to 128 characters.
    pub user_name: String,
    /// `PolicyName`: 1 to 128 characters.
    pub policy_name: String,
    /// `PolicyDocument`: 1 to 131072 characters.
    pub policy_document: String,
}

/// Input of `GetUser`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetUserRequest {
    /// `UserName`: 1 to 128 characters.
    pub user_name: Option<String>,
}

impl Input for GetUserRequest {
    fn schema() -> &'static Structure {
        &GET_USER_REQUEST
    }
}

/// Output of `GetUser`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetUserResponse {
    /// `User`.
    pub user: User,
}

/// `Group`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Group {
    /// `Path`: 1 to 512 characters.
    pub path: String,
    /// `GroupName`: 1 to 128 characters.
    pub group_name: String,
    /// `GroupId`: 16 to 128 characters.
    pub group_id: String,
    /// `Arn`: 20 to 2048 characters.
    pub arn: String,
    /// `CreateDate`, in seconds since 1970.
    #[serde(serialize_with = "crate::aws::time::serialize")]
    pub create_date: f64,
}

/// `GroupDetail`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GroupDetail {
    /// `Path`: 1 to 512 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// `GroupName`: 1 to 128 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group_name: Option<String>,
    /// `GroupId`: 16 to 128 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group_id: Option<String>,
    /// `Arn`: 20 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// `CreateDate`, in seconds since 1970.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::aws::time::serialize_optional"
    )]
    pub create_date: Option<f64>,
    /// `GroupPolicyList`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group_policy_list: Option<Vec<PolicyDetail>>,
    /// `AttachedManagedPolicies`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attached_managed_policies: Option<Vec<AttachedPolicy>>,
}

/// `InlinePolicyIdentifierType`, part of inputs.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct InlinePolicyIdentifierType {
    /// `PolicyName`: 1 to 128 characters.
    pub policy_name: String,
    /// `AttachmentType`.
    pub attachment_type: AttachmentType,
    /// `AttachmentName`: 1 to 128 characters.
    pub attachment_name: String,
}

/// `InstanceProfile`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct InstanceProfile {
    /// `Path`: 1 to 512 characters.
    pub path: String,
    /// `InstanceProfileName`: 1 to 128 characters.
    pub instance_profile_name: String,
    /// `InstanceProfileId`: 16 to 128 characters.
    pub instance_profile_id: String,
    /// `Arn`: 20 to 2048 characters.
    pub arn: String,
    /// `CreateDate`, in seconds since 1970.
    #[serde(serialize_with = "crate::aws::time::serialize")]
    pub create_date: f64,
    /// `Roles`.
    pub roles: Vec<Role>,
    /// `Tags`: at most 50 elements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag>>,
}

/// Input of `ListAccessKeys`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListAccessKeysRequest {
    /// `UserName`: 1 to 128 characters.
    pub user_name: Option<String>,
    /// `Marker`: 1 to 320 characters.
    pub marker: Option<String>,
    /// `MaxItems`: 1 to 1000.
    pub max_items: Option<i64>,
}

impl Input for ListAccessKeysRequest {
    fn schema() -> &'static Structure {
        &LIST_ACCESS_KEYS_REQUEST
    }
}

/// Output of `ListAccessKeys`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListAccessKeysResponse {
    /// `AccessKeyMetadata`.
    pub access_key_metadata: Vec<AccessKeyMetadata>,
    /// `IsTruncated`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_truncated: Option<bool>,
    /// `Marker`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

/// Input of `ListAccountAliases`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListAccountAliasesRequest {
    /// `Marker`: 1 to 320 characters.
    pub marker: Option<String>,
    /// `MaxItems`: 1 to 1000.
    pub max_items: Option<i64>,
}

impl Input for ListAccountAliasesRequest {
    fn schema() -> &'static Structure {
        &LIST_ACCOUNT_ALIASES_REQUEST
    }
}

/// Output of `ListAccountAliases`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListAccountAliasesResponse {
    /// `AccountAliases`.
    pub account_aliases: Vec<String>,
    /// `IsTruncated`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_truncated: Option<bool>,
    /// `Marker`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

/// Input of `ListAttachedGroupPolicies`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListAttachedGroupPoliciesRequest {
    /// `GroupName`: 1 to 128 characters.
    pub group_name: String,
    /// `PathPrefix`: 1 to 512 characters.
    pub path_prefix: Option<String>,
    /// `Marker`: 1 to 320 characters.
    pub marker: Option<String>,
    /// `MaxItems`: 1 to 1000.
    pub max_items: Option<i64>,
}

impl Input for ListAttachedGroupPoliciesRequest {
    fn schema() -> &'static Structure {
        &LIST_ATTACHED_GROUP_POLICIES_REQUEST
    }
}

/// Output of `ListAttachedGroupPolicies`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListAttachedGroupPoliciesResponse {
    /// `AttachedPolicies`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attached_policies: Option<Vec<AttachedPolicy>>,
    /// `IsTruncated`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_truncated: Option<bool>,
    /// `Marker`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

/// Input of `ListAttachedRolePolicies`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListAttachedRolePoliciesRequest {
    /// `RoleName`: 1 to 64 characters.
    pub role_name: String,
    /// `PathPrefix`: 1 to 512 characters.
    pub path_prefix: Option<String>,
    /// `Marker`: 1 to 320 characters.
    pub marker: Option<String>,
    /// `MaxItems`: 1 to 1000.
    pub max_items: Option<i64>,
}

impl Input for ListAttachedRolePoliciesRequest {
    fn schema() -> &'static Structure {
        &LIST_ATTACHED_ROLE_POLICIES_REQUEST
    }
}

/// Output of `ListAttachedRolePolicies`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListAttachedRolePoliciesResponse {
    /// `AttachedPolicies`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attached_policies: Option<Vec<AttachedPolicy>>,
    /// `IsTruncated`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_truncated: Option<bool>,
    /// `Marker`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

/// Input of `ListAttachedUserPolicies`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListAttachedUserPoliciesRequest {
    /// `UserName`: 1 to 64 characters.
    pub user_name: String,
    /// `PathPrefix`: 1 to 512 characters.
    pub path_prefix: Option<String>,
    /// `Marker`: 1 to 320 characters.
    pub marker: Option<String>,
    /// `MaxItems`: 1 to 1000.
    pub max_items: Option<i64>,
}

impl Input for ListAttachedUserPoliciesRequest {
    fn schema() -> &'static Structure {
        &LIST_ATTACHED_USER_POLICIES_REQUEST
    }
}

/// Output of `ListAttachedUserPolicies`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListAttachedUserPoliciesResponse {
    /// `AttachedPolicies`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attached_policies: Option<Vec<AttachedPolicy>>,
    /// `IsTruncated`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_truncated: Option<bool>,
    /// `Marker`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

/// Input of `ListEntitiesForPolicy`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListEntitiesForPolicyRequest {
    /// `PolicyArn`: 20 to 2048 characters.
    pub policy_arn: String,
    /// `EntityFilter`.
    pub entity_filter: Option<EntityType>,
    /// `PathPrefix`: 1 to 512 characters.
    pub path_prefix: Option<String>,
    /// `PolicyUsageFilter`.
    pub policy_usage_filter: Option<PolicyUsageType>,
    /// `Marker`: 1 to 320 characters.
    pub marker: Option<String>,
    /// `MaxItems`: 1 to 1000.
    pub max_items: Option<i64>,
}

impl Input for ListEntitiesForPolicyRequest {
    fn schema() -> &'static Structure {
        &LIST_ENTITIES_FOR_POLICY_REQUEST
    }
}

/// Output of `ListEntitiesForPolicy`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListEntitiesForPolicyResponse {
    /// `PolicyGroups`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy_groups: Option<Vec<PolicyGroup>>,
    /// `PolicyUsers`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy_users: Option<Vec<PolicyUser>>,
    /// `PolicyRoles`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy_roles: Option<Vec<PolicyRole>>,
    /// `IsTruncated`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_truncated: Option<bool>,
    /// `Marker`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

/// Input of `ListGroupPolicies`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListGroupPoliciesRequest {
    /// `GroupName`: 1 to 128 characters.
    pub group_name: String,
    /// `Marker`: 1 to 320 characters.
    pub marker: Option<String>,
    /// `MaxItems`: 1 to 1000.
    pub max_items: Option<i64>,
}

impl Input for ListGroupPoliciesRequest {
    fn schema() -> &'static Structure {
        &LIST_GROUP_POLICIES_REQUEST
    }
}

/// Output of `ListGroupPolicies`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListGroupPoliciesResponse {
    /// `PolicyNames`.
    pub policy_names: Vec<String>,
    /// `IsTruncated`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_truncated: Option<bool>,
    /// `Marker`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

/// Input of `ListGroupsForUser`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListGroupsForUserRequest {
    /// `UserName`: 1 to 128 characters.
    pub user_name: String,
    /// `Marker`: 1 to 320 characters.
    pub marker: Option<String>,
    /// `MaxItems`: 1 to 1000.
    pub max_items: Option<i64>,
}

impl Input for ListGroupsForUserRequest {
    fn schema() -> &'static Structure {
        &LIST_GROUPS_FOR_USER_REQUEST
    }
}

/// Output of `ListGroupsForUser`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListGroupsForUserResponse {
    /// `Groups`.
    pub groups: Vec<Group>,
    /// `IsTruncated`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_truncated: Option<bool>,
    /// `Marker`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

/// Input of `ListGroups`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListGroupsRequest {
    /// `PathPrefix`: 1 to 512 characters.
    pub path_prefix: Option<String>,
    /// `Marker`: 1 to 320 characters.
    pub marker: Option<String>,
    /// `MaxItems`: 1 to 1000.
    pub max_items: Option<i64>,
}

impl Input for ListGroupsRequest {
    fn schema() -> &'static Structure {
        &LIST_GROUPS_REQUEST
    }
}

/// Output of `ListGroups`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListGroupsResponse {
    /// `Groups`.
    pub groups: Vec<Group>,
    /// `IsTruncated`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_truncated: Option<bool>,
    /// `Marker`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

/// Input of `ListInstanceProfileTags`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListInstanceProfileTagsRequest {
    /// `InstanceProfileName`: 1 to 128 characters.
    pub instance_profile_name: String,
    /// `Marker`: 1 to 320 characters.
    pub marker: Option<String>,
    /// `MaxItems`: 1 to 1000.
    pub max_items: Option<i64>,
}

impl Input for ListInstanceProfileTagsRequest {
    fn schema() -> &'static Structure {
        &LIST_INSTANCE_PROFILE_TAGS_REQUEST
    }
}

/// Output of `ListInstanceProfileTags`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListInstanceProfileTagsResponse {
    /// `Tags`: at most 50 elements.
    pub tags: Vec<Tag>,
    /// `IsTruncated`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_truncated: Option<bool>,
    /// `Marker`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

/// Input of `ListInstanceProfilesForRole`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListInstanceProfilesForRoleRequest {
    /// `RoleName`: 1 to 64 characters.
    pub role_name: String,
    /// `Marker`: 1 to 320 characters.
    pub marker: Option<String>,
    /// `MaxItems`: 1 to 1000.
    pub max_items: Option<i64>,
}

impl Input for ListInstanceProfilesForRoleRequest {
    fn schema() -> &'static Structure {
        &LIST_INSTANCE_PROFILES_FOR_ROLE_REQUEST
    }
}

/// Output of `ListInstanceProfilesForRole`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListInstanceProfilesForRoleResponse {
    /// `InstanceProfiles`.
    pub instance_profiles: Vec<InstanceProfile>,
    /// `IsTruncated`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_truncated: Option<bool>,
    /// `Marker`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

/// Input of `ListInstanceProfiles`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListInstanceProfilesRequest {
    /// `PathPrefix`: 1 to 512 characters.
    pub path_prefix: Option<String>,
    /// `Marker`: 1 to 320 characters.
    pub marker: Option<String>,
    /// `MaxItems`: 1 to 1000.
    pub max_items: Option<i64>,
}

impl Input for ListInstanceProfilesRequest {
    fn schema() -> &'static Structure {
        &LIST_INSTANCE_PROFILES_REQUEST
    }
}

/// Output of `ListInstanceProfiles`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListInstanceProfilesResponse {
    /// `InstanceProfiles`.
    pub instance_profiles: Vec<InstanceProfile>,
    /// `IsTruncated`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_truncated: Option<bool>,
    /// `Marker`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

/// Input of `ListMFADeviceTags`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListMFADeviceTagsRequest {
    /// `SerialNumber`: 9 to 256 characters.
    pub serial_number: String,
    /// `Marker`: 1 to 320 characters.
    pub marker: Option<String>,
    /// `MaxItems`: 1 to 1000.
    pub max_items: Option<i64>,
}

impl Input for ListMFADeviceTagsRequest {
    fn schema() -> &'static Structure {
        &LIST_MFA_DEVICE_TAGS_REQUEST
    }
}

/// Output of `ListMFADeviceTags`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListMFADeviceTagsResponse {
    /// `Tags`: at most 50 elements.
    pub tags: Vec<Tag>,
    /// `IsTruncated`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_truncated: Option<bool>,
    /// `Marker`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

/// Input of `ListMFADevices`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListMFADevicesRequest {
    /// `UserName`: 1 to 128 characters.
    pub user_name: Option<String>,
    /// `Marker`: 1 to 320 characters.
    pub marker: Option<String>,
    /// `MaxItems`: 1 to 1000.
    pub max_items: Option<i64>,
}

impl Input for ListMFADevicesRequest {
    fn schema() -> &'static Structure {
        &LIST_MFA_DEVICES_REQUEST
    }
}

/// Output of `ListMFADevices`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListMFADevicesResponse {
    /// `MFADevices`.
    #[serde(rename = "MFADevices")]
    pub mfa_devices: Vec<MFADevice>,
    /// `IsTruncated`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_truncated: Option<bool>,
    /// `Marker`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

/// Input of `ListOpenIDConnectProviderTags`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListOpenIDConnectProviderTagsRequest {
    /// `OpenIDConnectProviderArn`: 20 to 2048 characters.
    #[serde(rename = "OpenIDConnectProviderArn")]
    pub open_id_connect_provider_arn: String,
    /// `Marker`: 1 to 320 characters.
    pub marker: Option<String>,
    /// `MaxItems`: 1 to 1000.
    pub max_items: Option<i64>,
}

impl Input for ListOpenIDConnectProviderTagsRequest {
    fn schema() -> &'static Structure {
        &LIST_OPEN_ID_CONNECT_PROVIDER_TAGS_REQUEST
    }
}

/// Output of `ListOpenIDConnectProviderTags`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListOpenIDConnectProviderTagsResponse {
    /// `Tags`: at most 50 elements.
    pub tags: Vec<Tag>,
    /// `IsTruncated`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_truncated: Option<bool>,
    /// `Marker`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

/// Input of `ListOpenIDConnectProviders`.
#[derive(Debug, Default, Deserialize)]
pub struct ListOpenIDConnectProvidersRequest {}

impl Input for ListOpenIDConnectProvidersRequest {
    fn schema() -> &'static Structure {
        &LIST_OPEN_ID_CONNECT_PROVIDERS_REQUEST
    }
}

/// Output of `ListOpenIDConnectProviders`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListOpenIDConnectProvidersResponse {
    /// `OpenIDConnectProviderList`.
    #[serde(rename = "OpenIDConnectProviderList", skip_serializing_if = "Option::is_none")]
    pub open_id_connect_provider_list: Option<Vec<OpenIDConnectProviderListEntry>>,
}

/// Input of `ListPolicies`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListPoliciesRequest {
    /// `Scope`.
    pub scope: Option<PolicyScopeType>,
    /// `OnlyAttached`.
    pub only_attached: Option<bool>,
    /// `PathPrefix`: 1 to 512 characters.
    pub path_prefix: Option<String>,
    /// `PolicyUsageFilter`.
    pub policy_usage_filter: Option<PolicyUsageType>,
    /// `Marker`: 1 to 320 characters.
    pub marker: Option<String>,
    /// `MaxItems`: 1 to 1000.
    pub max_items: Option<i64>,
}

impl Input for ListPoliciesRequest {
    fn schema() -> &'static Structure {
        &LIST_POLICIES_REQUEST
    }
}

/// Output of `ListPolicies`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListPoliciesResponse {
    /// `Policies`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policies: Option<Vec<Policy>>,
    /// `IsTruncated`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_truncated: Option<bool>,
    /// `Marker`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

/// Input of `ListPolicyTags`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListPolicyTagsRequest {
    /// `PolicyArn`: 20 to 2048 characters.
    pub policy_arn: String,
    /// `Marker`: 1 to 320 characters.
    pub marker: Option<String>,
    /// `MaxItems`: 1 to 1000.
    pub max_items: Option<i64>,
}

impl Input for ListPolicyTagsRequest {
    fn schema() -> &'static Structure {
        &LIST_POLICY_TAGS_REQUEST
    }
}

/// Output of `ListPolicyTags`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListPolicyTagsResponse {
    /// `Tags`: at most 50 elements.
    pub tags: Vec<Tag>,
    /// `IsTruncated`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_truncated: Option<bool>,
    /// `Marker`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

/// Input of `ListPolicyVersions`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListPolicyVersionsRequest {
    /// `PolicyArn`: 20 to 2048 characters.
    pub policy_arn: String,
    /// `Marker`: 1 to 320 characters.
    pub marker: Option<String>,
    /// `MaxItems`: 1 to 1000.
    pub max_items: Option<i64>,
}

impl Input for ListPolicyVersionsRequest {
    fn schema() -> &'static Structure {
        &LIST_POLICY_VERSIONS_REQUEST
    }
}

/// Output of `ListPolicyVersions`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListPolicyVersionsResponse {
    /// `Versions`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub versions: Option<Vec<PolicyVersion>>,
    /// `IsTruncated`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_truncated: Option<bool>,
    /// `Marker`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

/// Input of `ListRolePolicies`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListRolePoliciesRequest {
    /// `RoleName`: 1 to 64 characters.
    pub role_name: String,
    /// `Marker`: 1 to 320 characters.
    pub marker: Option<String>,
    /// `MaxItems`: 1 to 1000.
    pub max_items: Option<i64>,
}

impl Input for ListRolePoliciesRequest {
    fn schema() -> &'static Structure {
        &LIST_ROLE_POLICIES_REQUEST
    }
}

/// Output of `ListRolePolicies`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListRolePoliciesResponse {
    /// `PolicyNames`.
    pub policy_names: Vec<String>,
    /// `IsTruncated`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_truncated: Option<bool>,
    /// `Marker`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

/// Input of `ListRoleTags`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListRoleTagsRequest {
    /// `RoleName`: 1 to 64 characters.
    pub role_name: String,
    /// `Marker`: 1 to 320 characters.
    pub marker: Option<String>,
    /// `MaxItems`: 1 to 1000.
    pub max_items: Option<i64>,
}

impl Input for ListRoleTagsRequest {
    fn schema() -> &'static Structure {
        &LIST_ROLE_TAGS_REQUEST
    }
}

/// Output of `ListRoleTags`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListRoleTagsResponse {
    /// `Tags`: at most 50 elements.
    pub tags: Vec<Tag>,
    /// `IsTruncated`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_truncated: Option<bool>,
    /// `Marker`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

/// Input of `ListRoles`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListRolesRequest {
    /// `PathPrefix`: 1 to 512 characters.
    pub path_prefix: Option<String>,
    /// `Marker`: 1 to 320 characters.
    pub marker: Option<String>,
    /// `MaxItems`: 1 to 1000.
    pub max_items: Option<i64>,
}

impl Input for ListRolesRequest {
    fn schema() -> &'static Structure {
        &LIST_ROLES_REQUEST
    }
}

/// Output of `ListRoles`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListRolesResponse {
    /// `Roles`.
    pub roles: Vec<Role>,
    /// `IsTruncated`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_truncated: Option<bool>,
    /// `Marker`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

/// Input of `ListSAMLProviderTags`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListSAMLProviderTagsRequest {
    /// `SAMLProviderArn`: 20 to 2048 characters.
    #[serde(rename = "SAMLProviderArn")]
    pub saml_provider_arn: String,
    /// `Marker`: 1 to 320 characters.
    pub marker: Option<String>,
    /// `MaxItems`: 1 to 1000.
    pub max_items: Option<i64>,
}

impl Input for ListSAMLProviderTagsRequest {
    fn schema() -> &'static Structure {
        &LIST_SAML_PROVIDER_TAGS_REQUEST
    }
}

/// Output of `ListSAMLProviderTags`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListSAMLProviderTagsResponse {
    /// `Tags`: at most 50 elements.
    pub tags: Vec<Tag>,
    /// `IsTruncated`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_truncated: Option<bool>,
    /// `Marker`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

/// Input of `ListSAMLProviders`.
#[derive(Debug, Default, Deserialize)]
pub struct ListSAMLProvidersRequest {}

impl Input for ListSAMLProvidersRequest {
    fn schema() -> &'static Structure {
        &LIST_SAML_PROVIDERS_REQUEST
    }
}

/// Output of `ListSAMLProviders`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListSAMLProvidersResponse {
    /// `SAMLProviderList`.
    #[serde(rename = "SAMLProviderList", skip_serializing_if = "Option::is_none")]
    pub saml_provider_list: Option<Vec<SAMLProviderListEntry>>,
}

/// Input of `ListSSHPublicKeys`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListSSHPublicKeysRequest {
    /// `UserName`: 1 to 64 characters.
    pub user_name: Option<String>,
    /// `Marker`: 1 to 320 characters.
    pub marker: Option<String>,
    /// `MaxItems`: 1 to 1000.
    pub max_items: Option<i64>,
}

impl Input for ListSSHPublicKeysRequest {
    fn schema() -> &'static Structure {
        &LIST_SSH_PUBLIC_KEYS_REQUEST
    }
}

/// Output of `ListSSHPublicKeys`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListSSHPublicKeysResponse {
    /// `SSHPublicKeys`.
    #[serde(rename = "SSHPublicKeys", skip_serializing_if = "Option::is_none")]
    pub ssh_public_keys: Option<Vec<SSHPublicKeyMetadata>>,
    /// `IsTruncated`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_truncated: Option<bool>,
    /// `Marker`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

/// Input of `ListServerCertificateTags`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListServerCertificateTagsRequest {
    /// `ServerCertificateName`: 1 to 128 characters.
    pub server_certificate_name: String,
    /// `Marker`: 1 to 320 characters.
    pub marker: Option<String>,
    /// `MaxItems`: 1 to 1000.
    pub max_items: Option<i64>,
}

impl Input for ListServerCertificateTagsRequest {
    fn schema() -> &'static Structure {
        &LIST_SERVER_CERTIFICATE_TAGS_REQUEST
    }
}

/// Output of `ListServerCertificateTags`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListServerCertificateTagsResponse {
    /// `Tags`: at most 50 elements.
    pub tags: Vec<Tag>,
    /// `IsTruncated`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_truncated: Option<bool>,
    /// `Marker`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

/// Input of `ListServerCertificates`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListServerCertificatesRequest {
    /// `PathPrefix`: 1 to 512 characters.
    pub path_prefix: Option<String>,
    /// `Marker`: 1 to 320 characters.
    pub marker: Option<String>,
    /// `MaxItems`: 1 to 1000.
    pub max_items: Option<i64>,
}

impl Input for ListServerCertificatesRequest {
    fn schema() -> &'static Structure {
        &LIST_SERVER_CERTIFICATES_REQUEST
    }
}

/// Output of `ListServerCertificates`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListServerCertificatesResponse {
    /// `ServerCertificateMetadataList`.
    pub server_certificate_metadata_list: Vec<ServerCertificateMetadata>,
    /// `IsTruncated`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_truncated: Option<bool>,
    /// `Marker`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

/// Input of `ListServiceSpecificCredentials`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListServiceSpecificCredentialsRequest {
    /// `UserName`: 1 to 64 characters.
    pub user_name: Option<String>,
    /// `ServiceName`.
    pub service_name: Option<String>,
    /// `AllUsers`.
    pub all_users: Option<bool>,
    /// `Marker`: 1 to 320 characters.
    pub marker: Option<String>,
    /// `MaxItems`: 1 to 1000.
    pub max_items: Option<i64>,
}

impl Input for ListServiceSpecificCredentialsRequest {
    fn schema() -> &'static Structure {
        &LIST_SERVICE_SPECIFIC_CREDENTIALS_REQUEST
    }
}

/// Output of `ListServiceSpecificCredentials`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListServiceSpecificCredentialsResponse {
    /// `ServiceSpecificCredentials`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_specific_credentials: Option<Vec<ServiceSpecificCredentialMetadata>>,
    /// `Marker`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// `IsTruncated`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_truncated: Option<bool>,
}

/// Input of `ListSigningCertificates`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListSigningCertificatesRequest {
    /// `UserName`: 1 to 128 characters.
    pub user_name: Option<String>,
    /// `Marker`: 1 to 320 characters.
    pub marker: Option<String>,
    /// `MaxItems`: 1 to 1000.
    pub max_items: Option<i64>,
}

impl Input for ListSigningCertificatesRequest {
    fn schema() -> &'static Structure {
        &LIST_SIGNING_CERTIFICATES_REQUEST
    }
}

/// Output of `ListSigningCertificates`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListSigningCertificatesResponse {
    /// `Certificates`.
    pub certificates: Vec<SigningCertificate>,
    /// `IsTruncated`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_truncated: Option<bool>,
    /// `Marker`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

/// Input of `ListUserPolicies`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListUserPoliciesRequest {
    /// `UserName`: 1 to 128 characters.
    pub user_name: String,
    /// `Marker`: 1 to 320 characters.
    pub marker: Option<String>,
    /// `MaxItems`: 1 to 1000.
    pub max_items: Option<i64>,
}

impl Input for ListUserPoliciesRequest {
    fn schema() -> &'static Structure {
        &LIST_USER_POLICIES_REQUEST
    }
}

/// Output of `ListUserPolicies`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListUserPoliciesResponse {
    /// `PolicyNames`.
    pub policy_names: Vec<String>,
    /// `IsTruncated`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_truncated: Option<bool>,
    /// `Marker`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

/// Input of `ListUserTags`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListUserTagsRequest {
    /// `UserName`: 1 to 128 characters.
    pub user_name: String,
    /// `Marker`: 1 to 320 characters.
    pub marker: Option<String>,
    /// `MaxItems`: 1 to 1000.
    pub max_items: Option<i64>,
}

impl Input for ListUserTagsRequest {
    fn schema() -> &'static Structure {
        &LIST_USER_TAGS_REQUEST
    }
}

/// Output of `ListUserTags`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListUserTagsResponse {
    /// `Tags`: at most 50 elements.
    pub tags: Vec<Tag>,
    /// `IsTruncated`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_truncated: Option<bool>,
    /// `Marker`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

/// Input of `ListUsers`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListUsersRequest {
    /// `PathPrefix`: 1 to 512 characters.
    pub path_prefix: Option<String>,
    /// `Marker`: 1 to 320 characters.
    pub marker: Option<String>,
    /// `MaxItems`: 1 to 1000.
    pub max_items: Option<i64>,
}

impl Input for ListUsersRequest {
    fn schema() -> &'static Structure {
        &LIST_USERS_REQUEST
    }
}

/// Output of `ListUsers`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListUsersResponse {
    /// `Users`.
    pub users: Vec<User>,
    /// `IsTruncated`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_truncated: Option<bool>,
    /// `Marker`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

/// Input of `ListVirtualMFADevices`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListVirtualMFADevicesRequest {
    /// `AssignmentStatus`.
    pub assignment_status: Option<AssignmentStatusType>,
    /// `Marker`: 1 to 320 characters.
    pub marker: Option<String>,
    /// `MaxItems`: 1 to 1000.
    pub max_items: Option<i64>,
}

impl Input for ListVirtualMFADevicesRequest {
    fn schema() -> &'static Structure {
        &LIST_VIRTUAL_MFA_DEVICES_REQUEST
    }
}

/// Output of `ListVirtualMFADevices`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListVirtualMFADevicesResponse {
    /// `VirtualMFADevices`.
    #[serde(rename = "VirtualMFADevices")]
    pub virtual_mfa_devices: Vec<VirtualMFADevice>,
    /// `IsTruncated`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_truncated: Option<bool>,
    /// `Marker`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

/// `LoginProfile`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct LoginProfile {
    /// `UserName`: 1 to 64 characters.
    pub user_name: String,
    /// `CreateDate`, in seconds since 1970.
    #[serde(serialize_with = "crate::aws::time::serialize")]
    pub create_date: f64,
    /// `PasswordResetRequired`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password_reset_required: Option<bool>,
    /// `MaxSigninSessionDuration`: 3600 to 7776000.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_signin_session_duration: Option<i64>,
}

/// `MFADevice`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct MFADevice {
    /// `UserName`: 1 to 64 characters.
    pub user_name: String,
    /// `SerialNumber`: 9 to 256 characters.
    pub serial_number: String,
    /// `EnableDate`, in seconds since 1970.
    #[serde(serialize_with = "crate::aws::time::serialize")]
    pub enable_date: f64,
}

/// `ManagedPolicyDetail`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ManagedPolicyDetail {
    /// `PolicyName`: 1 to 128 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy_name: Option<String>,
    /// `PolicyId`: 16 to 128 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy_id: Option<String>,
    /// `Arn`: 20 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// `Path`: 1 to 512 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// `DefaultVersionId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_version_id: Option<String>,
    /// `AttachmentCount`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attachment_count: Option<i64>,
    /// `PermissionsBoundaryUsageCount`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permissions_boundary_usage_count: Option<i64>,
    /// `IsAttachable`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_attachable: Option<bool>,
    /// `Description`: at most 1000 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// `CreateDate`, in seconds since 1970.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::aws::time::serialize_optional"
    )]
    pub create_date: Option<f64>,
    /// `UpdateDate`, in seconds since 1970.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::aws::time::serialize_optional"
    )]
    pub update_date: Option<f64>,
    /// `PolicyVersionList`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy_version_list: Option<Vec<PolicyVersion>>,
}

/// `OpenIDConnectProviderListEntry`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct OpenIDConnectProviderListEntry {
    /// `Arn`: 20 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// `IsTrustedIdentityPropagationEnabled`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_trusted_identity_propagation_enabled: Option<bool>,
}

/// `OrderedOrganizationPolicyType`, part of inputs.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct OrderedOrganizationPolicyType {
    /// `ServiceControlPolicyInputList`.
    pub service_control_policy_input_list: Option<Vec<String>>,
}

/// `OrganizationsDecisionDetail`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct OrganizationsDecisionDetail {
    /// `AllowedByOrganizations`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allowed_by_organizations: Option<bool>,
}

/// `PasswordPolicy`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct PasswordPolicy {
    /// `MinimumPasswordLength`: 6 to 128.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minimum_password_length: Option<i64>,
    /// `RequireSymbols`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub require_symbols: Option<bool>,
    /// `RequireNumbers`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub require_numbers: Option<bool>,
    /// `RequireUppercaseCharacters`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub require_uppercase_characters: Option<bool>,
    /// `RequireLowercaseCharacters`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub require_lowercase_characters: Option<bool>,
    /// `AllowUsersToChangePassword`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allow_users_to_change_password: Option<bool>,
    /// `ExpirePasswords`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expire_passwords: Option<bool>,
    /// `MaxPasswordAge`: 1 to 1095.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_password_age: Option<i64>,
    /// `PasswordReusePrevention`: 1 to 24.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password_reuse_prevention: Option<i64>,
    /// `HardExpiry`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hard_expiry: Option<bool>,
}

words! {
    /// The words of `PermissionsBoundaryAttachmentType`.
    PermissionsBoundaryAttachmentType {
        PermissionsBoundaryPolicy = "PermissionsBoundaryPolicy",
    }
}

/// `PermissionsBoundaryDecisionDetail`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct PermissionsBoundaryDecisionDetail {
    /// `AllowedByPermissionsBoundary`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allowed_by_permissions_boundary: Option<bool>,
}

/// `Policy`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Policy {
    /// `PolicyName`: 1 to 128 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy_name: Option<String>,
    /// `PolicyId`: 16 to 128 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy_id: Option<String>,
    /// `Arn`: 20 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// `Path`: 1 to 512 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// `DefaultVersionId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_version_id: Option<String>,
    /// `AttachmentCount`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attachment_count: Option<i64>,
    /// `PermissionsBoundaryUsageCount`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permissions_boundary_usage_count: Option<i64>,
    /// `IsAttachable`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_attachable: Option<bool>,
    /// `Description`: at most 1000 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// `CreateDate`, in seconds since 1970.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::aws::time::serialize_optional"
    )]
    pub create_date: Option<f64>,
    /// `UpdateDate`, in seconds since 1970.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::aws::time::serialize_optional"
    )]
    pub update_date: Option<f64>,
    /// `Tags`: at most 50 elements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag>>,
}

/// `PolicyDetail`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct PolicyDetail {
    /// `PolicyName`: 1 to 128 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy_name: Option<String>,
    /// `PolicyDocument`: 1 to 131072 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy_document: Option<String>,
}

words! {
    /// The words of `PolicyEvaluationDecisionType`.
    PolicyEvaluationDecisionType {
        Allowed = "allowed",
        ExplicitDeny = "explicitDeny",
        ImplicitDeny = "implicitDeny",
    }
}

/// `PolicyGroup`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct PolicyGroup {
    /// `GroupName`: 1 to 128 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group_name: Option<String>,
    /// `GroupId`: 16 to 128 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group_id: Option<String>,
}

/// `PolicyIdentifier`, part of inputs.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PolicyIdentifier {
    /// `PolicyType`.
    pub policy_type: Option<PolicyIdentifierPolicyType>,
    /// `PolicyArn`: 20 to 2048 characters.
    pub policy_arn: Option<String>,
    /// `InlinePolicyIdentifier`.
    pub inline_policy_identifier: Option<InlinePolicyIdentifierType>,
}

words! {
    /// The words of `PolicyIdentifierPolicyType`.
    PolicyIdentifierPolicyType {
        Inline = "inline",
        AwsManaged = "aws-managed",
        UserManaged = "user-managed",
        PermissionBoundary = "permission-boundary",
        Scp = "scp",
        Rcp = "rcp",
    }
}

/// `PolicyRole`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct PolicyRole {
    /// `RoleName`: 1 to 64 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_name: Option<String>,
    /// `RoleId`: 16 to 128 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_id: Option<String>,
}

words! {
    /// The words of `PolicyUsageType`.
    PolicyUsageType {
        PermissionsPolicy = "PermissionsPolicy",
        PermissionsBoundary = "PermissionsBoundary",
    }
}

/// `PolicyUser`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct PolicyUser {
    /// `UserName`: 1 to 64 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_name: Option<String>,
    /// `UserId`: 16 to 128 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
}

/// `PolicyVersion`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct PolicyVersion {
    /// `Document`: 1 to 131072 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// `VersionId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version_id: Option<String>,
    /// `IsDefaultVersion`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_default_version: Option<bool>,
    /// `CreateDate`, in seconds since 1970.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::aws::time::serialize_optional"
    )]
    pub create_date: Option<f64>,
}

/// `Position`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Position {
    /// `Line`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<i64>,
    /// `Column`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<i64>,
}

/// Input of `PutGroupPolicy`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PutGroupPolicyRequest {
    /// `GroupName`: 1 to 128 characters.
    pub group_name: String,
    /// `PolicyName`: 1 to 128 characters.
    pub policy_name: String,
    /// `PolicyDocument`: 1 to 131072 characters.
    pub policy_document: String,
}

impl Input for PutGroupPolicyRequest {
    fn schema() -> &'static Structure {
        &PUT_GROUP_POLICY_REQUEST
    }
}

/// Input of `PutRolePermissionsBoundary`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PutRolePermissionsBoundaryRequest {
    /// `RoleName`: 1 to 64 characters.
    pub role_name: String,
    /// `PermissionsBoundary`: 20 to 2048 characters.
    pub permissions_boundary: String,
}

impl Input for PutRolePermissionsBoundaryRequest {
    fn schema() -> &'static Structure {
        &PUT_ROLE_PERMISSIONS_BOUNDARY_REQUEST
    }
}

/// Input of `PutRolePolicy`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PutRolePolicyRequest {
    /// `RoleName`: 1 to 64 characters.
    pub role_name: String,
    /// `PolicyName`: 1 to 128 characters.
    pub policy_name: String,
    /// `PolicyDocument`: 1 to 131072 characters.
    pub policy_document: String,
}

impl Input for PutRolePolicyRequest {
    fn schema() -> &'static Structure {
        &PUT_ROLE_POLICY_REQUEST
    }
}

/// Input of `PutUserPermissionsBoundary`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PutUserPermissionsBoundaryRequest {
    /// `UserName`: 1 to 64 characters.
    pub user_name: String,
    /// `PermissionsBoundary`: 20 to 2048 characters.
    pub permissions_boundary: String,
}

impl Input for PutUserPermissionsBoundaryRequest {
    fn schema() -> &'static Structure {
        &PUT_USER_PERMISSIONS_BOUNDARY_REQUEST
    }
}

/// Input of `PutUserPolicy`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PutUserPolicyRequest {
    /// `UserName`: 1 to 128 characters.
    pub user_name: String,
    /// `PolicyName`: 1 to 128 characters.
    pub policy_name: String,
    /// `PolicyDocument`: 1 to 131072 characters.
    pub policy_document: String,
}

impl Input for PutUserPolicyRequest {
    fn schema() -> &'static Structure {
        &PUT_USER_POLICY_REQUEST
    }
}

/// Input of `RemoveClientIDFromOpenIDConnectProvider`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct RemoveClientIDFromOpenIDConnectProviderRequest {
    /// `OpenIDConnectProviderArn`: 20 to 2048 characters.
    #[serde(rename = "OpenIDConnectProviderArn")]
    pub open_id_connect_provider_arn: String,
    /// `ClientID`: 1 to 255 characters.
    #[serde(rename = "ClientID")]
    pub client_id: String,
}

impl Input for RemoveClientIDFromOpenIDConnectProviderRequest {
    fn schema() -> &'static Structure {
        &REMOVE_CLIENT_ID_FROM_OPEN_ID_CONNECT_PROVIDER_REQUEST
    }
}

/// Input of `RemoveRoleFromInstanceProfile`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct RemoveRoleFromInstanceProfileRequest {
    /// `InstanceProfileName`: 1 to 128 characters.
    pub instance_profile_name: String,
    /// `RoleName`: 1 to 64 characters.
    pub role_name: String,
}

impl Input for RemoveRoleFromInstanceProfileRequest {
    fn schema() -> &'static Structure {
        &REMOVE_ROLE_FROM_INSTANCE_PROFILE_REQUEST
    }
}

/// Input of `RemoveUserFromGroup`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct RemoveUserFromGroupRequest {
    /// `GroupName`: 1 to 128 characters.
    pub group_name: String,
    /// `UserName`: 1 to 128 characters.
    pub user_name: String,
}

impl Input for RemoveUserFromGroupRequest {
    fn schema() -> &'static Structure {
        &REMOVE_USER_FROM_GROUP_REQUEST
    }
}

/// `ResourceSpecificResult`, part of outputs.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ResourceSpecificResult {
    /// `EvalResourceName`: 1 to 2048 characters.
    pub eval_resource_name: String,
    /// `EvalResourceDecision`.
    pub eval_resource_decision: PolicyEvaluationDecisionType,
    /// `MatchedStatements`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matched_statements: Option<Vec<Statement>>,
    /// `MissingContextValues`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing_context_values: Option<Vec<String>>,
    /// `EvalDecisionDetails`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub eval_decision_details: Option<BTreeMap<String, PolicyEvaluationDecisionType>>,
    /// `PermissionsBoundaryDecisionDetail`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permissions_boundary_decision_detail: Option<PermissionsBoundaryDecisionDetail>,
}

/// `Role`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Role {
    /// `Path`: 1 to 512 characters.
    pub path: String,
    /// `RoleName`: 1 to 64 characters.
    pub role_name: String,
    /// `RoleId`: 16 to 128 characters.
    pub role_id: String,
    /// `Arn`: 20 to 2048 characters.
    pub arn: String,
    /// `CreateDate`, in seconds since 1970.
    #[serde(serialize_with = "crate::aws::time::serialize")]
    pub create_date: f64,
    /// `AssumeRolePolicyDocument`: 1 to 131072 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assume_role_policy_document: Option<String>,
    /// `Description`: at most 1000 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// `MaxSessionDuration`: 3600 to 43200.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_session_duration: Option<i64>,
    /// `MaxSigninSessionDuration`: 3600 to 7776000.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_signin_session_duration: Option<i64>,
    /// `PermissionsBoundary`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permissions_boundary: Option<AttachedPermissionsBoundary>,
    /// `Tags`: at most 50 elements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag>>,
    /// `RoleLastUsed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_last_used: Option<RoleLastUsed>,
    /// `SourceRoleTemplate`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_role_template: Option<SourceRoleTemplate>,
}

/// `RoleDetail`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct RoleDetail {
    /// `Path`: 1 to 512 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// `RoleName`: 1 to 64 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_name: Option<String>,
    /// `RoleId`: 16 to 128 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_id: Option<String>,
    /// `Arn`: 20 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// `CreateDate`, in seconds since 1970.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::aws::time::serialize_optional"
    )]
    pub create_date: Option<f64>,
    /// `AssumeRolePolicyDocument`: 1 to 131072 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assume_role_policy_document: Option<String>,
    /// `InstanceProfileList`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instance_profile_list: Option<Vec<InstanceProfile>>,
    /// `RolePolicyList`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_policy_list: Option<Vec<PolicyDetail>>,
    /// `AttachedManagedPolicies`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attached_managed_policies: Option<Vec<AttachedPolicy>>,
    /// `PermissionsBoundary`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permissions_boundary: Option<AttachedPermissionsBoundary>,
    /// `Tags`: at most 50 elements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag>>,
    /// `RoleLastUsed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_last_used: Option<RoleLastUsed>,
}

/// `RoleLastUsed`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct RoleLastUsed {
    /// `LastUsedDate`, in seconds since 1970.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::aws::time::serialize_optional"
    )]
    pub last_used_date: Option<f64>,
    /// `Region`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
}

/// `RoleUsageType`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct RoleUsageType {
    /// `Region`: 1 to 100 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// `Resources`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resources: Option<Vec<String>>,
}

/// `SAMLKeyHashEntry`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct SAMLKeyHashEntry {
    /// `IssuerURL`: 1 to 1024 characters.
    #[serde(rename = "IssuerURL", skip_serializing_if = "Option::is_none")]
    pub issuer_url: Option<String>,
    /// `KeyHashes`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_hashes: Option<Vec<String>>,
}

/// `SAMLPrivateKey`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct SAMLPrivateKey {
    /// `KeyId`: 22 to 64 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_id: Option<String>,
    /// `Timestamp`, in seconds since 1970.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::aws::time::serialize_optional"
    )]
    pub timestamp: Option<f64>,
}

/// `SAMLProviderListEntry`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct SAMLProviderListEntry {
    /// `Arn`: 20 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// `ValidUntil`, in seconds since 1970.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::aws::time::serialize_optional"
    )]
    pub valid_until: Option<f64>,
    /// `CreateDate`, in seconds since 1970.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::aws::time::serialize_optional"
    )]
    pub create_date: Option<f64>,
    /// `IsTrustedIdentityPropagationEnabled`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_trusted_identity_propagation_enabled: Option<bool>,
}

/// `SSHPublicKey`, part of outputs.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct SSHPublicKey {
    /// `UserName`: 1 to 64 characters.
    pub user_name: String,
    /// `SSHPublicKeyId`: 20 to 128 characters.
    #[serde(rename = "SSHPublicKeyId")]
    pub ssh_public_key_id: String,
    /// `Fingerprint`: 48 to 48 characters.
    pub fingerprint: String,
    /// `SSHPublicKeyBody`: 1 to 16384 characters.
    #[serde(rename = "SSHPublicKeyBody")]
    pub ssh_public_key_body: String,
    /// `Status`.
    pub status: StatusType,
    /// `UploadDate`, in seconds since 1970.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::aws::time::serialize_optional"
    )]
    pub upload_date: Option<f64>,
}

/// `SSHPublicKeyMetadata`, part of outputs.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct SSHPublicKeyMetadata {
    /// `UserName`: 1 to 64 characters.
    pub user_name: String,
    /// `SSHPublicKeyId`: 20 to 128 characters.
    #[serde(rename = "SSHPublicKeyId")]
    pub ssh_public_key_id: String,
    /// `Status`.
    pub status: StatusType,
    /// `UploadDate`, in seconds since 1970.
    #[serde(serialize_with = "crate::aws::time::serialize")]
    pub upload_date: f64,
}

/// `ServerCertificate`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ServerCertificate {
    /// `ServerCertificateMetadata`.
    pub server_certificate_metadata: ServerCertificateMetadata,
    /// `CertificateBody`: 1 to 16384 characters.
    pub certificate_body: String,
    /// `CertificateChain`: 1 to 2097152 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate_chain: Option<String>,
    /// `Tags`: at most 50 elements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag>>,
}

/// `ServerCertificateMetadata`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ServerCertificateMetadata {
    /// `Path`: 1 to 512 characters.
    pub path: String,
    /// `ServerCertificateName`: 1 to 128 characters.
    pub server_certificate_name: String,
    /// `ServerCertificateId`: 16 to 128 characters.
    pub server_certificate_id: String,
    /// `Arn`: 20 to 2048 characters.
    pub arn: String,
    /// `UploadDate`, in seconds since 1970.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::aws::time::serialize_optional"
    )]
    pub upload_date: Option<f64>,
    /// `Expiration`, in seconds since 1970.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::aws::time::serialize_optional"
    )]
    pub expiration: Option<f64>,
}

/// `ServiceSpecificCredentialMetadata`, part of outputs.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ServiceSpecificCredentialMetadata {
    /// `UserName`: 1 to 64 characters.
    pub user_name: String,
    /// `Status`.
    pub status: StatusType,
    /// `ServiceUserName`: at most 200 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_user_name: Option<String>,
    /// `ServiceCredentialAlias`: at most 200 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_credential_alias: Option<String>,
    /// `CreateDate`, in seconds since 1970.
    #[serde(serialize_with = "crate::aws::time::serialize")]
    pub create_date: f64,
    /// `ExpirationDate`, in seconds since 1970.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::aws::time::serialize_optional"
    )]
    pub expiration_date: Option<f64>,
    /// `ServiceSpecificCredentialId`: 20 to 128 characters.
    pub service_specific_credential_id: String,
    /// `ServiceName`.
    pub service_name: String,
}

/// Input of `SetDefaultPolicyVersion`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct SetDefaultPolicyVersionRequest {
    /// `PolicyArn`: 20 to 2048 characters.
    pub policy_arn: String,
    /// `VersionId`.
    pub version_id: String,
}

impl Input for SetDefaultPolicyVersionRequest {
    fn schema() -> &'static Structure {
        &SET_DEFAULT_POLICY_VERSION_REQUEST
    }
}

/// `SigningCertificate`, part of outputs.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct SigningCertificate {
    /// `UserName`: 1 to 64 characters.
    pub user_name: String,
    /// `CertificateId`: 24 to 128 characters.
    pub certificate_id: String,
    /// `CertificateBody`: 1 to 16384 characters.
    pub certificate_body: String,
    /// `Status`.
    pub status: StatusType,
    /// `UploadDate`, in seconds since 1970.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::aws::time::serialize_optional"
    )]
    pub upload_date: Option<f64>,
}

/// Input of `SimulateCustomPolicy`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct SimulateCustomPolicyRequest {
    /// `PolicyInputList`.
    pub policy_input_list: Vec<String>,
    /// `PermissionsBoundaryPolicyInputList`.
    pub permissions_boundary_policy_input_list: Option<Vec<String>>,
    /// `OrderedOrganizationPolicyInputList`: at most 7 elements.
    pub ordered_organization_policy_input_list: Option<Vec<OrderedOrganizationPolicyType>>,
    /// `ActionNames`.
    pub action_names: Vec<String>,
    /// `ResourceArns`.
    pub resource_arns: Option<Vec<String>>,
    /// `ResourcePolicy`: 1 to 131072 characters.
    pub resource_policy: Option<String>,
    /// `ResourceOwner`: 1 to 2048 characters.
    pub resource_owner: Option<String>,
    /// `CallerArn`: 1 to 2048 characters.
    pub caller_arn: Option<String>,
    /// `ContextEntries`.
    pub context_entries: Option<Vec<ContextEntry>>,
    /// `ResourceHandlingOption`: 1 to 64 characters.
    pub resource_handling_option: Option<String>,
    /// `MaxItems`: 1 to 1000.
    pub max_items: Option<i64>,
    /// `Marker`: 1 to 320 characters.
    pub marker: Option<String>,
}

impl Input for SimulateCustomPolicyRequest {
    fn schema() -> &'static Structure {
        &SIMULATE_CUSTOM_POLICY_REQUEST
    }
}

/// Output of `SimulateCustomPolicy`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct SimulatePolicyResponse {
    /// `EvaluationResults`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evaluation_results: Option<Vec<EvaluationResult>>,
    /// `IsTruncated`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_truncated: Option<bool>,
    /// `Marker`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

/// Input of `SimulatePrincipalPolicy`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct SimulatePrincipalPolicyRequest {
    /// `PolicySourceArn`: 20 to 2048 characters.
    pub policy_source_arn: String,
    /// `PolicyInputList`.
    pub policy_input_list: Option<Vec<String>>,
    /// `PermissionsBoundaryPolicyInputList`.
    pub permissions_boundary_policy_input_list: Option<Vec<String>>,
    /// `PolicyExclusionList`: at most 256 elements.
    pub policy_exclusion_list: Option<Vec<PolicyIdentifier>>,
    /// `ActionNames`.
    pub action_names: Vec<String>,
    /// `ResourceArns`.
    pub resource_arns: Option<Vec<String>>,
    /// `ResourcePolicy`: 1 to 131072 characters.
    pub resource_policy: Option<String>,
    /// `ResourceOwner`: 1 to 2048 characters.
    pub resource_owner: Option<String>,
    /// `CallerArn`: 1 to 2048 characters.
    pub caller_arn: Option<String>,
    /// `ContextEntries`.
    pub context_entries: Option<Vec<ContextEntry>>,
    /// `ResourceHandlingOption`: 1 to 64 characters.
    pub resource_handling_option: Option<String>,
    /// `MaxItems`: 1 to 1000.
    pub max_items: Option<i64>,
    /// `Marker`: 1 to 320 characters.
    pub marker: Option<String>,
}

impl Input for SimulatePrincipalPolicyRequest {
    fn schema() -> &'static Structure {
        &SIMULATE_PRINCIPAL_POLICY_REQUEST
    }
}

/// `SourceRoleTemplate`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct SourceRoleTemplate {
    /// `TemplateArn`: 20 to 2048 characters.
    pub template_arn: String,
    /// `TemplateMinorVersion`.
    pub template_minor_version: i64,
}

/// `Statement`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Statement {
    /// `SourcePolicyId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_policy_id: Option<String>,
    /// `SourcePolicyType`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_policy_type: Option<String>,
    /// `StartPosition`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_position: Option<Position>,
    /// `EndPosition`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_position: Option<Position>,
}

/// `Tag`, part of inputs and outputs.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Tag {
    /// `Key`: 1 to 128 characters.
    pub key: String,
    /// `Value`: at most 256 characters.
    pub value: String,
}

/// Input of `TagInstanceProfile`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct TagInstanceProfileRequest {
    /// `InstanceProfileName`: 1 to 128 characters.
    pub instance_profile_name: String,
    /// `Tags`: at most 50 elements.
    pub tags: Vec<Tag>,
}

impl Input for TagInstanceProfileRequest {
    fn schema() -> &'static Structure {
        &TAG_INSTANCE_PROFILE_REQUEST
    }
}

/// Input of `TagOpenIDConnectProvider`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct TagOpenIDConnectProviderRequest {
    /// `OpenIDConnectProviderArn`: 20 to 2048 characters.
    #[serde(rename = "OpenIDConnectProviderArn")]
    pub open_id_connect_provider_arn: String,
    /// `Tags`: at most 50 elements.
    pub tags: Vec<Tag>,
}

impl Input for TagOpenIDConnectProviderRequest {
    fn schema() -> &'static Structure {
        &TAG_OPEN_ID_CONNECT_PROVIDER_REQUEST
    }
}

/// Input of `TagPolicy`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct TagPolicyRequest {
    /// `PolicyArn`: 20 to 2048 characters.
    pub policy_arn: String,
    /// `Tags`: at most 50 elements.
    pub tags: Vec<Tag>,
}

impl Input for TagPolicyRequest {
    fn schema() -> &'static Structure {
        &TAG_POLICY_REQUEST
    }
}

/// Input of `TagRole`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct TagRoleRequest {
    /// `RoleName`: 1 to 64 characters.
    pub role_name: String,
    /// `Tags`: at most 50 elements.
    pub tags: Vec<Tag>,
}

impl Input for TagRoleRequest {
    fn schema() -> &'static Structure {
        &TAG_ROLE_REQUEST
    }
}

/// Input of `TagUser`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct TagUserRequest {
    /// `UserName`: 1 to 128 characters.
    pub user_name: String,
    /// `Tags`: at most 50 elements.
    pub tags: Vec<Tag>,
}

impl Input for TagUserRequest {
    fn schema() -> &'static Structure {
        &TAG_USER_REQUEST
    }
}

/// Input of `UntagInstanceProfile`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UntagInstanceProfileRequest {
    /// `InstanceProfileName`: 1 to 128 characters.
    pub instance_profile_name: String,
    /// `TagKeys`: at most 50 elements.
    pub tag_keys: Vec<String>,
}

impl Input for UntagInstanceProfileRequest {
    fn schema() -> &'static Structure {
        &UNTAG_INSTANCE_PROFILE_REQUEST
    }
}

/// Input of `UntagOpenIDConnectProvider`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UntagOpenIDConnectProviderRequest {
    /// `OpenIDConnectProviderArn`: 20 to 2048 characters.
    #[serde(rename = "OpenIDConnectProviderArn")]
    pub open_id_connect_provider_arn: String,
    /// `TagKeys`: at most 50 elements.
    pub tag_keys: Vec<String>,
}

impl Input for UntagOpenIDConnectProviderRequest {
    fn schema() -> &'static Structure {
        &UNTAG_OPEN_ID_CONNECT_PROVIDER_REQUEST
    }
}

/// Input of `UntagPolicy`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UntagPolicyRequest {
    /// `PolicyArn`: 20 to 2048 characters.
    pub policy_arn: String,
    /// `TagKeys`: at most 50 elements.
    pub tag_keys: Vec<String>,
}

impl Input for UntagPolicyRequest {
    fn schema() -> &'static Structure {
        &UNTAG_POLICY_REQUEST
    }
}

/// Input of `UntagRole`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UntagRoleRequest {
    /// `RoleName`: 1 to 64 characters.
    pub role_name: String,
    /// `TagKeys`: at most 50 elements.
    pub tag_keys: Vec<String>,
}

impl Input for UntagRoleRequest {
    fn schema() -> &'static Structure {
        &UNTAG_ROLE_REQUEST
    }
}

/// Input of `UntagUser`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UntagUserRequest {
    /// `UserName`: 1 to 128 characters.
    pub user_name: String,
    /// `TagKeys`: at most 50 elements.
    pub tag_keys: Vec<String>,
}

impl Input for UntagUserRequest {
    fn schema() -> &'static Structure {
        &UNTAG_USER_REQUEST
    }
}

/// Input of `UpdateAccessKey`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateAccessKeyRequest {
    /// `UserName`: 1 to 128 characters.
    pub user_name: Option<String>,
    /// `AccessKeyId`: 16 to 128 characters.
    pub access_key_id: String,
    /// `Status`.
    pub status: StatusType,
}

impl Input for UpdateAccessKeyRequest {
    fn schema() -> &'static Structure {
        &UPDATE_ACCESS_KEY_REQUEST
    }
}

/// Input of `UpdateAssumeRolePolicy`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateAssumeRolePolicyRequest {
    /// `RoleName`: 1 to 64 characters.
    pub role_name: String,
    /// `PolicyDocument`: 1 to 131072 characters.
    pub policy_document: String,
}

impl Input for UpdateAssumeRolePolicyRequest {
    fn schema() -> &'static Structure {
        &UPDATE_ASSUME_ROLE_POLICY_REQUEST
    }
}

/// Input of `UpdateGroup`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateGroupRequest {
    /// `GroupName`: 1 to 128 characters.
    pub group_name: String,
    /// `NewPath`: 1 to 512 characters.
    pub new_path: Option<String>,
    /// `NewGroupName`: 1 to 128 characters.
    pub new_group_name: Option<String>,
}

impl Input for UpdateGroupRequest {
    fn schema() -> &'static Structure {
        &UPDATE_GROUP_REQUEST
    }
}

/// Input of `UpdateOpenIDConnectProvider`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateOpenIDConnectProviderRequest {
    /// `OpenIDConnectProviderArn`: 20 to 2048 characters.
    #[serde(rename = "OpenIDConnectProviderArn")]
    pub open_id_connect_provider_arn: String,
    /// `ContextProvider`.
    pub context_provider: Option<ContextProvider>,
    /// `IdentityCenterInstanceArn`: 1 to 1224 characters.
    pub identity_center_instance_arn: Option<String>,
    /// `RemoveContextProvider`.
    pub remove_context_provider: Option<bool>,
    /// `RemoveIdentityCenterInstance`.
    pub remove_identity_center_instance: Option<bool>,
}

impl Input for UpdateOpenIDConnectProviderRequest {
    fn schema() -> &'static Structure {
        &UPDATE_OPEN_ID_CONNECT_PROVIDER_REQUEST
    }
}

/// Input of `UpdateOpenIDConnectProviderThumbprint`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateOpenIDConnectProviderThumbprintRequest {
    /// `OpenIDConnectProviderArn`: 20 to 2048 characters.
    #[serde(rename = "OpenIDConnectProviderArn")]
    pub open_id_connect_provider_arn: String,
    /// `ThumbprintList`.
    pub thumbprint_list: Vec<String>,
}

impl Input for UpdateOpenIDConnectProviderThumbprintRequest {
    fn schema() -> &'static Structure {
        &UPDATE_OPEN_ID_CONNECT_PROVIDER_THUMBPRINT_REQUEST
    }
}

/// Input of `UpdateRoleDescription`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateRoleDescriptionRequest {
    /// `RoleName`: 1 to 64 characters.
    pub role_name: String,
    /// `Description`: at most 1000 characters.
    pub description: String,
}

impl Input for UpdateRoleDescriptionRequest {
    fn schema() -> &'static Structure {
        &UPDATE_ROLE_DESCRIPTION_REQUEST
    }
}

/// Output of `UpdateRoleDescription`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateRoleDescriptionResponse {
    /// `Role`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
}

/// Input of `UpdateRole`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateRoleRequest {
    /// `RoleName`: 1 to 64 characters.
    pub role_name: String,
    /// `Description`: at most 1000 characters.
    pub description: Option<String>,
    /// `MaxSessionDuration`: 3600 to 43200.
    pub max_session_duration: Option<i64>,
    /// `MaxSigninSessionDuration`: 3600 to 7776000.
    pub max_signin_session_duration: Option<i64>,
    /// `ResetMaxSigninSessionDuration`.
    pub reset_max_signin_session_duration: Option<bool>,
}

impl Input for UpdateRoleRequest {
    fn schema() -> &'static Structure {
        &UPDATE_ROLE_REQUEST
    }
}

/// Output of `UpdateRole`.
#[derive(Debug, Default, Serialize)]
pub struct UpdateRoleResponse {}

/// Input of `UpdateUser`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateUserRequest {
    /// `UserName`: 1 to 128 characters.
    pub user_name: String,
    /// `NewPath`: 1 to 512 characters.
    pub new_path: Option<String>,
    /// `NewUserName`: 1 to 64 characters.
    pub new_user_name: Option<String>,
}

impl Input for UpdateUserRequest {
    fn schema() -> &'static Structure {
        &UPDATE_USER_REQUEST
    }
}

/// `User`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct User {
    /// `Path`: 1 to 512 characters.
    pub path: String,
    /// `UserName`: 1 to 64 characters.
    pub user_name: String,
    /// `UserId`: 16 to 128 characters.
    pub user_id: String,
    /// `Arn`: 20 to 2048 characters.
    pub arn: String,
    /// `CreateDate`, in seconds since 1970.
    #[serde(serialize_with = "crate::aws::time::serialize")]
    pub create_date: f64,
    /// `PasswordLastUsed`, in seconds since 1970.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::aws::time::serialize_optional"
    )]
    pub password_last_used: Option<f64>,
    /// `PermissionsBoundary`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permissions_boundary: Option<AttachedPermissionsBoundary>,
    /// `Tags`: at most 50 elements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag>>,
}

/// `UserDetail`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct UserDetail {
    /// `Path`: 1 to 512 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// `UserName`: 1 to 64 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_name: Option<String>,
    /// `UserId`: 16 to 128 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// `Arn`: 20 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// `CreateDate`, in seconds since 1970.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::aws::time::serialize_optional"
    )]
    pub create_date: Option<f64>,
    /// `UserPolicyList`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_policy_list: Option<Vec<PolicyDetail>>,
    /// `GroupList`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group_list: Option<Vec<String>>,
    /// `AttachedManagedPolicies`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attached_managed_policies: Option<Vec<AttachedPolicy>>,
    /// `PermissionsBoundary`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permissions_boundary: Option<AttachedPermissionsBoundary>,
    /// `Tags`: at most 50 elements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag>>,
}

/// `VirtualMFADevice`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct VirtualMFADevice {
    /// `SerialNumber`: 9 to 256 characters.
    pub serial_number: String,
    /// `Base32StringSeed`.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::aws::blob::serialize_optional",
        default
    )]
    pub base32_string_seed: Option<Vec<u8>>,
    /// `QRCodePNG`.
    #[serde(
        rename = "QRCodePNG",
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::aws::blob::serialize_optional",
        default
    )]
    pub qr_code_png: Option<Vec<u8>>,
    /// `User`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<User>,
    /// `EnableDate`, in seconds since 1970.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::aws::time::serialize_optional"
    )]
    pub enable_date: Option<f64>,
    /// `Tags`: at most 50 elements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag>>,
}

words! {
    /// The words of `AssertionEncryptionModeType`.
    AssertionEncryptionModeType {
        Required = "Required",
        Allowed = "Allowed",
    }
}

words! {
    /// The words of `AssignmentStatusType`.
    AssignmentStatusType {
        Assigned = "Assigned",
        Unassigned = "Unassigned",
        Any = "Any",
    }
}

words! {
    /// The words of `EncodingType`.
    EncodingType {
        Ssh = "SSH",
        Pem = "PEM",
    }
}

words! {
    /// The words of `PolicyScopeType`.
    PolicyScopeType {
        All = "All",
        Aws = "AWS",
        Local = "Local",
    }
}

words! {
    /// The words of `StatusType`.
    StatusType {
        Active = "Active",
        Inactive = "Inactive",
        Expired = "Expired",
    }
}

words! {
    /// The words of `SummaryKeyType`.
    SummaryKeyType {
        Users = "Users",
        UsersQuota = "UsersQuota",
        Groups = "Groups",
        GroupsQuota = "GroupsQuota",
        ServerCertificates = "ServerCertificates",
        ServerCertificatesQuota = "ServerCertificatesQuota",
        UserPolicySizeQuota = "UserPolicySizeQuota",
        GroupPolicySizeQuota = "GroupPolicySizeQuota",
        GroupsPerUserQuota = "GroupsPerUserQuota",
        SigningCertificatesPerUserQuota = "SigningCertificatesPerUserQuota",
        AccessKeysPerUserQuota = "AccessKeysPerUserQuota",
        MFADevices = "MFADevices",
        MFADevicesInUse = "MFADevicesInUse",
        AccountMFAEnabled = "AccountMFAEnabled",
        AccountAccessKeysPresent = "AccountAccessKeysPresent",
        AccountPasswordPresent = "AccountPasswordPresent",
        AccountSigningCertificatesPresent = "AccountSigningCertificatesPresent",
        AttachedPoliciesPerGroupQuota = "AttachedPoliciesPerGroupQuota",
        AttachedPoliciesPerRoleQuota = "AttachedPoliciesPerRoleQuota",
        AttachedPoliciesPerUserQuota = "AttachedPoliciesPerUserQuota",
        Policies = "Policies",
        PoliciesQuota = "PoliciesQuota",
        PolicySizeQuota = "PolicySizeQuota",
        PolicyVersionsInUse = "PolicyVersionsInUse",
        PolicyVersionsInUseQuota = "PolicyVersionsInUseQuota",
        VersionsPerPolicyQuota = "VersionsPerPolicyQuota",
        GlobalEndpointTokenVersion = "GlobalEndpointTokenVersion",
        AssumeRolePolicySizeQuota = "AssumeRolePolicySizeQuota",
        InstanceProfiles = "InstanceProfiles",
        InstanceProfilesQuota = "InstanceProfilesQuota",
        Providers = "Providers",
        RolePolicySizeQuota = "RolePolicySizeQuota",
        Roles = "Roles",
        RolesQuota = "RolesQuota",
    }
}

static ACTION_NAME_LIST_TYPE: Shape = Shape::List(UNLIMITED, &ACTION_NAME_TYPE);

static ACTION_NAME_TYPE: Shape = text(between(3, 128));

static ADD_CLIENT_ID_TO_OPEN_ID_CONNECT_PROVIDER_REQUEST: Structure = structure(
    "AddClientIDToOpenIDConnectProviderRequest",
    &[required("OpenIDConnectProviderArn", &ARN_TYPE), required("ClientID", &CLIENT_ID_TYPE)],
);

static ADD_ROLE_TO_INSTANCE_PROFILE_REQUEST: Structure = structure(
    "AddRoleToInstanceProfileRequest",
    &[
        required("InstanceProfileName", &INSTANCE_PROFILE_NAME_TYPE),
        required("RoleName", &ROLE_NAME_TYPE),
    ],
);

static ADD_USER_TO_GROUP_REQUEST: Structure = structure(
    "AddUserToGroupRequest",
    &[required("GroupName", &GROUP_NAME_TYPE), required("UserName", &EXISTING_USER_NAME_TYPE)],
);

static ATTACH_GROUP_POLICY_REQUEST: Structure = structure(
    "AttachGroupPolicyRequest",
    &[required("GroupName", &GROUP_NAME_TYPE), required("PolicyArn", &ARN_TYPE)],
);

static ATTACH_ROLE_POLICY_REQUEST: Structure = structure(
    "AttachRolePolicyRequest",
    &[required("RoleName", &ROLE_NAME_TYPE), required("PolicyArn", &ARN_TYPE)],
);

static ATTACH_USER_POLICY_REQUEST: Structure = structure(
    "AttachUserPolicyRequest",
    &[required("UserName", &USER_NAME_TYPE), required("PolicyArn", &ARN_TYPE)],
);

static ATTACHMENT_NAME_PATTERN: Pattern = Pattern::new(r"[\w+=,.@-]+");
static ATTACHMENT_NAME: Shape = matching(between(1, 128), &ATTACHMENT_NAME_PATTERN);

static ATTACHMENT_TYPE: Shape = one_of(AttachmentType::TEXTS);

static CONTEXT_ENTRY: Structure = structure(
    "ContextEntry",
    &[
        optional("ContextKeyName", &CONTEXT_KEY_NAME_TYPE),
        optional("ContextKeyValues", &CONTEXT_KEY_VALUE_LIST_TYPE),
        optional("ContextKeyType", &CONTEXT_KEY_TYPE_ENUM),
    ],
);

static CONTEXT_ENTRY_LIST_TYPE: Shape = Shape::List(UNLIMITED, &Shape::Structure(&CONTEXT_ENTRY));

static CONTEXT_KEY_NAME_TYPE: Shape = text(between(5, 256));

static CONTEXT_KEY_TYPE_ENUM: Shape = one_of(ContextKeyTypeEnum::TEXTS);

static CONTEXT_KEY_VALUE_LIST_TYPE: Shape = Shape::List(UNLIMITED, &CONTEXT_KEY_VALUE_TYPE);

static CONTEXT_KEY_VALUE_TYPE: Shape = text(UNLIMITED);

static CONTEXT_PROVIDER: Structure = structure(
    "ContextProvider",
    &[
        optional("KeyDefinitionList", &KEY_DEFINITION_LIST_TYPE),
        required("SubjectSourceKey", &CONTEXT_PROVIDER_SOURCE_KEY_TYPE),
        optional("SubjectTypeValue", &SUBJECT_TYPE_VALUE_TYPE),
        optional("SubjectTypeSourceKey", &CONTEXT_PROVIDER_SOURCE_KEY_TYPE),
    ],
);

static CONTEXT_PROVIDER_KEY_DEFINITION: Structure = structure(
    "ContextProviderKeyDefinition",
    &[
        required("SourceKey", &CONTEXT_PROVIDER_SOURCE_KEY_TYPE),
        optional("TargetKey", &CONTEXT_PROVIDER_TARGET_KEY_TYPE),
    ],
);

static CREATE_ACCESS_KEY_REQUEST: Structure =
    structure("CreateAccessKeyRequest", &[optional("UserName", &EXISTING_USER_NAME_TYPE)]);

static CREATE_GROUP_REQUEST: Structure = structure(
    "CreateGroupRequest",
    &[optional("Path", &PATH_TYPE), required("GroupName", &GROUP_NAME_TYPE)],
);

static CREATE_INSTANCE_PROFILE_REQUEST: Structure = structure(
    "CreateInstanceProfileRequest",
    &[
        required("InstanceProfileName", &INSTANCE_PROFILE_NAME_TYPE),
        optional("Path", &PATH_TYPE),
        optional("Tags", &TAG_LIST_TYPE),
    ],
);

static CREATE_OPEN_ID_CONNECT_PROVIDER_REQUEST: Structure = structure(
    "CreateOpenIDConnectProviderRequest",
    &[
        required("Url", &OPEN_ID_CONNECT_PROVIDER_URL_TYPE),
        optional("ClientIDList", &CLIENT_ID_LIST_TYPE),
        optional("ThumbprintList", &THUMBPRINT_LIST_TYPE),
        optional("Tags", &TAG_LIST_TYPE),
        optional("ContextProvider", &Shape::Structure(&CONTEXT_PROVIDER)),
        optional("IdentityCenterInstanceArn", &IDENTITY_CENTER_INSTANCE_ARN_TYPE),
    ],
);

static CREATE_POLICY_REQUEST: Structure = structure(
    "CreatePolicyRequest",
    &[
        required("PolicyName", &POLICY_NAME_TYPE),
        optional("Path", &POLICY_PATH_TYPE),
        required("PolicyDocument", &POLICY_DOCUMENT_TYPE),
        optional("Description", &POLICY_DESCRIPTION_TYPE),
        optional("Tags", &TAG_LIST_TYPE),
    ],
);

static CREATE_POLICY_VERSION_REQUEST: Structure = structure(
    "CreatePolicyVersionRequest",
    &[
        required("PolicyArn", &ARN_TYPE),
        required("PolicyDocument", &POLICY_DOCUMENT_TYPE),
        optional("SetAsDefault", &BOOLEAN_TYPE),
    ],
);

static CREATE_ROLE_REQUEST: Structure = structure(
    "CreateRoleRequest",
    &[
        optional("Path", &PATH_TYPE),
        required("RoleName", &ROLE_NAME_TYPE),
        required("AssumeRolePolicyDocument", &POLICY_DOCUMENT_TYPE),
        optional("Description", &ROLE_DESCRIPTION_TYPE),
        optional("MaxSessionDuration", &ROLE_MAX_SESSION_DURATION_TYPE),
        optional("MaxSigninSessionDuration", &MAX_SIGNIN_SESSION_DURATION_TYPE),
        optional("PermissionsBoundary", &ARN_TYPE),
        optional("Tags", &TAG_LIST_TYPE),
    ],
);

static CREATE_USER_REQUEST: Structure = structure(
    "CreateUserRequest",
    &[
        optional("Path", &PATH_TYPE),
        required("UserName", &USER_NAME_TYPE),
        optional("PermissionsBoundary", &ARN_TYPE),
        optional("Tags", &TAG_LIST_TYPE),
    ],
);

static DEACTIVATE_MFA_DEVICE_REQUEST: Structure = structure(
    "DeactivateMFADeviceRequest",
    &[
        optional("UserName", &EXISTING_USER_NAME_TYPE),
        required("SerialNumber", &SERIAL_NUMBER_TYPE),
    ],
);

static DELETE_ACCESS_KEY_REQUEST: Structure = structure(
    "DeleteAccessKeyRequest",
    &[optional("UserName", &EXISTING_USER_NAME_TYPE), required("AccessKeyId", &ACCESS_KEY_ID_TYPE)],
);

static DELETE_ACCOUNT_ALIAS_REQUEST: Structure =
    structure("DeleteAccountAliasRequest", &[required("AccountAlias", &ACCOUNT_ALIAS_TYPE)]);

static DELETE_GROUP_POLICY_REQUEST: Structure = structure(
    "DeleteGroupPolicyRequest",
    &[required("GroupName", &GROUP_NAME_TYPE), required("PolicyName", &POLICY_NAME_TYPE)],
);

static DELETE_GROUP_REQUEST: Structure =
    structure("DeleteGroupRequest", &[required("GroupName", &GROUP_NAME_TYPE)]);

static DELETE_INSTANCE_PROFILE_REQUEST: Structure = structure(
    "DeleteInstanceProfileRequest",
    &[required("InstanceProfileName", &INSTANCE_PROFILE_NAME_TYPE)],
);

static DELETE_LOGIN_PROFILE_REQUEST: Structure =
    structure("DeleteLoginProfileRequest", &[optional("UserName", &USER_NAME_TYPE)]);

static DELETE_OPEN_ID_CONNECT_PROVIDER_REQUEST: Structure = structure(
    "DeleteOpenIDConnectProviderRequest",
    &[required("OpenIDConnectProviderArn", &ARN_TYPE)],
);

static DELETE_POLICY_REQUEST: Structure =
    structure("DeletePolicyRequest", &[required("PolicyArn", &ARN_TYPE)]);

static DELETE_POLICY_VERSION_REQUEST: Structure = structure(
    "DeletePolicyVersionRequest",
    &[required("PolicyArn", &ARN_TYPE), required("VersionId", &POLICY_VERSION_ID_TYPE)],
);

static DELETE_ROLE_PERMISSIONS_BOUNDARY_REQUEST: Structure =
    structure("DeleteRolePermissionsBoundaryRequest", &[required("RoleName", &ROLE_NAME_TYPE)]);

static DELETE_ROLE_POLICY_REQUEST: Structure = structure(
    "DeleteRolePolicyRequest",
    &[required("RoleName", &ROLE_NAME_TYPE), required("PolicyName", &POLICY_NAME_TYPE)],
);

static DELETE_ROLE_REQUEST: Structure =
    structure("DeleteRoleRequest", &[required("RoleName", &ROLE_NAME_TYPE)]);

static DELETE_SAML_PROVIDER_REQUEST: Structure =
    structure("DeleteSAMLProviderRequest", &[required("SAMLProviderArn", &ARN_TYPE)]);

static DELETE_SSH_PUBLIC_KEY_REQUEST: Structure = structure(
    "DeleteSSHPublicKeyRequest",
    &[required("UserName", &USER_NAME_TYPE), required("SSHPublicKeyId", &PUBLIC_KEY_ID_TYPE)],
);

static DELETE_SERVER_CERTIFICATE_REQUEST: Structure = structure(
    "DeleteServerCertificateRequest",
    &[required("ServerCertificateName", &SERVER_CERTIFICATE_NAME_TYPE)],
);

static DELETE_SERVICE_LINKED_ROLE_REQUEST: Structure =
    structure("DeleteServiceLinkedRoleRequest", &[required("RoleName", &ROLE_NAME_TYPE)]);

static DELETE_SERVICE_SPECIFIC_CREDENTIAL_REQUEST: Structure = structure(
    "DeleteServiceSpecificCredentialRequest",
    &[
        optional("UserName", &USER_NAME_TYPE),
        required("ServiceSpecificCredentialId", &SERVICE_SPECIFIC_CREDENTIAL_ID),
    ],
);

static DELETE_SIGNING_CERTIFICATE_REQUEST: Structure = structure(
    "DeleteSigningCertificateRequest",
    &[
        optional("UserName", &EXISTING_USER_NAME_TYPE),
        required("CertificateId", &CERTIFICATE_ID_TYPE),
    ],
);

static DELETE_USER_PERMISSIONS_BOUNDARY_REQUEST: Structure =
    structure("DeleteUserPermissionsBoundaryRequest", &[required("UserName", &USER_NAME_TYPE)]);

static DELETE_USER_POLICY_REQUEST: Structure = structure(
    "DeleteUserPolicyRequest",
    &[required("UserName", &EXISTING_USER_NAME_TYPE), required("PolicyName", &POLICY_NAME_TYPE)],
);

static DELETE_USER_REQUEST: Structure =
    structure("DeleteUserRequest", &[required("UserName", &EXISTING_USER_NAME_TYPE)]);

static DELETE_VIRTUAL_MFA_DEVICE_REQUEST: Structure =
    structure("DeleteVirtualMFADeviceRequest", &[required("SerialNumber", &SERIAL_NUMBER_TYPE)]);

static DELETION_TASK_ID_TYPE: Shape = text(between(1, 1000));

static DETACH_GROUP_POLICY_REQUEST: Structure = structure(
    "DetachGroupPolicyRequest",
    &[required("GroupName", &GROUP_NAME_TYPE), required("PolicyArn", &ARN_TYPE)],
);

static DETACH_ROLE_POLICY_REQUEST: Structure = structure(
    "DetachRolePolicyRequest",
    &[required("RoleName", &ROLE_NAME_TYPE), required("PolicyArn", &ARN_TYPE)],
);

static DETACH_USER_POLICY_REQUEST: Structure = structure(
    "DetachUserPolicyRequest",
    &[required("UserName", &USER_NAME_TYPE), required("PolicyArn", &ARN_TYPE)],
);

static ENTITY_TYPE: Shape = one_of(EntityType::TEXTS);

static GET_ACCESS_KEY_LAST_USED_REQUEST: Structure =
    structure("GetAccessKeyLastUsedRequest", &[required("AccessKeyId", &ACCESS_KEY_ID_TYPE)]);

static GET_ACCOUNT_AUTHORIZATION_DETAILS_REQUEST: Structure = structure(
    "GetAccountAuthorizationDetailsRequest",
    &[
        optional("Filter", &ENTITY_LIST_TYPE),
        optional("MaxItems", &MAX_ITEMS_TYPE),
        optional("Marker", &MARKER_TYPE),
    ],
);

static GET_CONTEXT_KEYS_FOR_PRINCIPAL_POLICY_REQUEST: Structure = structure(
    "GetContextKeysForPrincipalPolicyRequest",
    &[
        required("PolicySourceArn", &ARN_TYPE),
        optional("PolicyInputList", &SIMULATION_POLICY_LIST_TYPE),
    ],
);

static GET_GROUP_POLICY_REQUEST: Structure = structure(
    "GetGroupPolicyRequest",
    &[required("GroupName", &GROUP_NAME_TYPE), required("PolicyName", &POLICY_NAME_TYPE)],
);

static GET_GROUP_REQUEST: Structure = structure(
    "GetGroupRequest",
    &[
        required("GroupName", &GROUP_NAME_TYPE),
        optional("Marker", &MARKER_TYPE),
        optional("MaxItems", &MAX_ITEMS_TYPE),
    ],
);

static GET_INSTANCE_PROFILE_REQUEST: Structure = structure(
    "GetInstanceProfileRequest",
    &[required("InstanceProfileName", &INSTANCE_PROFILE_NAME_TYPE)],
);

static GET_LOGIN_PROFILE_REQUEST: Structure =
    structure("GetLoginProfileRequest", &[optional("UserName", &USER_NAME_TYPE)]);

static GET_MFA_DEVICE_REQUEST: Structure = structure(
    "GetMFADeviceRequest",
    &[required("SerialNumber", &SERIAL_NUMBER_TYPE), optional("UserName", &USER_NAME_TYPE)],
);

static GET_OPEN_ID_CONNECT_PROVIDER_REQUEST: Structure = structure(
    "GetOpenIDConnectProviderRequest",
    &[required("OpenIDConnectProviderArn", &ARN_TYPE)],
);

static GET_POLICY_REQUEST: Structure =
    structure("GetPolicyRequest", &[required("PolicyArn", &ARN_TYPE)]);

static GET_POLICY_VERSION_REQUEST: Structure = structure(
    "GetPolicyVersionRequest",
    &[required("PolicyArn", &ARN_TYPE), required("VersionId", &POLICY_VERSION_ID_TYPE)],
);

static GET_ROLE_POLICY_REQUEST: Structure = structure(
    "GetRolePolicyRequest",
    &[required("RoleName", &ROLE_NAME_TYPE), required("PolicyName", &POLICY_NAME_TYPE)],
);

static GET_ROLE_REQUEST: Structure =
    structure("GetRoleRequest", &[required("RoleName", &ROLE_NAME_TYPE)]);

static GET_SAML_PROVIDER_REQUEST: Structure =
    structure("GetSAMLProviderRequest", &[required("SAMLProviderArn", &ARN_TYPE)]);

static GET_SSH_PUBLIC_KEY_REQUEST: Structure = structure(
    "GetSSHPublicKeyRequest",
    &[
        required("UserName", &USER_NAME_TYPE),
        required("SSHPublicKeyId", &PUBLIC_KEY_ID_TYPE),
        required("Encoding", &ENCODING_TYPE),
    ],
);

static GET_SERVER_CERTIFICATE_REQUEST: Structure = structure(
    "GetServerCertificateRequest",
    &[required("ServerCertificateName", &SERVER_CERTIFICATE_NAME_TYPE)],
);

static GET_SERVICE_LINKED_ROLE_DELETION_STATUS_REQUEST: Structure = structure(
    "GetServiceLinkedRoleDeletionStatusRequest",
    &[required("DeletionTaskId", &DELETION_TASK_ID_TYPE)],
);

static GET_USER_POLICY_REQUEST: Structure = structure(
    "GetUserPolicyRequest",
    &[required("UserName", &EXISTING_USER_NAME_TYPE), required("PolicyName", &POLICY_NAME_TYPE)],
);

static GET_USER_REQUEST: Structure =
    structure("GetUserRequest", &[optional("UserName", &EXISTING_USER_NAME_TYPE)]);

static INLINE_POLICY_IDENTIFIER_TYPE: Structure = structure(
    "InlinePolicyIdentifierType",
    &[
        required("PolicyName", &POLICY_NAME_TYPE),
        required("AttachmentType", &ATTACHMENT_TYPE),
        required("AttachmentName", &ATTACHMENT_NAME),
    ],
);

static LIST_ACCESS_KEYS_REQUEST: Structure = structure(
    "ListAccessKeysRequest",
    &[
        optional("UserName", &EXISTING_USER_NAME_TYPE),
        optional("Marker", &MARKER_TYPE),
        optional("MaxItems", &MAX_ITEMS_TYPE),
    ],
);

static LIST_ACCOUNT_ALIASES_REQUEST: Structure = structure(
    "ListAccountAliasesRequest",
    &[optional("Marker", &MARKER_TYPE), optional("MaxItems", &MAX_ITEMS_TYPE)],
);

static LIST_ATTACHED_GROUP_POLICIES_REQUEST: Structure = structure(
    "ListAttachedGroupPoliciesRequest",
    &[
        required("GroupName", &GROUP_NAME_TYPE),
        optional("PathPrefix", &POLICY_PATH_TYPE),
        optional("Marker", &MARKER_TYPE),
        optional("MaxItems", &MAX_ITEMS_TYPE),
    ],
);

static LIST_ATTACHED_ROLE_POLICIES_REQUEST: Structure = structure(
    "ListAttachedRolePoliciesRequest",
    &[
        required("RoleName", &ROLE_NAME_TYPE),
        optional("PathPrefix", &POLICY_PATH_TYPE),
        optional("Marker", &MARKER_TYPE),
        optional("MaxItems", &MAX_ITEMS_TYPE),
    ],
);

static LIST_ATTACHED_USER_POLICIES_REQUEST: Structure = structure(
    "ListAttachedUserPoliciesRequest",
    &[
        required("UserName", &USER_NAME_TYPE),
        optional("PathPrefix", &POLICY_PATH_TYPE),
        optional("Marker", &MARKER_TYPE),
        optional("MaxItems", &MAX_ITEMS_TYPE),
    ],
);

static LIST_ENTITIES_FOR_POLICY_REQUEST: Structure = structure(
    "ListEntitiesForPolicyRequest",
    &[
        required("PolicyArn", &ARN_TYPE),
        optional("EntityFilter", &ENTITY_TYPE),
        optional("PathPrefix", &PATH_TYPE),
        optional("PolicyUsageFilter", &POLICY_USAGE_TYPE),
        optional("Marker", &MARKER_TYPE),
        optional("MaxItems", &MAX_ITEMS_TYPE),
    ],
);

static LIST_GROUP_POLICIES_REQUEST: Structure = structure(
    "ListGroupPoliciesRequest",
    &[
        required("GroupName", &GROUP_NAME_TYPE),
        optional("Marker", &MARKER_TYPE),
        optional("MaxItems", &MAX_ITEMS_TYPE),
    ],
);

static LIST_GROUPS_FOR_USER_REQUEST: Structure = structure(
    "ListGroupsForUserRequest",
    &[
        required("UserName", &EXISTING_USER_NAME_TYPE),
        optional("Marker", &MARKER_TYPE),
        optional("MaxItems", &MAX_ITEMS_TYPE),
    ],
);

static LIST_GROUPS_REQUEST: Structure = structure(
    "ListGroupsRequest",
    &[
        optional("PathPrefix", &PATH_PREFIX_TYPE),
        optional("Marker", &MARKER_TYPE),
        optional("MaxItems", &MAX_ITEMS_TYPE),
    ],
);

static LIST_INSTANCE_PROFILE_TAGS_REQUEST: Structure = structure(
    "ListInstanceProfileTagsRequest",
    &[
        required("InstanceProfileName", &INSTANCE_PROFILE_NAME_TYPE),
        optional("Marker", &MARKER_TYPE),
        optional("MaxItems", &MAX_ITEMS_TYPE),
    ],
);

static LIST_INSTANCE_PROFILES_FOR_ROLE_REQUEST: Structure = structure(
    "ListInstanceProfilesForRoleRequest",
    &[
        required("RoleName", &ROLE_NAME_TYPE),
        optional("Marker", &MARKER_TYPE),
        optional("MaxItems", &MAX_ITEMS_TYPE),
    ],
);

static LIST_INSTANCE_PROFILES_REQUEST: Structure = structure(
    "ListInstanceProfilesRequest",
    &[
        optional("PathPrefix", &PATH_PREFIX_TYPE),
        optional("Marker", &MARKER_TYPE),
        optional("MaxItems", &MAX_ITEMS_TYPE),
    ],
);

static LIST_MFA_DEVICE_TAGS_REQUEST: Structure = structure(
    "ListMFADeviceTagsRequest",
    &[
        required("SerialNumber", &SERIAL_NUMBER_TYPE),
        optional("Marker", &MARKER_TYPE),
        optional("MaxItems", &MAX_ITEMS_TYPE),
    ],
);

static LIST_MFA_DEVICES_REQUEST: Structure = structure(
    "ListMFADevicesRequest",
    &[
        optional("UserName", &EXISTING_USER_NAME_TYPE),
        optional("Marker", &MARKER_TYPE),
        optional("MaxItems", &MAX_ITEMS_TYPE),
    ],
);

static LIST_OPEN_ID_CONNECT_PROVIDER_TAGS_REQUEST: Structure = structure(
    "ListOpenIDConnectProviderTagsRequest",
    &[
        required("OpenIDConnectProviderArn", &ARN_TYPE),
        optional("Marker", &MARKER_TYPE),
        optional("MaxItems", &MAX_ITEMS_TYPE),
    ],
);

static LIST_OPEN_ID_CONNECT_PROVIDERS_REQUEST: Structure =
    structure("ListOpenIDConnectProvidersRequest", &[]);

static LIST_POLICIES_REQUEST: Structure = structure(
    "ListPoliciesRequest",
    &[
        optional("Scope", &POLICY_SCOPE_TYPE),
        optional("OnlyAttached", &BOOLEAN_TYPE),
        optional("PathPrefix", &POLICY_PATH_TYPE),
        optional("PolicyUsageFilter", &POLICY_USAGE_TYPE),
        optional("Marker", &MARKER_TYPE),
        optional("MaxItems", &MAX_ITEMS_TYPE),
    ],
);

static LIST_POLICY_TAGS_REQUEST: Structure = structure(
    "ListPolicyTagsRequest",
    &[
        required("PolicyArn", &ARN_TYPE),
        optional("Marker", &MARKER_TYPE),
        optional("MaxItems", &MAX_ITEMS_TYPE),
    ],
);

static LIST_POLICY_VERSIONS_REQUEST: Structure = structure(
    "ListPolicyVersionsRequest",
    &[
        required("PolicyArn", &ARN_TYPE),
        optional("Marker", &MARKER_TYPE),
        optional("MaxItems", &MAX_ITEMS_TYPE),
    ],
);

static LIST_ROLE_POLICIES_REQUEST: Structure = structure(
    "ListRolePoliciesRequest",
    &[
        required("RoleName", &ROLE_NAME_TYPE),
        optional("Marker", &MARKER_TYPE),
        optional("MaxItems", &MAX_ITEMS_TYPE),
    ],
);

static LIST_ROLE_TAGS_REQUEST: Structure = structure(
    "ListRoleTagsRequest",
    &[
        required("RoleName", &ROLE_NAME_TYPE),
        optional("Marker", &MARKER_TYPE),
        optional("MaxItems", &MAX_ITEMS_TYPE),
    ],
);

static LIST_ROLES_REQUEST: Structure = structure(
    "ListRolesRequest",
    &[
        optional("PathPrefix", &PATH_PREFIX_TYPE),
        optional("Marker", &MARKER_TYPE),
        optional("MaxItems", &MAX_ITEMS_TYPE),
    ],
);

static LIST_SAML_PROVIDER_TAGS_REQUEST: Structure = structure(
    "ListSAMLProviderTagsRequest",
    &[
        required("SAMLProviderArn", &ARN_TYPE),
        optional("Marker", &MARKER_TYPE),
        optional("MaxItems", &MAX_ITEMS_TYPE),
    ],
);

static LIST_SAML_PROVIDERS_REQUEST: Structure = structure("ListSAMLProvidersRequest", &[]);

static LIST_SSH_PUBLIC_KEYS_REQUEST: Structure = structure(
    "ListSSHPublicKeysRequest",
    &[
        optional("UserName", &USER_NAME_TYPE),
        optional("Marker", &MARKER_TYPE),
        optional("MaxItems", &MAX_ITEMS_TYPE),
    ],
);

static LIST_SERVER_CERTIFICATE_TAGS_REQUEST: Structure = structure(
    "ListServerCertificateTagsRequest",
    &[
        required("ServerCertificateName", &SERVER_CERTIFICATE_NAME_TYPE),
        optional("Marker", &MARKER_TYPE),
        optional("MaxItems", &MAX_ITEMS_TYPE),
    ],
);

static LIST_SERVER_CERTIFICATES_REQUEST: Structure = structure(
    "ListServerCertificatesRequest",
    &[
        optional("PathPrefix", &PATH_PREFIX_TYPE),
        optional("Marker", &MARKER_TYPE),
        optional("MaxItems", &MAX_ITEMS_TYPE),
    ],
);

static LIST_SERVICE_SPECIFIC_CREDENTIALS_REQUEST: Structure = structure(
    "ListServiceSpecificCredentialsRequest",
    &[
        optional("UserName", &USER_NAME_TYPE),
        optional("ServiceName", &SERVICE_NAME),
        optional("AllUsers", &ALL_USERS),
        optional("Marker", &MARKER_TYPE),
        optional("MaxItems", &MAX_ITEMS_TYPE),
    ],
);

static LIST_SIGNING_CERTIFICATES_REQUEST: Structure = structure(
    "ListSigningCertificatesRequest",
    &[
        optional("UserName", &EXISTING_USER_NAME_TYPE),
        optional("Marker", &MARKER_TYPE),
        optional("MaxItems", &MAX_ITEMS_TYPE),
    ],
);

static LIST_USER_POLICIES_REQUEST: Structure = structure(
    "ListUserPoliciesRequest",
    &[
        required("UserName", &EXISTING_USER_NAME_TYPE),
        optional("Marker", &MARKER_TYPE),
        optional("MaxItems", &MAX_ITEMS_TYPE),
    ],
);

static LIST_USER_TAGS_REQUEST: Structure = structure(
    "ListUserTagsRequest",
    &[
        required("UserName", &EXISTING_USER_NAME_TYPE),
        optional("Marker", &MARKER_TYPE),
        optional("MaxItems", &MAX_ITEMS_TYPE),
    ],
);

static LIST_USERS_REQUEST: Structure = structure(
    "ListUsersRequest",
    &[
        optional("PathPrefix", &PATH_PREFIX_TYPE),
        optional("Marker", &MARKER_TYPE),
        optional("MaxItems", &MAX_ITEMS_TYPE),
    ],
);

static LIST_VIRTUAL_MFA_DEVICES_REQUEST: Structure = structure(
    "ListVirtualMFADevicesRequest",
    &[
        optional("AssignmentStatus", &ASSIGNMENT_STATUS_TYPE),
        optional("Marker", &MARKER_TYPE),
        optional("MaxItems", &MAX_ITEMS_TYPE),
    ],
);

static OPEN_ID_CONNECT_PROVIDER_URL_TYPE: Shape = text(between(1, 255));

static ORDERED_ORGANIZATION_POLICY_TYPE: Structure = structure(
    "OrderedOrganizationPolicyType",
    &[optional("ServiceControlPolicyInputList", &SIMULATION_POLICY_LIST_TYPE)],
);

static ORGANIZATION_POLICY_LIST_TYPE: Shape =
    Shape::List(at_most(7), &Shape::Structure(&ORDERED_ORGANIZATION_POLICY_TYPE));

static POLICY_EXCLUSIONS_LIST_TYPE: Shape =
    Shape::List(at_most(256), &Shape::Structure(&POLICY_IDENTIFIER));

static POLICY_IDENTIFIER: Structure = structure(
    "PolicyIdentifier",
    &[
        optional("PolicyType", &POLICY_IDENTIFIER_POLICY_TYPE),
        optional("PolicyArn", &ARN_TYPE),
        optional("InlinePolicyIdentifier", &Shape::Structure(&INLINE_POLICY_IDENTIFIER_TYPE)),
    ],
);

static POLICY_IDENTIFIER_POLICY_TYPE: Shape = one_of(PolicyIdentifierPolicyType::TEXTS);

static POLICY_USAGE_TYPE: Shape = one_of(PolicyUsageType::TEXTS);

static PUT_GROUP_POLICY_REQUEST: Structure = structure(
    "PutGroupPolicyRequest",
    &[
        required("GroupName", &GROUP_NAME_TYPE),
        required("PolicyName", &POLICY_NAME_TYPE),
        required("PolicyDocument", &POLICY_DOCUMENT_TYPE),
    ],
);

static PUT_ROLE_PERMISSIONS_BOUNDARY_REQUEST: Structure = structure(
    "PutRolePermissionsBoundaryRequest",
    &[required("RoleName", &ROLE_NAME_TYPE), required("PermissionsBoundary", &ARN_TYPE)],
);

static PUT_ROLE_POLICY_REQUEST: Structure = structure(
    "PutRolePolicyRequest",
    &[
        required("RoleName", &ROLE_NAME_TYPE),
        required("PolicyName", &POLICY_NAME_TYPE),
        required("PolicyDocument", &POLICY_DOCUMENT_TYPE),
    ],
);

static PUT_USER_PERMISSIONS_BOUNDARY_REQUEST: Structure = structure(
    "PutUserPermissionsBoundaryRequest",
    &[required("UserName", &USER_NAME_TYPE), required("PermissionsBoundary", &ARN_TYPE)],
);

static PUT_USER_POLICY_REQUEST: Structure = structure(
    "PutUserPolicyRequest",
    &[
        required("UserName", &EXISTING_USER_NAME_TYPE),
        required("PolicyName", &POLICY_NAME_TYPE),
        required("PolicyDocument", &POLICY_DOCUMENT_TYPE),
    ],
);

static REMOVE_CLIENT_ID_FROM_OPEN_ID_CONNECT_PROVIDER_REQUEST: Structure = structure(
    "RemoveClientIDFromOpenIDConnectProviderRequest",
    &[required("OpenIDConnectProviderArn", &ARN_TYPE), required("ClientID", &CLIENT_ID_TYPE)],
);

static REMOVE_ROLE_FROM_INSTANCE_PROFILE_REQUEST: Structure = structure(
    "RemoveRoleFromInstanceProfileRequest",
    &[
        required("InstanceProfileName", &INSTANCE_PROFILE_NAME_TYPE),
        required("RoleName", &ROLE_NAME_TYPE),
    ],
);

static REMOVE_USER_FROM_GROUP_REQUEST: Structure = structure(
    "RemoveUserFromGroupRequest",
    &[required("GroupName", &GROUP_NAME_TYPE), required("UserName", &EXISTING_USER_NAME_TYPE)],
);

static RESOURCE_HANDLING_OPTION_TYPE: Shape = text(between(1, 64));

static RESOURCE_NAME_LIST_TYPE: Shape = Shape::List(UNLIMITED, &RESOURCE_NAME_TYPE);

static RESOURCE_NAME_TYPE: Shape = text(between(1, 2048));

static SET_DEFAULT_POLICY_VERSION_REQUEST: Structure = structure(
    "SetDefaultPolicyVersionRequest",
    &[required("PolicyArn", &ARN_TYPE), required("VersionId", &POLICY_VERSION_ID_TYPE)],
);

static SIMULATE_CUSTOM_POLICY_REQUEST: Structure = structure(
    "SimulateCustomPolicyRequest",
    &[
        required("PolicyInputList", &SIMULATION_POLICY_LIST_TYPE),
        optional("PermissionsBoundaryPolicyInputList", &SIMULATION_POLICY_LIST_TYPE),
        optional("OrderedOrganizationPolicyInputList", &ORGANIZATION_POLICY_LIST_TYPE),
        required("ActionNames", &ACTION_NAME_LIST_TYPE),
        optional("ResourceArns", &RESOURCE_NAME_LIST_TYPE),
        optional("ResourcePolicy", &POLICY_DOCUMENT_TYPE),
        optional("ResourceOwner", &RESOURCE_NAME_TYPE),
        optional("CallerArn", &RESOURCE_NAME_TYPE),
        optional("ContextEntries", &CONTEXT_ENTRY_LIST_TYPE),
        optional("ResourceHandlingOption", &RESOURCE_HANDLING_OPTION_TYPE),
        optional("MaxItems", &MAX_ITEMS_TYPE),
        optional("Marker", &MARKER_TYPE),
    ],
);

static SIMULATE_PRINCIPAL_POLICY_REQUEST: Structure = structure(
    "SimulatePrincipalPolicyRequest",
    &[
        required("PolicySourceArn", &ARN_TYPE),
        optional("PolicyInputList", &SIMULATION_POLICY_LIST_TYPE),
        optional("PermissionsBoundaryPolicyInputList", &SIMULATION_POLICY_LIST_TYPE),
        optional("PolicyExclusionList", &POLICY_EXCLUSIONS_LIST_TYPE),
        required("ActionNames", &ACTION_NAME_LIST_TYPE),
        optional("ResourceArns", &RESOURCE_NAME_LIST_TYPE),
        optional("ResourcePolicy", &POLICY_DOCUMENT_TYPE),
        optional("ResourceOwner", &RESOURCE_NAME_TYPE),
        optional("CallerArn", &RESOURCE_NAME_TYPE),
        optional("ContextEntries", &CONTEXT_ENTRY_LIST_TYPE),
        optional("ResourceHandlingOption", &RESOURCE_HANDLING_OPTION_TYPE),
        optional("MaxItems", &MAX_ITEMS_TYPE),
        optional("Marker", &MARKER_TYPE),
    ],
);

static SIMULATION_POLICY_LIST_TYPE: Shape = Shape::List(UNLIMITED, &POLICY_DOCUMENT_TYPE);

static TAG: Structure =
    structure("Tag", &[required("Key", &TAG_KEY_TYPE), required("Value", &TAG_VALUE_TYPE)]);

static TAG_INSTANCE_PROFILE_REQUEST: Structure = structure(
    "TagInstanceProfileRequest",
    &[
        required("InstanceProfileName", &INSTANCE_PROFILE_NAME_TYPE),
        required("Tags", &TAG_LIST_TYPE),
    ],
);

static TAG_OPEN_ID_CONNECT_PROVIDER_REQUEST: Structure = structure(
    "TagOpenIDConnectProviderRequest",
    &[required("OpenIDConnectProviderArn", &ARN_TYPE), required("Tags", &TAG_LIST_TYPE)],
);

static TAG_POLICY_REQUEST: Structure = structure(
    "TagPolicyRequest",
    &[required("PolicyArn", &ARN_TYPE), required("Tags", &TAG_LIST_TYPE)],
);

static TAG_ROLE_REQUEST: Structure = structure(
    "TagRoleRequest",
    &[required("RoleName", &ROLE_NAME_TYPE), required("Tags", &TAG_LIST_TYPE)],
);

static TAG_USER_REQUEST: Structure = structure(
    "TagUserRequest",
    &[required("UserName", &EXISTING_USER_NAME_TYPE), required("Tags", &TAG_LIST_TYPE)],
);

static UNTAG_INSTANCE_PROFILE_REQUEST: Structure = structure(
    "UntagInstanceProfileRequest",
    &[
        required("InstanceProfileName", &INSTANCE_PROFILE_NAME_TYPE),
        required("TagKeys", &TAG_KEY_LIST_TYPE),
    ],
);

static UNTAG_OPEN_ID_CONNECT_PROVIDER_REQUEST: Structure = structure(
    "UntagOpenIDConnectProviderRequest",
    &[required("OpenIDConnectProviderArn", &ARN_TYPE), required("TagKeys", &TAG_KEY_LIST_TYPE)],
);

static UNTAG_POLICY_REQUEST: Structure = structure(
    "UntagPolicyRequest",
    &[required("PolicyArn", &ARN_TYPE), required("TagKeys", &TAG_KEY_LIST_TYPE)],
);

static UNTAG_ROLE_REQUEST: Structure = structure(
    "UntagRoleRequest",
    &[required("RoleName", &ROLE_NAME_TYPE), required("TagKeys", &TAG_KEY_LIST_TYPE)],
);

static UNTAG_USER_REQUEST: Structure = structure(
    "UntagUserRequest",
    &[required("UserName", &EXISTING_USER_NAME_TYPE), required("TagKeys", &TAG_KEY_LIST_TYPE)],
);

static UPDATE_ACCESS_KEY_REQUEST: Structure = structure(
    "UpdateAccessKeyRequest",
    &[
        optional("UserName", &EXISTING_USER_NAME_TYPE),
        required("AccessKeyId", &ACCESS_KEY_ID_TYPE),
        required("Status", &STATUS_TYPE),
    ],
);

static UPDATE_ASSUME_ROLE_POLICY_REQUEST: Structure = structure(
    "UpdateAssumeRolePolicyRequest",
    &[required("RoleName", &ROLE_NAME_TYPE), required("PolicyDocument", &POLICY_DOCUMENT_TYPE)],
);

static UPDATE_GROUP_REQUEST: Structure = structure(
    "UpdateGroupRequest",
    &[
        required("GroupName", &GROUP_NAME_TYPE),
        optional("NewPath", &PATH_TYPE),
        optional("NewGroupName", &GROUP_NAME_TYPE),
    ],
);

static UPDATE_OPEN_ID_CONNECT_PROVIDER_REQUEST: Structure = structure(
    "UpdateOpenIDConnectProviderRequest",
    &[
        required("OpenIDConnectProviderArn", &ARN_TYPE),
        optional("ContextProvider", &Shape::Structure(&CONTEXT_PROVIDER)),
        optional("IdentityCenterInstanceArn", &IDENTITY_CENTER_INSTANCE_ARN_TYPE),
        optional("RemoveContextProvider", &BOOLEAN_TYPE),
        optional("RemoveIdentityCenterInstance", &BOOLEAN_TYPE),
    ],
);

static UPDATE_OPEN_ID_CONNECT_PROVIDER_THUMBPRINT_REQUEST: Structure = structure(
    "UpdateOpenIDConnectProviderThumbprintRequest",
    &[
        required("OpenIDConnectProviderArn", &ARN_TYPE),
        required("ThumbprintList", &THUMBPRINT_LIST_TYPE),
    ],
);

static UPDATE_ROLE_DESCRIPTION_REQUEST: Structure = structure(
    "UpdateRoleDescriptionRequest",
    &[required("RoleName", &ROLE_NAME_TYPE), required("Description", &ROLE_DESCRIPTION_TYPE)],
);

static UPDATE_ROLE_REQUEST: Structure = structure(
    "UpdateRoleRequest",
    &[
        required("RoleName", &ROLE_NAME_TYPE),
        optional("Description", &ROLE_DESCRIPTION_TYPE),
        optional("MaxSessionDuration", &ROLE_MAX_SESSION_DURATION_TYPE),
        optional("MaxSigninSessionDuration", &MAX_SIGNIN_SESSION_DURATION_TYPE),
        optional("ResetMaxSigninSessionDuration", &BOOLEAN_OBJECT_TYPE),
    ],
);

static UPDATE_USER_REQUEST: Structure = structure(
    "UpdateUserRequest",
    &[
        required("UserName", &EXISTING_USER_NAME_TYPE),
        optional("NewPath", &PATH_TYPE),
        optional("NewUserName", &USER_NAME_TYPE),
    ],
);

static ACCESS_KEY_ID_TYPE_PATTERN: Pattern = Pattern::new(r"[\w]+");
static ACCESS_KEY_ID_TYPE: Shape = matching(between(16, 128), &ACCESS_KEY_ID_TYPE_PATTERN);

static ACCOUNT_ALIAS_TYPE_PATTERN: Pattern =
    Pattern::new("^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$");
static ACCOUNT_ALIAS_TYPE: Shape = matching(between(3, 63), &ACCOUNT_ALIAS_TYPE_PATTERN);

static ALL_USERS: Shape = Shape::Boolean;

static ARN_TYPE: Shape = text(between(20, 2048));

static ASSIGNMENT_STATUS_TYPE: Shape = one_of(AssignmentStatusType::TEXTS);

static BOOLEAN_OBJECT_TYPE: Shape = Shape::Boolean;

static BOOLEAN_TYPE: Shape = Shape::Boolean;

static CERTIFICATE_ID_TYPE_PATTERN: Pattern = Pattern::new(r"[\w]+");
static CERTIFICATE_ID_TYPE: Shape = matching(between(24, 128), &CERTIFICATE_ID_TYPE_PATTERN);

static CLIENT_ID_LIST_TYPE: Shape = Shape::List(UNLIMITED, &CLIENT_ID_TYPE);

static CLIENT_ID_TYPE: Shape = text(between(1, 255));

static CONTEXT_PROVIDER_SOURCE_KEY_TYPE: Shape = text(between(1, 128));

static CONTEXT_PROVIDER_TARGET_KEY_TYPE: Shape = text(between(1, 128));

static ENCODING_TYPE: Shape = one_of(EncodingType::TEXTS);

static ENTITY_LIST_TYPE: Shape = Shape::List(UNLIMITED, &ENTITY_TYPE);

static EXISTING_USER_NAME_TYPE_PATTERN: Pattern = Pattern::new(r"[\w+=,.@-]+");
static EXISTING_USER_NAME_TYPE: Shape = matching(between(1, 128), &EXISTING_USER_NAME_TYPE_PATTERN);

static GROUP_NAME_TYPE_PATTERN: Pattern = Pattern::new(r"[\w+=,.@-]+");
static GROUP_NAME_TYPE: Shape = matching(between(1, 128), &GROUP_NAME_TYPE_PATTERN);

static IDENTITY_CENTER_INSTANCE_ARN_TYPE: Shape = text(between(1, 1224));

static INSTANCE_PROFILE_NAME_TYPE_PATTERN: Pattern = Pattern::new(r"[\w+=,.@-]+");
static INSTANCE_PROFILE_NAME_TYPE: Shape =
    matching(between(1, 128), &INSTANCE_PROFILE_NAME_TYPE_PATTERN);

static KEY_DEFINITION_LIST_TYPE: Shape =
    Shape::List(between(0, 10), &Shape::Structure(&CONTEXT_PROVIDER_KEY_DEFINITION));

static MARKER_TYPE_PATTERN: Pattern = Pattern::new(r"[\u0020-\u00FF]+");
static MARKER_TYPE: Shape = matching(between(1, 320), &MARKER_TYPE_PATTERN);

static MAX_ITEMS_TYPE: Shape = Shape::Integer(between(1, 1000));

static MAX_SIGNIN_SESSION_DURATION_TYPE: Shape = Shape::Integer(between(3600, 7_776_000));

static PATH_PREFIX_TYPE_PATTERN: Pattern = Pattern::new(r"\u002F[\u0021-\u007F]*");
static PATH_PREFIX_TYPE: Shape = matching(between(1, 512), &PATH_PREFIX_TYPE_PATTERN);

static PATH_TYPE_PATTERN: Pattern = Pattern::new(r"(\u002F)|(\u002F[\u0021-\u007E]+\u002F)");
static PATH_TYPE: Shape = matching(between(1, 512), &PATH_TYPE_PATTERN);

static POLICY_DESCRIPTION_TYPE: Shape = text(at_most(1000));

static POLICY_DOCUMENT_TYPE_PATTERN: Pattern = Pattern::new(r"[\u0009\u000A\u000D\u0020-\u00FF]+");
static POLICY_DOCUMENT_TYPE: Shape = matching(between(1, 131_072), &POLICY_DOCUMENT_TYPE_PATTERN);

static POLICY_NAME_TYPE_PATTERN: Pattern = Pattern::new(r"[\w+=,.@-]+");
static POLICY_NAME_TYPE: Shape = matching(between(1, 128), &POLICY_NAME_TYPE_PATTERN);

static POLICY_PATH_TYPE_PATTERN: Pattern = Pattern::new(r"((/[A-Za-z0-9\.,\+@=_-]+)*)/");
static POLICY_PATH_TYPE: Shape = matching(between(1, 512), &POLICY_PATH_TYPE_PATTERN);

static POLICY_SCOPE_TYPE: Shape = one_of(PolicyScopeType::TEXTS);

static POLICY_VERSION_ID_TYPE_PATTERN: Pattern = Pattern::new(r"v[1-9][0-9]*(\.[A-Za-z0-9-]*)?");
static POLICY_VERSION_ID_TYPE: Shape = matching(UNLIMITED, &POLICY_VERSION_ID_TYPE_PATTERN);

static PUBLIC_KEY_ID_TYPE_PATTERN: Pattern = Pattern::new(r"[\w]+");
static PUBLIC_KEY_ID_TYPE: Shape = matching(between(20, 128), &PUBLIC_KEY_ID_TYPE_PATTERN);

static ROLE_DESCRIPTION_TYPE_PATTERN: Pattern =
    Pattern::new(r"[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*");
static ROLE_DESCRIPTION_TYPE: Shape = matching(at_most(1000), &ROLE_DESCRIPTION_TYPE_PATTERN);

static ROLE_MAX_SESSION_DURATION_TYPE: Shape = Shape::Integer(between(3600, 43_200));

static ROLE_NAME_TYPE_PATTERN: Pattern = Pattern::new(r"[\w+=,.@-]+");
static ROLE_NAME_TYPE: Shape = matching(between(1, 64), &ROLE_NAME_TYPE_PATTERN);

static SERIAL_NUMBER_TYPE_PATTERN: Pattern = Pattern::new(r"[\w+=/:,.@-]+");
static SERIAL_NUMBER_TYPE: Shape = matching(between(9, 256), &SERIAL_NUMBER_TYPE_PATTERN);

static SERVER_CERTIFICATE_NAME_TYPE_PATTERN: Pattern = Pattern::new(r"[\w+=,.@-]+");
static SERVER_CERTIFICATE_NAME_TYPE: Shape =
    matching(between(1, 128), &SERVER_CERTIFICATE_NAME_TYPE_PATTERN);

static SERVICE_NAME: Shape = text(UNLIMITED);

static SERVICE_SPECIFIC_CREDENTIAL_ID_PATTERN: Pattern = Pattern::new(r"[\w]+");
static SERVICE_SPECIFIC_CREDENTIAL_ID: Shape =
    matching(between(20, 128), &SERVICE_SPECIFIC_CREDENTIAL_ID_PATTERN);

static STATUS_TYPE: Shape = one_of(StatusType::TEXTS);

static SUBJECT_TYPE_VALUE_TYPE: Shape = text(between(0, 128));

static TAG_KEY_LIST_TYPE: Shape = Shape::List(at_most(50), &TAG_KEY_TYPE);

static TAG_KEY_TYPE_PATTERN: Pattern = Pattern::new(r"[\p{L}\p{Z}\p{N}_.:/=+\-@]+");
static TAG_KEY_TYPE: Shape = matching(between(1, 128), &TAG_KEY_TYPE_PATTERN);

static TAG_LIST_TYPE: Shape = Shape::List(at_most(50), &Shape::Structure(&TAG));

static TAG_VALUE_TYPE_PATTERN: Pattern = Pattern::new(r"[\p{L}\p{Z}\p{N}_.:/=+\-@]*");
static TAG_VALUE_TYPE: Shape = matching(between(0, 256), &TAG_VALUE_TYPE_PATTERN);

static THUMBPRINT_LIST_TYPE: Shape = Shape::List(UNLIMITED, &THUMBPRINT_TYPE);

static THUMBPRINT_TYPE: Shape = text(between(40, 40));

static USER_NAME_TYPE_PATTERN: Pattern = Pattern::new(r"[\w+=,.@-]+");
static USER_NAME_TYPE: Shape = matching(between(1, 64), &USER_NAME_TYPE_PATTERN);
