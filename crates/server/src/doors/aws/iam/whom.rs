//! The subject of a call that may omit it: the named user, or the caller.

use iam::{Absent, Iam, KeyHolder};
use identity::Caller;
use names::{AccountId, Principal, UserName};
use wire::aws::{QueryDoor, WireRefusal};

use super::super::call::Target;
use super::super::failure::Refused;
use super::entity::{Entity, named};
use crate::guard::{RequestKeys, Resource};

/// A user, or the account itself.
pub(in crate::doors::aws) enum Whom {
    /// The root user, which is the caller.
    Root(AccountId),
    /// A user.
    User(Entity<UserName>),
}

/// The subject of an input.
pub(super) fn whom(caller: &Caller, user_name: Option<&str>) -> Result<Whom, WireRefusal> {
    match (user_name, &caller.principal) {
        (Some(name), _) => Ok(Whom::User(named(caller, name)?)),
        (None, Principal::Root { account }) => Ok(Whom::Root(account.clone())),
        (None, Principal::User(user)) => Ok(Whom::User(named(caller, user.name.as_str())?)),
        (None, Principal::AssumedRole { .. } | Principal::FederatedUser { .. }) => {
            Err(WireRefusal::new(
                QueryDoor::ValidationError,
                "Must specify userName when calling with non-User credentials",
            ))
        }
    }
}

impl Whom {
    pub(super) fn account(&self) -> &AccountId {
        match self {
            Self::Root(account) => account,
            Self::User(user) => &user.account,
        }
    }

    /// The user's name; the account itself has none.
    pub(super) fn user_name(&self) -> Option<&UserName> {
        match self {
            Self::Root(_) => None,
            Self::User(user) => Some(&user.name),
        }
    }

    /// The owner of the keys.
    pub(super) fn key_holder(&self) -> KeyHolder {
        self.user_name().map_or(KeyHolder::Root, |name| KeyHolder::User(name.clone()))
    }

    /// The absent console password of this subject.
    pub(super) fn missing_login_profile(&self) -> Absent {
        let name = self.user_name().map_or_else(|| "root".to_owned(), ToString::to_string);
        Absent::LoginProfile(name)
    }

    /// Refuses a user that is not there. The account itself always is.
    pub(super) async fn require(&self, iam: &Iam) -> Result<(), Refused> {
        if let Self::User(user) = self {
            iam.get_user(&user.account, &user.name).await?;
        }
        Ok(())
    }
}

impl Target for Whom {
    fn resources(&self) -> Vec<Resource> {
        match self {
            Self::Root(account) => {
                let arn = format!("arn:aws:iam::{account}:root");
                vec![Resource::iam(arn, account.clone())]
            }
            Self::User(user) => user.resources(),
        }
    }

    async fn locate(&mut self, iam: &Iam) -> Result<(), Refused> {
        match self {
            Self::Root(_) => Ok(()),
            Self::User(user) => user.locate(iam).await,
        }
    }

    fn said(&self, keys: RequestKeys) -> RequestKeys {
        match self {
            Self::Root(_) => keys,
            Self::User(user) => user.said(keys),
        }
    }
}
