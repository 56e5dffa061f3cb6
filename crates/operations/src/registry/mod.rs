//! Settings of a whole registry.

pub(crate) mod account_setting;
pub(crate) mod deregister_pull_time_update_exclusion;
pub(crate) mod list_pull_time_update_exclusions;
pub(crate) mod refusal;
pub(crate) mod register_pull_time_update_exclusion;
