//! Everything moves, and nothing else: into another installation, into a backup, and out of it; however often it is
//! interrupted.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../fixture/mod.rs"]
mod fixture;

mod backups;
mod house;
mod migrations;
