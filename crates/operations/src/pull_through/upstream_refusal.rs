use std::fmt;

/// Why an upstream registry did not give what a pull needs. What it does not have is refused as if
/// it were missing here.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are the words of the sentences below")]
pub enum UpstreamRefusal {
    /// It does not let us in.
    AccessDenied { upstream: String },
    /// The rule's credentials cannot be used, so it is not asked.
    NoCredentials { upstream: String, why: CredentialFlaw },
    /// It has been asked too often.
    TooManyRequests { upstream: String, retry_after_seconds: u64 },
    /// It was not reached, or failed, or its answer made no sense. The log says more.
    Unavailable { upstream: String },
}

/// What is wrong with the credentials of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CredentialFlaw {
    /// There is no such secret, or its deletion was asked for.
    NotFound,
    /// The secret's policy denies it to ECR.
    Denied,
    /// Its value cannot be opened.
    Sealed,
    /// It has no value, or not what ECR expects.
    Malformed,
}

impl fmt::Display for CredentialFlaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotFound => {
                "The ARN of the secret specified in the pull through cache rule was not found. Update the pull \
                 through cache rule with a valid secret ARN and try again."
            }
            Self::Denied => {
                "The secret is unable to be accessed. Verify the resource permissions for the secret and try again."
            }
            Self::Sealed => {
                "The secret is accessible but is unable to be decrypted. Verify the resource permissions and try \
                 again."
            }
            Self::Malformed => {
                "The secret is accessible but does not contain the keys username and accessToken with text values. \
                 Update the secret and try again."
            }
        })
    }
}

impl fmt::Display for UpstreamRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AccessDenied { .. } => f.write_str(
                "The authentication to the upstream registry failed. Verify that the credentials are correct and \
                 try again.",
            ),
            Self::NoCredentials { why, .. } => why.fmt(f),
            Self::TooManyRequests { upstream, retry_after_seconds } => write!(
                f,
                "The upstream registry '{upstream}' has received too many requests. Try again in \
                 {retry_after_seconds} seconds."
            ),
            Self::Unavailable { upstream } => write!(
                f,
                "The upstream registry '{upstream}' is unavailable. Try again later."
            ),
        }
    }
}
