//! TagUser, UntagUser, ListUserTags, and the same for roles, managed policies, OIDC providers and
//! instance profiles.

use db::Tx;
use names::{AccountId, InstanceProfileName, PolicyArn, RoleName, UserName};

use super::tags::{delete_tags, put_tags};
use crate::policy::require_local;
use crate::provider::require_provider;
use crate::role::require_profile;
use crate::role::require_role;
use crate::user::require_user;
use crate::{Failure, Iam, Page};

/// An entity that has tags.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tagged {
    /// A user.
    User(UserName),
    /// A role.
    Role(RoleName),
    /// A managed policy of the account.
    Policy(PolicyArn),
    /// An OIDC provider, by its ARN.
    OidcProvider(String),
    /// An instance profile.
    InstanceProfile(InstanceProfileName),
}

impl Tagged {
    /// Its name or ARN, in one spelling.
    pub fn spelled(&self) -> String {
        match self {
            Self::User(name) => name.folded(),
            Self::Role(name) => name.to_string(),
            Self::Policy(arn) => arn.to_string(),
            Self::OidcProvider(arn) => arn.clone(),
            Self::InstanceProfile(name) => name.to_string(),
        }
    }
}

/// The key under which its tags are kept.
fn require_tagged(
    tx: &mut Tx<'_>,
    account: &AccountId,
    tagged: &Tagged,
) -> Result<String, Failure> {
    Ok(match tagged {
        Tagged::User(name) => require_user(tx, account, name)?.identity.id.to_string(),
        Tagged::Role(name) => require_role(tx, account, name)?.identity.id.to_string(),
        Tagged::Policy(arn) => require_local(tx, account, arn)?.id.to_string(),
        Tagged::OidcProvider(arn) => require_provider(tx, account, arn)?.arn,
        Tagged::InstanceProfile(name) => require_profile(tx, account, name)?.id.to_string(),
    })
}

impl Iam {
    /// Sets tags; those with the same key, in whatever case, are overwritten.
    pub async fn tag_entity(
        &self,
        account: &AccountId,
        tagged: Tagged,
        tags: Vec<(String, String)>,
    ) -> Result<(), Failure> {
        let of = account.clone();
        self.rows
            .change_rights(account, move |tx| {
                let holder = require_tagged(tx, &of, &tagged)?;
                put_tags(tx, &holder, &tags)
            })
            .await
    }

    /// Removes tags; keys that are not there are ignored.
    pub async fn untag_entity(
        &self,
        account: &AccountId,
        tagged: Tagged,
        keys: Vec<String>,
    ) -> Result<(), Failure> {
        let of = account.clone();
        self.rows
            .change_rights(account, move |tx| {
                let holder = require_tagged(tx, &of, &tagged)?;
                delete_tags(tx, &holder, &keys)
            })
            .await
    }

    /// One page of tags, by the lower case of their keys, which is also the form of a page's
    /// `after`.
    pub async fn list_entity_tags(
        &self,
        account: &AccountId,
        tagged: Tagged,
        page: Page,
    ) -> Result<Vec<(String, String)>, Failure> {
        let account = account.clone();
        self.rows
            .read(move |tx| {
                let holder = require_tagged(tx, &account, &tagged)?;
                Ok(tx.list_iam_tags(&holder, page.after.as_deref(), page.limit)?)
            })
            .await
    }
}
