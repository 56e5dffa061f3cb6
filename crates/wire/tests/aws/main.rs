//! The AWS half of `wire`, from outside.

mod documents;
mod probes;
mod properties;
mod readers;
mod texts;
