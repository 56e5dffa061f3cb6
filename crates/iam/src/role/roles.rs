//! CreateRole, GetRole, ListRoles, UpdateRole, UpdateRoleDescription, UpdateAssumeRolePolicy,
//! DeleteRole.

use db::{IamRole, Tx};
use names::{AccountId, IamPath, IdKind, PolicyArn, RoleIdentity, RoleName, UniqueId};
use policy::TrustPolicy;

use super::trust_policy;
use crate::entity::{TAGS_MAX, put_tags};
use crate::pages::ENTRY_BYTES;
use crate::policy::require_boundary;
use crate::{BoundedRows, Conflict, Failure, Iam, Missing, Page, Quota, Taken};

/// Roles of one account. IAM's default quota.
const ROLES_MAX: u32 = 1_000;

/// The default limit of a session's duration: an hour.
pub const SESSION_SECONDS_DEFAULT: u64 = 3_600;

/// A role to be made.
#[derive(Debug, Clone)]
pub struct NewRole {
    /// Its path.
    pub path: IamPath,
    /// Its name.
    pub name: RoleName,
    /// The trust policy.
    pub trust_policy: TrustPolicy,
    /// Its description.
    pub description: Option<String>,
    /// The longest duration of a session.
    pub max_session_seconds: u64,
    /// The managed policy that bounds it.
    pub boundary: Option<PolicyArn>,
    /// Tags, in the order given.
    pub tags: Vec<(String, String)>,
}

/// A role, with its trust policy in the shown form.
#[derive(Debug, Clone)]
pub struct DescribedRole {
    /// The role.
    pub role: IamRole,
    /// Its tags.
    pub tags: Vec<(String, String)>,
}

impl DescribedRole {
    /// About how much its description takes.
    pub(crate) fn size_bytes(&self) -> usize {
        ENTRY_BYTES + self.role.trust_policy.len()
    }
}

/// The role of this name, or the refusal that it is not there.
pub(crate) fn require_role(
    tx: &mut Tx<'_>,
    account: &AccountId,
    name: &RoleName,
) -> Result<IamRole, Failure> {
    tx.find_role(account, name)?.ok_or_else(|| Missing::Role(name.clone()).into())
}

/// The role as clients read it.
pub(crate) fn described(tx: &mut Tx<'_>, mut role: IamRole) -> Result<DescribedRole, Failure> {
    role.trust_policy = trust_policy::shown(tx, &role.trust_policy)?;
    let tags = tx.list_iam_tags(role.identity.id.as_str(), None, TAGS_MAX)?;
    Ok(DescribedRole { role, tags })
}

impl Iam {
    /// Makes a role.
    pub async fn create_role(
        &self,
        account: &AccountId,
        new: NewRole,
    ) -> Result<DescribedRole, Failure> {
        let (of, now) = (account.clone(), self.now());
        let id = UniqueId::from_random(IdKind::Role, keys::random());
        self.rows
            .change_principals(account, move |tx| {
                let NewRole { path, name, description, max_session_seconds, boundary, .. } = &new;
                let identity = RoleIdentity {
                    account: of.clone(),
                    id: id.clone(),
                    path: path.clone(),
                    name: name.clone(),
                };
                if let Some(arn) = boundary {
                    require_boundary(tx, &of, arn)?;
                }
                let role = IamRole {
                    identity,
                    trust_policy: trust_policy::kept(tx, &new.trust_policy)?,
                    description: description.clone(),
                    max_session_seconds: *max_session_seconds,
                    boundary: boundary.clone(),
                    created_at: now,
                    last_used: None,
                };
                if !tx.insert_role(&role)? {
                    return Err(Failure::from(Taken::Role(name.clone())));
                }
                if tx.count_roles(&of)? > u64::from(ROLES_MAX) {
                    return Err(Quota::Named("RolesPerAccount", ROLES_MAX as usize).into());
                }
                put_tags(tx, id.as_str(), &new.tags)?;
                described(tx, role)
            })
            .await
    }

    /// One role.
    pub async fn get_role(
        &self,
        account: &AccountId,
        name: RoleName,
    ) -> Result<DescribedRole, Failure> {
        let account = account.clone();
        self.rows
            .read(move |tx| {
                let role = require_role(tx, &account, &name)?;
                described(tx, role)
            })
            .await
    }

    /// One page of the roles whose paths begin with the prefix, by name in lower case.
    pub async fn list_roles(
        &self,
        account: &AccountId,
        path_prefix: String,
        page: Page,
    ) -> Result<BoundedRows<DescribedRole>, Failure> {
        let account = account.clone();
        self.rows
            .read_at_length(move |tx| {
                let some = |last: Option<&DescribedRole>, limit| {
                    let last = last.map(|last| last.role.identity.name.folded());
                    let after = last.as_deref().or(page.after.as_deref()).unwrap_or_default();
                    let roles = tx.list_roles(&account, &path_prefix, after, limit)?;
                    roles.into_iter().map(|role| described(tx, role)).collect()
                };
                BoundedRows::read(page.limit, some, DescribedRole::size_bytes)
            })
            .await
    }

    /// Sets the description of a role and the longest duration of its sessions; absent values do
    /// not change.
    pub async fn update_role(
        &self,
        account: &AccountId,
        name: RoleName,
        description: Option<String>,
        max_session_seconds: Option<u64>,
    ) -> Result<DescribedRole, Failure> {
        let of = account.clone();
        self.rows
            .change_rights(account, move |tx| {
                let mut role = require_role(tx, &of, &name)?;
                if let Some(description) = &description {
                    role.description = Some(description.clone());
                }
                role.max_session_seconds = max_session_seconds.unwrap_or(role.max_session_seconds);
                tx.put_role_settings(
                    &role.identity.id,
                    role.description.as_deref(),
                    role.max_session_seconds,
                )?;
                described(tx, role)
            })
            .await
    }

    /// Sets the trust policy of a role.
    pub async fn update_assume_role_policy(
        &self,
        account: &AccountId,
        name: RoleName,
        document: TrustPolicy,
    ) -> Result<(), Failure> {
        let of = account.clone();
        self.rows
            .change_rights(account, move |tx| {
                let role = require_role(tx, &of, &name)?;
                let kept = trust_policy::kept(tx, &document)?;
                tx.put_role_trust_policy(&role.identity.id, &kept).map_err(Failure::from)
            })
            .await
    }

    /// Deletes a role that holds nothing. Its sessions end with it.
    pub async fn delete_role(&self, account: &AccountId, name: RoleName) -> Result<(), Failure> {
        let of = account.clone();
        self.rows
            .change_rights(account, move |tx| {
                let id = require_role(tx, &of, &name)?.identity.id;
                if !tx.list_instance_profiles_for_role(&id, "", 1)?.is_empty() {
                    return Err(Failure::from(Conflict::InstanceProfileRoles));
                }
                if tx.holder_has_attachments(id.as_str())? {
                    return Err(Conflict::AttachedPolicies.into());
                }
                if tx.holder_has_inline_policies(id.as_str())? {
                    return Err(Conflict::InlinePolicies.into());
                }
                tx.delete_iam_tags(id.as_str())?;
                tx.delete_role(&id).map_err(Failure::from)
            })
            .await
    }
}
