use std::fmt;

use names::Region;

use super::amz_date::AmzDate;
use super::present::{Expected, ServedRegions};
use super::{Echo, SignatureRefusal};
use crate::AccessKeyId;

/// The last word of every credential scope.
const TERMINATOR: &str = "aws4_request";

/// The scope of a signature: one service in one Region on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// `YYYYMMDD`.
    pub date: Box<str>,
    /// The Region that the client means; it becomes the request's.
    pub region: Region,
    /// The service's signing name.
    pub service: Box<str>,
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}/{TERMINATOR}", self.date, self.region, self.service)
    }
}

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

/// Parses `keyid/date/region/service/aws4_request`, and compares it with the served API and the
/// time of signing.
pub(super) fn read(
    credential: &str,
    date: AmzDate,
    expected: &Expected<'_>,
) -> Result<(AccessKeyId, Scope), SignatureRefusal> {
    let mut words = credential.split('/');
    let mut next = || words.next();
    let (Some(key), Some(day), Some(region), Some(service), Some(terminator), None) =
        (next(), next(), next(), next(), next(), next())
    else {
        return Err(SignatureRefusal::MalformedCredential { credential: Echo::of(credential) });
    };
    let served = Region::parse(region).ok().filter(|region| expected.regions.include(region));
    let mut problems = Vec::new();
    if served.is_none() {
        problems.push(ScopeProblem::Region { region: Echo::of(region) });
    }
    if service != expected.service {
        problems.push(ScopeProblem::Service { expected: expected.service.into() });
    }
    if terminator != TERMINATOR {
        problems.push(ScopeProblem::Terminator { terminator: Echo::of(terminator) });
    }
    if day != date.day() {
        problems.push(ScopeProblem::Date {
            scope: Echo::of(day),
            day: date.day().into(),
            date: date.to_string().into(),
        });
    }
    let Some(region) = served.filter(|_| problems.is_empty()) else {
        return Err(SignatureRefusal::WrongScope { problems });
    };
    let key = AccessKeyId::parse(key).map_err(|_| SignatureRefusal::UnknownAccessKey)?;
    Ok((key, Scope { date: day.into(), region, service: service.into() }))
}

impl ServedRegions<'_> {
    fn include(&self, region: &Region) -> bool {
        match self {
            Self::Any => true,
            Self::Only(served) => served.contains(region),
        }
    }
}
