//! GetAccountSummary.

use db::KeyOwner;
use names::AccountId;

use crate::access_key::KEYS_MAX;
use crate::group::GROUPS_MAX;
use crate::group::GROUPS_PER_USER_MAX;
use crate::user::USERS_MAX;
use crate::{Failure, Iam};

/// The contents of an account, counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountSummary {
    /// Its users.
    pub users: u64,
    /// Its groups.
    pub groups: u64,
    /// Its roles.
    pub roles: u64,
    /// Its managed policies.
    pub policies: u64,
    /// Its instance profiles.
    pub instance_profiles: u64,
    /// Its OIDC providers.
    pub providers: usize,
    /// Has its root user a key?
    pub root_has_keys: bool,
}

impl AccountSummary {
    /// The most users of an account.
    pub const USERS_MAX: u32 = USERS_MAX;
    /// The most groups of an account.
    pub const GROUPS_MAX: u32 = GROUPS_MAX;
    /// Groups that one user can be in.
    pub const GROUPS_PER_USER_MAX: u32 = GROUPS_PER_USER_MAX;
    /// Keys that one user can have.
    pub const KEYS_PER_USER_MAX: u32 = KEYS_MAX;
}

impl Iam {
    /// Counts an account's contents. Every count is bounded by a quota.
    pub async fn get_account_summary(
        &self,
        account: &AccountId,
    ) -> Result<AccountSummary, Failure> {
        let account = account.clone();
        self.rows
            .read(move |tx| {
                Ok(AccountSummary {
                    users: tx.count_iam_users(&account)?,
                    groups: tx.count_iam_groups(&account)?,
                    roles: tx.count_roles(&account)?,
                    policies: tx.count_policies(&account)?,
                    instance_profiles: tx.count_instance_profiles(&account)?,
                    providers: tx.list_oidc_providers(&account)?.len(),
                    root_has_keys: !tx
                        .list_access_keys(&account, &KeyOwner::Root, None, 1)?
                        .is_empty(),
                })
            })
            .await
    }
}
