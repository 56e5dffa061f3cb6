//! CreatePolicy, GetPolicy, ListPolicies, DeletePolicy.

use db::{IamPolicy, IamPolicyVersion, Tx};
use names::{AccountId, IamPath, IdKind, PolicyArn, PolicyName, Timestamp, UniqueId};
use policy::IdentityPolicy;

use super::find_managed::{Found, require_local, require_managed};
use crate::aws_managed::{self, AwsManagedPolicy};
use crate::entity::{TAGS_MAX, put_tags};
use crate::pages::page_of;
use crate::{Conflict, Failure, Iam, Page, Quota, Taken};

/// Managed policies of one account. IAM's default quota.
const POLICIES_MAX: u32 = 1_500;

/// Characters of a managed policy without white space. IAM's quota, which cannot be raised.
const POLICY_SIZE_MAX: usize = 6_144;

/// A managed policy to be made.
#[derive(Debug, Clone)]
pub struct NewManagedPolicy {
    /// Its path.
    pub path: IamPath,
    /// Its name.
    pub name: PolicyName,
    /// The policy.
    pub document: IdentityPolicy,
    /// Its description.
    pub description: Option<String>,
    /// Tags, in the order given.
    pub tags: Vec<(String, String)>,
}

/// A managed policy, of the account or of AWS, as the account sees it.
#[derive(Debug, Clone)]
pub struct ManagedPolicy {
    /// Its ARN.
    pub arn: PolicyArn,
    /// `ANPA…`.
    pub id: UniqueId,
    /// Its path.
    pub path: IamPath,
    /// Its name.
    pub name: PolicyName,
    /// Its description.
    pub description: Option<String>,
    /// The version that holds.
    pub default_version: u64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When a version was last made or chosen.
    pub updated_at: Timestamp,
    /// How many users, groups and roles of the account have it.
    pub attachments: u64,
    /// How many users and roles of the account it bounds.
    pub boundary_uses: u64,
    /// Its tags.
    pub tags: Vec<(String, String)>,
}

/// Which managed policies to list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PolicyScope {
    /// The account's own and AWS's.
    All,
    /// AWS's.
    Aws,
    /// The account's own.
    Local,
}

/// How a managed policy is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PolicyUsage {
    /// It grants permissions.
    Permissions,
    /// It bounds.
    Boundary,
}

/// Which managed policies to list.
#[derive(Debug, Clone)]
pub struct PolicyFilter {
    /// Whose policies.
    pub scope: PolicyScope,
    /// Only those that are used?
    pub only_attached: bool,
    /// How their paths begin.
    pub path_prefix: String,
    /// Only those that are for this.
    pub usage: Option<PolicyUsage>,
}

impl ManagedPolicy {
    /// Its position in a list: the account's own before AWS's, each by name in lower case.
    pub fn position(&self) -> String {
        position(self.arn.is_of_aws(), &self.name)
    }

    pub(crate) fn of_aws(
        tx: &mut Tx<'_>,
        account: &AccountId,
        policy: &AwsManagedPolicy,
    ) -> Result<Self, Failure> {
        let arn = policy.arn();
        Ok(Self {
            id: policy.unique_id(),
            path: policy.iam_path(),
            name: policy.policy_name(),
            description: None,
            default_version: policy.version,
            created_at: policy.created_at(),
            updated_at: policy.updated_at(),
            attachments: tx.count_policy_holders(account, &arn)?,
            boundary_uses: boundary_uses(tx, account, &arn)?,
            tags: Vec::new(),
            arn,
        })
    }

    pub(crate) fn of_account(tx: &mut Tx<'_>, policy: IamPolicy) -> Result<Self, Failure> {
        let arn = policy.arn();
        let IamPolicy { id, account, path, name, description, default_version, .. } = policy;
        Ok(Self {
            attachments: tx.count_policy_holders(&account, &arn)?,
            boundary_uses: boundary_uses(tx, &account, &arn)?,
            tags: tx.list_iam_tags(id.as_str(), None, TAGS_MAX)?,
            arn,
            id,
            path,
            name,
            description,
            default_version,
            created_at: policy.created_at,
            updated_at: policy.updated_at,
        })
    }
}

