use std::collections::BTreeMap;

/// The fields of an alternative, as the tree in which events have them.
#[derive(Debug, Default)]
pub(super) struct Node {
    /// The field that is here.
    pub(super) field: Option<usize>,
    pub(super) children: BTreeMap<Box<str>, Node>,
}
