//! Lifecycle policies, and previews of what they would do.
//!
//! * A policy is shown in ECR's canonical text, without white space; a preview shows the text that
//!   it was started with.

mod delete_lifecycle_policy;
mod get_lifecycle_policy;
mod get_lifecycle_policy_preview;
mod put_lifecycle_policy;
mod start_lifecycle_policy_preview;

pub(in crate::doors::aws) use delete_lifecycle_policy::DeleteLifecyclePolicy;
pub(in crate::doors::aws) use get_lifecycle_policy::GetLifecyclePolicy;
pub(in crate::doors::aws) use get_lifecycle_policy_preview::GetLifecyclePolicyPreview;
pub(in crate::doors::aws) use put_lifecycle_policy::PutLifecyclePolicy;
pub(in crate::doors::aws) use start_lifecycle_policy_preview::StartLifecyclePolicyPreview;
