use names::AccountId;
use policy::Explanation;

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
