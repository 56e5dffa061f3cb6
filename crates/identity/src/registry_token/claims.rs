use names::{Principal, Region, Timestamp};

use super::{LIFE, TokenRefusal};
use crate::{AccessKeyId, Caller};

/// What a registry token says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenClaims {
    /// The access key that it was asked with; whose it is, is asked anew at each use.
    pub access_key_id: AccessKeyId,
    /// The Region that it is good in.
    pub region: Region,
    /// When it was issued, to the second.
    pub issued_at: Timestamp,
    /// When it stops working, to the second.
    pub expires_at: Timestamp,
}

impl TokenClaims {
    pub(super) fn of(caller: &Caller, now: Timestamp) -> Self {
        let Caller { principal: _, access_key_id, region, session } = caller;
        let longest = now.plus(LIFE);
        let expires_at = session.as_ref().map_or(longest, |session| session.ends_at.min(longest));
        Self {
            access_key_id: access_key_id.clone(),
            region: region.clone(),
            issued_at: Timestamp::from_seconds(now.as_seconds()),
            expires_at: Timestamp::from_seconds(expires_at.as_seconds()),
        }
    }

    /// A token is good in the Region that issued it, and in no other.
    pub fn require_region(&self, region: &Region) -> Result<(), TokenRefusal> {
        if self.region == *region { Ok(()) } else { Err(TokenRefusal::OtherRegion) }
    }

    /// The caller that the token stands for, once its access key is known to be alive and to be `principal`'s.
    pub fn into_caller(self, principal: Principal) -> Caller {
        let Self { access_key_id, region, issued_at: _, expires_at: _ } = self;
        Caller { principal, access_key_id, region, session: None }
    }

    /// Times, then words with one byte of length before each.
    pub(super) fn encode(&self) -> Vec<u8> {
        let Self { access_key_id, region, issued_at, expires_at } = self;
        let mut out = Vec::with_capacity(128);
        out.extend_from_slice(&issued_at.as_seconds().to_be_bytes());
        out.extend_from_slice(&expires_at.as_seconds().to_be_bytes());
        push_word(&mut out, access_key_id.as_str());
        push_word(&mut out, region.as_str());
        out
    }

    pub(super) fn decode(mut bytes: &[u8]) -> Option<Self> {
        let rest = &mut bytes;
        let issued_at = Timestamp::from_seconds(take_i64(rest)?);
        let expires_at = Timestamp::from_seconds(take_i64(rest)?);
        let access_key_id = AccessKeyId::parse(take_word(rest)?).ok()?;
        let region = Region::parse(take_word(rest)?).ok()?;
        let claims = Self { access_key_id, region, issued_at, expires_at };
        rest.is_empty().then_some(claims)
    }
}

fn push_word(out: &mut Vec<u8>, word: &str) {
    out.push(u8::try_from(word.len()).expect("the words of a token have fewer than 256 bytes"));
    out.extend_from_slice(word.as_bytes());
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (taken, left) = rest.split_first_chunk::<N>()?;
    *rest = left;
    Some(*taken)
}

fn take_i64(rest: &mut &[u8]) -> Option<i64> {
    take(rest).map(i64::from_be_bytes)
}

fn take_word<'a>(rest: &mut &'a [u8]) -> Option<&'a str> {
    let [length] = take::<1>(rest)?;
    let (word, left) = rest.split_at_checked(usize::from(length))?;
    *rest = left;
    str::from_utf8(word).ok()
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
