//! What the guard has to know of an entity before it is asked: where it is filed, what bounds it, and its tags.

use db::Tx;
use names::{AccountId, GroupName, InstanceProfileName, PolicyName, RoleName, UserName};

use super::tags::TAGS_MAX;
use crate::{Failure, Operations};

/// An entity of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant is the name of what it says")]
pub enum IamEntity {
    User(UserName),
    Group(GroupName),
    Role(RoleName),
    InstanceProfile(InstanceProfileName),
    /// A managed policy.
    Policy(PolicyName),
    /// An OIDC provider, by its ARN.
    OidcProvider(String),
}

/// What conditions and ARNs say of an entity. Nothing, if it is not there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EntityStanding {
    /// `/team/alice`: what follows the kind in its ARN.
    pub path_and_name: Option<String>,
    /// ARN of the managed policy that bounds it.
    pub boundary: Option<String>,
    /// Its tags.
    pub tags: Vec<(String, String)>,
}

impl Operations {
    /// What conditions and ARNs say of an entity.
    pub async fn find_entity_standing(
        &self,
        account: &AccountId,
        entity: IamEntity,
    ) -> Result<EntityStanding, Failure> {
        let account = account.clone();
        self.db.read(move |tx| find(tx, &account, &entity)).await
    }
}

fn find(
    tx: &mut Tx<'_>,
    account: &AccountId,
    entity: &IamEntity,
) -> Result<EntityStanding, Failure> {
    let found = match entity {
        IamEntity::User(name) => tx.find_iam_user(account, name)?.map(|user| {
            let at = format!("{}{}", user.identity.path, user.identity.name);
            (user.identity.id.to_string(), at, user.boundary)
        }),
        IamEntity::Role(name) => tx.find_role(account, name)?.map(|role| {
            let at = format!("{}{}", role.identity.path, role.identity.name);
            (role.identity.id.to_string(), at, role.boundary)
        }),
        IamEntity::Group(name) => tx
            .find_iam_group(account, name)?
            .map(|group| (group.id.to_string(), format!("{}{}", group.path, group.name), None)),
        IamEntity::InstanceProfile(name) => {
            tx.find_instance_profile(account, name)?.map(|profile| {
                (profile.id.to_string(), format!("{}{}", profile.path, profile.name), None)
            })
        }
        IamEntity::Policy(name) => tx
            .find_policy(account, name)?
            .map(|policy| (policy.id.to_string(), format!("{}{}", policy.path, policy.name), None)),
        IamEntity::OidcProvider(arn) => tx
            .find_oidc_provider(arn)?
            .filter(|provider| provider.account == *account)
            .map(|provider| (provider.arn.clone(), provider.arn, None)),
    };
    let Some((holder, path_and_name, boundary)) = found else {
        return Ok(EntityStanding::default());
    };
    let tags = tx.list_iam_tags(&holder, None, TAGS_MAX)?;
    Ok(EntityStanding { path_and_name: Some(path_and_name), boundary, tags })
}
