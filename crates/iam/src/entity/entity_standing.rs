//! What the guard needs to know of an entity beforehand: its path, its boundary, and its tags.

use db::Tx;
use names::{AccountId, GroupName, InstanceProfileName, PolicyArn, PolicyName, RoleName, UserName};

use super::tags::TAGS_MAX;
use crate::{Failure, Iam};

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

/// Facts about an entity for conditions and ARNs. Empty if it does not exist.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EntityStanding {
    /// Its ARN, in the spelling that is kept.
    pub arn: Option<String>,
    /// The managed policy that bounds it.
    pub boundary: Option<PolicyArn>,
    /// Its tags.
    pub tags: Vec<(String, String)>,
}

impl IamEntity {
    /// The entity that could have this ARN in an account. Names are found without regard to case
    /// and path, so the found entity has another ARN if its spelling or path differs.
    fn of_arn(account: &AccountId, arn: &str) -> Option<Self> {
        let resource = arn.strip_prefix("arn:aws:iam::")?.strip_prefix(account.as_str())?;
        let (kind, path_and_name) = resource.strip_prefix(':')?.split_once('/')?;
        let name = path_and_name.rsplit('/').next().unwrap_or(path_and_name);
        match kind {
            "user" => UserName::parse(name).map(Self::User).ok(),
            "group" => GroupName::parse(name).map(Self::Group).ok(),
            "role" => RoleName::parse(name).map(Self::Role).ok(),
            "instance-profile" => InstanceProfileName::parse(name).map(Self::InstanceProfile).ok(),
            "policy" => PolicyName::parse(name).map(Self::Policy).ok(),
            "oidc-provider" => Some(Self::OidcProvider(arn.to_owned())),
            _ => None,
        }
    }
}

impl Iam {
    /// Facts about an entity, for conditions and ARNs.
    pub async fn find_entity_standing(
        &self,
        account: &AccountId,
        entity: IamEntity,
    ) -> Result<EntityStanding, Failure> {
        let account = account.clone();
        self.rows.read(move |tx| find(tx, &account, &entity)).await
    }

    /// Facts about the entity of an account with exactly this ARN, for conditions.
    pub async fn find_standing_of_arn(
        &self,
        account: &AccountId,
        arn: &str,
    ) -> Result<EntityStanding, Failure> {
        let Some(entity) = IamEntity::of_arn(account, arn) else {
            return Ok(EntityStanding::default());
        };
        let found = self.find_entity_standing(account, entity).await?;
        Ok(if found.arn.as_deref() == Some(arn) { found } else { EntityStanding::default() })
    }
}

fn find(
    tx: &mut Tx<'_>,
    account: &AccountId,
    entity: &IamEntity,
) -> Result<EntityStanding, Failure> {
    let found = match entity {
        IamEntity::User(name) => tx
            .find_iam_user(account, name)?
            .map(|user| (user.identity.id.to_string(), user.identity.arn(), user.boundary)),
        IamEntity::Role(name) => tx
            .find_role(account, name)?
            .map(|role| (role.identity.id.to_string(), role.identity.arn(), role.boundary)),
        IamEntity::Group(name) => {
            tx.find_iam_group(account, name)?.map(|group| (group.id.to_string(), group.arn(), None))
        }
        IamEntity::InstanceProfile(name) => tx
            .find_instance_profile(account, name)?
            .map(|profile| (profile.id.to_string(), profile.arn(), None)),
        IamEntity::Policy(name) => tx
            .find_policy(account, name)?
            .map(|policy| (policy.id.to_string(), policy.arn().to_string(), None)),
        IamEntity::OidcProvider(arn) => tx
            .find_oidc_provider(arn)?
            .filter(|provider| provider.account == *account)
            .map(|provider| (provider.arn.clone(), provider.arn, None)),
    };
    let Some((holder, arn, boundary)) = found else {
        return Ok(EntityStanding::default());
    };
    let tags = tx.list_iam_tags(&holder, None, TAGS_MAX)?;
    Ok(EntityStanding { arn: Some(arn), boundary, tags })
}
