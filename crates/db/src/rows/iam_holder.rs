use crate::value::args;
use crate::{DbError, Tx};

impl Tx<'_> {
    /// Whether the user, group or role with this id has an inline policy.
    pub fn holder_has_inline_policies(&mut self, holder: &str) -> Result<bool, DbError> {
        self.row("SELECT 1 FROM iam_inline_policy WHERE holder = $1 LIMIT 1", args![holder], |_| {
            Ok(())
        })
        .map(|found| found.is_some())
    }

    /// Is a managed policy attached to it?
    pub fn holder_has_attachments(&mut self, holder: &str) -> Result<bool, DbError> {
        self.row(
            "SELECT 1 FROM iam_attachment WHERE holder = $1 LIMIT 1",
            args![holder],
            |_| Ok(()),
        )
        .map(|found| found.is_some())
    }
}
