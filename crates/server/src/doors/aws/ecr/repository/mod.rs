//! Repositories and their settings.
//!
//! * A repository is identified by registry and name, and authorised by its ARN.

mod create_repository;
mod delete_repository;
mod describe_repositories;
mod encryption;
mod exclusion_filters;
mod put_image_scanning_configuration;
mod put_image_tag_mutability;

pub(in crate::doors::aws) use create_repository::CreateRepository;
pub(in crate::doors::aws) use delete_repository::DeleteRepository;
pub(in crate::doors::aws) use describe_repositories::DescribeRepositories;
pub(in crate::doors::aws) use put_image_scanning_configuration::PutImageScanningConfiguration;
pub(in crate::doors::aws) use put_image_tag_mutability::PutImageTagMutability;

pub(super) use encryption::find_allowed_key;
pub(in crate::doors::aws) use encryption::{allowed_key, require_leave};
pub(super) use exclusion_filters::{read as read_mutability, write_filters, write_mode};
