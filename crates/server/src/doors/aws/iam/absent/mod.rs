//! Things that no account has here: passwords, second factors, certificates, SAML providers and the
//! like. There is no console to log in to, and people authenticate with access keys only.
//!
//! * Lists are empty, and every other operation is refused as missing in AWS's words, so that
//!   clients that clean up continue: Terraform and the console ask for most of this before they
//!   delete a user.
//! * The guard is asked first, and a user that does not exist is refused before anything that it
//!   does not have.

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
