use crate::DbError;

/// The error of an address that cannot be used.
pub(super) fn wrong(why: &str) -> DbError {
    DbError::Address { why: why.to_owned() }
}
