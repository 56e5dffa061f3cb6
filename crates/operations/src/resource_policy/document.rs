//! What policies of repositories and registries have in common.

use db::Tx;
use iam::named_principals::{self, NotKept};
use policy::{Document, DocumentKind};

use crate::{Failure, InvalidParameter};

/// The document, or the refusal of a text that is no policy, in the words of `invalid`.
pub(super) fn parse(
    text: &str,
    kind: DocumentKind,
    invalid: &'static str,
) -> Result<Document, InvalidParameter> {
    Document::parse(text, kind).map_err(|_| refuse(invalid))
}

/// The refusal of a policy, which cannot be set for this reason.
pub(super) fn refuse(constraint: &str) -> InvalidParameter {
    InvalidParameter { path: "PolicyText", constraint: constraint.to_owned() }
}

/// The refusal of a policy that names a missing principal.
pub(super) fn not_kept(not_kept: NotKept) -> Failure {
    match not_kept {
        NotKept::Missing(_) => refuse("Principal not found").into(),
        NotKept::Failed(failure) => failure.into(),
    }
}

/// The shown form of the policy. A text that can no longer be parsed is shown unchanged.
pub(super) fn shown(tx: &mut Tx<'_>, text: &str, kind: DocumentKind) -> Result<String, Failure> {
    match Document::parse(text, kind) {
        Ok(document) => Ok(named_principals::shown(tx, &document, text)?),
        Err(_) => Ok(text.to_owned()),
    }
}
