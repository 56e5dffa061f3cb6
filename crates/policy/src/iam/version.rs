/// Which words the language has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Version {
    /// `2008-10-17`, also the default. Variables are plain text.
    V2008,
    /// `2012-10-17`.
    V2012,
}
