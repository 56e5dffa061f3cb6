//! Events, from what causes them to who hears of them.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod causes;
mod delivering;
#[expect(dead_code, reason = "the fixture is made for more than this")]
#[path = "../fixture/mod.rs"]
mod fixture;
mod house;
mod keeping;
