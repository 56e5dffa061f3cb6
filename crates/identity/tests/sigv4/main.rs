//! SigV4 from outside: what AWS's own signers sign is accepted, what anyone changed is refused, and each
//! refusal has AWS's code and words.

mod botocore;
mod refusals;
mod rust_signer;
mod sent;
mod vectors;
