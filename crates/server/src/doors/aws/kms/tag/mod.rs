//! Tags of keys.
//!
//! * They are for principals of the key's own account alone.

mod list_resource_tags;
mod tag_resource;
mod untag_resource;

pub(in crate::doors::aws) use list_resource_tags::ListResourceTags;
pub(in crate::doors::aws) use tag_resource::TagResource;
pub(in crate::doors::aws) use untag_resource::UntagResource;
