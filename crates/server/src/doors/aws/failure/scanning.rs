//! The refusals about scans, with ECR's codes.

#![deny(clippy::wildcard_enum_match_arm)]

use operations::ScanningRefusal;
use wire::aws::ErrorType;
use wire::aws::ecr::Exception as E;

pub(super) fn kind(refusal: &ScanningRefusal) -> ErrorType {
    match refusal {
        ScanningRefusal::ScanNotFound { .. } => E::ScanNotFound.kind(),
        ScanningRefusal::QuotaExceeded => E::LimitExceeded.kind(),
        ScanningRefusal::UnsupportedImageType { .. } => E::UnsupportedImageType.kind(),
        ScanningRefusal::ImageArchived { .. } => E::ImageArchived.kind(),
        ScanningRefusal::FeatureDisabled => E::Validation.kind(),
        ScanningRefusal::InvalidFrequency { .. } | ScanningRefusal::DuplicateFrequencies { .. } => {
            E::InvalidParameter.kind()
        }
    }
}
