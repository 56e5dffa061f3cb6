//! Everything moves, and nothing else: into another installation, into a backup, and out of it,
//! however often the move is interrupted.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[expect(dead_code, reason = "the fixture is made for more than this")]
#[path = "../fixture/mod.rs"]
mod fixture;

mod backups;
mod forgeries;
mod house;
mod migrations;
mod registries;
mod under_keys;
