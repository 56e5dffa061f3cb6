//! Accounts: created, listed, closed, counted and shown with everything that says who may do what.
//!
//! * An id is never given twice: a closed account keeps its own.
//! * The principals of a closed account may do nothing, and its policies let nobody in.

mod account_summary;
mod accounts;
mod authorization_details;

pub use account_summary::AccountSummary;
pub use accounts::CreatedAccount;
pub use authorization_details::{AuthorizationDetail, DetailKind, HeldPolicies};
