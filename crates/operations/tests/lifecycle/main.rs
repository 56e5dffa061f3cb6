//! Lifecycle policies, from the verb to what is left of a repository.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod events;
mod exclusions;
mod explanations;
#[expect(dead_code, reason = "the fixture is made for more than this")]
#[path = "../fixture/mod.rs"]
mod fixture;
mod gone;
mod job_names;
mod log;
mod place;
mod previews;
mod random;
mod ranks;
mod runs;
mod shields;
