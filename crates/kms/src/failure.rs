use db::DbError;
use keys::KeyError;

use crate::KmsRefusal;

/// Why a verb failed.
#[derive(Debug)]
pub enum Failure {
    /// The client's mistake: it learns exactly why.
    Refused(KmsRefusal),
    /// A failure of the rows or of a decision, or a refusal to write.
    Iam(iam::Failure),
}

impl From<KmsRefusal> for Failure {
    fn from(refusal: KmsRefusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<iam::Failure> for Failure {
    fn from(failure: iam::Failure) -> Self {
        Self::Iam(failure)
    }
}

impl From<DbError> for Failure {
    fn from(error: DbError) -> Self {
        Self::Iam(error.into())
    }
}

impl From<KeyError> for Failure {
    fn from(error: KeyError) -> Self {
        Self::Iam(error.into())
    }
}

/// A stored value of this column cannot be what we wrote.
pub(crate) fn corrupt(column: &'static str) -> Failure {
    DbError::Corrupt { column }.into()
}
