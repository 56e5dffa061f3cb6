//! Instance profiles.
//!
//! * An operation that adds or removes a role is authorised by the profile's ARN.

mod add_role_to_instance_profile;
mod create_instance_profile;
mod delete_instance_profile;
mod get_instance_profile;
mod list_instance_profiles;
mod list_instance_profiles_for_role;
mod remove_role_from_instance_profile;

pub(in crate::doors::aws) use add_role_to_instance_profile::AddRoleToInstanceProfile;
pub(in crate::doors::aws) use create_instance_profile::CreateInstanceProfile;
pub(in crate::doors::aws) use delete_instance_profile::DeleteInstanceProfile;
pub(in crate::doors::aws) use get_instance_profile::GetInstanceProfile;
pub(in crate::doors::aws) use list_instance_profiles::ListInstanceProfiles;
pub(in crate::doors::aws) use list_instance_profiles_for_role::ListInstanceProfilesForRole;
pub(in crate::doors::aws) use remove_role_from_instance_profile::RemoveRoleFromInstanceProfile;
