use std::fmt;

use names::{ImageId, MediaType, RepositoryArn, ScanFrequency, ScanType};

use crate::wording::place;

/// Refusals about scans.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are the words of the sentences below")]
pub enum ScanningRefusal {
    /// The image was never scanned.
    ScanNotFound { repository: RepositoryArn, image: ImageId },
    /// The image was scanned a short while ago.
    QuotaExceeded,
    /// An index, or an artifact that is no image.
    UnsupportedImageType { media_type: MediaType },
    /// The image is in the archive.
    ImageArchived { repository: RepositoryArn, image: ImageId },
    /// Enhanced scanning begins scans itself.
    FeatureDisabled,
    /// The type of scan has no such frequency.
    InvalidFrequency { scan_type: ScanType, frequency: ScanFrequency },
    /// Two rules have one frequency.
    DuplicateFrequencies { frequencies: Vec<ScanFrequency> },
}

impl fmt::Display for ScanningRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ScanNotFound { repository, image } => write!(
                f,
                "Image scan does not exist for the image with '{image}' in the repository with name {}",
                place(repository)
            ),
            Self::QuotaExceeded => {
                f.write_str("The scan quota per image has been exceeded. Wait and try again.")
            }
            Self::UnsupportedImageType { media_type } => {
                write!(f, "Scanning is not supported for images of the media type '{media_type}'")
            }
            Self::ImageArchived { repository, image } => write!(
                f,
                "The image with imageId {image} in the repository with name {} is archived",
                place(repository)
            ),
            Self::FeatureDisabled => f.write_str("This feature is disabled"),
            Self::InvalidFrequency { scan_type, frequency } => write!(
                f,
                "Invalid parameter failed to satisfy constraint: 'Invalid scan frequency for scanType {scan_type}: {frequency}'"
            ),
            Self::DuplicateFrequencies { frequencies } => {
                let words: Vec<&str> = frequencies.iter().map(|it| it.as_str()).collect();
                let words = words.join(", ");
                write!(f, "Invalid input. Contains duplicate scan frequencies: [{words}]")
            }
        }
    }
}
