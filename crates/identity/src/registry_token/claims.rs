use std::sync::Arc;
use std::time::Duration;

use names::{Principal, Region, Timestamp};

use super::TokenRefusal;
use crate::session_token::SessionClaims;
use crate::words::{push_word, take_i64, take_word};
use crate::{AccessKeyId, Caller};

/// The claims of a registry token, and of the query of a signed URL: the caller it was issued to,
/// and its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenClaims {
    /// The access key that requested it. Its principal is looked up again at each use.
    pub access_key_id: AccessKeyId,
    /// The Region that it is good in.
    pub region: Region,
    /// When it was issued, to the second.
    pub issued_at: Timestamp,
    /// When it stops working, to the second.
    pub expires_at: Timestamp,
    /// The session that requested it: its principal and its limits. `None` for long-term keys,
    /// whose principal is looked up by the key.
    pub session: Option<SessionClaims>,
}

impl TokenClaims {
    /// Claims for this caller, good for as long as `life` and the caller's session.
    pub(crate) fn of(caller: &Caller, now: Timestamp, life: Duration) -> Self {
        let Caller { principal, access_key_id, region, session } = caller;
        let longest = now.plus(life);
        let expires_at = session.as_ref().map_or(longest, |session| session.ends_at.min(longest));
        let session = session.as_ref().map(|session| SessionClaims {
            principal: principal.id(),
            session: session.as_ref().clone(),
        });
        Self {
            access_key_id: access_key_id.clone(),
            region: region.clone(),
            issued_at: Timestamp::from_seconds(now.as_seconds()),
            expires_at: Timestamp::from_seconds(expires_at.as_seconds()),
            session,
        }
    }

    /// A token is good in the Region that issued it, and in no other.
    pub fn require_region(&self, region: &Region) -> Result<(), TokenRefusal> {
        if self.region == *region { Ok(()) } else { Err(TokenRefusal::OtherRegion) }
    }

    /// The caller of the token, after its access key was found active and belonging to `principal`;
    /// in a session, after `principal` was found to be the session's.
    pub fn into_caller(self, principal: Principal) -> Caller {
        let Self { access_key_id, region, issued_at: _, expires_at: _, session } = self;
        let session = session.map(|claims| Arc::new(claims.session));
        Caller { principal, access_key_id, region, session }
    }

    /// Times, then words, then the session if there is one.
    pub(crate) fn encode(&self) -> Vec<u8> {
        let Self { access_key_id, region, issued_at, expires_at, session } = self;
        let mut out = Vec::with_capacity(128);
        out.extend_from_slice(&issued_at.as_seconds().to_be_bytes());
        out.extend_from_slice(&expires_at.as_seconds().to_be_bytes());
        push_word(&mut out, access_key_id.as_str());
        push_word(&mut out, region.as_str());
        if let Some(claims) = session {
            let encoded = claims.encode().expect("a caller in a session has presented its token");
            out.extend(encoded);
        }
        out
    }

    pub(crate) fn decode(mut bytes: &[u8]) -> Option<Self> {
        let rest = &mut bytes;
        let issued_at = Timestamp::from_seconds(take_i64(rest)?);
        let expires_at = Timestamp::from_seconds(take_i64(rest)?);
        let access_key_id = AccessKeyId::parse(take_word(rest)?).ok()?;
        let region = Region::parse(take_word(rest)?).ok()?;
        let session = match *rest {
            [] => None,
            claims => Some(SessionClaims::decode(claims)?),
        };
        Some(Self { access_key_id, region, issued_at, expires_at, session })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claims() -> TokenClaims {
        TokenClaims {
            access_key_id: AccessKeyId::parse("AKIAIOSFODNN7EXAMPLE").unwrap(),
            region: Region::parse("us-east-1").unwrap(),
            issued_at: Timestamp::from_seconds(1_700_000_000),
            expires_at: Timestamp::from_seconds(1_700_043_200),
            session: None,
        }
    }

    #[test]
    fn claims_read_back_as_they_were_written() {
        assert_eq!(TokenClaims::decode(&claims().encode()), Some(claims()));
    }

    #[test]
    fn claims_have_one_spelling() {
        let bytes = claims().encode();
        for length in 0..bytes.len() {
            assert_eq!(TokenClaims::decode(&bytes[..length]), None, "cut at {length}");
        }
        assert_eq!(TokenClaims::decode(&[&bytes[..], &[0]].concat()), None, "one byte more");
    }
}
