//! GetAccountAuthorizationDetails.

use db::{Attachment, IamGroup, IamUser, Tx};
use names::{AccountId, GroupName, PolicyName};

use crate::aws_managed;
use crate::entity::TAGS_MAX;
use crate::pages::ENTRY_BYTES;
use crate::policy::Found;
use crate::policy::ManagedPolicy;
use crate::policy::{PolicyVersion, list_versions};
use crate::role::{DescribedInstanceProfile, described_profile};
use crate::role::{DescribedRole, described_role};
use crate::{BoundedRows, Failure, Iam, Page};

/// The policies that a user, group or role has.
#[derive(Debug, Clone)]
pub struct HeldPolicies {
    /// Its own.
    pub inline: Vec<(PolicyName, String)>,
    /// Managed ones.
    pub attached: Vec<Attachment>,
}

/// One user, group, role or managed policy of an account, with all its policies.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the fields are what they are called")]
pub enum AuthorizationDetail {
    User {
        user: IamUser,
        groups: Vec<GroupName>,
        policies: HeldPolicies,
        tags: Vec<(String, String)>,
    },
    Group {
        group: IamGroup,
        policies: HeldPolicies,
    },
    Role {
        role: DescribedRole,
        profiles: Vec<DescribedInstanceProfile>,
        policies: HeldPolicies,
    },
    Policy {
        policy: ManagedPolicy,
        versions: Vec<PolicyVersion>,
    },
}

/// The parts of an account to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DetailKind {
    /// Users.
    User,
    /// Groups.
    Group,
    /// Roles.
    Role,
    /// The account's own managed policies.
    LocalManagedPolicy,
    /// Managed policies of AWS's.
    AwsManagedPolicy,
}

impl DetailKind {
    /// Every kind, in the order in which they are shown.
    pub const ALL: [Self; 5] =
        [Self::User, Self::Group, Self::Role, Self::LocalManagedPolicy, Self::AwsManagedPolicy];

    fn letter(self) -> char {
        match self {
            Self::User => 'a',
            Self::Group => 'b',
            Self::Role => 'c',
            Self::LocalManagedPolicy => 'd',
            Self::AwsManagedPolicy => 'e',
        }
    }
}

impl HeldPolicies {
    fn size_bytes(&self) -> usize {
        let inline = self.inline.iter().map(|(_, document)| ENTRY_BYTES + document.len());
        inline.sum::<usize>() + ENTRY_BYTES * self.attached.len()
    }
}

impl AuthorizationDetail {
    /// About how much its description takes.
    fn size_bytes(&self) -> usize {
        ENTRY_BYTES
            + match self {
                Self::User { policies, tags, .. } => {
                    policies.size_bytes() + ENTRY_BYTES * tags.len()
                }
                Self::Group { policies, .. } => policies.size_bytes(),
                Self::Role { role, profiles, policies } => {
                    let profiles = profiles.iter().map(DescribedInstanceProfile::size_bytes);
                    role.size_bytes() + profiles.sum::<usize>() + policies.size_bytes()
                }
                Self::Policy { versions, .. } => {
                    versions.iter().map(|version| ENTRY_BYTES + version.document.len()).sum()
                }
            }
    }

    /// Its position in a list: by kind, and then by name in lower case.
    pub fn position(&self) -> String {
        let (kind, folded) = match self {
            Self::User { user, .. } => (DetailKind::User, user.identity.name.folded()),
            Self::Group { group, .. } => (DetailKind::Group, group.name.folded()),
            Self::Role { role, .. } => (DetailKind::Role, role.role.identity.name.folded()),
            Self::Policy { policy, .. } if policy.arn.is_of_aws() => {
                (DetailKind::AwsManagedPolicy, policy.name.folded())
            }
            Self::Policy { policy, .. } => (DetailKind::LocalManagedPolicy, policy.name.folded()),
        };
        format!("{}{folded}", kind.letter())
    }
}

impl Iam {
    /// One page of all principals and policies of an account.
    pub async fn get_account_authorization_details(
        &self,
        account: &AccountId,
        kinds: Vec<DetailKind>,
        page: Page,
    ) -> Result<BoundedRows<AuthorizationDetail>, Failure> {
        let account = account.clone();
        self.rows
            .read_at_length(move |tx| {
                let some = |last: Option<&AuthorizationDetail>, limit| {
                    let last = last.map(AuthorizationDetail::position);
                    list_some(
                        tx,
                        &account,
                        &kinds,
                        last.as_deref().or(page.after.as_deref()),
                        limit,
                    )
                };
                BoundedRows::read(page.limit, some, AuthorizationDetail::size_bytes)
            })
            .await
    }
}

