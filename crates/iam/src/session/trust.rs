use std::sync::Arc;

use db::IamRole;
use policy::{Attached, Document, SourceKind};

use super::assume_role::WantedRole;
use crate::Iam;

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