fn boundary_uses(tx: &mut Tx<'_>, account: &AccountId, arn: &PolicyArn) -> Result<u64, Failure> {
    let users = tx.count_users_with_boundary(account, arn)?;
    Ok(users + tx.count_roles_with_boundary(account, arn)?)
}

/// Holds the document of a managed policy to IAM's quota.
pub(crate) fn require_size(document: &IdentityPolicy) -> Result<(), Failure> {
    if document.size() > POLICY_SIZE_MAX {
        return Err(Quota::Named("PolicySize", POLICY_SIZE_MAX).into());
    }
    Ok(())
}

impl Iam {
    /// Makes a managed policy.
    pub async fn create_policy(
        &self,
        account: &AccountId,
        new: NewManagedPolicy,
    ) -> Result<ManagedPolicy, Failure> {
        require_size(&new.document)?;
        let (of, now) = (account.clone(), self.now());
        let id = UniqueId::from_random(IdKind::ManagedPolicy, keys::random());
        self.rows
            .change_rights(account, move |tx| {
                let NewManagedPolicy { path, name, document, description, tags } = &new;
                let policy = IamPolicy {
                    id: id.clone(),
                    account: of.clone(),
                    path: path.clone(),
                    name: name.clone(),
                    description: description.clone(),
                    default_version: 1,
                    last_version: 1,
                    created_at: now,
                    updated_at: now,
                };
                if !tx.insert_policy(&policy)? {
                    return Err(Failure::from(Taken::Policy(name.clone())));
                }
                if tx.count_policies(&of)? > u64::from(POLICIES_MAX) {
                    return Err(Quota::Named("PoliciesPerAccount", POLICIES_MAX as usize).into());
                }
                let document = document.as_str().to_owned();
                let first = IamPolicyVersion { version: 1, document, created_at: now };
                tx.insert_policy_version(&id, &first)?;
                put_tags(tx, id.as_str(), tags)?;
                ManagedPolicy::of_account(tx, policy)
            })
            .await
    }

    /// One managed policy, of the account or of AWS.
    pub async fn get_policy(
        &self,
        account: &AccountId,
        arn: PolicyArn,
    ) -> Result<ManagedPolicy, Failure> {
        let account = account.clone();
        self.rows
            .read(move |tx| match require_managed(tx, &account, &arn)? {
                Found::Aws(policy) => ManagedPolicy::of_aws(tx, &account, policy),
                Found::Local(policy) => ManagedPolicy::of_account(tx, policy),
            })
            .await
    }

    /// One page of managed policies, the account's own before AWS's.
    pub async fn list_policies(
        &self,
        account: &AccountId,
        filter: PolicyFilter,
        page: Page,
    ) -> Result<Vec<ManagedPolicy>, Failure> {
        let account = account.clone();
        self.rows.read(move |tx| list_page(tx, &account, &filter, &page)).await
    }

    /// Deletes an unused managed policy of the account, with its only version.
    pub async fn delete_policy(&self, account: &AccountId, arn: PolicyArn) -> Result<(), Failure> {
        let of = account.clone();
        self.rows
            .change_rights(account, move |tx| {
                let policy = require_local(tx, &of, &arn)?;
                if tx.count_policy_holders(&of, &arn)? + boundary_uses(tx, &of, &arn)? > 0 {
                    return Err(Failure::from(Conflict::Attachments));
                }
                if tx.list_policy_versions(&policy.id)?.len() > 1 {
                    return Err(Conflict::PolicyVersions.into());
                }
                tx.delete_policy_version(&policy.id, policy.default_version)?;
                tx.delete_iam_tags(policy.id.as_str())?;
                tx.delete_policy(&policy.id).map_err(Failure::from)
            })
            .await
    }
}

/// A managed policy that could be listed, of which nothing was counted yet.
enum Listable {
    Local(IamPolicy),
    Aws(&'static AwsManagedPolicy),
}

impl Listable {
    fn position(&self) -> String {
        match self {
            Self::Local(policy) => position(false, &policy.name),
            Self::Aws(policy) => position(true, &policy.policy_name()),
        }
    }

