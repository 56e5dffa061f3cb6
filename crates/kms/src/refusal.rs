use std::fmt;

use names::{
    AliasName, GrantId, GrantOperation, KeySpec, KeyUsage, KmsAliasArn, KmsKeyArn, Region,
};

/// Refusals of KMS. `Display` is the message that the client reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KmsRefusal {
    /// There is no such key.
    KeyNotFound(KmsKeyArn),
    /// There is no such alias.
    AliasNotFound(KmsAliasArn),
    /// What is named is no id of a key.
    NoKeyId(String),
    /// An ARN of another Region.
    OtherRegion(Region),
    /// What is named is no ARN of a key or alias, or of a principal that exists.
    InvalidArn(String),
    /// A key has one policy, `default`.
    NoSuchPolicy,
    /// The key is disabled.
    Disabled(KmsKeyArn),
    /// The key waits for its deletion.
    PendingDeletion(KmsKeyArn),
    /// The key does not wait for its deletion.
    NotPendingDeletion(KmsKeyArn),
    /// The key is for something else.
    KeyUsage {
        /// The key.
        key: KmsKeyArn,
        /// What it is for.
        usage: KeyUsage,
        /// The operation.
        operation: &'static str,
    },
    /// The key does not work so.
    Algorithm {
        /// How it was to work.
        algorithm: String,
        /// What it consists of.
        spec: KeySpec,
    },
    /// It is no ciphertext, was altered, or was made with another encryption context.
    InvalidCiphertext,
    /// It was made by another key than the one that was named.
    IncorrectKey,
    /// It was made by a key that is not there.
    CiphertextOfNoKey,
    /// The signature is not that of this message.
    InvalidSignature,
    /// A token that we did not make, or that of a grant that has ended.
    InvalidGrantToken,
    /// It is no id of a grant.
    InvalidGrantId,
    /// There is no grant of this id on the key.
    GrantNotFound(GrantId),
    /// No grant lets the service use the key.
    NotGranted {
        /// The service.
        service: String,
        /// The key.
        key: KmsKeyArn,
        /// What no grant lets it do.
        operation: GrantOperation,
    },
    /// The policy of the key denies the service to use it.
    DeniedToService {
        /// The service.
        service: String,
        /// The key.
        key: KmsKeyArn,
        /// What it denies.
        operation: GrantOperation,
    },
    /// It would have been done.
    DryRun,
    /// The name is taken.
    AliasExists(KmsAliasArn),
    /// The name belongs to a service.
    AliasReserved(AliasName),
    /// More than KMS allows.
    LimitExceeded(String),
    /// The policy is none, or would lock out everybody.
    MalformedPolicy(String),
    /// A tag that cannot be.
    Tag(&'static str),
    /// What these keys cannot do.
    Unsupported(String),
    /// An input that makes no sense.
    Validation(String),
}

impl fmt::Display for KmsRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::KeyNotFound(arn) => write!(f, "Key '{arn}' does not exist"),
            Self::AliasNotFound(arn) => write!(f, "Alias {arn} is not found."),
            Self::NoKeyId(text) => write!(f, "Invalid keyId '{text}'"),
            Self::OtherRegion(region) => write!(f, "Invalid arn {region}"),
            Self::InvalidArn(text) => write!(f, "{text} is not a valid ARN"),
            Self::NoSuchPolicy => f.write_str("No such policy exists"),
            Self::Disabled(arn) => write!(f, "{arn} is disabled."),
            Self::PendingDeletion(arn) => write!(f, "{arn} is pending deletion."),
            Self::NotPendingDeletion(arn) => write!(f, "{arn} is not pending deletion."),
            Self::KeyUsage { key, usage, operation } => {
                write!(f, "{key} key usage is {usage} which is not valid for {operation}.")
            }
            Self::Algorithm { algorithm, spec } => {
                write!(f, "Algorithm {algorithm} is incompatible with key spec {spec}.")
            }
            // KMS says no more, so that no client learns what was wrong.
            Self::InvalidCiphertext | Self::InvalidSignature | Self::AliasReserved(_) => Ok(()),
            Self::InvalidGrantToken => f.write_str("The grant token is not valid."),
            Self::GrantNotFound(id) => write!(f, "Grant ID {id} not found"),
            Self::InvalidGrantId => f.write_str("The grant ID is not valid."),
            Self::IncorrectKey => f.write_str(
                "The key ID in the request does not identify a CMK that can perform this operation.",
            ),
            Self::CiphertextOfNoKey => f.write_str(
                "The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.",
            ),
            Self::NotGranted { service, key, operation } => write!(
                f,
                "{service} is not authorized to perform: kms:{operation} on resource: {key} because no grant allows the kms:{operation} action"
            ),
            Self::DeniedToService { service, key, operation } => write!(
                f,
                "{service} is not authorized to perform: kms:{operation} on resource: {key} with an explicit deny in a resource-based policy"
            ),
            Self::DryRun => {
                f.write_str("The request would have succeeded, but the DryRun option is set.")
            }
            Self::AliasExists(arn) => write!(f, "An alias with the name {arn} already exists"),
            Self::LimitExceeded(text)
            | Self::MalformedPolicy(text)
            | Self::Unsupported(text)
            | Self::Validation(text) => f.write_str(text),
            Self::Tag(text) => f.write_str(text),
        }
    }
}
