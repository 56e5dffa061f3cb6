//! AttachUserPolicy, DetachUserPolicy, ListAttachedUserPolicies, and the same for groups and roles.

use db::{Attachment, Tx};
use names::{AccountId, PolicyArn};

use super::find_managed::{Found, find_managed};
use super::holder::{PolicyHolder, require_holder};
use crate::pages::page_of;
use crate::{Failure, Iam, IamRefusal, Missing, Page, Quota};

/// Managed policies of one user, group or role. IAM's default quota.
const ATTACHMENTS_MAX: usize = 10;

impl Iam {
    /// Attaches a managed policy. Nothing happens if it is attached.
    pub async fn attach_policy(
        &self,
        account: &AccountId,
        holder: PolicyHolder,
        policy_arn: PolicyArn,
    ) -> Result<(), Failure> {
        let (of, now) = (account.clone(), self.now());
        self.rows
            .change_rights(account, move |tx| {
                let id = require_holder(tx, &of, &holder)?;
                let attachment = require_attachable(tx, &of, &policy_arn, &holder)?;
                tx.attach_policy(&of, &id, &attachment, now)?;
                if tx.list_attachments(&id)?.len() > ATTACHMENTS_MAX {
                    let quota = Quota::Named(quota_of(&holder), ATTACHMENTS_MAX);
                    return Err(Failure::from(quota));
                }
                Ok(())
            })
            .await
    }

    /// Detaches a managed policy.
    pub async fn detach_policy(
        &self,
        account: &AccountId,
        holder: PolicyHolder,
        policy_arn: PolicyArn,
    ) -> Result<(), Failure> {
        let of = account.clone();
        self.rows
            .change_rights(account, move |tx| {
                let id = require_holder(tx, &of, &holder)?;
                if tx.detach_policy(&id, &policy_arn)? {
                    return Ok(());
                }
                Err(Failure::from(Missing::Attachment(policy_arn.to_string())))
            })
            .await
    }

    /// One page of the managed policies of a user, group or role whose paths begin with the prefix.
    pub async fn list_attached_policies(
        &self,
        account: &AccountId,
        holder: PolicyHolder,
        path_prefix: String,
        page: Page,
    ) -> Result<Vec<Attachment>, Failure> {
        let account = account.clone();
        self.rows
            .read(move |tx| {
                let id = require_holder(tx, &account, &holder)?;
                let all = tx.list_attachments(&id)?.into_iter();
                let filed = all.filter(|held| held.policy_arn.path().starts_with(&path_prefix));
                Ok(page_of(&page, filed, |held| held.policy_arn.to_string()))
            })
            .await
    }
}

fn quota_of(holder: &PolicyHolder) -> &'static str {
    match holder {
        PolicyHolder::User(_) => "PoliciesPerUser",
        PolicyHolder::Group(_) => "PoliciesPerGroup",
        PolicyHolder::Role(_) => "PoliciesPerRole",
    }
}

fn require_attachable(
    tx: &mut Tx<'_>,
    account: &AccountId,
    policy_arn: &PolicyArn,
    holder: &PolicyHolder,
) -> Result<Attachment, Failure> {
    let found = find_managed(tx, account, policy_arn)?
        .ok_or_else(|| Missing::AttachablePolicy(policy_arn.clone()))?;
    if matches!(&found, Found::Aws(policy) if policy.is_service_linked()) {
        let whom = match holder {
            PolicyHolder::User(_) => "User",
            PolicyHolder::Group(_) => "Group",
            PolicyHolder::Role(_) => "Role",
        };
        let words = format!("Cannot attach a Service Role Policy to a Customer {whom}.");
        return Err(IamRefusal::PolicyNotAttachable(words).into());
    }
    Ok(Attachment { policy_arn: policy_arn.clone(), policy_name: found.name() })
}
