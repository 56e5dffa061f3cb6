//! Scans, from a push to findings, and from a changed advisory to the images that it names.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod advisories;
mod beside;
mod configuration;
mod ends;
mod findings;
#[expect(dead_code, reason = "the fixture is made for more than this")]
#[path = "../fixture/mod.rs"]
mod fixture;
mod gate;
mod house;
mod killed;
mod told;
