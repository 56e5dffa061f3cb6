use names::ImageStatus;
use wire::aws::longshore;

/// Can an image be pulled?
pub(super) fn write_status(status: ImageStatus) -> longshore::ImageStatus {
    match status {
        ImageStatus::Active => longshore::ImageStatus::Active,
        ImageStatus::Archived => longshore::ImageStatus::Archived,
        ImageStatus::Activating => longshore::ImageStatus::Activating,
    }
}
