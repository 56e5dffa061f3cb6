use names::Principal;

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject<'a> {
    /// Somebody of an account.
    Principal(&'a Principal),
    /// A service, e.g. `lambda.amazonaws.com`.
    Service(&'a str),
    /// Somebody whom an identity provider knows, asking for a role.
    WebIdentity {
        /// The provider, as a trust policy names it: its ARN.
        provider: &'a str,
        /// The provider's name for whoever asks.
        user: &'a str,
    },
    /// Somebody who did not say.
    Anonymous,
}
