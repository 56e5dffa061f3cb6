//! Tags of users, roles, managed policies, identity providers and instance profiles.
//!
//! * The same three operations exist for each of them and do the same. Each is written once, in a
//!   file named after the verb of `crate::iam` that it calls, with one row for each kind.
//! * AWS's managed policies cannot be tagged, and have no tags.

#[macro_use]
mod for_each_tagged;

mod list_entity_tags;
mod tag_entity;
mod untag_entity;

pub(in crate::doors::aws) use list_entity_tags::{
    ListInstanceProfileTags, ListOpenIDConnectProviderTags, ListPolicyTags, ListRoleTags,
    ListUserTags,
};
pub(in crate::doors::aws) use tag_entity::{
    TagInstanceProfile, TagOpenIDConnectProvider, TagPolicy, TagRole, TagUser,
};
pub(in crate::doors::aws) use untag_entity::{
    UntagInstanceProfile, UntagOpenIDConnectProvider, UntagPolicy, UntagRole, UntagUser,
};
