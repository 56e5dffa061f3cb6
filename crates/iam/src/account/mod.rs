//! Accounts: created, listed, closed, counted, and shown with all their principals and policies.
//!
//! * An id is never used twice: a closed account keeps its id.
//! * The principals of a closed account may do nothing, and its policies grant nothing.

mod account_summary;
mod accounts;
mod authorization_details;

pub use account_summary::AccountSummary;
pub use accounts::CreatedAccount;
pub use authorization_details::{AuthorizationDetail, DetailKind, HeldPolicies};
