//! What users, groups, roles, instance profiles, managed policies and providers have in common: an
//! ARN, and tags.
//!
//! * An entity is found without regard to the case of its name; its ARN has one spelling.
//! * Tags are kept under an entity's id, or under a provider's ARN, and are deleted with it.

mod entity_standing;
mod entity_tags;
mod tags;

pub use entity_standing::{EntityStanding, IamEntity};
pub use entity_tags::Tagged;
pub(crate) use tags::{TAGS_MAX, put_tags};