    fn count(self, tx: &mut Tx<'_>, account: &AccountId) -> Result<ManagedPolicy, Failure> {
        match self {
            Self::Local(policy) => ManagedPolicy::of_account(tx, policy),
            Self::Aws(policy) => ManagedPolicy::of_aws(tx, account, policy),
        }
    }
}

/// The position of a policy in a list.
fn position(is_aws: bool, name: &PolicyName) -> String {
    format!("{}{}", if is_aws { 'b' } else { 'a' }, name.folded())
}

/// One page of the policies that pass the filter. Uses are counted only if the filter needs them.
fn list_page(
    tx: &mut Tx<'_>,
    account: &AccountId,
    filter: &PolicyFilter,
    page: &Page,
) -> Result<Vec<ManagedPolicy>, Failure> {
    let mut listable = Vec::new();
    if filter.scope != PolicyScope::Aws {
        let local = tx.list_policies(account, &filter.path_prefix, "", POLICIES_MAX)?;
        listable.extend(local.into_iter().map(Listable::Local));
    }
    if filter.scope != PolicyScope::Local {
        let is_filed_there =
            |policy: &&AwsManagedPolicy| policy.path.starts_with(&filter.path_prefix);
        listable.extend(aws_managed::ALL.iter().filter(is_filed_there).map(Listable::Aws));
    }
    let mut count = |listable: Listable| listable.count(tx, account);
    if filter.only_attached || filter.usage.is_some() {
        let counted = listable.into_iter().map(count).collect::<Result<Vec<_>, _>>()?;
        let shown = counted.into_iter().filter(|policy| filter.lets_through(policy));
        return Ok(page_of(page, shown, ManagedPolicy::position));
    }
    let shown = page_of(page, listable.into_iter(), Listable::position);
    shown.into_iter().map(&mut count).collect()
}

impl PolicyFilter {
    /// A policy for permissions is one that is attached, or that is used for nothing; one for
    /// boundaries is one.
    fn lets_through(&self, policy: &ManagedPolicy) -> bool {
        let (attached, bounding) = (policy.attachments > 0, policy.boundary_uses > 0);
        match (self.usage, self.only_attached) {
            (None, false) => true,
            (None, true) => attached || bounding,
            (Some(PolicyUsage::Permissions), true) => attached,
            (Some(PolicyUsage::Permissions), false) => attached || !bounding,
            (Some(PolicyUsage::Boundary), _) => bounding,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn policies_are_listed_by_what_they_are_used_for() {
        use PolicyUsage::{Boundary, Permissions};
        #[rustfmt::skip]
        let cases = [
            // usage            only attached  idle   attached  bounding  both
            (None,              false,         [true,  true,    true,     true]),
            (None,              true,          [false, true,    true,     true]),
            (Some(Permissions), false,         [true,  true,    false,    true]),
            (Some(Permissions), true,          [false, true,    false,    true]),
            (Some(Boundary),    false,         [false, false,   true,     true]),
            (Some(Boundary),    true,          [false, false,   true,     true]),
        ];
        for (usage, only_attached, expected) in cases {
            let (scope, path_prefix) = (PolicyScope::Local, "/".to_owned());
            let filter = PolicyFilter { scope, only_attached, path_prefix, usage };
            let shown = [(0, 0), (1, 0), (0, 1), (1, 1)].map(|(attachments, boundary_uses)| {
                filter.lets_through(&policy(attachments, boundary_uses))
            });
            assert_eq!(shown, expected, "{usage:?} {only_attached}");
        }
    }

    fn policy(attachments: u64, boundary_uses: u64) -> ManagedPolicy {
        ManagedPolicy {
            arn: PolicyArn::parse("arn:aws:iam::123456789012:policy/p").unwrap(),
            id: UniqueId::from_random(IdKind::ManagedPolicy, [1; 17]),
            path: IamPath::root(),
            name: PolicyName::parse("p").unwrap(),
            description: None,
            default_version: 1,
            created_at: Timestamp::from_seconds(0),
            updated_at: Timestamp::from_seconds(0),
            attachments,
            boundary_uses,
            tags: Vec::new(),
        }
    }
}
