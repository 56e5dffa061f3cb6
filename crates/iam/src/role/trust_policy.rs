//! Trust policies: which principals may assume a role.

use db::Tx;
use policy::DocumentKind;

use crate::policy::require_document;
use crate::principal::named_principals::{self, NotKept};
use crate::{Failure, IamRefusal, Quota};

/// Characters of a trust policy without white space. IAM's quota, as it is unless somebody has it
/// raised.
const TRUST_POLICY_SIZE_MAX: usize = 2_048;

/// The policy as it is kept, or the refusal with what is wrong in it: users and roles stand in it
/// by their ids.
pub(crate) fn kept(tx: &mut Tx<'_>, text: &str) -> Result<String, Failure> {
    let document = require_document(text, DocumentKind::Trust)?;
    if policy::size(text) > TRUST_POLICY_SIZE_MAX {
        return Err(Quota::Named("ACLSizePerRole", TRUST_POLICY_SIZE_MAX).into());
    }
    named_principals::kept(tx, &document, text).map_err(|not_kept| match not_kept {
        NotKept::Missing(named) => {
            let words = format!("Invalid principal in policy: \"AWS\":\"{named}\"");
            IamRefusal::MalformedPolicyDocument(words).into()
        }
        NotKept::Failed(failure) => failure,
    })
}

/// The policy as it is read: users and roles that are still there stand in it by their ARNs.
pub(crate) fn shown(tx: &mut Tx<'_>, text: &str) -> Result<String, Failure> {
    let document = require_document(text, DocumentKind::Trust)?;
    named_principals::shown(tx, &document, text)
}
