use std::fmt;

use super::Echo;

/// One thing that is wrong with a scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScopeProblem {
    /// No Region, or none that is served here.
    Region {
        /// The stated one.
        region: Echo,
    },
    /// Another service.
    Service {
        /// The one that was called.
        expected: Box<str>,
    },
    /// The last word is not `aws4_request`.
    Terminator {
        /// The actual value.
        terminator: Echo,
    },
    /// The scope's day is not the day of the date.
    Date {
        /// The scope's.
        scope: Echo,
        /// The day of the date.
        day: Box<str>,
        /// The date.
        date: Box<str>,
    },
}

impl fmt::Display for ScopeProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Region { region } => {
                write!(f, "Credential should be scoped to a valid region, not '{region}'.")
            }
            Self::Service { expected } => {
                write!(f, "Credential should be scoped to correct service: '{expected}'.")
            }
            Self::Terminator { terminator } => write!(
                f,
                "Credential should be scoped with a valid terminator: 'aws4_request', \
                 not '{terminator}'."
            ),
            Self::Date { scope, day, date } => write!(
                f,
                "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date \
                 from HTTP: '{scope}' != '{day}', from '{date}'."
            ),
        }
    }
}
