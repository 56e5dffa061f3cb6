//! The registry: its settings, the principals whose pulls are not recorded, and the token to log in
//! to it.
//!
//! * A registry belongs to one account in one Region.

mod deregister_pull_time_update_exclusion;
mod describe_registry;
mod get_account_setting;
mod get_authorization_token;
mod list_pull_time_update_exclusions;
mod put_account_setting;
mod register_pull_time_update_exclusion;

pub(in crate::doors::aws) use deregister_pull_time_update_exclusion::DeregisterPullTimeUpdateExclusion;
pub(in crate::doors::aws) use describe_registry::DescribeRegistry;
pub(in crate::doors::aws) use get_account_setting::GetAccountSetting;
pub(in crate::doors::aws) use get_authorization_token::GetAuthorizationToken;
pub(in crate::doors::aws) use list_pull_time_update_exclusions::ListPullTimeUpdateExclusions;
pub(in crate::doors::aws) use put_account_setting::PutAccountSetting;
pub(in crate::doors::aws) use register_pull_time_update_exclusion::RegisterPullTimeUpdateExclusion;
