//! Statements about accounts, access keys, users, groups and roles.

use names::{GroupName, IamPath, IdKind, RoleIdentity, RoleName, UserIdentity};

use super::samples::{PAGE, account, now, policy_arn, registry, unique_id, user};
use crate::{DbError, IamGroup, IamRole, KeyOwner, KeyUse, Tx};

pub(super) fn run_statements_about_accounts_and_keys(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let account = registry().account;
    tx.insert_account(&account, now())?;
    tx.find_account(&account)?;
    tx.account_is_open(&account)?;
    tx.list_accounts(Some("1"), PAGE)?;
    tx.close_account(&account, now())?;
    let (id, owner) = ("AKIAIOSFODNN7EXAMPLE".to_owned(), KeyOwner::Root);
    tx.find_access_key(&id)?;
    tx.list_access_keys(&account, &owner, Some("A"), PAGE)?;
    tx.put_access_key_active(&account, &owner, &id, true)?;
    tx.delete_access_key(&account, &owner, &id)?;
    tx.delete_other_access_keys(&account, &owner, &id)?;
    let used = KeyUse { at: now(), region: registry().region, service: "ecr".to_owned() };
    tx.record_key_use(&id, &used)
}

pub(super) fn run_statements_about_users_and_groups(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let user = user();
    let UserIdentity { account, id, path, name } = &user.identity;
    let group = IamGroup {
        account: account.clone(),
        id: unique_id(IdKind::Group),
        path: path.clone(),
        name: GroupName::parse("developers").unwrap(),
        created_at: now(),
    };
    tx.insert_iam_user(&user)?;
    tx.find_iam_user(account, name)?;
    tx.find_iam_user_by_id(id)?;
    tx.list_iam_users(account, "/", Some("a"), PAGE)?;
    tx.count_iam_users(account)?;
    tx.put_iam_user_name(id, path, name)?;
    tx.put_iam_user_boundary(id, None)?;
    tx.insert_iam_group(&group)?;
    tx.find_iam_group(account, &group.name)?;
    tx.find_iam_group_by_id(&group.id)?;
    tx.list_iam_groups(account, "/", Some("a"), PAGE)?;
    tx.count_iam_groups(account)?;
    tx.put_iam_group_name(&group.id, path, &group.name)?;
    tx.add_group_member(&group.id, id)?;
    tx.list_group_members(&group.id, Some("A"), PAGE)?;
    tx.list_groups_of_user(id, Some("A"), PAGE)?;
    tx.delete_group_member(&group.id, id)?;
    tx.put_iam_tag(id.as_str(), "Team", "a")?;
    tx.list_iam_tags(id.as_str(), Some("a"), PAGE)?;
    tx.delete_iam_tag(id.as_str(), "team")?;
    tx.delete_iam_tags(id.as_str())?;
    tx.holder_has_inline_policies(id.as_str())?;
    tx.holder_has_attachments(id.as_str())?;
    tx.delete_iam_group(&group.id)?;
    tx.delete_iam_user(id)
}

pub(super) fn run_statements_about_roles(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let id = unique_id(IdKind::Role);
    let name = RoleName::parse("ci").unwrap();
    let (account, path) = (account(), IamPath::root());
    tx.find_role(&account, &name)?;
    tx.find_role_by_id(&id)?;
    tx.list_roles(&account, "/", "a", PAGE)?;
    tx.count_roles(&account)?;
    tx.put_role_settings(&id, None, 3600)?;
    tx.put_role_trust_policy(&id, "{}")?;
    tx.put_role_boundary(&id, Some(&policy_arn()))?;
    tx.record_role_use(&id, now(), &registry().region)?;
    tx.list_roles_with_boundary(&account, &policy_arn(), "a", PAGE)?;
    tx.count_roles_with_boundary(&account, &policy_arn())?;
    tx.delete_role(&id)?;
    let identity = RoleIdentity { account, id, path, name };
    let role = IamRole {
        identity,
        trust_policy: "{}".to_owned(),
        description: None,
        max_session_seconds: 3600,
        boundary: None,
        created_at: now(),
        last_used: None,
    };
    // Whether the account exists does not matter: the plan is noted.
    tx.insert_role(&role).ok();
    Ok(())
}
