//! The engine's decisions, compared with AWS's documentation and with a third-party evaluator.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod case;
mod cast;
mod evaluated;
mod oracle;
mod random_case;
mod said_twice;
mod scenarios;
mod shorthand;
mod table;
