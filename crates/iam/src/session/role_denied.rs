use std::sync::Arc;

use db::IamRole;
use names::AccountId;
use policy::{Attached, Document, Explanation, SourceKind};

use super::assume_role::WantedRole;
use crate::Iam;

/// A denied attempt to assume a role, and its decision. The door records it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleDenied {
    /// `sts:AssumeRole`, or another action that the session needs, such as `sts:TagSession`.
    pub action: &'static str,
    /// The role's ARN, as the client spelled it: there need not be such a role.
    pub role: String,
    /// The account that it would be in.
    pub account: AccountId,
    /// How it was decided.
    pub explanation: Explanation,
    /// The message for the client. AWS does not say why, so that it does not reveal which roles
    /// exist.
    pub sentence: String,
}

impl Iam {
    /// The role's trust policy. A text that cannot be read allows nothing. A missing role is judged
    /// like one that trusts no principal, so that neither the answer nor its explanation
    /// distinguishes the two.
    pub(crate) fn trust(&self, wanted: &WantedRole, found: Option<&IamRole>) -> Attached {
        let document = match found {
            None => Document::empty().into(),
            Some(role) => self.trust_policy(&role.trust_policy, wanted.name.as_str()),
        };
        let name = Arc::from(wanted.name.as_str());
        Attached { source: SourceKind::RoleTrust, name, document }
    }
}
