//! Rules of EventBridge's bus `default`, and their targets: which events of a registry go where.
//!
//! # Invariants
//! * A pattern and a target that are rows can be read: they were when they were stored. One that a
//!   later version refuses is a fault that names its rule.
//! * A registry, that is, an account in a Region, has at most [`RULES_MAX`] rules, and a rule at
//!   most [`TARGETS_MAX`] targets: all that listen are read at once.
//! * This node sees its own changes with the next event, and those of others within two seconds.
//!
//! # Who calls
//! EventBridge's API, for verbs; the delivery of events, for [`listening::EventRules`].
//!
//! # On a crash
//! A verb is one transaction.

mod delete_rule;
mod describe_rule;
mod disable_rule;
mod enable_rule;
mod list_rule_names_by_target;
mod list_rules;
mod list_targets_by_rule;
pub(crate) mod listening;
pub(crate) mod put_rule;
pub(crate) mod put_targets;
pub(crate) mod refusal;
mod remove_targets;
mod rule_state;
mod test_event_pattern;

/// EventBridge's quota of rules in an account and Region.
pub(crate) const RULES_MAX: u32 = 300;

/// EventBridge's quota of targets of a rule.
pub(crate) const TARGETS_MAX: u32 = 5;
