//! The account as a whole: its summary, and all its principals and policies.
//!
//! * Both operations are authorised by the account, not by what they show.

mod details;
mod get_account_authorization_details;
mod get_account_summary;

pub(in crate::doors::aws) use get_account_authorization_details::GetAccountAuthorizationDetails;
pub(in crate::doors::aws) use get_account_summary::GetAccountSummary;
