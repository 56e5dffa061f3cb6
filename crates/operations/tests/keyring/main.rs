//! Root keys: rotated, handed down, taken out, and found again when the rows are lost.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod crashes;
#[expect(dead_code, reason = "the fixture is made for more than this")]
#[path = "../fixture/mod.rs"]
mod fixture;
mod house;
mod lost_rows;
mod refusals;
mod rotations;
