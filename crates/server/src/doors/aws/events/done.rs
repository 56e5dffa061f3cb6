use serde::Serialize;

/// The answer of operations that answer with nothing.
#[derive(Serialize)]
pub(in crate::doors::aws) struct Done {}
