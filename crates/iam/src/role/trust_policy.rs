//! Trust policies: which principals may assume a role.

use db::Tx;
use policy::{DocumentKind, TrustPolicy};

use crate::policy::require_document;
use crate::principal::named_principals::{self, NotKept};
use crate::{Failure, IamRefusal, Quota};

/// Characters of a trust policy without white space. IAM's default quota.
const TRUST_POLICY_SIZE_MAX: usize = 2_048;

/// The stored form of the policy, with the ids of users and roles; or the refusal that says what is
/// wrong in it.
pub(crate) fn kept(tx: &mut Tx<'_>, trust: &TrustPolicy) -> Result<String, Failure> {
    if trust.size() > TRUST_POLICY_SIZE_MAX {
        return Err(Quota::Named("ACLSizePerRole", TRUST_POLICY_SIZE_MAX).into());
    }
    named_principals::kept(tx, trust.document(), trust.as_str()).map_err(
        |not_kept| match not_kept {
            NotKept::Missing(named) => {
                let words = format!("Invalid principal in policy: \"AWS\":\"{named}\"");
                IamRefusal::MalformedPolicyDocument(words).into()
            }
            NotKept::Failed(failure) => failure,
        },
    )
}

/// The shown form of the policy, with the ARNs of users and roles that still exist.
pub(crate) fn shown(tx: &mut Tx<'_>, text: &str) -> Result<String, Failure> {
    let document = require_document(text, DocumentKind::Trust)?;
    named_principals::shown(tx, &document, text)
}
