//! The registry: its settings, and the token to log in to it.
//!
//! * A registry belongs to one account in one Region.

mod describe_registry;
mod get_account_setting;
mod get_authorization_token;
mod put_account_setting;

pub(in crate::doors::aws) use describe_registry::DescribeRegistry;
pub(in crate::doors::aws) use get_account_setting::GetAccountSetting;
pub(in crate::doors::aws) use get_authorization_token::GetAuthorizationToken;
pub(in crate::doors::aws) use put_account_setting::PutAccountSetting;
