//! Images: pushed, pulled, listed and deleted, by digest and by tag.
//!
//! What is always true: an image in the rows has all of its layers and children, because it is put, and they are deleted, in one
//! transaction; and what records it, so that rows can be rebuilt (`recording.rs`), changes in that transaction too.

pub(crate) mod batch_delete_image;
pub(crate) mod batch_get_image;
pub(crate) mod delete_manifest;
pub(crate) mod describe_images;
pub(crate) mod list_image_referrers;
pub(crate) mod list_images;
pub(crate) mod list_tags;
pub(crate) mod pull_image;
pub(crate) mod pull_log;
pub(crate) mod put_image;
pub(crate) mod recording;
pub(crate) mod removal;
