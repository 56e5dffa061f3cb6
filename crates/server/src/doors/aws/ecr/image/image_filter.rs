//! Which images a list shows: by default those that can be pulled, tagged or not.

use names::ImageStatus;
use operations::{ImageFilter, TagStatus};
use wire::aws::ecr;

/// Reads a filter.
pub(super) fn read(
    tags: Option<ecr::TagStatus>,
    status: Option<ecr::ImageStatusFilter>,
) -> ImageFilter {
    use ecr::ImageStatusFilter as Wanted;
    let tags = match tags {
        Some(ecr::TagStatus::Tagged) => TagStatus::Tagged,
        Some(ecr::TagStatus::Untagged) => TagStatus::Untagged,
        Some(ecr::TagStatus::Any) | None => TagStatus::Any,
    };
    let status = match status {
        Some(Wanted::Active) | None => Some(ImageStatus::Active),
        Some(Wanted::Archived) => Some(ImageStatus::Archived),
        Some(Wanted::Activating) => Some(ImageStatus::Activating),
        Some(Wanted::Any) => None,
    };
    ImageFilter { status, tags }
}
