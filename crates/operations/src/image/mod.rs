//! Images: pushed, pulled, listed and deleted, by digest and by tag.
//!
//! An image in the rows always has all of its layers and children: putting it, and deleting them,
//! are single transactions that check this. The same transactions name the objects that record the
//! image, so that rows can be rebuilt (`recording.rs`).

pub(crate) mod archive;
pub(crate) mod batch_delete_image;
pub(crate) mod batch_get_image;
pub(crate) mod delete_manifest;
pub(crate) mod describe_images;
pub(crate) mod find_named;
mod find_restorable_image;
pub(crate) mod list_deleted_images;
pub(crate) mod list_image_referrers;
pub(crate) mod list_images;
pub(crate) mod list_tags;
pub(crate) mod pointing;
pub(crate) mod pull_image;
pub(crate) mod pull_log;
pub(crate) mod pushed_manifest;
pub(crate) mod put_image;
pub(crate) mod record_pulls;
pub(crate) mod recording;
pub(crate) mod refusal;
pub(crate) mod removal;
pub(crate) mod restore_image;
pub(crate) mod undo;
pub(crate) mod undo_refusal;
pub(crate) mod update_image_storage_class;
