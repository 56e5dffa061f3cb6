use crate::Operations;

/// Whether records are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Audit {
    /// They are.
    Kept,
    /// They would be forgotten at once.
    Off,
}

impl Operations {
    /// Whether records are written.
    pub(crate) fn audit(&self) -> Audit {
        if self.keep_audit.is_zero() { Audit::Off } else { Audit::Kept }
    }
}
