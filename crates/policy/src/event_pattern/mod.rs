//! EventBridge's event patterns: which events a rule is about.
//!
//! # Invariants
//! * A pattern is compiled when it is read. `$or` is multiplied out then, up to a limit; matching
//!   tries each alternative on the tree of the event.
//! * All named fields must match, with one of the values that are named for them. Fields inside an
//!   array of objects must match in one element of it.
//! * A value that is an array, of any depth, matches if one of its elements does. A value that is
//!   an object is not a value: its fields are.
//! * The work is at most proportional to the length of the event, times that of the pattern
//!   multiplied out. No operator tries more than once from the same place.
//! * What Amazon's own matcher does differently is in `crates/policy/tests/event_pattern`, where
//!   both are compared.
//!
//! # Who calls
//! `operations`, which keeps rules and matches events with them; `server`, for TestEventPattern.

mod case;
mod cidr;
mod compile;
mod malformed;
mod matcher;
mod matching;
mod node;
mod number;
mod numeric;
mod pattern;
mod read_matcher;
mod wildcard;

pub use malformed::MalformedPattern;
pub use pattern::{EventPattern, LENGTH_MAX as PATTERN_LENGTH_MAX};
