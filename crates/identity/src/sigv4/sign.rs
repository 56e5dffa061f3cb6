use aws_lc_rs::hmac;
use http::{HeaderMap, HeaderValue, Method, Uri, header};
use names::{Region, Timestamp};

use super::amz_date::AmzDate;
use super::authorization::ALGORITHM;
use super::canonical::{self, SignedHeaders};
use super::query::Query;
use super::{PayloadHash, Scope, SecretKey, SignatureRefusal};
use crate::AccessKeyId;

/// Signs requests for one service in one Region.
#[derive(Debug, Clone, Copy)]
pub struct Signer<'a> {
    /// The access key.
    pub access_key_id: &'a AccessKeyId,
    /// The secret.
    pub secret: &'a SecretKey,
    /// The session token of temporary credentials.
    pub session_token: Option<&'a str>,
    /// The Region of the service.
    pub region: &'a Region,
    /// The service's signing name, e.g. `ecr`.
    pub service: &'a str,
}

impl Signer<'_> {
    /// Adds the date, the session token and the `Authorization` header. It signs every existing
    /// header, so do not add a relevant one later; `host` must be present.
    pub fn sign(
        &self,
        method: &Method,
        uri: &Uri,
        headers: &mut HeaderMap,
        payload: &PayloadHash,
        now: Timestamp,
    ) -> Result<(), SignatureRefusal> {
        let date = AmzDate::at(now);
        headers.insert("x-amz-date", plain(&date.to_string())?);
        if let Some(token) = self.session_token {
            let mut token = plain(token)?;
            token.set_sensitive(true);
            headers.insert("x-amz-security-token", token);
        }
        let names: Vec<&str> = headers.keys().map(header::HeaderName::as_str).collect();
        let signed = SignedHeaders::parse(&names.join(";"));
        let (path, query) =
            (canonical::path(uri.path())?, Query::parse(uri.query().unwrap_or_default())?);
        let mut canonical = canonical::digest(method, uri, &path, &query, headers, &signed);
        canonical.update(payload.hex().as_bytes());
        let scope = Scope {
            date: date.day().into(),
            region: self.region.clone(),
            service: self.service.into(),
        };
        let to_sign = format!("{ALGORITHM}\n{date}\n{scope}\n{}", hex::encode(canonical.finish()));
        let signature = hmac::sign(&self.secret.for_scope(&scope), to_sign.as_bytes());
        let authorization = format!(
            "{ALGORITHM} Credential={}/{scope}, SignedHeaders={}, Signature={}",
            self.access_key_id,
            signed.list(),
            hex::encode(signature)
        );
        headers.insert(header::AUTHORIZATION, plain(&authorization)?);
        Ok(())
    }
}

/// A session token that no header can hold cannot be valid.
fn plain(text: &str) -> Result<HeaderValue, SignatureRefusal> {
    HeaderValue::from_str(text).map_err(|_| SignatureRefusal::UnknownAccessKey)
}

#[cfg(test)]
mod tests {
    use super::super::{Expected, Protocol, ServedRegions, present};
    use super::*;

    const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    fn signed(token: Option<&str>, uri: &Uri, body: &[u8], now: Timestamp) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert("host", HeaderValue::from_static("api.ecr.us-east-1.example.com:8443"));
        headers.insert("content-type", HeaderValue::from_static("application/x-amz-json-1.1"));
        headers.insert("x-amz-target", HeaderValue::from_static("Service.Operation"));
        let signer = Signer {
            access_key_id: &AccessKeyId::parse("AKIDEXAMPLE").unwrap(),
            secret: &SecretKey::new(SECRET),
            session_token: token,
            region: &Region::parse("us-east-1").unwrap(),
            service: "ecr",
        };
        signer.sign(&Method::POST, uri, &mut headers, &PayloadHash::of(body), now).unwrap();
        headers
    }

    #[test]
    fn what_is_signed_is_verified() {
        let now = Timestamp::from_seconds(1_440_938_160);
        let expected =
            Expected { service: "ecr", protocol: Protocol::Json, regions: ServedRegions::Any };
        #[rustfmt::skip]
        let cases = [
            // uri              token          body         because
            ("/",               None,          &b"{}"[..],  "a long-term key"),
            ("/",               Some("token"), b"{}",       "temporary credentials"),
            ("/",               None,          b"",         "no body"),
            ("/a//b/../c?z=1&a=%20+", None,    b"{}",       "a path and a query to put in order"),
        ];
        for (uri, token, body, because) in cases {
            let uri: Uri = uri.parse().unwrap();
            let headers = signed(token, &uri, body, now);
            let presented = present(&Method::POST, &uri, &headers, now, &expected);
            let presented = presented.unwrap_or_else(|refusal| panic!("{because}: {refusal:?}"));
            assert_eq!(presented.session_token(), token, "{because}");
            let secret = SecretKey::new(SECRET);
            assert!(presented.verify(Some(&secret), &PayloadHash::of(body)).is_ok(), "{because}");
            let other = PayloadHash::of(b"another body");
            assert!(presented.verify(Some(&secret), &other).is_err(), "{because}");
        }
    }

    #[test]
    fn a_token_that_no_header_can_hold_is_refused() {
        let mut headers = HeaderMap::new();
        let signer = Signer {
            access_key_id: &AccessKeyId::parse("AKIDEXAMPLE").unwrap(),
            secret: &SecretKey::new(SECRET),
            session_token: Some("two\nlines"),
            region: &Region::parse("us-east-1").unwrap(),
            service: "ecr",
        };
        let (uri, payload) = (Uri::from_static("/"), PayloadHash::of(b""));
        let now = Timestamp::from_seconds(0);
        assert!(signer.sign(&Method::POST, &uri, &mut headers, &payload, now).is_err());
    }
}
