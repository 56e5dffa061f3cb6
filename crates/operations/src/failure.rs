use blobs::StoreError;
use db::DbError;
use iam::{IamRefusal, StsRefusal};
use keys::KeyError;

use crate::{
    EncryptionRefusal, EventRuleRefusal, Fault, ImageRefusal, InvalidParameter, KeyringRefusal,
    LayerRefusal, LifecycleRefusal, PullGateRefusal, PullThroughRuleRefusal, Refusal,
    RegistryRefusal, RepositoryRefusal, ResourcePolicyRefusal, ScanningRefusal, SecretRefusal,
    TagHistoryRefusal, TemplateRefusal, UndoRefusal, UploadRefusal, UpstreamRefusal,
};

/// Why a verb failed.
#[derive(Debug)]
pub enum Failure {
    /// The client's mistake: it learns exactly why.
    Refused(Refusal),
    /// Our failure or the environment's: the client learns that it is not its mistake.
    Fault(Fault),
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// A refusal of any family is a failure.
macro_rules! of_families {
    ($($family:ty),+ $(,)?) => {
        $(
            impl From<$family> for Failure {
                fn from(refusal: $family) -> Self {
                    Self::Refused(refusal.into())
                }
            }
        )+
    };
}
of_families!(RepositoryRefusal, ResourcePolicyRefusal, ImageRefusal, LayerRefusal, UploadRefusal);
of_families!(
    EncryptionRefusal,
    EventRuleRefusal,
    LifecycleRefusal,
    PullGateRefusal,
    PullThroughRuleRefusal,
    RegistryRefusal,
    ScanningRefusal,
    SecretRefusal,
    TagHistoryRefusal,
    InvalidParameter
);
of_families!(UpstreamRefusal);
of_families!(KeyringRefusal, IamRefusal, StsRefusal, TemplateRefusal, UndoRefusal);

impl From<iam::Failure> for Failure {
    fn from(failure: iam::Failure) -> Self {
        match failure {
            iam::Failure::Refused(refusal) => Self::Refused(refusal.into()),
            iam::Failure::Fault(fault) => Self::Fault(fault),
        }
    }
}

impl Failure {
    /// Whether a transaction lost each of its attempts to others. Nothing of it was kept.
    pub(crate) fn is_conflict(&self) -> bool {
        let Self::Fault(Fault::Broken(error)) = self else { return false };
        matches!(error.downcast_ref(), Some(DbError::Conflict))
    }
}

impl From<DbError> for Failure {
    fn from(error: DbError) -> Self {
        iam::Failure::from(error).into()
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        if let StoreError::WritesRefused = error {
            return Self::Refused(Refusal::ReadOnly);
        }
        let damaged = match &error {
            StoreError::Corrupt { object, .. } | StoreError::NotFound(object) => {
                Some(object.clone())
            }
            _ => None,
        };
        Self::Fault(match (error, damaged) {
            (error @ StoreError::Full, _) => Fault::Full(error.into()),
            (error, Some(object)) => Fault::Damaged(object, error.into()),
            (error, None) => Fault::Broken(error.into()),
        })
    }
}

impl From<KeyError> for Failure {
    fn from(error: KeyError) -> Self {
        iam::Failure::from(error).into()
    }
}
