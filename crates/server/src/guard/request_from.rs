use std::net::IpAddr;

use http::header::{HeaderName, REFERER, USER_AGENT};
use http::request::Parts;
use names::Timestamp;

use crate::request_id::RequestId;
use crate::trusted_proxies::Told;

/// The facts that every request states, whatever its caller and its purpose.
#[derive(Debug, Clone)]
pub(crate) struct RequestFrom {
    /// The id in the answer and the log.
    pub(crate) id: RequestId,
    /// The time of its arrival.
    pub(crate) at: Timestamp,
    /// `aws:SourceIp`.
    pub(crate) address: Option<IpAddr>,
    /// `aws:SecureTransport`.
    pub(crate) is_secure: bool,
    /// `aws:UserAgent`.
    pub(crate) user_agent: Option<Box<str>>,
    /// `aws:referer`.
    pub(crate) referer: Option<Box<str>>,
}

/// The limit of a header that conditions may compare. No AWS client comes near; longer ones are
/// cut, so that they cost a decision, and the memory of a denial, no more than that.
pub(crate) const HEADER_BYTES_MAX: usize = 2_048;

/// A header as conditions compare it: a copy, because the value itself would keep all headers of
/// the request. One that is not text is none.
fn compared(parts: &Parts, name: HeaderName) -> Option<Box<str>> {
    let text = parts.headers.get(name)?.to_str().ok()?;
    // It is ASCII, so it can be cut anywhere.
    Some(text.get(..HEADER_BYTES_MAX).unwrap_or(text).into())
}

impl RequestFrom {
    /// The facts of this request.
    pub(crate) fn read(parts: &Parts, id: RequestId, at: Timestamp) -> Self {
        let told = parts.extensions.get::<Told>();
        Self {
            id,
            at,
            address: told.and_then(|told| told.address),
            is_secure: told.is_some_and(|told| told.is_tls),
            user_agent: compared(parts, USER_AGENT),
            referer: compared(parts, REFERER),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_kept_as_far_as_conditions_compare_it() {
        let long = "a".repeat(HEADER_BYTES_MAX);
        let longer = format!("{long}b");
        #[rustfmt::skip]
        let cases: [(&[u8], Option<&str>, &str); 4] = [
            (b"aws-cli/2.31.0",    Some("aws-cli/2.31.0"), "the usual"),
            (long.as_bytes(),      Some(&long),            "as long as may be"),
            (longer.as_bytes(),    Some(&long),            "the rest is cut"),
            (b"caf\xe9",           None,                   "no text"),
        ];
        for (sent, kept, because) in cases {
            let request = http::Request::builder().header(USER_AGENT, sent).header(REFERER, sent);
            let (parts, ()) = request.body(()).unwrap().into_parts();
            let id = RequestId::from_random([1; 16]);
            let now = Timestamp::from_seconds(1_800_000_000);
            let from = RequestFrom::read(&parts, id, now);
            assert_eq!(from.user_agent.as_deref(), kept, "{because}");
            assert_eq!(from.referer.as_deref(), kept, "{because}");
        }
    }
}
