//! Another's evaluator, asked the same questions.
//!
//! `@cloud-copilot/iam-simulate` runs as a process of its own. Where it decides otherwise, one of the rules in
//! [`differences`] must say why; `tests/decisions/disagreements.md` tells which of the two AWS's documentation agrees with.

mod agreement;
mod differences;
mod process;
mod question;
