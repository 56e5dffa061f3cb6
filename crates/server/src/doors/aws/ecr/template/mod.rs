//! Repository creation templates.
//!
//! * A template belongs to the registry, which the guard judges as a whole.

mod create_on_push;
mod create_repository_creation_template;
mod delete_repository_creation_template;
mod describe_repository_creation_templates;
mod settings;
mod update_repository_creation_template;

pub(in crate::doors) use create_on_push::{NotCreated, Push, create_for_cache, create_on_push};
pub(in crate::doors::aws) use create_repository_creation_template::CreateRepositoryCreationTemplate;
pub(in crate::doors::aws) use delete_repository_creation_template::DeleteRepositoryCreationTemplate;
pub(in crate::doors::aws) use describe_repository_creation_templates::DescribeRepositoryCreationTemplates;
pub(in crate::doors::aws) use update_repository_creation_template::UpdateRepositoryCreationTemplate;
