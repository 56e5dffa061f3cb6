//! Tags of users, roles, managed policies, identity providers and instance profiles.
//!
//! * The same three operations exist for each of them and do the same.

mod list_instance_profile_tags;
mod list_open_id_connect_provider_tags;
mod list_policy_tags;
mod list_role_tags;
mod list_user_tags;
mod tag_instance_profile;
mod tag_open_id_connect_provider;
mod tag_policy;
mod tag_role;
mod tag_user;
mod untag_instance_profile;
mod untag_open_id_connect_provider;
mod untag_policy;
mod untag_role;
mod untag_user;

pub(in crate::doors::aws) use list_instance_profile_tags::ListInstanceProfileTags;
pub(in crate::doors::aws) use list_open_id_connect_provider_tags::ListOpenIDConnectProviderTags;
pub(in crate::doors::aws) use list_policy_tags::ListPolicyTags;
pub(in crate::doors::aws) use list_role_tags::ListRoleTags;
pub(in crate::doors::aws) use list_user_tags::ListUserTags;
pub(in crate::doors::aws) use tag_instance_profile::TagInstanceProfile;
pub(in crate::doors::aws) use tag_open_id_connect_provider::TagOpenIDConnectProvider;
pub(in crate::doors::aws) use tag_policy::TagPolicy;
pub(in crate::doors::aws) use tag_role::TagRole;
pub(in crate::doors::aws) use tag_user::TagUser;
pub(in crate::doors::aws) use untag_instance_profile::UntagInstanceProfile;
pub(in crate::doors::aws) use untag_open_id_connect_provider::UntagOpenIDConnectProvider;
pub(in crate::doors::aws) use untag_policy::UntagPolicy;
pub(in crate::doors::aws) use untag_role::UntagRole;
pub(in crate::doors::aws) use untag_user::UntagUser;
