use std::fmt;

use names::AccountId;

/// IAM features that no account has here: there is no console to log in to, and people authenticate
/// with access keys only. Clients ask for them before they read or delete something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Absent {
    /// A password for a console: by the name of a user.
    LoginProfile(String),
    /// A second factor of a user: by its serial number.
    MfaDevice(String),
    /// A virtual second factor of the account: by its serial number.
    VirtualMfaDevice(String),
    /// A user's public key: by its id.
    SshPublicKey(String),
    /// A user's certificate: by its id.
    SigningCertificate(String),
    /// A user's password for one service: by its id.
    ServiceSpecificCredential(String),
    /// The rules for passwords of this account.
    PasswordPolicy(AccountId),
    /// The same, for a deletion.
    DeletedPasswordPolicy,
    /// Another name of the account.
    AccountAlias(String),
    /// A SAML provider: by its ARN.
    SamlProvider(String),
    /// A server's certificate: by its name.
    ServerCertificate(String),
    /// The deletion of a service-linked role: by its id.
    DeletionTask(String),
}

impl fmt::Display for Absent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LoginProfile(user) => {
                write!(f, "Login Profile for User {user} cannot be found.")
            }
            Self::MfaDevice(_) => f.write_str("MFA Device invalid for user."),
            Self::VirtualMfaDevice(serial) => {
                write!(f, "VirtualMFADevice with serial number {serial} does not exist.")
            }
            Self::SshPublicKey(id) => write!(f, "The Public Key with id {id} cannot be found."),
            Self::SigningCertificate(id) => {
                write!(f, "The Certificate with id {id} cannot be found.")
            }
            Self::ServiceSpecificCredential(id) => {
                write!(f, "The Service Specific Credential with id {id} cannot be found.")
            }
            Self::PasswordPolicy(account) => {
                write!(f, "The Password Policy with domain name {account} cannot be found.")
            }
            Self::DeletedPasswordPolicy => {
                f.write_str("The account policy with name PasswordPolicy cannot be found.")
            }
            Self::AccountAlias(alias) => {
                write!(f, "The Account Alias with name {alias} cannot be found.")
            }
            Self::SamlProvider(arn) => write!(f, "Manifest not found for arn {arn}"),
            Self::ServerCertificate(name) => {
                write!(f, "The Server Certificate with name {name} cannot be found.")
            }
            Self::DeletionTask(id) => {
                write!(f, "The Deletion Task with id {id} cannot be found.")
            }
        }
    }
}
