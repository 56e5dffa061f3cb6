//! Roles, policies and everything around them: what is stored, what is refused, and in which words.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod attachments;
#[path = "../fixture/mod.rs"]
#[expect(dead_code, reason = "the fixture is made for more than this")]
mod fixture;
mod house;
mod policies;
mod profiles_and_providers;
mod simulations;
mod trust;
