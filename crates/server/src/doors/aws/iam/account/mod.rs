//! The account as a whole: its summary, and everything that says who may do what in it.
//!
//! * Both are judged by the account, not by what they show.

mod details;
mod get_account_authorization_details;
mod get_account_summary;

pub(in crate::doors::aws) use get_account_authorization_details::GetAccountAuthorizationDetails;
pub(in crate::doors::aws) use get_account_summary::GetAccountSummary;
