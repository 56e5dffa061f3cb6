//! Signatures.
//!
//! * A message or its digest is signed; neither is kept.

mod get_public_key;
mod sign;
mod verify;

pub(in crate::doors::aws) use get_public_key::GetPublicKey;
pub(in crate::doors::aws) use sign::Sign;
pub(in crate::doors::aws) use verify::Verify;
