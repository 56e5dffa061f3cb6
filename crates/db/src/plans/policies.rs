//! Statements about policies, rights, providers and instance profiles.

use names::{IamPath, IdKind, InstanceProfileName, PolicyName, RegistryId};

use super::samples::{PAGE, REPOSITORY, account, arn, now, policy_arn, registry, unique_id};
use crate::rows::registry::RegistryKey;
use crate::{DbError, Tx};

pub(super) fn run_statements_about_rights(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let RegistryId { account, .. } = registry();
    let id = unique_id(IdKind::User);
    tx.account_is_closed(&account)?;
    tx.put_denial("request", &account, "{}", now())?;
    tx.find_denial("request", &account)?;
    tx.find_denial_moment(PAGE, now())?;
    tx.delete_denials_before(now())?;
    tx.find_user_standing(&id)?;
    tx.find_role_standing(&id)?;
    tx.list_group_ids(&id)?;
    tx.find_default_document(&account, &IamPath::root(), &PolicyName::parse("push").unwrap())?;
    tx.list_tags_of_holder(&id)?;
    tx.find_repository_standing(&arn())?;
    tx.find_repository_policy(REPOSITORY)?;
    tx.delete_repository_policy(REPOSITORY)?;
    tx.find_registry_policy(&registry())?;
    tx.list_repository_policies(Some(REPOSITORY), PAGE)?;
    tx.list_registry_policies(Some(RegistryKey(1)), PAGE)?;
    tx.list_trust_policies(Some(&id), PAGE)?;
    tx.policies_name_by_ids()?;
    tx.note_policies_by_ids()?;
    tx.is_named_early(&account)?;
    tx.note_named_early(&account)?;
    tx.delete_registry_policy(RegistryKey(1))
}

pub(super) fn run_statements_about_policies(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let (id, holder) = (unique_id(IdKind::ManagedPolicy), unique_id(IdKind::User));
    let (account, name) = (account(), PolicyName::parse("push").unwrap());
    tx.find_policy(&account, &name)?;
    tx.list_policies(&account, "/", "a", PAGE)?;
    tx.count_policies(&account)?;
    tx.put_policy_versions(&id, 1, 1, now())?;
    tx.find_policy_version(&id, 1)?;
    tx.list_policy_versions(&id)?;
    tx.delete_policy_version(&id, 1)?;
    tx.delete_policy(&id)?;
    tx.put_inline_policy(&holder, &name, "{}")?;
    tx.find_inline_policy(&holder, &name)?;
    tx.list_inline_policies(&holder)?;
    tx.delete_inline_policy(&holder, &name)?;
    tx.detach_policy(&holder, &policy_arn())?;
    tx.list_users_with_boundary(&account, &policy_arn(), PAGE)?;
    tx.count_users_with_boundary(&account, &policy_arn())?;
    tx.list_attachments(&holder)?;
    tx.list_policy_holders(&account, &policy_arn(), "A", PAGE)?;
    tx.count_policy_holders(&account, &policy_arn()).map(drop)
}

pub(super) fn run_statements_about_providers_and_profiles(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let arn = "arn:aws:iam::123456789012:oidc-provider/example.org";
    let (account, url) = (account(), "https://example.org");
    tx.find_oidc_provider(arn)?;
    tx.find_oidc_provider_by_url(&account, url)?;
    tx.list_oidc_providers(&account)?;
    tx.put_oidc_thumbprints(arn, &[])?;
    tx.list_oidc_clients(arn)?;
    tx.delete_oidc_client(arn, "sts.amazonaws.com")?;
    tx.delete_oidc_clients(arn)?;
    tx.delete_oidc_provider(arn)?;
    let (id, role) = (unique_id(IdKind::InstanceProfile), unique_id(IdKind::Role));
    let name = InstanceProfileName::parse("node").unwrap();
    tx.find_instance_profile(&account, &name)?;
    tx.list_instance_profiles(&account, "/", "a", PAGE)?;
    tx.list_instance_profiles_for_role(&role, "a", PAGE)?;
    tx.count_instance_profiles(&account)?;
    tx.put_instance_profile_role(&id, None)?;
    tx.delete_instance_profile(&id)
}
