//! A third-party evaluator, asked the same questions.
//!
//! `@cloud-copilot/iam-simulate` runs as a separate process. If it decides differently, one of the
//! rules in [`differences`] must say why; `tests/decisions/disagreements.md` says which of the two
//! AWS's documentation supports.

mod agreement;
mod differences;
mod process;
mod question;
