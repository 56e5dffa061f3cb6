use std::fmt;

use names::Region;

use super::amz_date::AmzDate;
use super::{Echo, Expected, ScopeProblem, SignatureRefusal};
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
