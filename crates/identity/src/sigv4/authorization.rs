use http::header::{AUTHORIZATION, DATE};
use http::{HeaderMap, HeaderValue};

use super::query::Query;
use super::{Echo, Part, Protocol, SignatureRefusal};

pub(super) const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// A client's credentials, as text, from wherever it put them. Complete, but not parsed yet.
pub(super) struct Authorization {
    pub(super) placement: Placement,
    pub(super) credential: String,
    pub(super) signed_headers: String,
    pub(super) signature: String,
    pub(super) date: String,
    pub(super) session_token: Option<String>,
}

/// The place of the credentials.
pub(super) enum Placement {
    /// In the `Authorization` header. The date may then be in `Date`, in HTTP's form.
    Header,
    /// In the query, with the requested lifetime.
    Query { expires: Option<String> },
}

impl Authorization {
    /// Finds the one place that has credentials, and all parts there.
    pub(super) fn find(
        query: &Query,
        headers: &HeaderMap,
        protocol: Protocol,
    ) -> Result<Self, SignatureRefusal> {
        let mut values = headers.get_all(AUTHORIZATION).iter();
        let header = values.next();
        let presigned = ["X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Signature"]
            .iter()
            .any(|name| query.first(name).is_some());
        if values.next().is_some() || (presigned && header.is_some()) {
            return Err(SignatureRefusal::SeveralCredentials);
        }
        match header {
            None if presigned => Self::from_query(query),
            None => Err(SignatureRefusal::MissingAuthentication { protocol }),
            Some(value) => Self::from_header(&text(value), headers, protocol),
        }
    }

    fn from_header(
        header: &str,
        headers: &HeaderMap,
        protocol: Protocol,
    ) -> Result<Self, SignatureRefusal> {
        let (algorithm, pairs) = header.split_once(' ').unwrap_or((header, ""));
        if !algorithm.starts_with("AWS") {
            return Err(SignatureRefusal::MissingAuthentication { protocol });
        }
        supported(algorithm)?;
        let (mut credential, mut signed_headers, mut signature) = (None, None, None);
        for pair in pairs.split(',').map(str::trim).filter(|pair| !pair.is_empty()) {
            let Some((name, value)) = pair.split_once('=') else {
                let (pair, header) = (Echo::of(pair), Echo::of(header));
                return Err(SignatureRefusal::NotKeyValue { pair, header });
            };
            match name {
                "Credential" => credential = Some(value.to_owned()),
                "SignedHeaders" => signed_headers = Some(value.to_owned()),
                "Signature" => signature = Some(value.to_owned()),
                _ => {}
            }
        }
        let date = headers.get("x-amz-date").or_else(|| headers.get(DATE)).map(text);
        let session_token = headers.get("x-amz-security-token").map(text);
        Parts { has_algorithm: true, credential, signature, signed_headers, date }
            .complete(Placement::Header, session_token)
            .map_err(|missing| SignatureRefusal::IncompleteHeader {
                missing,
                header: Echo::of(header),
            })
    }

    fn from_query(query: &Query) -> Result<Self, SignatureRefusal> {
        let algorithm = query.first("X-Amz-Algorithm");
        algorithm.as_deref().map_or(Ok(()), supported)?;
        let parts = Parts {
            has_algorithm: algorithm.is_some(),
            credential: query.first("X-Amz-Credential"),
            signature: query.first("X-Amz-Signature"),
            signed_headers: query.first("X-Amz-SignedHeaders"),
            date: query.first("X-Amz-Date"),
        };
        let placement = Placement::Query { expires: query.first("X-Amz-Expires") };
        parts
            .complete(placement, query.first("X-Amz-Security-Token"))
            .map_err(|missing| SignatureRefusal::IncompleteQuery { missing })
    }
}

/// The parts that must be there, in the order in which AWS complains of them.
struct Parts {
    has_algorithm: bool,
    credential: Option<String>,
    signature: Option<String>,
    signed_headers: Option<String>,
    date: Option<String>,
}

impl Parts {
    fn complete(
        self,
        placement: Placement,
        session_token: Option<String>,
    ) -> Result<Authorization, Vec<Part>> {
        let Self { has_algorithm, credential, signature, signed_headers, date } = self;
        let missing = [
            (!has_algorithm).then_some(Part::Algorithm),
            credential.is_none().then_some(Part::Credential),
            signature.is_none().then_some(Part::Signature),
            signed_headers.is_none().then_some(Part::SignedHeaders),
            date.is_none().then_some(Part::Date),
        ];
        let missing: Vec<_> = missing.into_iter().flatten().collect();
        match (credential, signature, signed_headers, date) {
            (Some(credential), Some(signature), Some(signed_headers), Some(date))
                if has_algorithm =>
            {
                Ok(Authorization {
                    placement,
                    credential,
                    signed_headers,
                    signature,
                    date,
                    session_token,
                })
            }
            _ => Err(missing),
        }
    }
}

fn supported(algorithm: &str) -> Result<(), SignatureRefusal> {
    if algorithm == ALGORITHM {
        return Ok(());
    }
    Err(SignatureRefusal::UnsupportedAlgorithm { algorithm: Echo::of(algorithm) })
}

/// A header as text. Bytes that are not become `U+FFFD`, which no part of a good header contains.
fn text(value: &HeaderValue) -> String {
    String::from_utf8_lossy(value.as_bytes()).into_owned()
}
