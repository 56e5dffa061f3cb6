//! Repositories under KMS keys: what they are refused without their key, and what they share.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod damaged;
#[expect(dead_code, reason = "the fixture is made for more than this")]
#[path = "../fixture/mod.rs"]
mod fixture;
mod house;
mod jobs;
mod refusals;
mod rekeying;
mod sharing;
