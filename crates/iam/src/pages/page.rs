/// One page of a list.
#[derive(Debug, Clone)]
pub struct Page {
    /// After which entry it begins; each list says what its positions are.
    pub after: Option<String>,
    /// How many entries at most.
    pub limit: u32,
}

/// About what an entry of a list takes, besides the documents that it holds.
pub(crate) const ENTRY_BYTES: usize = 512;
