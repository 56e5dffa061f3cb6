//! The rules of this house as a test: each reads the files of the repository.
//!
//! # Invariants
//! * A rule finds what it judges by itself: every file, every operation. No list says where to
//!   look.
//! * A rule reports everything that is wrong, not only the first.
//! * A list of exceptions may only shrink: an entry that is not needed any more fails too.
//! * A rule whose judgement is more than one comparison has a test that shows it a bad sample.
//!
//! # Who calls
//! `cargo test -p black-box --test tidy`, and `make test`.

mod arrows;
mod circles;
mod documents;
mod english;
mod names;
mod operations;
mod report;
mod rooms;
mod sizes;
mod source;
mod uses;
mod width;
