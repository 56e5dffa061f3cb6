//! Temporary credentials: which principals may have them, and their limits.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../fixture/mod.rs"]
#[expect(dead_code, reason = "the fixture is made for more than this")]
mod fixture;
mod house;
mod issuers;
mod roles;
mod sessions;
