use std::sync::Arc;

use db::IamRole;
use names::AccountId;
use policy::{Attached, Document, DocumentKind, Explanation, SourceKind};

use super::assume_role::WantedRole;

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

/// Who may play the role. A text that cannot be read lets nobody. A role that is not there is judged like one that
/// trusts nobody, so that neither the answer nor its explanation tells the two apart.
pub(super) fn trust(wanted: &WantedRole, found: Option<&IamRole>) -> Attached {
    let document = match found {
        None => Document::empty(),
        Some(IamRole { trust_policy, .. }) => Document::parse(trust_policy, DocumentKind::Trust)
            .unwrap_or_else(|_| Document::deny_all()),
    };
    Attached {
        source: SourceKind::RoleTrust,
        name: Arc::from(wanted.name.as_str()),
        document: Arc::new(document),
    }
}
