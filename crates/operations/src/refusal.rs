//! All refusals, by family. Each family is defined in the folder of its noun.

use std::fmt;

use iam::{IamRefusal, StsRefusal};
use names::{Digest, RepositoryArn};

use crate::Failure;
use crate::image::refusal::ImageRefusal;
use crate::layer::refusal::LayerRefusal;
use crate::repository::refusal::RepositoryRefusal;
use crate::resource_policy::refusal::ResourcePolicyRefusal;
use crate::upload::refusal::UploadRefusal;

/// A parameter that means nothing, whatever it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidParameter {
    /// The parameter.
    pub path: &'static str,
    /// What it does not satisfy, in AWS's words.
    pub constraint: String,
}

impl fmt::Display for InvalidParameter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, constraint } = self;
        write!(f, "Invalid parameter at '{path}' failed to satisfy constraint: '{constraint}'")
    }
}

/// Makes the sum of the families: each converts into it, and into a failure.
macro_rules! families {
    ($($(#[$doc:meta])* $variant:ident($family:ty);)+) => {
        /// Refusals. `Display` is the message that the client reads, through either door: AWS's own
        /// where it is known. The doors choose the code.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Refusal {
            /// The server refuses writes.
            ReadOnly,
            $($(#[$doc])* $variant($family),)+
        }

        $(
            impl From<$family> for Refusal {
                fn from(refusal: $family) -> Self {
                    Self::$variant(refusal)
                }
            }

            impl From<$family> for Failure {
                fn from(refusal: $family) -> Self {
                    Self::Refused(refusal.into())
                }
            }
        )+

        impl fmt::Display for Refusal {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    Self::ReadOnly => iam::Refusal::ReadOnly.fmt(f),
                    $(Self::$variant(refusal) => refusal.fmt(f),)+
                }
            }
        }
    };
}

families! {
    /// About repositories.
    Repository(RepositoryRefusal);
    /// About policies of repositories and registries.
    ResourcePolicy(ResourcePolicyRefusal);
    /// About images.
    Image(ImageRefusal);
    /// About layers.
    Layer(LayerRefusal);
    /// About uploads.
    Upload(UploadRefusal);
    /// Of a parameter that means nothing.
    InvalidParameter(InvalidParameter);
    /// Of IAM.
    Iam(IamRefusal);
    /// Of STS.
    Sts(StsRefusal);
}

impl From<iam::Refusal> for Refusal {
    fn from(refusal: iam::Refusal) -> Self {
        match refusal {
            iam::Refusal::ReadOnly => Self::ReadOnly,
            iam::Refusal::Iam(refusal) => Self::Iam(refusal),
            iam::Refusal::Sts(refusal) => Self::Sts(refusal),
        }
    }
}

/// `[a, b]`, as AWS prints lists.
pub(crate) fn list(digests: &[Digest]) -> String {
    let texts: Vec<&str> = digests.iter().map(Digest::as_str).collect();
    format!("[{}]", texts.join(", "))
}

/// A repository, as most of AWS's sentences name it.
pub(crate) fn place(arn: &RepositoryArn) -> String {
    format!("'{}' in the registry with id '{}'", arn.repository, arn.registry.account)
}
