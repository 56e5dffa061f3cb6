//! EventBridge: rules of the bus `default` in the caller's account and Region, and their targets.
//! One file, one operation.

mod bus;
pub(super) mod delete_rule;
pub(super) mod describe_rule;
pub(super) mod disable_rule;
mod done;
pub(super) mod enable_rule;
pub(super) mod list_rule_names_by_target;
pub(super) mod list_rules;
pub(super) mod list_targets_by_rule;
mod lists;
pub(super) mod put_rule;
pub(super) mod put_targets;
pub(super) mod remove_targets;
mod rule;
pub(super) mod test_event_pattern;
