//! The refusals about layers, with ECR's codes.

#![deny(clippy::wildcard_enum_match_arm)]

use operations::LayerRefusal;
use wire::aws::ErrorType;
use wire::aws::ecr::Exception as E;

pub(super) fn kind(refusal: &LayerRefusal) -> ErrorType {
    match refusal {
        LayerRefusal::NotFound { .. } => E::LayersNotFound.kind(),
        LayerRefusal::Inaccessible { .. } | LayerRefusal::Archived { .. } => {
            E::LayerInaccessible.kind()
        }
        LayerRefusal::AlreadyExists { .. } => E::LayerAlreadyExists.kind(),
        // ECR has no code for this: its operations never cause it.
        LayerRefusal::InUse { .. } => E::InvalidParameter.kind(),
    }
}
