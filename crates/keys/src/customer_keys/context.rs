use std::collections::BTreeMap;

use names::{ObjectKey, RepositoryArn};

/// What a data key under a KMS key is for. KMS calls it the encryption context: the key opens only
/// with the same, and policies and grants can name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyContext {
    /// The repository that the object was made for: `aws:ecr:arn`.
    pub repository: RepositoryArn,
    /// The object: `aws:s3:arn`.
    pub object: ObjectKey,
}

/// The key of an encryption context that names the repository.
const ECR_ARN: &str = "aws:ecr:arn";

const S3_ARN: &str = "aws:s3:arn";

impl KeyContext {
    /// The pairs, with ECR's names. Our objects are in no bucket of AWS; the ARN has its form.
    pub fn pairs(&self) -> BTreeMap<String, String> {
        Self::with_object(&self.repository, self.object.as_str())
    }

    /// Pairs as those of an object of this repository, whichever it is.
    pub fn of_any_object(repository: &RepositoryArn) -> BTreeMap<String, String> {
        Self::with_object(repository, "")
    }

    fn with_object(repository: &RepositoryArn, object: &str) -> BTreeMap<String, String> {
        let mut pairs = Self::of_repository(repository);
        pairs.insert(S3_ARN.to_owned(), format!("arn:aws:s3:::longshore/{object}"));
        pairs
    }

    /// The pair that grants for a repository name.
    pub fn of_repository(repository: &RepositoryArn) -> BTreeMap<String, String> {
        BTreeMap::from([(ECR_ARN.to_owned(), repository.to_string())])
    }
}
