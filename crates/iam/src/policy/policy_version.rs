//! CreatePolicyVersion, GetPolicyVersion, ListPolicyVersions, SetDefaultPolicyVersion,
//! DeletePolicyVersion.

use db::{IamPolicyVersion, Tx};
use names::{AccountId, PolicyArn, Timestamp};
use policy::IdentityPolicy;

use super::find_managed::{Found, require_local, require_managed};
use super::managed_policy::require_size;
use crate::{Conflict, Failure, Iam, Missing, Page, Quota};

/// Versions of one managed policy. IAM's quota, which cannot be raised.
const VERSIONS_MAX: usize = 5;

/// One version of a managed policy.
#[derive(Debug, Clone)]
pub struct PolicyVersion {
    /// 1 and up.
    pub version: u64,
    /// The policy, as JSON.
    pub document: String,
    /// Is it the version that holds?
    pub is_default: bool,
    /// When it was made.
    pub created_at: Timestamp,
}

impl PolicyVersion {
    /// Its position in a list, which begins with the newest.
    pub fn position(&self) -> String {
        format!("{:020}", u64::MAX - self.version)
    }

    fn new(kept: IamPolicyVersion, default_version: u64) -> Self {
        let IamPolicyVersion { version, document, created_at } = kept;
        Self { version, document, is_default: version == default_version, created_at }
    }
}

/// All versions of a managed policy, the newest first.
pub(crate) fn list_versions(tx: &mut Tx<'_>, found: &Found) -> Result<Vec<PolicyVersion>, Failure> {
    Ok(match found {
        Found::Aws(policy) => vec![PolicyVersion {
            version: policy.version,
            document: policy.document.to_owned(),
            is_default: true,
            created_at: policy.updated_at(),
        }],
        Found::Local(policy) => {
            let kept = tx.list_policy_versions(&policy.id)?.into_iter();
            kept.map(|kept| PolicyVersion::new(kept, policy.default_version)).collect()
        }
    })
}

/// The number in `v3`.
fn number(version: &str) -> Option<u64> {
    version.strip_prefix('v')?.parse().ok()
}

fn missing(policy_arn: &PolicyArn, version: &str) -> Failure {
    let (policy_arn, version) = (policy_arn.clone(), version.to_owned());
    Missing::PolicyVersion { policy_arn, version }.into()
}

impl Iam {
    /// Makes a version of a managed policy of the account.
    pub async fn create_policy_version(
        &self,
        account: &AccountId,
        arn: PolicyArn,
        document: IdentityPolicy,
        set_as_default: bool,
    ) -> Result<PolicyVersion, Failure> {
        require_size(&document)?;
        let (of, now) = (account.clone(), self.now());
        self.rows
            .change_rights(account, move |tx| {
                let policy = require_local(tx, &of, &arn)?;
                if tx.list_policy_versions(&policy.id)?.len() >= VERSIONS_MAX {
                    return Err(Failure::from(Quota::PolicyVersions(VERSIONS_MAX)));
                }
                let version = policy.last_version + 1;
                let document = document.as_str().to_owned();
                let kept = IamPolicyVersion { version, document, created_at: now };
                tx.insert_policy_version(&policy.id, &kept)?;
                let default = if set_as_default { version } else { policy.default_version };
                tx.put_policy_versions(&policy.id, default, version, now)?;
                Ok(PolicyVersion::new(kept, default))
            })
            .await
    }

    /// One version of a managed policy.
    pub async fn get_policy_version(
        &self,
        account: &AccountId,
        arn: PolicyArn,
        version: String,
    ) -> Result<PolicyVersion, Failure> {
        let account = account.clone();
        self.rows
            .read(move |tx| {
                let found = require_managed(tx, &account, &arn)?;
                let mut versions = list_versions(tx, &found)?.into_iter();
                let wanted = number(&version);
                versions
                    .find(|kept| Some(kept.version) == wanted)
                    .ok_or_else(|| missing(&arn, &version))
            })
            .await
    }

    /// One page of the versions of a managed policy, the newest first.
    pub async fn list_policy_versions(
        &self,
        account: &AccountId,
        arn: PolicyArn,
        page: Page,
    ) -> Result<Vec<PolicyVersion>, Failure> {
        let account = account.clone();
        self.rows
            .read(move |tx| {
                let found = require_managed(tx, &account, &arn)?;
                let versions = list_versions(tx, &found)?.into_iter();
                Ok(crate::pages::page_of(&page, versions, PolicyVersion::position))
            })
            .await
    }

    /// Makes a version the one that holds.
    pub async fn set_default_policy_version(
        &self,
        account: &AccountId,
        arn: PolicyArn,
        version: String,
    ) -> Result<(), Failure> {
        let (of, now) = (account.clone(), self.now());
        self.rows
            .change_rights(account, move |tx| {
                let policy = require_local(tx, &of, &arn)?;
                let wanted = number(&version).ok_or_else(|| missing(&arn, &version))?;
                if tx.find_policy_version(&policy.id, wanted)?.is_none() {
                    return Err(missing(&arn, &version));
                }
                tx.put_policy_versions(&policy.id, wanted, policy.last_version, now)
                    .map_err(Failure::from)
            })
            .await
    }

    /// Deletes a version that is not the default.
    pub async fn delete_policy_version(
        &self,
        account: &AccountId,
        arn: PolicyArn,
        version: String,
    ) -> Result<(), Failure> {
        let of = account.clone();
        self.rows
            .change_rights(account, move |tx| {
                let policy = require_local(tx, &of, &arn)?;
                let wanted = number(&version).ok_or_else(|| missing(&arn, &version))?;
                if wanted == policy.default_version {
                    return Err(Failure::from(Conflict::DefaultVersion));
                }
                if tx.delete_policy_version(&policy.id, wanted)? {
                    return Ok(());
                }
                Err(missing(&arn, &version))
            })
            .await
    }
}
