use std::sync::Arc;

use db::IamRole;
use names::AccountId;
use policy::{Attached, Document, Explanation, SourceKind};

use super::assume_role::WantedRole;
use crate::Iam;

/// A role that somebody may not play, and how that was decided. Whoever answers the client writes it down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleDenied {
    /// `sts:AssumeRole`, or what else its beginning takes, such as `sts:TagSession`.
    pub action: &'static str,
    /// The role's ARN, as the client spelled it: there need not be such a role.
    pub role: String,
    /// The account that it would be in.
    pub account: AccountId,
    /// How it was decided.
    pub explanation: Explanation,
    /// What the client reads. AWS does not say why, so that nobody learns which roles there are.
    pub sentence: String,
}

impl Iam {
    /// Who may play the role. A text that cannot be read lets nobody. A role that is not there is judged like one
    /// that trusts nobody, so that neither the answer nor its explanation tells the two apart.
    pub(crate) fn trust(&self, wanted: &WantedRole, found: Option<&IamRole>) -> Attached {
        let document = match found {
            None => Document::empty().into(),
            Some(role) => self.trust_policy(&role.trust_policy, wanted.name.as_str()),
        };
        let name = Arc::from(wanted.name.as_str());
        Attached { source: SourceKind::RoleTrust, name, document }
    }
}
