//! Repositories: made, described, configured, tagged and erased.
//!
//! What is always true: a repository is one row; deleting it takes that row out of every reader's sight at once, and a job
//! (`jobs/erase_repository.rs`) takes what it held.

pub(crate) mod create_repository;
pub(crate) mod delete_repository;
pub(crate) mod describe_repositories;
pub(crate) mod put_image_scanning_configuration;
pub(crate) mod put_image_tag_mutability;
pub(crate) mod resource_tags;
