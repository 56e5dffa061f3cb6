//! Writes an output or a refusal as a body.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::aws::refusal::WireRefusal;

#[derive(Serialize)]
struct ErrorBody<'a> {
    #[serde(rename = "__type")]
    name: &'a str,
    message: &'a str,
    #[serde(flatten)]
    members: &'a Map<String, Value>,
}

/// The body of an answer.
pub fn write(output: &(impl Serialize + ?Sized)) -> Vec<u8> {
    serde_json::to_vec(output).expect("generated types are plain JSON")
}

/// The body of a refusal: its name, its text and its further members.
pub fn write_error(refusal: &WireRefusal) -> Vec<u8> {
    write(&ErrorBody {
        name: refusal.kind().name,
        message: refusal.message(),
        members: refusal.members(),
    })
}
