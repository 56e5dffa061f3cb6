//! Uploads of layers: begun, written to from any node, completed or cancelled.
//!
//! What is always true: what was acknowledged of an upload is in its row, and its bytes are durable; of two that write to one
//! upload, one goes on (`turns.rs`, and `claims.rs` within a process).

pub(crate) mod append_to_upload;
pub(crate) mod cancel_upload;
pub(crate) mod claims;
pub(crate) mod complete_layer_upload;
pub(crate) mod find_upload;
pub(crate) mod initiate_layer_upload;
pub(crate) mod turns;
