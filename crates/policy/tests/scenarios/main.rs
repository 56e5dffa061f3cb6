//! Policies and requests, and the resulting decisions: tables to be proofread, one row per line.

mod asking;
mod bounds;
mod conditions;
mod documents;
mod evaluation;
mod explaining;
mod key_policies;
mod principals;
mod probes;
mod properties;
mod repository_policies;
