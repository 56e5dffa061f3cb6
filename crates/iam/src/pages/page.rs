/// One page of a list.
#[derive(Debug, Clone)]
pub struct Page {
    /// The entry after which it begins; each list defines its positions.
    pub after: Option<String>,
    /// How many entries at most.
    pub limit: u32,
}

/// About the size of a list entry without its documents.
pub(crate) const ENTRY_BYTES: usize = 512;
