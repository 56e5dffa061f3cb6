//! Repositories: made, described, configured, tagged and erased.
//!
//! A repository is one row. Deleting it hides that row from every reader at once, and a job
//! (`jobs/erase_repository.rs`) erases its contents.

pub(crate) mod create_repository;
pub(crate) mod delete_repository;
pub(crate) mod describe_repositories;
pub(crate) mod put_image_scanning_configuration;
pub(crate) mod put_image_tag_mutability;
pub(crate) mod refusal;
pub(crate) mod rekey_repository;
pub(crate) mod resource_tags;
