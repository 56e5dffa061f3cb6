//! CreateInstanceProfile, GetInstanceProfile, ListInstanceProfiles, ListInstanceProfilesForRole,
//! AddRoleToInstanceProfile, RemoveRoleFromInstanceProfile, DeleteInstanceProfile.

use db::{InstanceProfile, Tx};
use names::{AccountId, IamPath, IdKind, InstanceProfileName, RoleName, UniqueId};

use super::roles::{DescribedRole, described as described_role, require_role};
use crate::entity::{TAGS_MAX, put_tags};
use crate::pages::ENTRY_BYTES;
use crate::{BoundedRows, Conflict, Failure, Iam, Missing, Page, Quota, Taken};

/// Instance profiles of one account. IAM's default quota.
const PROFILES_MAX: u32 = 1_000;

/// Roles of one instance profile. IAM's quota, which cannot be raised.
const ROLES_MAX: usize = 1;

/// An instance profile, with its role.
#[derive(Debug, Clone)]
pub struct DescribedInstanceProfile {
    /// The profile.
    pub profile: InstanceProfile,
    /// Its role, if it has one.
    pub role: Option<DescribedRole>,
    /// Its tags.
    pub tags: Vec<(String, String)>,
}

impl DescribedInstanceProfile {
    /// About how much its description takes.
    pub(crate) fn size_bytes(&self) -> usize {
        ENTRY_BYTES + self.role.as_ref().map_or(0, DescribedRole::size_bytes)
    }
}

/// The instance profile of this name, or the refusal that it is not there.
pub(crate) fn require_profile(
    tx: &mut Tx<'_>,
    account: &AccountId,
    name: &InstanceProfileName,
) -> Result<InstanceProfile, Failure> {
    tx.find_instance_profile(account, name)?
        .ok_or_else(|| Missing::InstanceProfile(name.clone()).into())
}

/// The instance profile as clients read it.
pub(crate) fn described(
    tx: &mut Tx<'_>,
    profile: InstanceProfile,
) -> Result<DescribedInstanceProfile, Failure> {
    let role = match &profile.role {
        Some(id) => tx.find_role_by_id(id)?,
        None => None,
    };
    let role = role.map(|role| described_role(tx, role)).transpose()?;
    let tags = tx.list_iam_tags(profile.id.as_str(), None, TAGS_MAX)?;
    Ok(DescribedInstanceProfile { profile, role, tags })
}

impl Iam {
    /// Makes an instance profile without a role.
    pub async fn create_instance_profile(
        &self,
        account: &AccountId,
        path: IamPath,
        name: InstanceProfileName,
        tags: Vec<(String, String)>,
    ) -> Result<DescribedInstanceProfile, Failure> {
        let id = UniqueId::from_random(IdKind::InstanceProfile, keys::random());
        let (account, created_at) = (account.clone(), self.now());
        let new = InstanceProfile { id, account, path, name, role: None, created_at };
        self.rows
            .write_beside_rights(move |tx| {
                if !tx.insert_instance_profile(&new)? {
                    return Err(Failure::from(Taken::InstanceProfile(new.name.clone())));
                }
                if tx.count_instance_profiles(&new.account)? > u64::from(PROFILES_MAX) {
                    let quota = Quota::Named("InstanceProfilesPerAccount", PROFILES_MAX as usize);
                    return Err(quota.into());
                }
                put_tags(tx, new.id.as_str(), &tags)?;
                described(tx, new.clone())
            })
            .await
    }

    /// One instance profile.
    pub async fn get_instance_profile(
        &self,
        account: &AccountId,
        name: InstanceProfileName,
    ) -> Result<DescribedInstanceProfile, Failure> {
        let account = account.clone();
        self.rows
            .read(move |tx| {
                let profile = require_profile(tx, &account, &name)?;
                described(tx, profile)
            })
            .await
    }

    /// One page of the instance profiles whose paths begin with the prefix, by name in lower case.
    pub async fn list_instance_profiles(
        &self,
        account: &AccountId,
        path_prefix: String,
        page: Page,
    ) -> Result<BoundedRows<DescribedInstanceProfile>, Failure> {
        let account = account.clone();
        self.rows
            .read_at_length(move |tx| {
                let some = |last: Option<&DescribedInstanceProfile>, limit| {
                    let last = last.map(|last| last.profile.name.folded());
                    let after = last.as_deref().or(page.after.as_deref()).unwrap_or_default();
                    let found = tx.list_instance_profiles(&account, &path_prefix, after, limit)?;
                    found.into_iter().map(|profile| described(tx, profile)).collect()
                };
                BoundedRows::read(page.limit, some, DescribedInstanceProfile::size_bytes)
            })
            .await
    }

    /// One page of the instance profiles that have a role, by name in lower case.
    pub async fn list_instance_profiles_for_role(
        &self,
        account: &AccountId,
        role: RoleName,
        page: Page,
    ) -> Result<BoundedRows<DescribedInstanceProfile>, Failure> {
        let account = account.clone();
        self.rows
            .read_at_length(move |tx| {
                let role = require_role(tx, &account, &role)?.identity.id;
                let some = |last: Option<&DescribedInstanceProfile>, limit| {
                    let last = last.map(|last| last.profile.name.folded());
                    let after = last.as_deref().or(page.after.as_deref()).unwrap_or_default();
                    let found = tx.list_instance_profiles_for_role(&role, after, limit)?;
                    found.into_iter().map(|profile| described(tx, profile)).collect()
                };
                BoundedRows::read(page.limit, some, DescribedInstanceProfile::size_bytes)
            })
            .await
    }

    /// Gives an instance profile its role.
    pub async fn add_role_to_instance_profile(
        &self,
        account: &AccountId,
        profile: InstanceProfileName,
        role: RoleName,
    ) -> Result<(), Failure> {
        let account = account.clone();
        self.rows
            .write_beside_rights(move |tx| {
                let profile = require_profile(tx, &account, &profile)?;
                let role = require_role(tx, &account, &role)?.identity.id;
                if profile.role.is_some() {
                    let quota = Quota::Named("InstanceSessionsPerInstanceProfile", ROLES_MAX);
                    return Err(Failure::from(quota));
                }
                tx.put_instance_profile_role(&profile.id, Some(&role)).map_err(Failure::from)
            })
            .await
    }

    /// Removes the role from an instance profile.
    pub async fn remove_role_from_instance_profile(
        &self,
        account: &AccountId,
        profile: InstanceProfileName,
        role: RoleName,
    ) -> Result<(), Failure> {
        let account = account.clone();
        self.rows
            .write_beside_rights(move |tx| {
                let profile = require_profile(tx, &account, &profile)?;
                let id = require_role(tx, &account, &role)?.identity.id;
                if profile.role.as_ref() != Some(&id) {
                    return Err(Failure::from(Missing::Role(role.clone())));
                }
                tx.put_instance_profile_role(&profile.id, None).map_err(Failure::from)
            })
            .await
    }

    /// Deletes an instance profile that has no role.
    pub async fn delete_instance_profile(
        &self,
        account: &AccountId,
        name: InstanceProfileName,
    ) -> Result<(), Failure> {
        let account = account.clone();
        self.rows
            .write_beside_rights(move |tx| {
                let profile = require_profile(tx, &account, &name)?;
                if profile.role.is_some() {
                    return Err(Failure::from(Conflict::InstanceProfileRoles));
                }
                tx.delete_iam_tags(profile.id.as_str())?;
                tx.delete_instance_profile(&profile.id).map_err(Failure::from)
            })
            .await
    }
}
