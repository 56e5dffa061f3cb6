//! Keys from their first moment to their last, on both engines.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod data_keys_of_ecr;
mod encryption;
mod grants;
mod house;
mod lives;
mod policies;
