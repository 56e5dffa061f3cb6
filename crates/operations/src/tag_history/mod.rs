//! What tags named before: a row for each move, written in the transaction that moves the tag.
//!
//! * Each act that moves or deletes a tag says what moves it, or passes `None` on purpose. Then no
//!   row is written: where the setting keeps no history, where a whole repository is erased with
//!   its history, and where rows are rebuilt from objects, which do not say what moved.
//! * A rollback is a move like others: it is checked as a push is, is written down, and can be
//!   rolled back.
//! * Moves are forgotten by age, by a daily job (`jobs/forget_tag_moves.rs`).

pub(crate) mod keeping;
pub(crate) mod list_tag_history;
pub(crate) mod mover;
pub(crate) mod refusal;
pub(crate) mod roll_back_tag;
