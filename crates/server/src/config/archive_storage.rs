use std::path::PathBuf;

use blobs::BucketConfig;

use super::error::ConfigError;
use super::variable::Variable;

/// The place for the bytes that only archived images need.
#[derive(Debug, Clone)]
pub enum ArchiveStorage {
    /// A folder.
    Folder(PathBuf),
    /// A bucket.
    Bucket(Box<BucketConfig>),
}

impl ArchiveStorage {
    /// Reads a folder's path, or the URL of a bucket, whose keys are in variables.
    pub fn parse(text: &str, variable: Variable<'_>) -> Result<Self, ConfigError> {
        if !BucketConfig::is_address(text) {
            return Ok(Self::Folder(text.into()));
        }
        let bucket = BucketConfig::parse(text, variable).map_err(ConfigError::ArchiveStorage)?;
        Ok(Self::Bucket(Box::new(bucket)))
    }

    /// Describes the place in a few words, without secrets.
    pub fn describe(&self) -> String {
        match self {
            Self::Folder(folder) => folder.display().to_string(),
            Self::Bucket(bucket) if bucket.prefix.is_empty() => {
                format!("the bucket {}", bucket.bucket)
            }
            Self::Bucket(bucket) => {
                format!("the bucket {} under {}/", bucket.bucket, bucket.prefix)
            }
        }
    }
}
