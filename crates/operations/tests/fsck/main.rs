//! A check finds what is wrong, a repair fixes it, and a rebuild restores everything.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod checks;
mod damage;
#[expect(dead_code, reason = "the fixture is made for more than this")]
#[path = "../fixture/mod.rs"]
mod fixture;
mod forgeries;
mod house;
mod rebuilds;
