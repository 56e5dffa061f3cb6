//! Policy documents as clients send them.

use policy::{Document, DocumentKind};

use crate::{Failure, IamRefusal};

/// Holds a policy of a user, group or role, or a managed one, to IAM's grammar.
pub(crate) fn require_identity_policy(document: &str) -> Result<(), Failure> {
    require_document(document, DocumentKind::Identity).map(drop)
}

/// The parsed policy, or the refusal that says what is wrong in it.
pub(crate) fn require_document(document: &str, kind: DocumentKind) -> Result<Document, Failure> {
    Document::parse(document, kind)
        .map_err(|malformed| IamRefusal::MalformedPolicyDocument(malformed.to_string()).into())
}
