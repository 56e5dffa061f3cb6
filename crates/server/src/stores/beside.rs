/// Which other processes may have a folder open that is opened unchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Beside {
    /// Those that read.
    Readers,
    /// Also the one that writes.
    Everybody,
}
