//! GetAccountSummary.

use std::collections::BTreeMap;

use identity::Caller;
use operations::AccountSummary;
use wire::aws::WireRefusal;
use wire::aws::iam::{GetAccountSummaryResponse, SummaryKeyType};
use wire::aws::schema::Nothing;

use super::super::call::{Call, Context};
use super::super::failure::Refused;
use super::entity::WholeAccount;

pub(in crate::doors::aws) struct GetAccountSummary;

impl Call for GetAccountSummary {
    type Input = Nothing;
    type Target = WholeAccount;
    type Output = GetAccountSummaryResponse;

    fn target(caller: &Caller, _input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(WholeAccount(caller.account().clone()))
    }

    async fn act(
        context: &Context<'_>,
        WholeAccount(account): Self::Target,
        _input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let summary = context.operations().get_account_summary(&account).await?;
        Ok(GetAccountSummaryResponse { summary_map: Some(write(&summary)) })
    }
}

fn write(summary: &AccountSummary) -> BTreeMap<SummaryKeyType, i64> {
    let AccountSummary {
        users,
        groups,
        roles,
        policies,
        instance_profiles,
        providers,
        root_has_keys,
    } = summary;
    let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    BTreeMap::from([
        (SummaryKeyType::Users, count(*users)),
        (SummaryKeyType::UsersQuota, i64::from(AccountSummary::USERS_MAX)),
        (SummaryKeyType::Groups, count(*groups)),
        (SummaryKeyType::GroupsQuota, i64::from(AccountSummary::GROUPS_MAX)),
        (SummaryKeyType::GroupsPerUserQuota, i64::from(AccountSummary::GROUPS_PER_USER_MAX)),
        (SummaryKeyType::AccessKeysPerUserQuota, i64::from(AccountSummary::KEYS_PER_USER_MAX)),
        (SummaryKeyType::Roles, count(*roles)),
        (SummaryKeyType::Policies, count(*policies)),
        (SummaryKeyType::InstanceProfiles, count(*instance_profiles)),
        (SummaryKeyType::Providers, i64::try_from(*providers).unwrap_or(i64::MAX)),
        (SummaryKeyType::AccountAccessKeysPresent, i64::from(*root_has_keys)),
    ])
}
