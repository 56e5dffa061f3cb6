//! GetAccountSummary.

use std::collections::BTreeMap;

use iam::AccountSummary;
use identity::Caller;
use names::AccountId;
use wire::aws::WireRefusal;
use wire::aws::iam::{GetAccountSummaryResponse, SummaryKeyType};
use wire::aws::schema::Nothing;

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;

pub(in crate::doors::aws) struct GetAccountSummary;

impl Call for GetAccountSummary {
    type Input = Nothing;
    type Target = AccountId;
    type Output = GetAccountSummaryResponse;

    fn target(caller: &Caller, _input: &Nothing) -> Result<AccountId, WireRefusal> {
        Ok(caller.account().clone())
    }

    async fn act(
        context: &Context<'_>,
        account: AccountId,
        _input: Nothing,
    ) -> Result<Self::Output, Refused> {
        let summary = context.iam().get_account_summary(&account).await?;
        Ok(GetAccountSummaryResponse { summary_map: Some(write(&summary)) })
    }
}

fn write(summary: &AccountSummary) -> BTreeMap<SummaryKeyType, i64> {
    use SummaryKeyType as Key;
    let AccountSummary {
        users,
        groups,
        roles,
        policies,
        instance_profiles,
        providers,
        root_has_keys,
    } = summary;
    let count = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    BTreeMap::from([
        (Key::Users, count(*users)),
        (Key::UsersQuota, AccountSummary::USERS_MAX.into()),
        (Key::Groups, count(*groups)),
        (Key::GroupsQuota, AccountSummary::GROUPS_MAX.into()),
        (Key::GroupsPerUserQuota, AccountSummary::GROUPS_PER_USER_MAX.into()),
        (Key::AccessKeysPerUserQuota, AccountSummary::KEYS_PER_USER_MAX.into()),
        (Key::Roles, count(*roles)),
        (Key::Policies, count(*policies)),
        (Key::InstanceProfiles, count(*instance_profiles)),
        (Key::Providers, i64::try_from(*providers).unwrap_or(i64::MAX)),
        (Key::AccountAccessKeysPresent, i64::from(*root_has_keys)),
        // No user has a password, a certificate or a second factor here.
        (Key::AccountPasswordPresent, 0),
        (Key::AccountSigningCertificatesPresent, 0),
        (Key::AccountMFAEnabled, 0),
        (Key::MFADevices, 0),
        (Key::MFADevicesInUse, 0),
        (Key::ServerCertificates, 0),
    ])
}
