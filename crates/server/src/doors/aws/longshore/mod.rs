//! Longshore's own administration: what AWS does elsewhere. One file, one operation.
//!
//! # Invariants
//! * Accounts are managed from the first one, the server's default account: whoever is let in there by the
//!   guard and calls from another account is refused.
//!
//! # Who calls
//! `dispatch`.
//!
//! # On a crash
//! There is no state here.

pub(super) mod close_account;
pub(super) mod create_account;
pub(super) mod explain_access;
pub(super) mod explain_decision;
pub(super) mod list_accounts;

mod explained;
mod first_account;
mod told_denial;

pub(crate) use told_denial::for_all as denial_for_all;
