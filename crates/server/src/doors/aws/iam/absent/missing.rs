//! A table of the things that no account has: each operation, its input and output, the owner of
//! the thing, and the answer.

use iam::Absent;
use identity::Caller;
use names::AccountId;
use wire::aws::WireRefusal;
use wire::aws::iam::{
    DeactivateMFADeviceRequest, DeleteAccountAliasRequest, DeleteLoginProfileRequest,
    DeleteSAMLProviderRequest, DeleteSSHPublicKeyRequest, DeleteServerCertificateRequest,
    DeleteServiceSpecificCredentialRequest, DeleteSigningCertificateRequest,
    DeleteVirtualMFADeviceRequest, GetAccountPasswordPolicyResponse, GetLoginProfileRequest,
    GetLoginProfileResponse, GetMFADeviceRequest, GetMFADeviceResponse, GetSAMLProviderRequest,
    GetSAMLProviderResponse, GetSSHPublicKeyRequest, GetSSHPublicKeyResponse,
    GetServerCertificateRequest, GetServerCertificateResponse,
    GetServiceLinkedRoleDeletionStatusRequest, GetServiceLinkedRoleDeletionStatusResponse,
    ListAccountAliasesRequest, ListAccountAliasesResponse, ListMFADeviceTagsRequest,
    ListMFADeviceTagsResponse, ListMFADevicesRequest, ListMFADevicesResponse,
    ListSAMLProviderTagsRequest, ListSAMLProviderTagsResponse, ListSAMLProvidersRequest,
    ListSAMLProvidersResponse, ListSSHPublicKeysRequest, ListSSHPublicKeysResponse,
    ListServerCertificateTagsRequest, ListServerCertificateTagsResponse,
    ListServerCertificatesRequest, ListServerCertificatesResponse,
    ListServiceSpecificCredentialsRequest, ListServiceSpecificCredentialsResponse,
    ListSigningCertificatesRequest, ListSigningCertificatesResponse, ListVirtualMFADevicesRequest,
    ListVirtualMFADevicesResponse,
};
use wire::aws::schema::Nothing;

use super::not_here::NotHere;
use crate::doors::aws::iam::entity::{ByArn, by_arn, mfa_device, server_certificate};
use crate::doors::aws::iam::whom::{Whom, whom};

macro_rules! not_here {
    ($(
        $operation:ident($input:ty) -> $output:ty,
        $owner:ty: |$caller:ident, $asked:ident| $find:expr, |$found:ident, $said:ident| $answer:expr;
    )+) => {
        $(
            pub(in crate::doors::aws) struct $operation;

            impl NotHere for $operation {
                type Input = $input;
                type Owner = $owner;
                type Output = $output;

                fn owner($caller: &Caller, $asked: &$input) -> Result<$owner, WireRefusal> {
                    $find
                }

                fn answer($found: &$owner, $said: $input) -> Result<$output, Absent> {
                    $answer
                }
            }
        )+
    };
}

// Passwords for a console, and the rules for them.
not_here! {
    DeleteLoginProfile(DeleteLoginProfileRequest) -> (),
        Whom: |caller, input| whom(caller, input.user_name.as_deref()),
        |owner, _input| Err(owner.missing_login_profile());
    GetLoginProfile(GetLoginProfileRequest) -> GetLoginProfileResponse,
        Whom: |caller, input| whom(caller, input.user_name.as_deref()),
        |owner, _input| Err(owner.missing_login_profile());
    DeleteAccountPasswordPolicy(Nothing) -> (),
        AccountId: |caller, _input| Ok(caller.account().clone()),
        |_owner, _input| Err(Absent::DeletedPasswordPolicy);
    GetAccountPasswordPolicy(Nothing) -> GetAccountPasswordPolicyResponse,
        AccountId: |caller, _input| Ok(caller.account().clone()),
        |owner, _input| Err(Absent::PasswordPolicy(owner.clone()));
}

// Second factors.
not_here! {
    DeactivateMFADevice(DeactivateMFADeviceRequest) -> (),
        Whom: |caller, input| whom(caller, input.user_name.as_deref()),
        |_owner, input| Err(Absent::MfaDevice(input.serial_number));
    GetMFADevice(GetMFADeviceRequest) -> GetMFADeviceResponse,
        Whom: |caller, input| whom(caller, input.user_name.as_deref()),
        |_owner, input| Err(Absent::MfaDevice(input.serial_number));
    ListMFADevices(ListMFADevicesRequest) -> ListMFADevicesResponse,
        Whom: |caller, input| whom(caller, input.user_name.as_deref()),
        |_owner, _input| Ok(ListMFADevicesResponse {
            is_truncated: Some(false),
            ..ListMFADevicesResponse::default()
        });
    DeleteVirtualMFADevice(DeleteVirtualMFADeviceRequest) -> (),
        ByArn: |caller, input| Ok(mfa_device(caller, &input.serial_number)),
        |_owner, input| Err(Absent::VirtualMfaDevice(input.serial_number));
    ListVirtualMFADevices(ListVirtualMFADevicesRequest) -> ListVirtualMFADevicesResponse,
        AccountId: |caller, _input| Ok(caller.account().clone()),
        |_owner, _input| Ok(ListVirtualMFADevicesResponse {
            is_truncated: Some(false),
            ..ListVirtualMFADevicesResponse::default()
        });
    ListMFADeviceTags(ListMFADeviceTagsRequest) -> ListMFADeviceTagsResponse,
        ByArn: |caller, input| Ok(mfa_device(caller, &input.serial_number)),
        |_owner, input| Err(Absent::VirtualMfaDevice(input.serial_number));
}

