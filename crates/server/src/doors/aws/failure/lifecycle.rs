//! The refusals about lifecycle policies and their previews, with ECR's codes.

#![deny(clippy::wildcard_enum_match_arm)]

use operations::LifecycleRefusal;
use wire::aws::ErrorType;
use wire::aws::ecr::Exception as E;

pub(super) fn kind(refusal: &LifecycleRefusal) -> ErrorType {
    match refusal {
        LifecycleRefusal::PolicyNotFound(_) => E::LifecyclePolicyNotFound.kind(),
        LifecycleRefusal::PreviewNotFound(_) => E::LifecyclePolicyPreviewNotFound.kind(),
        LifecycleRefusal::PreviewInProgress(_) => E::LifecyclePolicyPreviewInProgress.kind(),
    }
}
