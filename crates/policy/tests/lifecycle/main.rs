//! Lifecycle policies, taken and refused: tables to be proofread, one row a line.

mod documents;
mod refusals;