// Users' keys and certificates, and their passwords for one service.
not_here! {
    DeleteSSHPublicKey(DeleteSSHPublicKeyRequest) -> (),
        Whom: |caller, input| whom(caller, Some(&input.user_name)),
        |_owner, input| Err(Absent::SshPublicKey(input.ssh_public_key_id));
    GetSSHPublicKey(GetSSHPublicKeyRequest) -> GetSSHPublicKeyResponse,
        Whom: |caller, input| whom(caller, Some(&input.user_name)),
        |_owner, input| Err(Absent::SshPublicKey(input.ssh_public_key_id));
    ListSSHPublicKeys(ListSSHPublicKeysRequest) -> ListSSHPublicKeysResponse,
        Whom: |caller, input| whom(caller, input.user_name.as_deref()),
        |_owner, _input| Ok(ListSSHPublicKeysResponse {
            ssh_public_keys: Some(Vec::new()),
            is_truncated: Some(false),
            ..ListSSHPublicKeysResponse::default()
        });
    DeleteSigningCertificate(DeleteSigningCertificateRequest) -> (),
        Whom: |caller, input| whom(caller, input.user_name.as_deref()),
        |_owner, input| Err(Absent::SigningCertificate(input.certificate_id));
    ListSigningCertificates(ListSigningCertificatesRequest) -> ListSigningCertificatesResponse,
        Whom: |caller, input| whom(caller, input.user_name.as_deref()),
        |_owner, _input| Ok(ListSigningCertificatesResponse {
            is_truncated: Some(false),
            ..ListSigningCertificatesResponse::default()
        });
    DeleteServiceSpecificCredential(DeleteServiceSpecificCredentialRequest) -> (),
        Whom: |caller, input| whom(caller, input.user_name.as_deref()),
        |_owner, input| Err(Absent::ServiceSpecificCredential(input.service_specific_credential_id));
    ListServiceSpecificCredentials(ListServiceSpecificCredentialsRequest) -> ListServiceSpecificCredentialsResponse,
        Whom: |caller, input| whom(caller, input.user_name.as_deref()),
        |_owner, _input| Ok(ListServiceSpecificCredentialsResponse {
            service_specific_credentials: Some(Vec::new()),
            is_truncated: Some(false),
            ..ListServiceSpecificCredentialsResponse::default()
        });
}

// Certificates of servers.
not_here! {
    DeleteServerCertificate(DeleteServerCertificateRequest) -> (),
        ByArn: |caller, input| Ok(server_certificate(caller, &input.server_certificate_name)),
        |_owner, input| Err(Absent::ServerCertificate(input.server_certificate_name));
    GetServerCertificate(GetServerCertificateRequest) -> GetServerCertificateResponse,
        ByArn: |caller, input| Ok(server_certificate(caller, &input.server_certificate_name)),
        |_owner, input| Err(Absent::ServerCertificate(input.server_certificate_name));
    ListServerCertificates(ListServerCertificatesRequest) -> ListServerCertificatesResponse,
        AccountId: |caller, _input| Ok(caller.account().clone()),
        |_owner, _input| Ok(ListServerCertificatesResponse {
            is_truncated: Some(false),
            ..ListServerCertificatesResponse::default()
        });
    ListServerCertificateTags(ListServerCertificateTagsRequest) -> ListServerCertificateTagsResponse,
        ByArn: |caller, input| Ok(server_certificate(caller, &input.server_certificate_name)),
        |_owner, input| Err(Absent::ServerCertificate(input.server_certificate_name));
}

// SAML providers.
not_here! {
    DeleteSAMLProvider(DeleteSAMLProviderRequest) -> (),
        ByArn: |caller, input| Ok(by_arn(caller, &input.saml_provider_arn)),
        |_owner, input| Err(Absent::SamlProvider(input.saml_provider_arn));
    GetSAMLProvider(GetSAMLProviderRequest) -> GetSAMLProviderResponse,
        ByArn: |caller, input| Ok(by_arn(caller, &input.saml_provider_arn)),
        |_owner, input| Err(Absent::SamlProvider(input.saml_provider_arn));
    ListSAMLProviders(ListSAMLProvidersRequest) -> ListSAMLProvidersResponse,
        AccountId: |caller, _input| Ok(caller.account().clone()),
        |_owner, _input| Ok(ListSAMLProvidersResponse { saml_provider_list: Some(Vec::new()) });
    ListSAMLProviderTags(ListSAMLProviderTagsRequest) -> ListSAMLProviderTagsResponse,
        ByArn: |caller, input| Ok(by_arn(caller, &input.saml_provider_arn)),
        |_owner, input| Err(Absent::SamlProvider(input.saml_provider_arn));
}

// Other names of the account, and service-linked roles.
not_here! {
    DeleteAccountAlias(DeleteAccountAliasRequest) -> (),
        AccountId: |caller, _input| Ok(caller.account().clone()),
        |_owner, input| Err(Absent::AccountAlias(input.account_alias));
    ListAccountAliases(ListAccountAliasesRequest) -> ListAccountAliasesResponse,
        AccountId: |caller, _input| Ok(caller.account().clone()),
        |_owner, _input| Ok(ListAccountAliasesResponse {
            is_truncated: Some(false),
            ..ListAccountAliasesResponse::default()
        });
    GetServiceLinkedRoleDeletionStatus(GetServiceLinkedRoleDeletionStatusRequest) -> GetServiceLinkedRoleDeletionStatusResponse,
        AccountId: |caller, _input| Ok(caller.account().clone()),
        |_owner, input| Err(Absent::DeletionTask(input.deletion_task_id));
}
