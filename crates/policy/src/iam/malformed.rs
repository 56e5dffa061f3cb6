use std::fmt;

/// Why a document is refused. It prints AWS's message for `MalformedPolicyDocument`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Malformed {
    /// It is not JSON, or has an element, type or value that the grammar does not know.
    Syntax,
    /// Documents that IAM keeps must be of 2012.
    Version,
    /// Its elements are right, but their meaning is not.
    LegacyParsing,
    /// Two statements have the same id.
    SidsNotUnique,
    /// A statement's id has other characters than letters and digits.
    SidNotAlphanumeric,
    /// A statement is about nothing.
    NoActions,
    /// A statement is about nothing.
    NoResources,
    /// An action or a condition key without a service in front.
    NoVendor,
    /// An action with two colons.
    TwoColons,
    /// An action of a service that cannot be.
    Vendor(String),
    /// A resource that is neither an ARN nor `*`.
    NotAnArn(String),
    /// An ARN without a service, or with a pattern for it.
    ResourceVendor,
    /// An ARN of a partition that is none.
    Partition {
        /// The actual partition.
        partition: String,
        /// The whole resource.
        resource: String,
    },
    /// An identity policy must not have a principal.
    HasPrincipal,
    /// An element that this kind of document must not have.
    ProhibitedField(&'static str),
    /// An element that this kind of document must have.
    MissingField(&'static str),
    /// A principal that cannot be.
    InvalidPrincipal {
        /// `AWS`, `SERVICE`, `FEDERATED`, `CANONICALUSER`, or `STAR` if it stands alone.
        kind: &'static str,
        /// The written text.
        text: String,
    },
    /// A trust policy is about something else than assuming a role.
    TrustActions,
    /// A registry policy is about something else than the registry.
    RegistryActions,
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax => f.write_str("Syntax errors in policy."),
            Self::Version => f.write_str("Policy document must be version 2012-10-17 or greater."),
            Self::LegacyParsing => f.write_str("The policy failed legacy parsing"),
            Self::SidsNotUnique => {
                f.write_str("Statement IDs (SID) in a single policy must be unique.")
            }
            Self::SidNotAlphanumeric => f.write_str(
                "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*",
            ),
            Self::NoActions => f.write_str("Policy statement must contain actions."),
            Self::NoResources => f.write_str("Policy statement must contain resources."),
            Self::NoVendor => f.write_str(
                "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.",
            ),
            Self::TwoColons => f.write_str("Actions/Condition can contain only one colon."),
            Self::Vendor(vendor) => write!(f, "Vendor {vendor} is not valid"),
            Self::NotAnArn(resource) => {
                write!(f, "Resource {resource} must be in ARN format or \"*\".")
            }
            Self::ResourceVendor => {
                f.write_str("Resource vendor must be fully qualified and cannot contain regexes.")
            }
            Self::Partition { partition, resource } => {
                write!(f, "Partition \"{partition}\" is not valid for resource \"{resource}\".")
            }
            Self::HasPrincipal => f.write_str("Policy document should not specify a principal."),
            Self::ProhibitedField(field) => write!(f, "Has prohibited field {field}."),
            Self::MissingField(field) => write!(f, "Missing required field {field}"),
            Self::InvalidPrincipal { kind, text } => {
                write!(f, "Invalid principal in policy: \"{kind}\":\"{text}\"")
            }
            Self::TrustActions => f.write_str(
                "Trust Policy statement actions can only be sts:AssumeRole, sts:AssumeRoleWithSAML, and sts:AssumeRoleWithWebIdentity",
            ),
            Self::RegistryActions => {
                f.write_str("Registry policy statement actions can only be those of ecr")
            }
        }
    }
}

impl std::error::Error for Malformed {}
