//! Policy documents as clients send them to a simulation, and as they are stored.

use policy::{Document, DocumentKind};

use crate::{Failure, IamRefusal};

/// The parsed policy, or the refusal that says what is wrong in it.
pub(crate) fn require_document(document: &str, kind: DocumentKind) -> Result<Document, Failure> {
    Document::parse(document, kind)
        .map_err(|malformed| IamRefusal::MalformedPolicyDocument(malformed.to_string()).into())
}
