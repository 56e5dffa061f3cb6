//! Rotation: a key gets a new material, and keeps the old ones to decrypt with.
//!
//! * Only symmetric keys rotate.
//! * A key that is disabled or waits for its deletion does not rotate; when it is enabled again, it
//!   rotates at once if it is late.

mod key_rotation;
mod rotate_due_keys;
mod schedule;

pub use key_rotation::RotationStatus;

pub(crate) use schedule::{DAYS_OF_MANAGED_KEYS, after_days, next_rotation};