fn list_some(
    tx: &mut Tx<'_>,
    account: &AccountId,
    kinds: &[DetailKind],
    position: Option<&str>,
    limit: u32,
) -> Result<Vec<AuthorizationDetail>, Failure> {
    let mut found = Vec::new();
    for kind in DetailKind::ALL.into_iter().filter(|kind| kinds.contains(kind)) {
        let left = limit.saturating_sub(u32::try_from(found.len()).unwrap_or(limit));
        let Some(after) = after(kind, position) else { continue };
        if left > 0 {
            list(tx, account, kind, after, left, &mut found)?;
        }
    }
    Ok(found)
}

/// After which name to begin in one kind; `None` if the page begins after the whole kind.
fn after(kind: DetailKind, position: Option<&str>) -> Option<&str> {
    let Some(position) = position else { return Some("") };
    match position.strip_prefix(kind.letter()) {
        Some(folded) => Some(folded),
        None if position.chars().next() < Some(kind.letter()) => Some(""),
        None => None,
    }
}

fn list(
    tx: &mut Tx<'_>,
    account: &AccountId,
    kind: DetailKind,
    after: &str,
    limit: u32,
    found: &mut Vec<AuthorizationDetail>,
) -> Result<(), Failure> {
    match kind {
        DetailKind::User => {
            for user in tx.list_iam_users(account, "/", Some(after), limit)? {
                found.push(user_detail(tx, user)?);
            }
        }
        DetailKind::Group => {
            for group in tx.list_iam_groups(account, "/", Some(after), limit)? {
                let policies = held(tx, &group.id)?;
                found.push(AuthorizationDetail::Group { group, policies });
            }
        }
        DetailKind::Role => {
            for role in tx.list_roles(account, "/", after, limit)? {
                let id = role.identity.id.clone();
                let role = described_role(tx, role)?;
                let profiles = tx.list_instance_profiles_for_role(&id, "", PROFILES_SHOWN_MAX)?;
                let profiles = profiles.into_iter().map(|profile| described_profile(tx, profile));
                let profiles = profiles.collect::<Result<_, _>>()?;
                let policies = held(tx, &id)?;
                found.push(AuthorizationDetail::Role { role, profiles, policies });
            }
        }
        DetailKind::LocalManagedPolicy => {
            for policy in tx.list_policies(account, "/", after, limit)? {
                let local = Found::Local(policy.clone());
                let versions = list_versions(tx, &local)?;
                let policy = ManagedPolicy::of_account(tx, policy)?;
                found.push(AuthorizationDetail::Policy { policy, versions });
            }
        }
        DetailKind::AwsManagedPolicy => list_aws_policies(tx, account, after, limit, found)?,
    }
    Ok(())
}

/// Instance profiles that are shown of one role.
const PROFILES_SHOWN_MAX: u32 = 100;

fn user_detail(tx: &mut Tx<'_>, user: IamUser) -> Result<AuthorizationDetail, Failure> {
    let id = user.identity.id.clone();
    let groups = tx.list_groups_of_user(&id, None, GROUPS_MAX)?;
    let groups = groups.into_iter().map(|group| group.name).collect();
    let tags = tx.list_iam_tags(id.as_str(), None, TAGS_MAX)?;
    Ok(AuthorizationDetail::User { user, groups, policies: held(tx, &id)?, tags })
}

/// Groups that one user is in. IAM's quota.
const GROUPS_MAX: u32 = 10;

fn held(tx: &mut Tx<'_>, holder: &names::UniqueId) -> Result<HeldPolicies, Failure> {
    let inline = tx.list_inline_policies(holder)?;
    Ok(HeldPolicies { inline, attached: tx.list_attachments(holder)? })
}

/// AWS shows those of its policies that the account uses.
fn list_aws_policies(
    tx: &mut Tx<'_>,
    account: &AccountId,
    after: &str,
    limit: u32,
    found: &mut Vec<AuthorizationDetail>,
) -> Result<(), Failure> {
    let mut left = limit;
    for aws in aws_managed::ALL {
        if left == 0 || aws.name.to_ascii_lowercase().as_str() <= after {
            continue;
        }
        let policy = ManagedPolicy::of_aws(tx, account, aws)?;
        if policy.attachments + policy.boundary_uses > 0 {
            let versions = list_versions(tx, &Found::Aws(aws))?;
            found.push(AuthorizationDetail::Policy { policy, versions });
            left -= 1;
        }
    }
    Ok(())
}
