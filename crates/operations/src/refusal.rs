//! All refusals, by family. Each family is defined in the folder of its noun.

use std::fmt;

use iam::{IamRefusal, StsRefusal};

use crate::encryption::refusal::EncryptionRefusal;
use crate::event_rules::refusal::EventRuleRefusal;
use crate::image::refusal::ImageRefusal;
use crate::image::undo_refusal::UndoRefusal;
use crate::invalid_parameter::InvalidParameter;
use crate::keyring::refusal::KeyringRefusal;
use crate::layer::refusal::LayerRefusal;
use crate::lifecycle::refusal::LifecycleRefusal;
use crate::pull_gate::refusal::PullGateRefusal;
use crate::pull_through::refusal::PullThroughRuleRefusal;
use crate::pull_through::upstream_refusal::UpstreamRefusal;
use crate::registry::refusal::RegistryRefusal;
use crate::repository::refusal::RepositoryRefusal;
use crate::resource_policy::refusal::ResourcePolicyRefusal;
use crate::scanning::refusal::ScanningRefusal;
use crate::secret::refusal::SecretRefusal;
use crate::tag_history::refusal::TagHistoryRefusal;
use crate::template::refusal::TemplateRefusal;
use crate::upload::refusal::UploadRefusal;

/// Makes the sum of the families: each converts into it.
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
    /// About the keys of repositories.
    Encryption(EncryptionRefusal);
    /// About rules of events.
    EventRule(EventRuleRefusal);
    /// About policies of repositories and registries.
    ResourcePolicy(ResourcePolicyRefusal);
    /// About images.
    Image(ImageRefusal);
    /// About images that were deleted.
    Undo(UndoRefusal);
    /// About layers.
    Layer(LayerRefusal);
    /// About uploads.
    Upload(UploadRefusal);
    /// About lifecycle policies and their previews.
    Lifecycle(LifecycleRefusal);
    /// About what tags named before.
    TagHistory(TagHistoryRefusal);
    /// About the keyring.
    Keyring(KeyringRefusal);
    /// About the settings of a registry.
    Registry(RegistryRefusal);
    /// About repository creation templates.
    Template(TemplateRefusal);
    /// About the rules of pull through caches.
    PullThroughRule(PullThroughRuleRefusal);
    /// Of an upstream registry.
    Upstream(UpstreamRefusal);
    /// About scans.
    Scanning(ScanningRefusal);
    /// About secrets.
    Secret(SecretRefusal);
    /// Of the pull gate.
    PullGate(PullGateRefusal);
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
