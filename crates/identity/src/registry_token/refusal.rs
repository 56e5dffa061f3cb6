use std::fmt;

/// Why a token authenticates no one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenRefusal {
    /// Not sealed by us, or not a registry token.
    Malformed,
    /// It was good once.
    Expired,
    /// It is good in another Region.
    OtherRegion,
}

impl fmt::Display for TokenRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Malformed => "Your Authorization Token is invalid.",
            Self::Expired => "Your authorization token has expired. Reauthenticate and try again.",
            Self::OtherRegion => "Your authorization token was issued for another Region.",
        })
    }
}

impl std::error::Error for TokenRefusal {}
