//! What no account has here: passwords, second factors, certificates, SAML providers and the like. There is no console to
//! log in to, and people prove who they are with access keys alone.
//!
//! * Lists are empty, and everything else is refused as missing in AWS's words, so that clients which tidy up go on:
//!   Terraform and the console ask for most of this before they delete a user.
//! * The guard is asked first, and a user that does not exist is refused before anything that it does not have.

mod delete_service_linked_role;
mod missing;
mod not_here;

pub(in crate::doors::aws) use delete_service_linked_role::DeleteServiceLinkedRole;
pub(in crate::doors::aws) use missing::{
    DeactivateMFADevice, DeleteAccountAlias, DeleteAccountPasswordPolicy, DeleteLoginProfile,
    DeleteSAMLProvider, DeleteSSHPublicKey, DeleteServerCertificate,
    DeleteServiceSpecificCredential, DeleteSigningCertificate, DeleteVirtualMFADevice,
    GetAccountPasswordPolicy, GetLoginProfile, GetMFADevice, GetSAMLProvider, GetSSHPublicKey,
    GetServerCertificate, GetServiceLinkedRoleDeletionStatus, ListAccountAliases,
    ListMFADeviceTags, ListMFADevices, ListSAMLProviderTags, ListSAMLProviders, ListSSHPublicKeys,
    ListServerCertificateTags, ListServerCertificates, ListServiceSpecificCredentials,
    ListSigningCertificates, ListVirtualMFADevices,
};
