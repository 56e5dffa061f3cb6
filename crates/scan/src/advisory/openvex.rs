//! OpenVEX: what its makers say of the vulnerabilities of an image.

use std::collections::BTreeMap;

use names::{Digest, Timestamp};
use serde::Deserialize;

use super::malformed::{BadAdvisory, cut, malformed};
use super::moment;
use crate::words::Name;

/// Real documents have some kilobytes.
pub const VEX_BYTES_MAX: usize = 1024 * 1024;
const STATEMENTS_MAX: usize = 10_000;
const TEXT_CHARS_MAX: usize = 512;

#[derive(Deserialize)]
struct Document {
    #[serde(rename = "@context")]
    context: String,
    timestamp: Option<String>,
    statements: Vec<Statement>,
}

#[derive(Deserialize)]
struct Statement {
    vulnerability: Vulnerability,
    timestamp: Option<String>,
    #[serde(default)]
    products: Vec<Product>,
    status: String,
    justification: Option<String>,
    #[serde(rename = "impact_statement")]
    impact: Option<String>,
}

/// Version 0.0.1 has a text.
#[derive(Deserialize)]
#[serde(untagged)]
enum Vulnerability {
    Text(String),
    Named {
        name: String,
        #[serde(default)]
        aliases: Vec<String>,
    },
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Product {
    Text(String),
    Named {
        #[serde(rename = "@id", default)]
        id: String,
        #[serde(default)]
        hashes: BTreeMap<String, String>,
    },
}

/// What a document says of a vulnerability.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VexStatement {
    /// Its names.
    pub vulnerability: Vec<Name>,
    /// When it was said.
    pub said_at: Option<Timestamp>,
    /// Why the image does not have it; `None` if it has, or if that is not known.
    pub excuse: Option<String>,
}

/// Reads the statements of a document of OpenVEX that are about an image: those that name its
/// digest, and those that name no digest at all.
pub fn parse_openvex(bytes: &[u8], image: &Digest) -> Result<Vec<VexStatement>, BadAdvisory> {
    if bytes.len() > VEX_BYTES_MAX {
        return Err(BadAdvisory::TooLong);
    }
    let document: Document = serde_json::from_slice(bytes).map_err(malformed)?;
    if !document.context.starts_with("https://openvex.dev/ns") {
        return Err(malformed("no document of OpenVEX"));
    }
    if document.statements.len() > STATEMENTS_MAX {
        return Err(malformed("too many statements"));
    }
    let of_document = document.timestamp.as_deref().and_then(moment::parse_utc);
    let statements = document.statements.into_iter().filter(|it| is_about(&it.products, image));
    let read = |statement: Statement| {
        let names = match statement.vulnerability {
            Vulnerability::Text(name) => vec![name],
            Vulnerability::Named { name, aliases } => {
                std::iter::once(name).chain(aliases).collect()
            }
        };
        let why = statement.impact.or(statement.justification);
        let excuse = match statement.status.as_str() {
            "not_affected" => Some("not affected"),
            "fixed" => Some("fixed"),
            _ => None,
        };
        let excuse = excuse.map(|status| match why {
            Some(why) => cut(&format!("{status}: {why}"), TEXT_CHARS_MAX),
            None => status.to_owned(),
        });
        VexStatement {
            vulnerability: names.iter().filter_map(|name| Name::parse(name).ok()).collect(),
            said_at: statement.timestamp.as_deref().and_then(moment::parse_utc).or(of_document),
            excuse,
        }
    };
    Ok(statements.map(read).collect())
}

fn is_about(products: &[Product], image: &Digest) -> bool {
    let says_digest = |product: &Product| match product {
        Product::Text(id) => has_digest(id),
        Product::Named { id, hashes } => has_digest(id) || !hashes.is_empty(),
    };
    let is_image = |product: &Product| match product {
        Product::Text(id) => id.contains(image.hex()),
        Product::Named { id, hashes } => {
            id.contains(image.hex()) || hashes.values().any(|hash| hash == image.hex())
        }
    };
    products.iter().any(is_image) || !products.iter().any(says_digest)
}

fn has_digest(id: &str) -> bool {
    ["sha256:", "sha512:", "sha256%3A", "sha512%3A"].iter().any(|start| id.contains(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(products: &str, status: &str) -> String {
        format!(
            r#"{{"@context":"https://openvex.dev/ns/v0.2.0","timestamp":"2024-01-01T00:00:00Z",
            "statements":[{{"vulnerability":{{"name":"CVE-2024-1","aliases":["GHSA-1"]}},
            "products":[{products}],"status":"{status}","justification":"vulnerable_code_not_present"}}]}}"#
        )
    }

    #[test]
    fn statements_about_the_image_are_read() {
        let image = Digest::sha256(b"image");
        let own = format!(r#"{{"@id":"pkg:oci/web@sha256%3A{}"}}"#, image.hex());
        let hashed = format!(r#"{{"@id":"web","hashes":{{"sha-256":"{}"}}}}"#, image.hex());
        #[rustfmt::skip]
        let cases = [
            // products                                    status          excuse
            ("",                                           "not_affected", Some(Some("not affected: vulnerable_code_not_present"))),
            (r#""web""#,                                   "fixed",        Some(Some("fixed: vulnerable_code_not_present"))),
            (r#"{"@id":"pkg:oci/web"}"#,                   "affected",     Some(None)),
            (own.as_str(),                                 "not_affected", Some(Some("not affected: vulnerable_code_not_present"))),
            (hashed.as_str(),                              "not_affected", Some(Some("not affected: vulnerable_code_not_present"))),
            (r#"{"@id":"pkg:oci/web@sha256%3Aabcd"}"#,     "not_affected", None),
        ];
        for (products, status, excuse) in cases {
            let read = parse_openvex(document(products, status).as_bytes(), &image).unwrap();
            let told = read.first().map(|statement| statement.excuse.as_deref());
            assert_eq!(told, excuse, "{products} {status}");
            if let Some(statement) = read.first() {
                assert_eq!(statement.vulnerability.len(), 2);
                assert!(statement.said_at.is_some());
            }
        }
    }

    #[test]
    fn what_is_no_document_is_refused() {
        let image = Digest::sha256(b"image");
        for text in ["", "{}", "[]", r#"{"@context":"https://example.com","statements":[]}"#] {
            assert!(parse_openvex(text.as_bytes(), &image).is_err(), "{text}");
        }
        let long = vec![b' '; VEX_BYTES_MAX + 1];
        assert_eq!(parse_openvex(&long, &image), Err(BadAdvisory::TooLong));
    }
}
