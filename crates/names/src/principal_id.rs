use crate::{AccountId, Principal, SessionName, UniqueId, Voucher};

/// A principal by what never changes: what tokens say. Its name and path are looked up when it is used.
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
    /// Somebody who plays a role.
    AssumedRole {
        /// The account that the role is in.
        account: AccountId,
        /// `AROA…`.
        role: UniqueId,
        /// What the session is called.
        session: SessionName,
    },
    /// Somebody for whom a user or the account vouched.
    FederatedUser {
        /// The account that it is in.
        account: AccountId,
        /// `AIDA…` of who vouched; `None` for the account itself.
        vouched_by: Option<UniqueId>,
        /// What the federated user is called.
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
    /// What of the principal never changes.
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
