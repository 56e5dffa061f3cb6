//! AttachUserPolicy, DetachUserPolicy, ListAttachedUserPolicies, and the same for groups and roles.

use db::{Attachment, Tx};
use names::AccountId;

use super::holder::{PolicyHolder, require_holder};
use super::policy_arn::{Found, find_managed};
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
        policy_arn: String,
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
        policy_arn: String,
    ) -> Result<(), Failure> {
        let of = account.clone();
        self.rows
            .change_rights(account, move |tx| {
                let id = require_holder(tx, &of, &holder)?;
                if tx.detach_policy(&id, &policy_arn)? {
                    return Ok(());
                }
                Err(Failure::from(Missing::Attachment(policy_arn.clone())))
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
                let filed = all.filter(|held| path_of(&held.policy_arn).starts_with(&path_prefix));
                Ok(page_of(&page, filed, |held| held.policy_arn.clone()))
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
    policy_arn: &str,
    holder: &PolicyHolder,
) -> Result<Attachment, Failure> {
    let found = find_managed(tx, account, policy_arn)?
        .ok_or_else(|| Missing::AttachablePolicy(policy_arn.to_owned()))?;
    if matches!(&found, Found::Aws(policy) if policy.is_service_linked()) {
        let whom = match holder {
            PolicyHolder::User(_) => "User",
            PolicyHolder::Group(_) => "Group",
            PolicyHolder::Role(_) => "Role",
        };
        let words = format!("Cannot attach a Service Role Policy to a Customer {whom}.");
        return Err(IamRefusal::PolicyNotAttachable(words).into());
    }
    Ok(Attachment { policy_arn: policy_arn.to_owned(), policy_name: found.name() })
}

/// The path in a managed policy's ARN, with both of its slashes.
fn path_of(policy_arn: &str) -> &str {
    let path_and_name = policy_arn.split_once(":policy").map_or("/", |(_, rest)| rest);
    let end = path_and_name.rfind('/').map_or(0, |slash| slash + 1);
    &path_and_name[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arn_says_where_its_policy_is_filed() {
        #[rustfmt::skip]
        let cases = [
            ("arn:aws:iam::123456789012:policy/push",      "/",             "filed nowhere"),
            ("arn:aws:iam::123456789012:policy/team/push", "/team/",        "filed with a team"),
            ("arn:aws:iam::aws:policy/service-role/X",     "/service-role/", "AWS's"),
        ];
        for (arn, path, because) in cases {
            assert_eq!(path_of(arn), path, "{arn}: {because}");
        }
    }
}
