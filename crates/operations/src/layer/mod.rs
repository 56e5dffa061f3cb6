//! Layers that a repository holds: found, read, mounted from another repository, deleted.
//!
//! What is always true: a repository's right to a layer is a row, and gives the bytes for as long as it is there; the bytes
//! outlive it by [`crate::GRACE`].

pub(crate) mod batch_check_layer_availability;
pub(crate) mod delete_blob;
pub(crate) mod get_download_url_for_layer;
pub(crate) mod head_blob;
pub(crate) mod mount_blob;
pub(crate) mod read_blob;
