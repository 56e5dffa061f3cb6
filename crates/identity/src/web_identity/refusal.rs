use std::fmt;

use names::Timestamp;

/// Why the token of an identity provider is not believed. `Display` is AWS's sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WebIdentityRefusal {
    /// Not three parts of base64 with JSON in them.
    NotJwt,
    /// The algorithm is not one that we accept.
    UnsupportedAlgorithm,
    /// A claim is missing or malformed.
    MissingClaim {
        /// Which.
        claim: &'static str,
    },
    /// Another issuer issued it.
    OtherIssuer,
    /// It was issued for another audience.
    OtherAudience,
    /// Its time is over.
    Expired {
        /// Our clock.
        now: Timestamp,
        /// The stated value.
        expires_at: i64,
    },
    /// It is not valid yet.
    NotYetValid {
        /// Our clock.
        now: Timestamp,
        /// The stated value.
        valid_from: i64,
    },
    /// The issuer has no key of that name, or none that fits.
    UnknownKey,
    /// Signed by someone else, or altered since.
    SignatureDiffers,
    /// Its session tags do not have the form that AWS accepts.
    MalformedTags,
}

impl WebIdentityRefusal {
    /// The error's code at a Query API. Its HTTP status is 400.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Expired { .. } => "ExpiredTokenException",
            Self::NotJwt
            | Self::UnsupportedAlgorithm
            | Self::MissingClaim { .. }
            | Self::OtherIssuer
            | Self::OtherAudience
            | Self::NotYetValid { .. }
            | Self::UnknownKey
            | Self::SignatureDiffers
            | Self::MalformedTags => "InvalidIdentityToken",
        }
    }
}

impl fmt::Display for WebIdentityRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotJwt => f.write_str(
                "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)",
            ),
            Self::UnsupportedAlgorithm => {
                f.write_str("The ID Token provided is not signed with a supported algorithm")
            }
            Self::MissingClaim { claim } => write!(f, "Missing a required claim: {claim}"),
            Self::OtherIssuer => f.write_str("Incorrect token issuer"),
            Self::OtherAudience => f.write_str("Incorrect token audience"),
            Self::Expired { now, expires_at } => write!(
                f,
                "Token expired: current date/time {} must be before the expiration date/time {expires_at}",
                now.as_seconds()
            ),
            Self::NotYetValid { now, valid_from } => write!(
                f,
                "Token not yet valid: current date/time {} must be after the date/time {valid_from}",
                now.as_seconds()
            ),
            Self::UnknownKey => f.write_str(
                "Couldn't retrieve verification key from your identity provider,  please reference \
                 AssumeRoleWithWebIdentity documentation for requirements",
            ),
            Self::SignatureDiffers => f.write_str(
                "The web identity token that was passed could not be validated. Get a new identity token from \
                 the identity provider and then retry the request.",
            ),
            Self::MalformedTags => {
                f.write_str("The session tags in the web identity token are malformed")
            }
        }
    }
}

impl std::error::Error for WebIdentityRefusal {}
