//! Exposes this crate's parsers to the fuzz targets, and nothing else.

use crate::upstream::{Challenge, Token, UpstreamAddress};

/// Reads challenges of a registry: how many are understood.
pub fn challenges(header: &str) -> usize {
    Challenge::parse(header).len()
}

/// Reads the answer of a token service: its header, if there is a token.
pub fn token(document: &[u8]) -> Option<Vec<u8>> {
    Token::parse(document).ok().map(|token| token.header.as_bytes().to_vec())
}

/// Reads where a registry redirects to: the host that would be called.
pub fn redirect(upstream: &str, location: &str) -> Option<String> {
    let upstream = UpstreamAddress::parse(upstream)?;
    let from = upstream.url("/v2/")?;
    let url = upstream.follow(&from, location)?;
    Some(url.to_string())
}
