//! Settings of a whole registry.

pub(crate) mod account_setting;
