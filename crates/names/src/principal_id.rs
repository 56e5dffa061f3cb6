use crate::{AccountId, Principal, SessionName, UniqueId, Voucher};

/// The unchanging part of a principal, which tokens contain. Its name and path are looked up when
/// it is used.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum PrincipalId {
    /// The account itself.
    Root {
        /// Which account.
        account: AccountId,
    },
    /// A user.
    User {
        /// The account that it is a user of.
        account: AccountId,
        /// `AIDA…`.
        id: UniqueId,
    },
    /// A role's session.
    AssumedRole {
        /// The account that the role is in.
        account: AccountId,
        /// `AROA…`.
        role: UniqueId,
        /// The session's name.
        session: SessionName,
    },
    /// A federated user, created by a user or the account.
    FederatedUser {
        /// The account that it is in.
        account: AccountId,
        /// `AIDA…` of its creator; `None` for the account itself.
        vouched_by: Option<UniqueId>,
        /// The name of the federated user.
        name: SessionName,
    },
}

impl PrincipalId {
    /// The account that the principal lives in.
    pub fn account(&self) -> &AccountId {
        match self {
            Self::Root { account }
            | Self::User { account, .. }
            | Self::AssumedRole { account, .. }
            | Self::FederatedUser { account, .. } => account,
        }
    }
}

impl Principal {
    /// The unchanging part of the principal.
    pub fn id(&self) -> PrincipalId {
        let account = self.account().clone();
        match self {
            Self::Root { .. } => PrincipalId::Root { account },
            Self::User(user) => PrincipalId::User { account, id: user.id.clone() },
            Self::AssumedRole { role, session } => PrincipalId::AssumedRole {
                account,
                role: role.id.clone(),
                session: session.clone(),
            },
            Self::FederatedUser { vouched_by, name } => {
                let vouched_by = match vouched_by {
                    Voucher::Root { .. } => None,
                    Voucher::User(user) => Some(user.id.clone()),
                };
                PrincipalId::FederatedUser { account, vouched_by, name: name.clone() }
            }
        }
    }
}
