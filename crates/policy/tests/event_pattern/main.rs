//! Event patterns: a table of cases, what holds for all of them, and Amazon's own matcher beside
//! ours.
//!
//! `cases.tsv` and `differences.tsv` are the tables. With `tests/install.sh event-ruler`, each line
//! of both is asked of Amazon's library (`software.amazon.event.ruler`) as well, and random
//! patterns with random events.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod amazon;
mod bounds;
mod outcome;
mod properties;
mod random_case;
mod tables;
