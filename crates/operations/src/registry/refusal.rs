use std::fmt;

/// Refusals about the settings of a registry.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are the words of the sentences below")]
pub enum RegistryRefusal {
    /// The principal's pulls are recorded.
    ExclusionNotFound(String),
    /// The principal's pulls are not recorded already.
    ExclusionAlreadyExists(String),
    /// The registry excludes as many principals as it can.
    TooManyExclusions { exclusions_max: u32 },
}

impl fmt::Display for RegistryRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ExclusionNotFound(principal) => write!(
                f,
                "Pull time update exclusion does not exist for the principal with ARN '{principal}'"
            ),
            Self::ExclusionAlreadyExists(principal) => write!(
                f,
                "Pull time update exclusion already exists for the principal with ARN '{principal}'"
            ),
            Self::TooManyExclusions { exclusions_max } => write!(
                f,
                "A registry cannot have more than {exclusions_max} pull time update exclusions"
            ),
        }
    }
}
