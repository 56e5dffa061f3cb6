//! Tags of repositories.
//!
//! * A repository is identified by its ARN, whose Region must be that of the call.

mod list_tags_for_resource;
mod tag_resource;
mod untag_resource;

pub(in crate::doors::aws) use list_tags_for_resource::ListTagsForResource;
pub(in crate::doors::aws) use tag_resource::TagResource;
pub(in crate::doors::aws) use untag_resource::UntagResource;
