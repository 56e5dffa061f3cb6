//! Lifecycle policies, repositories and the outcomes: tables to be proofread, one row a line.

mod acting;
mod archive;
mod bounds;
mod documents;
mod examples;
mod extensions;
mod notation;
mod properties;
mod random;
mod refusals;
mod relations;
mod rules;
mod written_by_tools;
