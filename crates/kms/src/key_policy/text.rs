use std::sync::Arc;

use db::Tx;
use iam::named_principals::{self, NotKept};
use policy::{Document, DocumentKind};

use crate::{Failure, KmsRefusal};

/// AWS's limit of a key policy, in bytes.
const BYTES_MAX: usize = 32_768;

const NO_SUCH_PRINCIPAL: &str = "Policy contains a statement with one or more invalid principals.";

/// The policy of a key, as a client wrote it.
pub(crate) struct KeyPolicyText {
    pub(crate) text: String,
    document: Arc<Document>,
}

impl KeyPolicyText {
    /// Reads a policy.
    pub(crate) fn read(text: String) -> Result<Self, KmsRefusal> {
        if text.len() > BYTES_MAX {
            let told = format!("A key policy has at most {BYTES_MAX} bytes.");
            return Err(KmsRefusal::LimitExceeded(told));
        }
        match Document::parse(&text, DocumentKind::Key) {
            Ok(document) => Ok(Self { text, document: document.into() }),
            Err(malformed) => Err(KmsRefusal::MalformedPolicy(malformed.to_string())),
        }
    }

    /// As its row has it.
    pub(crate) fn kept(&self, tx: &mut Tx<'_>) -> Result<String, Failure> {
        named_principals::kept(tx, &self.document, &self.text).map_err(|not_kept| match not_kept {
            NotKept::Missing(_) => KmsRefusal::MalformedPolicy(NO_SUCH_PRINCIPAL.to_owned()).into(),
            NotKept::Failed(failure) => failure.into(),
        })
    }

    /// As clients see what a row has. A text that cannot be read any more is shown as it is.
    pub(crate) fn shown(tx: &mut Tx<'_>, kept: &str) -> Result<String, Failure> {
        match Document::parse(kept, DocumentKind::Key) {
            Ok(document) => Ok(named_principals::shown(tx, &document, kept)?),
            Err(_) => Ok(kept.to_owned()),
        }
    }
}
