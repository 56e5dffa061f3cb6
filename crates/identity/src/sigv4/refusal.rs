use std::fmt;
use std::time::Duration;

use http::StatusCode;

use super::amz_date::AmzDate;
use super::{Echo, ScopeProblem};
use names::Timestamp;

/// How the API being served spells errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// JSON 1.1: ECR, ECR Public, KMS.
    Json,
    /// Query in, XML out: STS, IAM.
    Query,
}

/// A part that a signature cannot do without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Which algorithm; in the header it is the scheme, so only a query can lack it.
    Algorithm,
    /// The access key and its scope.
    Credential,
    /// The signature itself.
    Signature,
    /// Which headers are signed.
    SignedHeaders,
    /// When it was signed.
    Date,
}

/// Why a signed request is refused, in AWS's order of checks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignatureRefusal {
    /// The path has a broken escape, or climbs above the root.
    MalformedPath,
    /// The query has a broken escape.
    MalformedQuery,
    /// The request is not signed.
    MissingAuthentication {
        /// The two protocols word it differently.
        protocol: Protocol,
    },
    /// Credentials in the header and in the query, or in two headers.
    SeveralCredentials,
    /// Neither SigV4 in its one form, nor anything else that we do.
    UnsupportedAlgorithm {
        /// The stated algorithm.
        algorithm: Echo,
    },
    /// Something between the commas of the header has no equal sign.
    NotKeyValue {
        /// It.
        pair: Echo,
        /// The header around it.
        header: Echo,
    },
    /// The header lacks parts.
    IncompleteHeader {
        /// Which ones.
        missing: Vec<Part>,
        /// The header.
        header: Echo,
    },
    /// The query lacks parts.
    IncompleteQuery {
        /// Which ones.
        missing: Vec<Part>,
    },
    /// `X-Amz-Expires` is not a number of seconds up to a week.
    ExpiresOutOfRange,
    /// A header that decides what the request does is not signed.
    UnsignedHeader {
        /// Its name, in lower case.
        header: &'static str,
    },
    /// The date is no date.
    UnparsableDate {
        /// The actual value.
        date: Echo,
    },
    /// Signed too long ago.
    Expired {
        /// When it was signed.
        signed_at: Timestamp,
        /// Our clock.
        now: Timestamp,
        /// How long signatures like this one last.
        life: Duration,
    },
    /// Signed in the future.
    NotYetCurrent {
        /// When it was signed.
        signed_at: Timestamp,
        /// Our clock.
        now: Timestamp,
        /// How much clocks may differ.
        skew: Duration,
    },
    /// The credential does not have five parts.
    MalformedCredential {
        /// The actual value.
        credential: Echo,
    },
    /// Signed for something else.
    WrongScope {
        /// All that is wrong with the scope.
        problems: Vec<ScopeProblem>,
    },
    /// No such access key, or it is inactive, or its session token is not ours.
    UnknownAccessKey,
    /// The session of the temporary credentials is over.
    SessionExpired,
    /// The body is not the one that `x-amz-content-sha256` announces.
    PayloadHashDiffers,
    /// Another secret, or another request.
    SignatureDiffers,
}

/// The parts of the protocol-dependent answers.
struct Answer {
    json: &'static str,
    query: &'static str,
    query_status: StatusCode,
}

const INCOMPLETE: Answer = Answer {
    json: "IncompleteSignatureException",
    query: "IncompleteSignature",
    query_status: StatusCode::BAD_REQUEST,
};

const INVALID: Answer = Answer {
    json: "InvalidSignatureException",
    query: "SignatureDoesNotMatch",
    query_status: StatusCode::FORBIDDEN,
};

impl SignatureRefusal {
    /// The error's `__type` at a JSON 1.1 API.
    pub fn code_json(&self) -> &'static str {
        self.answer().json
    }

    /// The HTTP status at a JSON 1.1 API: always 400.
    pub fn status_json(&self) -> StatusCode {
        StatusCode::BAD_REQUEST
    }

    /// The error's `Code` at a Query API.
    pub fn code_query(&self) -> &'static str {
        self.answer().query
    }

    /// The HTTP status at a Query API.
    pub fn status_query(&self) -> StatusCode {
        self.answer().query_status
    }

    fn answer(&self) -> Answer {
        let forbidden = |json, query| Answer { json, query, query_status: StatusCode::FORBIDDEN };
        match self {
            Self::MalformedPath | Self::MalformedQuery => Answer {
                json: "MalformedHttpRequestException",
                query: "MalformedHttpRequestException",
                query_status: StatusCode::BAD_REQUEST,
            },
            Self::MissingAuthentication { .. } => {
                forbidden("MissingAuthenticationTokenException", "MissingAuthenticationToken")
            }
            Self::UnsupportedAlgorithm { .. }
            | Self::NotKeyValue { .. }
            | Self::IncompleteHeader { .. }
            | Self::IncompleteQuery { .. }
            | Self::ExpiresOutOfRange
            | Self::UnparsableDate { .. }
            | Self::MalformedCredential { .. } => INCOMPLETE,
            Self::SeveralCredentials
            | Self::UnsignedHeader { .. }
            | Self::Expired { .. }
            | Self::NotYetCurrent { .. }
            | Self::WrongScope { .. }
            | Self::PayloadHashDiffers
            | Self::SignatureDiffers => INVALID,
            Self::UnknownAccessKey => {
                forbidden("UnrecognizedClientException", "InvalidClientTokenId")
            }
            Self::SessionExpired => forbidden("ExpiredTokenException", "ExpiredToken"),
        }
    }

    /// The text for the client; empty if AWS sends none.
    pub fn message(&self) -> String {
        self.to_string()
    }
}

