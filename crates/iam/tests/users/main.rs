//! Accounts, users, groups, their tags and their keys: what is stored, what is refused, and in
//! which words.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod accounts;
#[path = "../fixture/mod.rs"]
mod fixture;
mod groups;
mod house;
mod keys;
mod people;
