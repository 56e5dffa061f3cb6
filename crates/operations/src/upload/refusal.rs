use std::fmt;

use names::{Digest, RepositoryArn, UploadId};

use crate::wording::place;

/// Refusals about uploads of layers.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are the words of the sentences below")]
pub enum UploadRefusal {
    /// No such upload: it was finished, cancelled or abandoned, or never was.
    NotFound { repository: RepositoryArn, upload: String },
    /// Another request is writing to the upload at this moment.
    Busy { upload: UploadId },
    /// A part does not begin where the upload ends.
    PartOutOfOrder { repository: RepositoryArn, upload: UploadId, first_byte: u64, expected: u64 },
    /// A part before the last is too small.
    PartTooSmall,
    /// There are too many parts.
    TooManyParts { parts_max: u64 },
    /// The bytes do not hash to the stated digest.
    DigestDiffers { stated: Digest, computed: Digest },
    /// Nothing was uploaded.
    Empty { upload: UploadId, repository: RepositoryArn },
    /// The layer is larger than the limit.
    TooLarge { size_bytes_max: u64 },
    /// The body is longer or shorter than stated.
    BodyLengthDiffers { stated: u64, received: u64 },
    /// The body stopped coming.
    BodyBroken,
}

impl fmt::Display for UploadRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound { repository, upload } => write!(
                f,
                "The upload with id '{upload}' could not be found in the repository with name {}",
                place(repository)
            ),
            Self::Busy { upload } => write!(
                f,
                "The upload with id '{upload}' is being written by another request; retry when it has ended"
            ),
            Self::PartOutOfOrder { first_byte, expected, .. } => {
                write!(f, "First byte of the layer part is {first_byte} instead of {expected}")
            }
            Self::PartTooSmall => {
                f.write_str("All layer parts except the last part should be at least 5MB")
            }
            Self::TooManyParts { parts_max } => {
                write!(f, "A layer cannot have more than {parts_max} parts")
            }
            Self::DigestDiffers { stated, computed } => write!(
                f,
                "The layer digest '{stated}' does not match '{computed}', which was computed from the bytes received"
            ),
            Self::Empty { upload, .. } => {
                write!(f, "The upload with id '{upload}' does not contain any layer parts")
            }
            Self::TooLarge { size_bytes_max } => {
                write!(f, "A layer cannot be larger than {size_bytes_max} bytes")
            }
            Self::BodyLengthDiffers { stated, received } => {
                write!(f, "The request announced {stated} bytes, and {received} were received")
            }
            Self::BodyBroken => f.write_str("The request body ended before it was complete"),
        }
    }
}
