//! The archive storage: which bytes move there, what brings them back, and that nothing is lost on
//! the way.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod copies;
mod crashes;
#[path = "../fixture/mod.rs"]
#[expect(dead_code, reason = "the fixture is made for more than this")]
mod fixture;
mod house;
mod moves;
mod random;
