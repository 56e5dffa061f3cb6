//! Tags of repositories.
//!
//! * A repository is named by its ARN, which is of the Region that is asked.

mod list_tags_for_resource;
mod tag_resource;
mod untag_resource;

pub(in crate::doors::aws) use list_tags_for_resource::ListTagsForResource;
pub(in crate::doors::aws) use tag_resource::TagResource;
pub(in crate::doors::aws) use untag_resource::UntagResource;
