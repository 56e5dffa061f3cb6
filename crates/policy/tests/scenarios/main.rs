//! Policies and requests, and what comes of them: tables to be proofread, one row a line.

mod asking;
mod bounds;
mod conditions;
mod documents;
mod evaluation;
mod explaining;
mod principals;
mod probes;
mod properties;
mod repository_policies;
