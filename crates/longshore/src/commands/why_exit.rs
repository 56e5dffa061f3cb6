/// The exit code when `why` has no answer, so that a failure is not mistaken for a denial.
pub(super) const UNKNOWN: u8 = 2;
