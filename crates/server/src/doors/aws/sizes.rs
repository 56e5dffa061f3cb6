/// A size or an offset: no object of ours comes near the end of the range.
pub(super) fn bytes(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