impl fmt::Display for SignatureRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnsupportedAlgorithm { algorithm } => {
                write!(f, "Unsupported AWS 'algorithm': '{algorithm}'.")
            }
            Self::NotKeyValue { pair, header } => write!(
                f,
                "'{pair}' not a valid key=value pair (missing equal-sign) in Authorization header: \
                 '{header}'."
            ),
            Self::IncompleteHeader { missing, header } => {
                missing.iter().try_for_each(|part| missing_in_header(f, *part))?;
                write!(f, "Authorization={header}")
            }
            Self::IncompleteQuery { missing } => {
                missing.iter().try_for_each(|part| missing_in_query(f, *part))?;
                f.write_str("Re-examine the query-string parameters.")
            }
            Self::UnsignedHeader { header: "host" } => f.write_str(
                "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
            ),
            Self::UnsignedHeader { header } => {
                write!(f, "'{header}' must be a 'SignedHeader' in the AWS Authorization.")
            }
            Self::UnparsableDate { date } => write!(
                f,
                "Date must be in ISO-8601 'basic format'. Got '{date}'. \
                 See http://en.wikipedia.org/wiki/ISO_8601"
            ),
            Self::Expired { signed_at, now, life } => {
                let [then, edge, now] = dates([*signed_at, now.minus(*life), *now]);
                let life = Spoken(*life);
                write!(f, "Signature expired: {then} is now earlier than {edge} ({now} - {life})")
            }
            Self::NotYetCurrent { signed_at, now, skew } => {
                let [then, edge, now] = dates([*signed_at, now.plus(*skew), *now]);
                let skew = Spoken(*skew);
                write!(
                    f,
                    "Signature not yet current: {then} is still later than {edge} ({now} + {skew})"
                )
            }
            Self::MalformedCredential { credential } => write!(
                f,
                "Credential must have exactly 5 slash-delimited elements, \
                 e.g. keyid/date/region/service/term, got '{credential}'"
            ),
            Self::WrongScope { problems } => {
                for (at, problem) in problems.iter().enumerate() {
                    write!(f, "{}{problem}", if at == 0 { "" } else { " " })?;
                }
                Ok(())
            }
            plain => f.write_str(plain.fixed_text()),
        }
    }
}

impl std::error::Error for SignatureRefusal {}

impl SignatureRefusal {
    /// Texts without parts of the request; empty for the others, and if AWS sends none.
    fn fixed_text(&self) -> &'static str {
        match self {
            Self::MalformedPath => "The path of the request is malformed.",
            Self::MalformedQuery => "The query string contains a syntax error.",
            Self::MissingAuthentication { protocol: Protocol::Json } => {
                "Missing Authentication Token"
            }
            Self::MissingAuthentication { protocol: Protocol::Query } => {
                "Request is missing Authentication Token"
            }
            Self::ExpiresOutOfRange => {
                "X-Amz-Expires must be a number of seconds between 1 and 604800."
            }
            Self::UnknownAccessKey => "The security token included in the request is invalid.",
            Self::SessionExpired => "The security token included in the request is expired",
            Self::PayloadHashDiffers => {
                "The provided 'x-amz-content-sha256' header does not match what was computed."
            }
            Self::SignatureDiffers => {
                "The request signature we calculated does not match the signature you provided. \
                 Check your AWS Secret Access Key and signing method. \
                 Consult the service documentation for details."
            }
            Self::SeveralCredentials
            | Self::UnsupportedAlgorithm { .. }
            | Self::NotKeyValue { .. }
            | Self::IncompleteHeader { .. }
            | Self::IncompleteQuery { .. }
            | Self::UnsignedHeader { .. }
            | Self::UnparsableDate { .. }
            | Self::Expired { .. }
            | Self::NotYetCurrent { .. }
            | Self::MalformedCredential { .. }
            | Self::WrongScope { .. } => "",
        }
    }
}

fn missing_in_header(f: &mut fmt::Formatter<'_>, part: Part) -> fmt::Result {
    let name = match part {
        Part::Date => {
            return f.write_str(
                "Authorization header requires existence of either a 'X-Amz-Date' \
                 or a 'Date' header. ",
            );
        }
        Part::Algorithm => "Algorithm",
        Part::Credential => "Credential",
        Part::Signature => "Signature",
        Part::SignedHeaders => "SignedHeaders",
    };
    write!(f, "Authorization header requires '{name}' parameter. ")
}

fn missing_in_query(f: &mut fmt::Formatter<'_>, part: Part) -> fmt::Result {
    let name = match part {
        Part::Algorithm => "X-Amz-Algorithm",
        Part::Credential => "X-Amz-Credential",
        Part::Signature => "X-Amz-Signature",
        Part::SignedHeaders => "X-Amz-SignedHeaders",
        Part::Date => "X-Amz-Date",
    };
    write!(f, "AWS query-string parameters must include '{name}'. ")
}

fn dates(times: [Timestamp; 3]) -> [AmzDate; 3] {
    times.map(AmzDate::at)
}

/// A duration in AWS's words: `15 min.`
struct Spoken(Duration);

impl fmt::Display for Spoken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.as_secs() {
            seconds if seconds.is_multiple_of(60) => write!(f, "{} min.", seconds / 60),
            seconds => write!(f, "{seconds} sec."),
        }
    }
}
