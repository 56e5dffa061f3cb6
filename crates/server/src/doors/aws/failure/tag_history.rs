//! The refusals about what tags named before, with the codes of our own service.

#![deny(clippy::wildcard_enum_match_arm)]

use operations::TagHistoryRefusal;
use wire::aws::ErrorType;
use wire::aws::longshore::Exception as E;

pub(super) fn kind(refusal: &TagHistoryRefusal) -> ErrorType {
    match refusal {
        TagHistoryRefusal::VersionNotFound { .. } => E::TagVersionNotFound.kind(),
        TagHistoryRefusal::ImageInaccessible { .. } => E::ImageInaccessible.kind(),
    }
}
