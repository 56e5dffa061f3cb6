//! The trail: records leave as files that prove what is in them, whatever fails in between.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod changes;
mod crashes;
mod deliveries;
mod destination;
#[expect(dead_code, reason = "the fixture is made for more than this")]
#[path = "../fixture/mod.rs"]
mod fixture;
mod place;
mod tampering;
