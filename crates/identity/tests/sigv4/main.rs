//! SigV4 from outside: requests signed by AWS's own signers are accepted, altered ones are refused,
//! and each refusal has AWS's code and words.

mod ages;
mod botocore;
mod refusals;
mod rows;
mod rust_signer;
mod scopes;
mod sent;
mod unsigned;
mod vectors;
