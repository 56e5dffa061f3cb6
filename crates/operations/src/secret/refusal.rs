use std::fmt;

use names::SecretArn;

/// Refusals about secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are the words of the sentences below")]
pub enum SecretRefusal {
    /// There is no such secret.
    NotFound,
    /// It has no such version.
    VersionNotFound { version: String },
    /// No version of it has this label.
    StageNotFound { stage: String },
    /// The version has not this label.
    OtherStage,
    /// Its deletion was asked for.
    MarkedForDeletion,
    /// Its deletion was asked for before.
    AlreadyScheduled,
    /// There is a secret of this name.
    Exists { name: String },
    /// There is one of this name whose deletion was asked for.
    ExistsScheduled,
    /// The version has another value.
    TokenInUse { token: String, secret: SecretArn },
    /// There is no value, or two.
    NoValue,
    /// A value cannot be a text and bytes.
    TwoValues,
    /// It is no name of a secret.
    InvalidName,
    /// A day of the recovery window.
    InvalidWindow,
    /// A window for a deletion without recovery.
    WindowWithForce,
    /// More labels than a secret can have.
    TooManyStages { stages_max: u32 },
    /// More tags than a secret can have.
    TooManyTags { tags_max: usize },
    /// A tag that is given twice, or that AWS reserves.
    InvalidTag(&'static str),
    /// A policy that cannot be read.
    MalformedPolicy(String),
    /// A policy that lets everyone in.
    PublicPolicy,
    /// A password cannot be made of what is left.
    NoPassword(&'static str),
}

impl fmt::Display for SecretRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MARKED: &str = "You can't perform this operation on the secret because it was";
        match self {
            Self::NotFound => f.write_str("Secrets Manager can't find the specified secret."),
            Self::VersionNotFound { version } => write!(
                f,
                "Secrets Manager can't find the specified secret value for VersionId: {version}"
            ),
            Self::StageNotFound { stage } => write!(
                f,
                "Secrets Manager can't find the specified secret value for staging label: {stage}"
            ),
            Self::OtherStage => f.write_str(
                "You provided a VersionStage that is not associated to the provided VersionId.",
            ),
            Self::MarkedForDeletion => write!(f, "{MARKED} marked for deletion."),
            Self::AlreadyScheduled => write!(f, "{MARKED} already scheduled for deletion."),
            Self::Exists { name } => {
                write!(f, "The operation failed because the secret {name} already exists.")
            }
            Self::ExistsScheduled => f.write_str(
                "You can't create this secret because a secret with this name is already scheduled for deletion.",
            ),
            Self::TokenInUse { token, secret } => write!(
                f,
                "You can't use ClientRequestToken {token} because that value is already in use for a version of \
                 secret {secret}."
            ),
            Self::NoValue => f.write_str("You must provide either SecretString or SecretBinary."),
            Self::TwoValues => f.write_str(
                "You can't specify both a binary secret value and a string secret value in the same secret.",
            ),
            Self::InvalidName => f.write_str(
                "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: \
                 -/_+=.@!",
            ),
            Self::InvalidWindow => f.write_str(
                "The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).",
            ),
            Self::WindowWithForce => f.write_str(
                "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.",
            ),
            Self::TooManyStages { stages_max } => {
                write!(f, "A secret cannot have more than {stages_max} staging labels.")
            }
            Self::TooManyTags { tags_max } => {
                write!(f, "A secret cannot have more than {tags_max} tags.")
            }
            Self::InvalidTag(why) | Self::NoPassword(why) => f.write_str(why),
            Self::MalformedPolicy(why) => {
                write!(f, "This resource policy contains a syntax error: {why}")
            }
            Self::PublicPolicy => f.write_str(
                "This resource policy grants broad access to the secret. Remove the statements that let everyone in.",
            ),
        }
    }
}
