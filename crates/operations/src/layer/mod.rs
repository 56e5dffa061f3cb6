//! Layers of a repository: found, read, mounted from another repository, deleted.
//!
//! A repository's right to a layer is a row. While it exists the bytes can be served, unless they
//! are in the archive storage, and they outlive it by [`crate::GRACE`]. A layer whose object is
//! known to be damaged has to be pushed again.

pub(crate) mod batch_check_layer_availability;
pub(crate) mod damage;
pub(crate) mod delete_blob;
pub(crate) mod get_download_url_for_layer;
pub(crate) mod head_blob;
pub(crate) mod layer_reader;
pub(crate) mod mount_blob;
pub(crate) mod moving;
pub(crate) mod read_blob;
pub(crate) mod refusal;
pub(crate) mod rekeying;
