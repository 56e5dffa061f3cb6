//! Rotation of keys.
//!
//! * What changes it is for principals of the key's own account alone.

mod disable_key_rotation;
mod enable_key_rotation;
mod get_key_rotation_status;
mod list_key_rotations;
mod rotate_key_on_demand;

pub(in crate::doors::aws) use disable_key_rotation::DisableKeyRotation;
pub(in crate::doors::aws) use enable_key_rotation::EnableKeyRotation;
pub(in crate::doors::aws) use get_key_rotation_status::GetKeyRotationStatus;
pub(in crate::doors::aws) use list_key_rotations::ListKeyRotations;
pub(in crate::doors::aws) use rotate_key_on_demand::RotateKeyOnDemand;
