//! Uploads of layers: begun, written to from any node, completed or cancelled.
//!
//! The acknowledged bytes of an upload are recorded in its row and are durable. Of two requests
//! that write to one upload, one continues (`turns.rs`, and `claims.rs` within a process).

pub(crate) mod append_to_upload;
pub(crate) mod cancel_upload;
pub(crate) mod claims;
pub(crate) mod complete_layer_upload;
pub(crate) mod find_upload;
pub(crate) mod initiate_layer_upload;
pub(crate) mod refusal;
pub(crate) mod turns;
