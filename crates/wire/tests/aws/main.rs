//! The AWS half of `wire`, from outside.

mod documents;
mod probes;
mod properties;
mod query;
mod readers;
mod texts;
