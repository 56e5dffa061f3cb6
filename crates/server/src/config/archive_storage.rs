use std::path::{Path, PathBuf};

use blobs::BucketConfig;

use super::error::ConfigError;
use super::storage::Objects;
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

    /// Refuses the place of the other bytes.
    pub(super) fn require_apart(&self, data: &Path, objects: &Objects) -> Result<(), ConfigError> {
        let is_the_same = match (self, objects) {
            (Self::Folder(folder), _) => {
                let whole = |path| std::path::absolute(path).ok();
                whole(folder.as_path()).is_some_and(|folder| Some(folder) == whole(data))
            }
            (Self::Bucket(archive), Objects::Bucket(objects)) => {
                let place = |bucket: &BucketConfig| {
                    (bucket.bucket.clone(), bucket.prefix.clone(), bucket.at().to_owned())
                };
                place(archive) == place(objects)
            }
            (Self::Bucket(_), Objects::Folder) => false,
        };
        if is_the_same { Err(ConfigError::ArchiveNotApart) } else { Ok(()) }
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
