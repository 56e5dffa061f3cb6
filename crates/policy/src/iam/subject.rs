use names::Principal;

/// The subject of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject<'a> {
    /// A principal of an account.
    Principal(&'a Principal),
    /// A service, e.g. `lambda.amazonaws.com`.
    Service(&'a str),
    /// A subject of an identity provider, asking for a role.
    WebIdentity {
        /// The provider, as a trust policy names it: its ARN.
        provider: &'a str,
        /// The provider's name for the subject.
        user: &'a str,
    },
    /// An anonymous caller.
    Anonymous,
}
