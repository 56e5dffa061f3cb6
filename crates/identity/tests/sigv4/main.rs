//! SigV4 from outside: requests signed by AWS's own signers are accepted, altered ones are refused,
//! and each refusal has AWS's code and words.

mod botocore;
mod refusals;
mod rust_signer;
mod sent;
mod vectors;
