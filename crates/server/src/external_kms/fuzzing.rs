//! Exposes the parser of answers to its fuzz target.

use http::StatusCode;

use super::answer::{self, Trouble};

/// The refusal in an answer, if it is one.
pub(crate) fn answer(status: u16, body: &[u8]) -> Option<(String, String)> {
    let status = StatusCode::from_u16(status).ok()?;
    match answer::read(status, body) {
        Ok(members) => {
            for name in ["Plaintext", "CiphertextBlob"] {
                drop(answer::bytes(&members, name));
            }
            None
        }
        Err(Trouble::Refused { code, message }) => Some((code, message)),
        Err(Trouble::Passing(_) | Trouble::Lasting(_)) => None,
    }
}
