use std::fmt;

use names::{AccountId, GroupName, InstanceProfileName, PolicyArn, PolicyName, RoleName, UserName};

use crate::Absent;

/// Refusals of IAM. A variant is an IAM error code; its fields are the words of the message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IamRefusal {
    /// It is not there.
    NoSuchEntity(Missing),
    /// The name is taken.
    EntityAlreadyExists(Taken),
    /// Something has to go first.
    DeleteConflict(Conflict),
    /// A quota would be exceeded.
    LimitExceeded(Quota),
    /// A value that the model allows and IAM does not. The words are the whole message.
    InvalidInput(String),
    /// The same, in the words that AWS checks its models with.
    ValidationError(String),
    /// A policy that IAM does not accept. The words are the policy parser's.
    MalformedPolicyDocument(String),
    /// It belongs to AWS, and only AWS can change it.
    UnmodifiableEntity(String),
    /// The policy is not one that can be attached.
    PolicyNotAttachable(String),
    /// A policy could not be judged, in a simulation.
    PolicyEvaluation(String),
}

/// The thing that does not exist.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are the words of the sentences below")]
pub enum Missing {
    Account(AccountId),
    User(UserName),
    Group(GroupName),
    Role(RoleName),
    InstanceProfile(InstanceProfileName),
    /// A key, by its id.
    AccessKey(String),
    /// Something that no account has here.
    Absent(Absent),
    Policy(PolicyArn),
    /// A managed policy to attach.
    AttachablePolicy(PolicyArn),
    /// A managed policy to use as a boundary.
    Boundary(PolicyArn),
    /// A managed policy that is not attached to this user, group or role, in the caller's spelling.
    Attachment(String),
    PolicyVersion {
        policy_arn: PolicyArn,
        version: String,
    },
    UserPolicy(PolicyName),
    GroupPolicy(PolicyName),
    RolePolicy(PolicyName),
    /// An OIDC provider, by its ARN.
    OidcProvider(String),
}

/// The entity whose name is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are the words of the sentences below")]
pub enum Taken {
    Account(AccountId),
    User(UserName),
    Group(GroupName),
    Role(RoleName),
    InstanceProfile(InstanceProfileName),
    Policy(PolicyName),
    /// An OIDC provider, by its URL.
    OidcProvider(String),
}

/// What has to be removed first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conflict {
    /// Keys of a user.
    AccessKeys,
    /// Managed policies of a user, group or role.
    AttachedPolicies,
    /// Inline policies of a user, group or role.
    InlinePolicies,
    /// A user's memberships, or a group's members.
    Members,
    /// The instance profiles that a role is in, or the role that is in an instance profile.
    InstanceProfileRoles,
    /// The attachments of a managed policy, or its uses as a boundary.
    Attachments,
    /// Versions of a managed policy beside the default one.
    PolicyVersions,
    /// It is the version that holds.
    DefaultVersion,
    /// It is the account that manages all others.
    FirstAccount,
}

/// A quota, with its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Quota {
    /// `Cannot exceed quota for NAME: MAX`: AWS's usual sentence.
    Named(&'static str, usize),
    /// Versions of a managed policy.
    PolicyVersions(usize),
    /// The inline policies of `holder` (`user alice`), added up.
    InlinePolicySize {
        /// Kind and name.
        holder: String,
        /// Characters without white space.
        size_max: usize,
    },
    /// Tags of one entity.
    Tags,
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Account(id) => write!(f, "The account with id {id} cannot be found."),
            Self::User(name) => write!(f, "The user with name {name} cannot be found."),
            Self::Group(name) => write!(f, "The group with name {name} cannot be found."),
            Self::Role(name) => write!(f, "The role with name {name} cannot be found."),
            Self::InstanceProfile(name) => write!(f, "Instance Profile {name} cannot be found."),
            Self::AccessKey(id) => write!(f, "The Access Key with id {id} cannot be found."),
            Self::Absent(absent) => absent.fmt(f),
            Self::Policy(arn) => write!(f, "Policy {arn} was not found."),
            Self::Attachment(arn) => write!(f, "Policy {arn} was not found."),
            Self::AttachablePolicy(arn) => {
                write!(f, "Policy {arn} does not exist or is not attachable.")
            }
            Self::Boundary(arn) => {
                write!(f, "Scope ARN: {arn} does not exist or is not attachable.")
            }
            Self::PolicyVersion { policy_arn, version } => {
                write!(
                    f,
                    "Policy {policy_arn} version {version} does not exist or is not attachable."
                )
            }
            Self::UserPolicy(name) => {
                write!(f, "The user policy with name {name} cannot be found.")
            }
            Self::GroupPolicy(name) => {
                write!(f, "The group policy with name {name} cannot be found.")
            }
            Self::RolePolicy(name) => {
                write!(f, "The role policy with name {name} cannot be found.")
            }
            Self::OidcProvider(arn) => {
                write!(f, "OpenIDConnect Provider not found for arn {arn}")
            }
        }
    }
}

impl fmt::Display for Taken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Account(id) => write!(f, "Account with id {id} already exists."),
            Self::User(name) => write!(f, "User with name {name} already exists."),
            Self::Group(name) => write!(f, "Group with name {name} already exists."),
            Self::Role(name) => write!(f, "Role with name {name} already exists."),
            Self::InstanceProfile(name) => write!(f, "Instance Profile {name} already exists."),
            Self::Policy(name) => {
                write!(f, "A policy called {name} already exists. Duplicate names are not allowed.")
            }
            Self::OidcProvider(url) => write!(f, "Provider with url {url} already exists."),
        }
    }
}

impl fmt::Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::AccessKeys => "Cannot delete entity, must delete access keys first.",
            Self::AttachedPolicies => "Cannot delete entity, must detach all policies first.",
            Self::InlinePolicies => "Cannot delete entity, must delete policies first.",
            Self::Members => "Cannot delete entity, must remove users from group first.",
            Self::InstanceProfileRoles => {
                "Cannot delete entity, must remove roles from instance profile first."
            }
            Self::Attachments => "Cannot delete a policy attached to entities.",
            Self::PolicyVersions => {
                "This policy has more than one version. Before you delete a policy, you must delete the \
                 policy's versions. The default version is deleted with the policy."
            }
            Self::DefaultVersion => "Cannot delete the default version of a policy.",
            Self::FirstAccount => {
                "Cannot close the account that the other accounts are managed from."
            }
        })
    }
}

impl fmt::Display for Quota {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Named(name, max) => write!(f, "Cannot exceed quota for {name}: {max}"),
            Self::PolicyVersions(max) => write!(
                f,
                "A managed policy can have up to {max} versions. Before you create a new version, you must \
                 delete an existing version."
            ),
            Self::InlinePolicySize { holder, size_max } => {
                write!(f, "Maximum policy size of {size_max} bytes exceeded for {holder}")
            }
            Self::Tags => f.write_str("The number of tags has reached the maximum limit."),
        }
    }
}

impl fmt::Display for IamRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchEntity(missing) => missing.fmt(f),
            Self::EntityAlreadyExists(taken) => taken.fmt(f),
            Self::DeleteConflict(conflict) => conflict.fmt(f),
            Self::LimitExceeded(quota) => quota.fmt(f),
            Self::InvalidInput(words)
            | Self::ValidationError(words)
            | Self::MalformedPolicyDocument(words)
            | Self::UnmodifiableEntity(words)
            | Self::PolicyNotAttachable(words)
            | Self::PolicyEvaluation(words) => f.write_str(words),
        }
    }
}
