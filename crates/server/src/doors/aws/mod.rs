//! The AWS door: ECR's and our own API in AWS JSON 1.1, IAM's and STS's in AWS Query.
//!
//! # Invariants
//! * One file, one operation: `read` turns words into meaning, the verb acts, `write` turns meaning into
//!   words. What is implemented is the list in `dispatch`, and nothing else is.
//! * There is one way to a handler, `call::perform`, and the guard stands in it.
//! * The order of checks is AWS's: the operation is known, the body is of a decent length, the caller has
//!   signed it, it is JSON, it satisfies the model, the caller may; then the verb, which looks whether the
//!   things are there and whether the act makes sense.
//! * Every answer names its request, and every fault is in the log under that name, once.
//!
//! # Who calls
//! The router, for requests that [`is_call`] recognises.
//!
//! # On a crash
//! There is no state here.

mod answer;
mod call;
mod digests;
mod dispatch;
mod exclusion_filters;
mod failure;
mod image_filter;
mod image_ids;
mod not_yet;
mod pages;
mod policy_text;
mod query;
mod unsigned;
mod words;
mod written;

mod iam;
mod longshore;
mod sts;

mod batch_check_layer_availability;
mod batch_delete_image;
mod batch_get_image;
mod complete_layer_upload;
mod create_repository;
mod delete_registry_policy;
mod delete_repository;
mod delete_repository_policy;
mod describe_images;
mod describe_registry;
mod describe_repositories;
mod get_account_setting;
mod get_authorization_token;
mod get_download_url_for_layer;
mod get_registry_policy;
mod get_repository_policy;
mod initiate_layer_upload;
mod list_image_referrers;
mod list_images;
mod list_tags_for_resource;
mod put_account_setting;
mod put_image;
mod put_image_scanning_configuration;
mod put_image_tag_mutability;
mod put_registry_policy;
mod set_repository_policy;
mod tag_resource;
mod untag_resource;
mod upload_layer_part;

#[cfg(test)]
mod coverage;
#[cfg(test)]
mod guarded;
#[cfg(test)]
mod spelling_walk;
#[cfg(test)]
mod walk;

pub(crate) use answer::{answer, is_call, refuse_address};
pub(crate) use longshore::denial_for_all;
